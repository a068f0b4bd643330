// SPDX-License-Identifier: Apache-2.0
#pragma once
// Fields of openclaw.json that hold a secret in plain text and could hold a reference, whether the vault has it or not.

#include <filesystem>
#include <string>
#include <vector>

namespace cli {

// Is it a configuration of OpenClaw, by its name?
bool is_openclaw_config(const std::filesystem::path& path);

// Their paths ("channels.telegram.botToken"), in the file's order. Throws bad_input for what is no JSON5 object or
// larger than 16 MiB, else as read_secret_file.
std::vector<std::string> plaintext_fields(const std::filesystem::path& path);

}  // namespace cli
