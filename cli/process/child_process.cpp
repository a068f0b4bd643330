// SPDX-License-Identifier: Apache-2.0
#include "cli/process/child_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/process/hardening.h"
#include "cli/process/systemd_credential.h"
#include "vault/base/encoding.h"

namespace cli {
namespace {

constexpr std::string_view kUsualPath = "/usr/local/bin:/usr/bin:/bin";
constexpr std::string_view kOurPrefix = "CLAVIGER_";

bool holds_our_credentials(const Environment& environment) {
  return std::ranges::any_of(std::array{"token", "key", "passphrase"}, [&](const char* suffix) {
    const auto path = systemd_credential(environment, suffix);
    return path && ::access(path->c_str(), F_OK) == 0;
  });
}

bool is_named(const vault::SecretBytes& entry, std::string_view name) {
  const auto text = vault::text_of(entry.reveal());
  return text.size() > name.size() && text.starts_with(name) && text[name.size()] == '=';
}

template <class Number>
Number number_in(const Environment& environment, std::string_view name) {
  Number number = 0;
  if (const auto text = environment.get(name)) std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

// Sockets handed over for this very process (sd_listen_fds(3)): exec keeps its number.
unsigned first_foreign_descriptor(const Environment& environment) {
  if (number_in<pid_t>(environment, "LISTEN_PID") != ::getpid()) return 3;
  return 3 + std::min(number_in<unsigned>(environment, "LISTEN_FDS"), 1024U);
}

void close_on_exec_from(unsigned first) {
  if (::close_range(first, ~0U, CLOSE_RANGE_CLOEXEC) == 0) return;
  struct rlimit limit {};
  const bool known = ::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536;
  const unsigned end = known ? static_cast<unsigned>(limit.rlim_cur) : 65536;
  for (unsigned fd = first; fd < end; ++fd) ::fcntl(static_cast<int>(fd), F_SETFD, FD_CLOEXEC);
}

bool means_look_further(int error) { return error == ENOENT || error == ENOTDIR || error == ENAMETOOLONG; }

}  // namespace

std::vector<std::string> places_of_program(const std::string& word, const Environment& environment) {
  if (word.find('/') != std::string::npos) return {word};
  std::vector<std::string> candidates;
  std::string_view path = environment.get("PATH").value_or(kUsualPath);
  while (!word.empty()) {
    const auto colon = path.find(':');
    const std::string folder(path.substr(0, colon));
    candidates.push_back(folder.empty() ? "./" + word : folder + "/" + word);  // POSIX: an empty one is where we are
    if (colon == std::string_view::npos) break;
    path.remove_prefix(colon + 1);
  }
  return candidates;
}

ChildEnvironment ChildEnvironment::inherited_from(const Environment& environment) {
  ChildEnvironment child;
  const bool hide_credentials = holds_our_credentials(environment);
  for (const auto& [name, value] : environment.variables()) {
    if (name.empty() || name.starts_with(kOurPrefix)) continue;
    if (hide_credentials && name == "CREDENTIALS_DIRECTORY") continue;
    child.set(name, value);
  }
  return child;
}

ChildEnvironment ChildEnvironment::clean_from(const Environment& environment) {
  constexpr std::string_view kNeeded[] = {"PATH", "HOME", "USER",      "LOGNAME",  "SHELL",  "LANG",
                                          "TERM", "TZ",   "COLORTERM", "NO_COLOR", "TMPDIR", "LANGUAGE"};
  ChildEnvironment child;
  for (const auto& [name, value] : environment.variables()) {
    if (std::ranges::find(kNeeded, name) != std::end(kNeeded) || name.starts_with("LC_")) child.set(name, value);
  }
  return child;
}

void ChildEnvironment::set(std::string_view name, std::string_view value) {
  vault::SecretBytes entry(name.size() + value.size() + 2);
  auto place = std::ranges::copy(vault::bytes_of(name), entry.writable().begin()).out;
  *place++ = '=';
  std::ranges::copy(vault::bytes_of(value), place);
  const auto same = std::ranges::find_if(entries_, [&](const auto& known) { return is_named(known, name); });
  if (same == entries_.end()) {
    entries_.push_back(std::move(entry));
  } else {
    *same = std::move(entry);
  }
}

std::vector<char*> ChildEnvironment::pointers() {
  std::vector<char*> pointers;
  for (auto& entry : entries_) pointers.push_back(reinterpret_cast<char*>(entry.writable().data()));
  pointers.push_back(nullptr);
  return pointers;
}

NotStarted become(const std::vector<std::string>& words, ChildEnvironment& child, const Environment& ours) {
  std::vector<std::string> copies = words;
  std::vector<char*> arguments;
  for (auto& word : copies) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const auto candidates = places_of_program(words.front(), ours);
  const auto environment = child.pointers();
  close_on_exec_from(first_foreign_descriptor(ours));
  restore_inherited_process();
  bool was_there = false;
  for (const auto& candidate : candidates) {
    ::execve(candidate.c_str(), arguments.data(), environment.data());
    if (means_look_further(errno)) continue;
    was_there = true;
    if (errno != EACCES) break;
  }
  return was_there ? NotStarted::not_executable : NotStarted::not_found;
}

}  // namespace cli
