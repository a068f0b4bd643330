// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the helper told, in words. Inside the PostgreSQL backend only.

#include "vault/helper/frame.h"

namespace vault::postgres {

// Nobody answered, or not yet: the server was not reached, is starting, takes no more connections, or was lost while it
// spoke. It says nothing of the vault.
bool is_no_answer(const Failure& failure) noexcept;

[[noreturn]] void fail_as_told(const Failure& failure);

}  // namespace vault::postgres
