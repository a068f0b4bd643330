// SPDX-License-Identifier: Apache-2.0
#include "cli/process/interruption.h"

#include <array>
#include <string_view>
#include <unistd.h>

#include "vault/base/atomic_file.h"

namespace cli {
namespace {

constexpr int kCancelled = 130;  // ExitCode::cancelled, which lies above this room

struct Farewell {
  std::string_view words, json;
};

// In the order of Written. Ready before they are needed: a signal's handler puts nothing together.
constexpr std::array kFarewells = {
    Farewell{"claviger: cancelled\n",
             R"({"schemaVersion":1,"error":{"code":"cancelled","exitCode":130,"message":"cancelled","hint":null}})"
             "\n"},
    Farewell{"claviger: cancelled; nothing was written\n",
             R"({"schemaVersion":1,"error":{"code":"cancelled","exitCode":130,)"
             R"("message":"cancelled; nothing was written","hint":null}})"
             "\n"},
    Farewell{"claviger: cancelled; what was written before stays\n",
             R"({"schemaVersion":1,"error":{"code":"cancelled","exitCode":130,)"
             R"("message":"cancelled; what was written before stays","hint":null}})"
             "\n"},
};

volatile std::sig_atomic_t written_so_far = 0;
volatile std::sig_atomic_t as_json = 0;
volatile std::sig_atomic_t on_a_terminal = 0;

void say(std::string_view text) noexcept {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

void end_in_words(int) {
  vault::remove_passing_files();
  const auto& farewell = kFarewells[static_cast<std::size_t>(written_so_far)];
  if (on_a_terminal != 0) say("\r\x1b[K");  // a bar, or the terminal's own "^C"
  say(as_json != 0 ? farewell.json : farewell.words);
  ::_exit(kCancelled);
}

sigset_t interruption() noexcept {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  return set;
}

}  // namespace

void end_in_words_when_interrupted(Told told) noexcept {
  as_json = told == Told::as_json ? 1 : 0;
  on_a_terminal = ::isatty(STDERR_FILENO);
  struct sigaction former {};
  if (::sigaction(SIGINT, nullptr, &former) != 0 || former.sa_handler != SIG_DFL) return;
  struct sigaction action {};
  action.sa_handler = end_in_words;
  ::sigaction(SIGINT, &action, nullptr);
}

void note_written(Written written) noexcept { written_so_far = static_cast<int>(written); }

std::string_view said_of_what_was_written() noexcept {
  constexpr std::string_view kBefore = "claviger: cancelled";
  auto words = kFarewells[static_cast<std::size_t>(written_so_far)].words.substr(kBefore.size());
  words.remove_suffix(1);
  return words;
}

InterruptionHeld::InterruptionHeld() noexcept {
  const auto set = interruption();
  ::sigprocmask(SIG_BLOCK, &set, &former_);
}

InterruptionHeld::~InterruptionHeld() { ::sigprocmask(SIG_SETMASK, &former_, nullptr); }

}  // namespace cli
