// SPDX-License-Identifier: Apache-2.0
#pragma once
// Waiting for a person while signals may come in between. Signals are blocked except inside the wait itself, so none is
// lost and none arrives at a bad moment. One at a time; not for several threads.

#include <array>
#include <csignal>
#include <cstddef>

namespace cli {

class PromptSignals {
 public:
  PromptSignals();
  PromptSignals(const PromptSignals&) = delete;
  PromptSignals& operator=(const PromptSignals&) = delete;
  ~PromptSignals();  // gives the former handlers and mask back; a signal that waits then takes its usual course

  enum class Event { input, cancel, stop, resumed };
  // Until the descriptor can be read (or is hung up), or a signal came. SIGINT, SIGQUIT, SIGTERM and SIGHUP cancel.
  Event wait_for(int fd);

  // Stops the process as SIGTSTP would have; returns when it is continued.
  void stop_now();

 private:
  static constexpr std::array kSignals = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT};
  std::array<struct sigaction, kSignals.size()> former_{};
  sigset_t former_mask_{};
  sigset_t waiting_mask_{};
};

}  // namespace cli
