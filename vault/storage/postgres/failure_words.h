// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the helper told, in words. Inside the PostgreSQL backend only.

#include "vault/helper/frame.h"

namespace vault::postgres {

[[noreturn]] void fail_as_told(const Failure& failure);

}  // namespace vault::postgres
