// SPDX-License-Identifier: Apache-2.0
#include "vault/base/long_wait.h"

namespace vault {
namespace {

void (*listener)(const std::string&) noexcept = nullptr;

}  // namespace

void when_a_wait_is_long(void (*call)(const std::string& what) noexcept) noexcept { listener = call; }

void report_long_wait(const std::string& what) noexcept {
  if (listener != nullptr) listener(what);
}

}  // namespace vault
