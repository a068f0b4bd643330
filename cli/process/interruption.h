// SPDX-License-Identifier: Apache-2.0
#pragma once
// Ctrl-C outside of a question: half-made files are removed, one line says what was written, the exit status is 130.
// Questions, and programs that are run in our place, have their own way with it.

#include <csignal>
#include <string_view>

#include "cli/process/out_of_memory.h"

namespace cli {

enum class Written { unknown, nothing, something };

// SIGINT from here on; not when whoever started us has it ignored.
void end_in_words_when_interrupted(Told told) noexcept;

// What an interruption may claim from here on.
void note_written(Written written) noexcept;

// What a cancelled question may claim: "; nothing was written", or empty where that is not known.
std::string_view said_of_what_was_written() noexcept;

// While this lives SIGINT waits: what is done and what is said of it change together.
class InterruptionHeld {
 public:
  InterruptionHeld() noexcept;
  ~InterruptionHeld();
  InterruptionHeld(const InterruptionHeld&) = delete;
  InterruptionHeld& operator=(const InterruptionHeld&) = delete;

 private:
  sigset_t former_{};
};

}  // namespace cli
