// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a server's SQLSTATE means here. Pure.

#include <string_view>

#include "vault/base/error.h"

namespace vault::postgres {

// An empty state is what a backend leaves that was ended: io, as are those of a server that goes down.
ErrorCode code_of_state(std::string_view state) noexcept;

// Ended with its connection: nothing more can be asked over it.
bool ends_the_connection(std::string_view state) noexcept;

// The last state in a message of libpq's that was made with PQERRORS_SQLSTATE ("...FATAL:  28P01"). Empty: none.
std::string_view state_in_message(std::string_view message) noexcept;

}  // namespace vault::postgres
