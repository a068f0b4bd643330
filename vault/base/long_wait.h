// SPDX-License-Identifier: Apache-2.0
#pragma once
// A wait that a person would otherwise take for a hang: whoever waits reports it, the program says it.

#include <chrono>
#include <string>

namespace vault {

// A wait that lasts longer than this is reported.
constexpr std::chrono::milliseconds kNoticeableWait{1000};

// `call` gets what is waited for, a sentence without its full stop, in the thread that waits. Once, at the start of the
// program; without it nothing is reported. It must not throw.
void when_a_wait_is_long(void (*call)(const std::string& what) noexcept) noexcept;

void report_long_wait(const std::string& what) noexcept;

}  // namespace vault
