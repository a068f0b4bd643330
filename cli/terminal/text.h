// SPDX-License-Identifier: Apache-2.0
#pragma once
// Foreign text on a terminal. Names, ids and e-mail addresses come from files that others wrote: nothing of them may
// move the cursor, reverse the line, break it or hide in it. Every text that we did not write goes through here.

#include <cstddef>
#include <string>
#include <string_view>

namespace cli {

enum class Glyphs { ascii, unicode };

// The text with control characters, line breaks, bidirectional and invisible marks, bytes that are not UTF-8 and the
// backslash itself written as \n, \x1b, \u202e, \\ and so on. Two different texts never look the same byte for byte.
std::string display_safe(std::string_view text);

// The same done to the text itself, which nearly always is safe already.
void make_display_safe(std::string& text);

// The same with backslashes left alone: for whole lines in which names are display_safe() or in_quotes() already, and
// for error messages. Safe to print; not one to one.
std::string line_safe(std::string_view text);

// A JSON text in which no raw control character, bidirectional or invisible mark is left: what stood so in its strings
// is written as \u escapes, which mean the same to every reader. The text must be valid JSON.
std::string json_safe(std::string_view json);

// How many columns a safe text fills: combining marks 0, wide East Asian characters and emoji 2, all others 1.
std::size_t display_width(std::string_view text);

// Cut to at most `width` columns (1 or more), the last being an ellipsis when something was cut.
std::string truncated(std::string_view text, std::size_t width, Glyphs glyphs = Glyphs::unicode);

// 'text', safe and cut to 60 columns: for names inside sentences and prompts.
std::string in_quotes(std::string_view text);

// Lines of at most `width` columns, broken at blanks; continued lines begin with `indent` blanks. No final newline.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

}  // namespace cli
