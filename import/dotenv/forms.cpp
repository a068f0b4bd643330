// SPDX-License-Identifier: Apache-2.0
// dotenv's own dialect has no escapes, so a value is written in one form after the other until one reads back as the
// same bytes. A form counts only if nothing that may follow in the file could change its meaning: the scanner must not
// have looked for a closing quote beyond the line. What stands before it cannot matter either, as every line we write
// begins with a name and ends where its assignment ends.

#include "import/dotenv/dialects.h"
#include "import/dotenv/scanner.h"
#include "vault/base/encoding.h"

namespace formats {
namespace {

enum class Form { bare, single_quoted, double_quoted, double_quoted_escaped, back_quoted };

// tidy: no quote of its own kind within. dotenv reads others too, but no shell does, and no person.
enum class Inside { tidy, anything };

// guarded: a comment with an odd quote follows, where the search for a closing quote ends in any case. It makes values
// readable that end in a backslash, which would hide the real closing quote at first.
enum class Ending { plain, guarded };

std::string_view quote_of(Form form, std::string_view value) {
  switch (form) {
    case Form::bare: return value.substr(0, 1);
    case Form::single_quoted: return "'";
    case Form::back_quoted: return "`";
    default: return "\"";
  }
}

void append_escaped(SecretBuffer& out, std::string_view value) {
  for (const char c : value) {
    if (c == '\n') {
      out.append("\\n");
    } else if (c == '\r') {
      out.append("\\r");
    } else {
      out.append(c);
    }
  }
}

bool reads_back(std::string_view line, std::string_view name, std::string_view value) {
  if (line.find('\r') != std::string_view::npos) return false;  // it would be read as LF
  const auto item = DotenvScanner(line).next();
  return item && item->kind == DotenvItem::Kind::assignment && item->name == name && !item->wants_more &&
         item->end + 1 >= line.size() && dotenv_value(item->raw).reveal() == value;
}

bool is_tidy(std::string_view value, Form form) {
  return form == Form::bare || value.find(quote_of(form, value)) == std::string_view::npos;
}

bool try_form(SecretBuffer& out, std::string_view name, std::string_view value, Form form, Ending ending) {
  const auto quote = quote_of(form, value);
  out.clear();
  out.append(name);
  out.append('=');
  if (form != Form::bare) out.append(quote);
  form == Form::double_quoted_escaped ? append_escaped(out, value) : out.append(value);
  if (form != Form::bare) out.append(quote);
  if (ending == Ending::guarded) {
    out.append(" #");
    out.append(quote);
    out.append('.');
  }
  out.append('\n');
  return reads_back(out.reveal(), name, value);
}

bool try_forms(SecretBuffer& out, std::string_view name, std::string_view value, Inside inside, Ending ending) {
  // Quotes before unusual bare values: other readers of .env files agree on quotes sooner.
  for (const auto form :
       {Form::single_quoted, Form::double_quoted, Form::double_quoted_escaped, Form::back_quoted, Form::bare}) {
    if (inside == Inside::tidy && !is_tidy(value, form)) continue;
    if (try_form(out, name, value, form, ending)) return true;
  }
  return false;
}

}  // namespace

Obstacle append_dotenv(SecretBuffer& out, std::string_view name, std::string_view value) {
  if (name == "__proto__") return "its name is one that dotenv ignores";
  if (!vault::is_utf8(value)) return "it is not UTF-8";  // dotenv reads U+FFFD for what is not
  if (is_plain(value) && try_form(out, name, value, Form::bare, Ending::plain)) return {};
  for (const auto inside : {Inside::tidy, Inside::anything}) {
    for (const auto ending : {Ending::plain, Ending::guarded}) {
      if (try_forms(out, name, value, inside, ending)) return {};
    }
  }
  return "its quotes, line breaks, # and backslashes leave no way to write it";
}

}  // namespace formats
