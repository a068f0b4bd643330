// SPDX-License-Identifier: Apache-2.0
#include "cli/describe/roff.h"

#include <algorithm>
#include <vector>

#include "cli/terminal/text.h"

namespace cli::roff {
namespace {

constexpr std::size_t kSourceWidth = 60;  // escapes make lines longer; mandoc wants at most 80

std::string_view escape_of(char c) noexcept {
  switch (c) {
    case '\\': return "\\e";
    case '-': return "\\-";
    case '\'': return "\\(aq";
    case '`': return "\\(ga";
    case '^': return "\\(ha";
    case '~': return "\\(ti";
    case '"': return "\\(dq";
    default: return {};
  }
}

std::vector<std::string_view> split(std::string_view text, std::string_view mark) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(mark);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + mark.size());
  }
}

// A line of text that roff cannot take for a request.
std::string text_line(std::string_view line) {
  const bool like_a_request = line.starts_with('.') || line.starts_with('\'');
  return (like_a_request ? "\\&" : "") + escaped(line) + "\n";
}

std::string filled(std::string_view text) {
  std::string joined(text);
  std::ranges::replace(joined, '\n', ' ');
  std::string lines;
  const std::string broken = wrapped(joined, kSourceWidth, 0);
  for (const auto line : split(broken, "\n")) lines += text_line(line);
  return lines;
}

bool is_laid_out(std::string_view block) { return block.starts_with(' ') || block.find("\n ") != block.npos; }

std::string_view without_line_ends(std::string_view text) {
  while (text.ends_with('\n')) text.remove_suffix(1);
  while (text.starts_with('\n')) text.remove_prefix(1);
  return text;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto escape = escape_of(c);
    if (escape.empty()) {
      result += c;
    } else {
      result += escape;
    }
  }
  return result;
}

std::string bold(std::string_view text) { return "\\fB" + escaped(text) + "\\fP"; }
std::string italic(std::string_view text) { return "\\fI" + escaped(text) + "\\fP"; }

std::string section(std::string_view title) { return ".SH " + escaped(title) + "\n"; }
std::string subsection(std::string_view title) { return ".SS " + escaped(title) + "\n"; }
std::string paragraph(std::string_view text) { return ".PP\n" + filled(text); }
std::string item(const std::string& term, std::string_view text) { return ".TP\n" + term + "\n" + filled(text); }

std::string verbatim(std::string_view text) {
  std::string lines = ".PP\n.nf\n";
  for (const auto line : split(text, "\n")) lines += text_line(line);
  return lines + ".fi\n";
}

std::string plain_text(std::string_view text) {
  std::string page;
  for (const auto part : split(without_line_ends(text), "\n\n")) {
    const auto block = without_line_ends(part);
    if (!block.empty()) page += is_laid_out(block) ? verbatim(block) : paragraph(block);
  }
  return page;
}

std::string without_needless_breaks(std::string_view page) {
  std::string result;
  bool behind_title = false;
  for (const auto line : split(page, "\n")) {
    if (behind_title && line == ".PP") continue;
    behind_title = line.starts_with(".SH ") || line.starts_with(".SS ");
    result.append(line).append("\n");
  }
  result.pop_back();  // what stands behind the last line end is no line
  return result;
}

}  // namespace cli::roff
