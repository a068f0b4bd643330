// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/style.h"

namespace cli {
namespace {

std::string_view sequence_of(Style style) {
  switch (style) {
    case Style::plain: return "";
    case Style::bold: return "\x1b[1m";
    case Style::dim: return "\x1b[2m";
    case Style::red: return "\x1b[31m";
    case Style::green: return "\x1b[32m";
    case Style::yellow: return "\x1b[33m";
    case Style::cyan: return "\x1b[36m";
  }
  return "";
}

}  // namespace

std::string styled(std::string_view text, Style style, Colour colour) {
  if (colour == Colour::off || style == Style::plain || text.empty()) return std::string(text);
  return std::string(sequence_of(style)).append(text).append("\x1b[0m");
}

}  // namespace cli
