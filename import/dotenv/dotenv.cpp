// SPDX-License-Identifier: Apache-2.0
#include "import/dotenv/dotenv.h"

#include <algorithm>
#include <map>
#include <string>

#include "import/dotenv/blank.h"
#include "import/dotenv/scanner.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/model/placeholder.h"
#include "vault/model/variable.h"

namespace formats {
namespace {

using vault::Error;
using vault::ErrorCode;
using vault::SecretString;

constexpr std::size_t kReported = 100;  // warnings of a kind, one by one

void require_readable(std::string_view text) {
  if (text.size() > kDotenvLimit) throw Error(ErrorCode::bad_input, "cannot read .env text: larger than 16 MiB");
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    throw Error(ErrorCode::bad_input, "cannot read .env text: it is UTF-16", "save the file as UTF-8");
  }
}

class Collector {
 public:
  explicit Collector(std::string_view text) : text_(text) {}
  DotenvReading read();

 private:
  void take(const DotenvItem& item);
  void put(const DotenvItem& item, SecretString value);
  void warn_about(const DotenvItem& item, const SecretString& value);
  void leave_out(std::size_t at, const char* reason, const char* why);
  void add(const char* reason, const DotenvItem& item, const char* text);
  void finish();
  std::string line_of(std::size_t at);

  std::string_view text_;
  DotenvReading reading_;
  std::map<std::string_view, std::size_t> places_;  // name -> index into variables
  std::size_t left_out_ = 0;
  std::size_t noted_ = 0;
  std::size_t counted_to_ = 0;
  std::size_t line_ = 1;
};

DotenvReading Collector::read() {
  DotenvScanner scanner(text_);
  while (const auto item = scanner.next()) {
    if (item->kind == DotenvItem::Kind::assignment) {
      take(*item);
    } else {
      leave_out(item->begin, "ignored_line", "dotenv reads no assignment there");
    }
  }
  finish();
  return std::move(reading_);
}

void Collector::take(const DotenvItem& item) {
  // In JavaScript, assigning a string to it does nothing.
  if (item.name == "__proto__") return leave_out(item.begin, "ignored_name", "dotenv ignores the name __proto__");
  if (!vault::is_variable_name(item.name)) {
    return leave_out(item.begin, "ignored_name", "the name is longer than 256 bytes");
  }
  auto value = dotenv_value(item.raw);
  warn_about(item, value);
  put(item, std::move(value));
}

void Collector::put(const DotenvItem& item, SecretString value) {
  const auto [place, is_new] = places_.try_emplace(item.name, reading_.variables.size());
  if (is_new) {
    reading_.variables.push_back({std::string(item.name), std::move(value)});
    return;
  }
  reading_.variables[place->second].value = std::move(value);
  add("duplicate_name", item, "set more than once; the last value counts");
}

// A value that is read as dotenv reads it, but hardly as it was meant.
void Collector::warn_about(const DotenvItem& item, const SecretString& value) {
  const auto raw = trimmed(item.raw);
  const bool quoted = !raw.empty() && std::string_view("'\"`").find(raw.front()) != std::string_view::npos;
  const bool kept = quoted && value.reveal().substr(0, 1) == raw.substr(0, 1) && value.size() == raw.size();
  if (kept) add("quote_kept", item, "begins with a quote that is not closed; dotenv keeps it in the value");
  const bool hash = item.raw_end < text_.size() && text_[item.raw_end] == '#';
  if (hash && !quoted && !raw.empty() && item.raw.ends_with(raw)) {
    add("cut_at_hash", item, "ends at a # without a blank before it; dotenv reads the rest as a comment");
  }
  if (vault::is_placeholder(value.reveal())) add("placeholder", item, "holds a placeholder, no secret; kept as it is");
  if (!vault::is_utf8(value.reveal())) add("invalid_utf8", item, "not UTF-8; taken byte by byte");
}

void Collector::leave_out(std::size_t at, const char* reason, const char* why) {
  if (++left_out_ > kReported) return;
  const auto line = line_of(at);
  reading_.warnings.push_back({reason, line, line + " was left out: " + why, true});
}

void Collector::add(const char* reason, const DotenvItem& item, const char* text) {
  if (++noted_ > kReported) return;
  const std::string name(item.name);
  reading_.warnings.push_back({reason, name, name + " (" + line_of(item.begin) + "): " + text, false});
}

void Collector::finish() {
  const auto more = [&](const char* reason, std::size_t count, const char* what, bool rejected) {
    if (count <= kReported) return;
    reading_.warnings.push_back({reason, "", std::to_string(count - kReported) + what, rejected});
  };
  more("ignored_line", left_out_, " more lines were left out", true);
  more("more_remarks", noted_, " more remarks on variables are not shown", false);
}

// Items come in the order of the text, so each byte is counted once.
std::string Collector::line_of(std::size_t at) {
  const auto from = text_.begin() + static_cast<std::ptrdiff_t>(counted_to_);
  line_ += static_cast<std::size_t>(std::count(from, text_.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  counted_to_ = at;
  return "line " + std::to_string(line_);
}

}  // namespace

DotenvReading read_dotenv_reporting(std::string_view text) {
  require_readable(text);
  const auto plain = with_plain_line_ends(text);
  return Collector(plain.reveal()).read();
}

std::vector<vault::VariableDraft> read_dotenv(std::string_view text) {
  return std::move(read_dotenv_reporting(text).variables);
}

}  // namespace formats
