// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where a value stands in openclaw.json, as one line of text: names of members from the outermost in, a '.' between
// them, a backslash before each '.' and backslash of a name. Elements of arrays go by their number ("agents.list.0").

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace formats {

using ConfigSegments = std::vector<std::string>;

// Empty when no text can stand for it: no segments, an empty or invalid one (control characters, no UTF-8), or more
// than the 1024 bytes that a path has (vault::is_config_path).
std::optional<std::string> config_path_text(const ConfigSegments& segments);

// Takes exactly what config_path_text yields; empty for anything else, a needless backslash included.
std::optional<ConfigSegments> config_path_segments(std::string_view text);

}  // namespace formats
