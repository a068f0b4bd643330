// SPDX-License-Identifier: Apache-2.0
#pragma once
// The few words of man(7) that our pages are made of. Everything goes in as plain text and is escaped here.

#include <string>
#include <string_view>

namespace cli::roff {

// No character of it means anything to roff, neither at the start of a line nor within; quotes stay what they are.
std::string escaped(std::string_view text);

std::string bold(std::string_view text);
std::string italic(std::string_view text);

std::string section(std::string_view title);
std::string subsection(std::string_view title);
// Filled text, its source lines kept short.
std::string paragraph(std::string_view text);
// Lines as they stand.
std::string verbatim(std::string_view text);
// A term that is roff already, and what it means.
std::string item(const std::string& term, std::string_view text);

// Plain text as help topics are written: blank lines part it, blocks with indented lines stay as they are.
std::string plain_text(std::string_view text);

// A page without the paragraph marks right behind a title, where they do nothing and mandoc says so.
std::string without_needless_breaks(std::string_view page);

}  // namespace cli::roff
