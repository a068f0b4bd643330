// SPDX-License-Identifier: Apache-2.0
#pragma once
// The texts of all statements, with the schema's name in them.

#include <string>

#include "vault/storage/postgres/messages.h"

namespace vault::postgres {

struct Text {
  std::string sql;
  std::string types;  // of the parameters: b bytea, i bigint
};

// `schema`: [a-z][a-z0-9_]*.
Text statement_text(Statement which, const std::string& schema);

// With `$S` where the schema's name belongs.
std::string with_schema(std::string_view sql, const std::string& schema);

}  // namespace vault::postgres
