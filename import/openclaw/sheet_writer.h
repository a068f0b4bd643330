// SPDX-License-Identifier: Apache-2.0
#pragma once
// The public members of a credential, as OpenClaw names them. For the writers of this room only.

#include <string_view>

#include "import/json/json_writer.h"
#include "vault/model/profile_sheet.h"

namespace formats {

void write_kind_and_provider(JsonWriter& writer, const vault::ProfileSheet& sheet);
void write_refs(JsonWriter& writer, const vault::ProfileSheet& sheet);
void write_ref(JsonWriter& writer, std::string_view member, const vault::SecretRef& ref);
void write_other_sheet_members(JsonWriter& writer, const vault::ProfileSheet& sheet);  // expires, email, ...

// Do the functions above write a member of this name for this sheet?
bool is_sheet_member(std::string_view name, const vault::ProfileSheet& sheet) noexcept;

}  // namespace formats
