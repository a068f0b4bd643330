// SPDX-License-Identifier: Apache-2.0
#include "cli/process/calling_program.h"

#include <array>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

#include "vault/base/file.h"

namespace cli {
namespace {

constexpr std::string_view kReplaced = " (deleted)";  // said of a program whose file was replaced while it runs

std::string file_name_of(pid_t process) {
  std::array<char, 4096> path{};
  const auto link = "/proc/" + std::to_string(process) + "/exe";
  const auto length = ::readlink(link.c_str(), path.data(), path.size());
  if (length <= 0) return {};
  std::string_view name(path.data(), static_cast<std::size_t>(length));
  if (name.ends_with(kReplaced)) name.remove_suffix(kReplaced.size());
  return std::string(name.substr(name.rfind('/') + 1));
}

std::string own_word_of(pid_t process) {
  const auto path = "/proc/" + std::to_string(process) + "/comm";
  const vault::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 64> text{};
  const auto length = file ? ::read(file.get(), text.data(), text.size()) : -1;
  if (length <= 0) return {};
  std::string name(text.data(), static_cast<std::size_t>(length));
  if (name.ends_with('\n')) name.pop_back();
  return name;
}

}  // namespace

CallingProgram calling_program() {
  const auto parent = ::getppid();
  auto name = file_name_of(parent);
  if (name.empty()) name = own_word_of(parent);
  return {::getuid(), static_cast<std::uint64_t>(parent), std::move(name)};
}

}  // namespace cli
