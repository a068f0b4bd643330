// SPDX-License-Identifier: Apache-2.0
#pragma once
// Another program, run for its answer by somebody who does not trust it: its time, its output and its children are
// bounded. It has a process group of its own, and when it ends nobody of that group lives on; a grandchild that left
// the group and still holds the pipes is not waited for.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "cli/process/child_process.h"
#include "vault/crypto/secret.h"

namespace cli {

// What it writes to stderr, at most `most_output` bytes of it: to ours, nowhere, or into the answer.
enum class Words { passed_on, dropped, kept };

struct RunLimits {
  std::chrono::milliseconds time;
  std::size_t most_output;  // bytes of stdout
  Words words = Words::passed_on;
};

enum class RunEnd { by_itself, out_of_time, too_much_output };

// An answer may hold secrets: what grows and is freed is wiped.
using WipedText = std::basic_string<char, std::char_traits<char>, vault::WipingAllocator<char>>;

struct RunAnswer {
  RunEnd end = RunEnd::by_itself;
  int status = 0;  // as a shell would tell it: 128 and the signal's number for a killed one, 127 when it never started
  WipedText output;   // what it wrote to stdout, cut at the limit
  WipedText words{};  // with Words::kept
};

// `input`: its whole stdin; without any it reads /dev/null. Throws io when the system refuses, and for more than 1 MiB.
RunAnswer run_bounded(const std::vector<std::string>& words, ChildEnvironment& environment, const Environment& ours,
                      std::string_view input, const RunLimits& limits);

}  // namespace cli
