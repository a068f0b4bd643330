// SPDX-License-Identifier: Apache-2.0
#include "cli/process/out_of_memory.h"

#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>
#include <unistd.h>

#include "vault/base/atomic_file.h"

namespace cli {
namespace {

constexpr int kIo = 74;  // ExitCode::io, which lies above this room

[[noreturn]] void end_as_it_should() noexcept {
  if (!std::current_exception()) std::abort();
  try {
    throw;
  } catch (const std::bad_alloc&) {
    vault::remove_passing_files();
    constexpr std::string_view kText = "claviger: out of memory\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kText.data(), kText.size());
    ::_exit(kIo);
  } catch (...) {
    std::abort();
  }
}

}  // namespace

void end_quietly_without_memory() noexcept { std::set_terminate(end_as_it_should); }

}  // namespace cli
