// SPDX-License-Identifier: Apache-2.0
#pragma once
// git's credential helper protocol: lines of name=value, ended by a blank line or the end of the input.
// Source: git's documentation, gitcredentials(7) and git-credential(1), "INPUT/OUTPUT FORMAT".

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/json/json_writer.h"
#include "vault/base/clock.h"

namespace formats {

inline constexpr std::size_t kLargestGitRequest = 1u << 20;  // bytes

struct GitRequest {
  std::string protocol;
  std::string host;  // lower case, with ":port" where there is one
  std::string path;  // empty unless git was told to send it (credential.useHttpPath)
  std::optional<std::string> username;

  bool operator==(const GitRequest&) const = default;
};

// Attributes that are not asked for here, arrays and lines without '=' are passed over; of two the last one counts.
GitRequest read_git_request(std::string_view text);
// Is there a blank line, so that nothing more is to come?
bool is_whole_git_request(std::string_view text) noexcept;

// The providers whose profiles may answer, the longest first: git:<host>/<path>, each folder above it, git:<host>.
// None where the protocol is not https or the host is missing.
std::vector<std::string> git_providers(const GitRequest& request);

struct GitAnswer {
  std::string_view username;
  std::string_view password;
  std::optional<vault::Timestamp> expires;
};

// False, and nothing written, where a value has a line feed or a zero byte: the protocol cannot carry it.
bool write_git_answer(const GitAnswer& answer, const Sink& sink);

}  // namespace formats
