// SPDX-License-Identifier: Apache-2.0
#pragma once
// Values that stand where a secret should be: what redaction, templates and examples leave behind.

#include <string_view>

namespace vault {

// Is the value, blanks around it aside, plainly no secret: [REDACTED], asterisks, ${NAME} or $NAME, op://...,
// another tool's marker, "your-api-key"? Errs on the side of false: a real key is never taken for a placeholder.
bool is_placeholder(std::string_view value) noexcept;

}  // namespace vault
