// SPDX-License-Identifier: Apache-2.0
#pragma once
// The dialects one by one, for dotenv_writer.cpp alone. Each appends one variable and says what stands in the way if it
// cannot; then `out` holds rubbish and is to be thrown away.

#include <string_view>

#include "import/dotenv/buffer.h"

namespace formats {

// Half a sentence that begins with "it" or "its"; empty when nothing stands in the way. Lives for ever.
using Obstacle = std::string_view;

Obstacle append_dotenv(SecretBuffer& out, std::string_view name, std::string_view value);
Obstacle append_sh(SecretBuffer& out, std::string_view name, std::string_view value);
Obstacle append_fish(SecretBuffer& out, std::string_view name, std::string_view value);
Obstacle append_docker(SecretBuffer& out, std::string_view name, std::string_view value);
Obstacle append_systemd(SecretBuffer& out, std::string_view name, std::string_view value);
Obstacle append_hermes(SecretBuffer& out, std::string_view name, std::string_view value);
Obstacle append_json(SecretBuffer& out, std::string_view name, std::string_view value);

// What stands in the way of every environment of Linux: the name, a NUL, or more than 128 KiB.
Obstacle environment_obstacle(std::string_view name, std::string_view value);

// Only bytes that no reader treats in a special way, wherever they stand. True of an empty value, and of most keys.
bool is_plain(std::string_view value);

}  // namespace formats
