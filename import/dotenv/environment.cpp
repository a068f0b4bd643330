// SPDX-License-Identifier: Apache-2.0
// What all dialects share that end in the environment of a process, and the two line formats of service managers.

#include <algorithm>

#include "import/dotenv/dialects.h"
#include "vault/base/encoding.h"
#include "vault/model/variable.h"

namespace formats {
namespace {

constexpr std::size_t kLinuxVariable = 128u << 10;  // bytes of NAME=value and its NUL: MAX_ARG_STRLEN
constexpr std::size_t kDockerLine = 64u << 10;      // bytes with the line end: Go's bufio.MaxScanTokenSize

bool is_plain_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_./:@%+,=-").find(c) != std::string_view::npos;
}

// Tab and line feed apart; older systemd drops variables that hold one.
bool is_control(char c) { return (c >= '\0' && c < ' ' && c != '\t' && c != '\n') || c == '\x7F'; }

// systemd takes UTF-8 only, and of that no U+FDD0..FDEF and no code point that ends in FFFE or FFFF.
bool holds_noncharacter(std::string_view value) {
  for (std::size_t i = 0; i + 2 < value.size(); ++i) {
    const auto three = value.substr(i, 3);
    if (three >= "\xEF\xB7\x90" && three <= "\xEF\xB7\xAF") return true;
    const bool ends_so = three.substr(1) == "\xBF\xBE" || three.substr(1) == "\xBF\xBF";
    const auto first = static_cast<unsigned char>(three[0]);
    if (ends_so && first == 0xEF) return true;
    // In a character of four bytes the second has 0x0F in its low bits.
    if (ends_so && i > 0 && static_cast<unsigned char>(value[i - 1]) >= 0xF0 && (first & 0x0F) == 0x0F) return true;
  }
  return false;
}

}  // namespace

bool is_plain(std::string_view value) { return std::all_of(value.begin(), value.end(), is_plain_byte); }

Obstacle environment_obstacle(std::string_view name, std::string_view value) {
  if (!vault::is_shell_variable_name(name)) return "its name has other characters than letters, digits and _";
  if (value.find('\0') != std::string_view::npos) return "it holds a NUL byte";
  if (name.size() + value.size() + 2 > kLinuxVariable) return "it is longer than the 128 KiB of a Linux variable";
  return {};
}

Obstacle append_docker(SecretBuffer& out, std::string_view name, std::string_view value) {
  if (const auto obstacle = environment_obstacle(name, value); !obstacle.empty()) return obstacle;
  if (value.find_first_of("\n\r") != std::string_view::npos) return "it holds a line break";
  if (!vault::is_utf8(value)) return "it is not UTF-8";
  if (name.size() + value.size() + 2 > kDockerLine) return "it is longer than a line of 64 KiB";
  out.append(name);
  out.append('=');
  out.append(value);
  out.append('\n');
  return {};
}

// In double quotes, with a backslash before what a shell would want one before: read alike by every systemd, and by a
// shell.
Obstacle append_systemd(SecretBuffer& out, std::string_view name, std::string_view value) {
  if (const auto obstacle = environment_obstacle(name, value); !obstacle.empty()) return obstacle;
  if (std::any_of(value.begin(), value.end(), is_control)) return "it holds a control character";
  if (!vault::is_utf8(value) || holds_noncharacter(value)) return "it is not the UTF-8 that systemd takes";
  out.append(name);
  out.append("=\"");
  for (const char c : value) {
    if (std::string_view("\"\\`$").find(c) != std::string_view::npos) out.append('\\');
    out.append(c);
  }
  out.append("\"\n");
  return {};
}

}  // namespace formats
