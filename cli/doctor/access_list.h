// SPDX-License-Identifier: Apache-2.0
#pragma once
// POSIX access lists, as far as doctor needs them: whom does one let in beside owner, group and others? A mode of 0600
// says nothing about them as long as their mask is not empty.

#include <filesystem>
#include <optional>
#include <string>

#include "vault/base/encoding.h"

namespace cli {

// The first user or group that the list names and its mask lets read or write: "user 1000 may read". Empty: nobody.
// The bytes are those of the extended attribute (linux/posix_acl_xattr.h); what does not have its form names nobody.
std::optional<std::string> admitted_by(vault::ByteView access_list);

enum class AccessList { of_file, for_new_files };
std::optional<std::string> admitted_by(const std::filesystem::path& path, AccessList which);

}  // namespace cli
