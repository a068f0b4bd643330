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

// How it ends: ready before it is needed, since nothing can be put into words any more by then.
struct Ending {
  int status;
  std::string_view text;
};

// ExitCode::io and ExitCode::damaged, which lie above this room.
constexpr Ending kNothingChanged{74, "claviger: out of memory\n"};
constexpr Ending kChangeKept{72,
                             "claviger: the change is made, but memory ran out before it could be reported\n"
                             "hint: `claviger verify` examines it\n"};
constexpr Ending kChangeKeptJson{72,
                                 R"({"schemaVersion":1,"error":{"code":"committed_unverified","exitCode":72,)"
                                 R"("message":"the change is made, but memory ran out before it could be reported",)"
                                 R"("hint":"`claviger verify` examines it","outcome":"kept"}})"
                                 "\n"};

const Ending* ending = &kNothingChanged;

[[noreturn]] void end_as_it_should() noexcept {
  if (!std::current_exception()) std::abort();
  try {
    throw;
  } catch (const std::bad_alloc&) {
    vault::remove_passing_files();
    ::_exit(tell_out_of_memory());
  } catch (...) {
    std::abort();
  }
}

}  // namespace

int tell_out_of_memory() noexcept {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, ending->text.data(), ending->text.size());
  return ending->status;
}

bool a_change_is_kept() noexcept { return ending != &kNothingChanged; }

void note_that_the_change_is_kept(Told told) noexcept {
  ending = told == Told::as_json ? &kChangeKeptJson : &kChangeKept;
}

void end_quietly_without_memory() noexcept { std::set_terminate(end_as_it_should); }

}  // namespace cli
