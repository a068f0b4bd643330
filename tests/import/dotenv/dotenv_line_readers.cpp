// SPDX-License-Identifier: Apache-2.0
#include "tests/import/dotenv/support.h"

namespace formats {
namespace {

// systemd.exec(5): 'verbatim', "with backslash escapes", or bare up to the line's end, with blanks trimmed off.
class SystemdValue {
 public:
  explicit SystemdValue(std::string_view text) : text_(text) {}

  std::string read() {
    std::string value;
    while (at_ < text_.size() && text_[at_] != '\n') {
      if (text_[at_] == '\'') {
        read_verbatim(value);
      } else if (text_[at_] == '"') {
        read_escaped(value);
      } else {
        value += text_[at_++];
      }
    }
    return value;
  }
  std::size_t length() const { return at_; }

 private:
  void read_verbatim(std::string& value) {
    for (++at_; at_ < text_.size() && text_[at_] != '\''; ++at_) value += text_[at_];
    ++at_;
  }

  void read_escaped(std::string& value) {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && ++at_ < text_.size()) {
        if (text_[at_] == '\n') continue;  // a line that goes on
        if (std::string_view("\"\\`$").find(text_[at_]) == std::string_view::npos) value += '\\';
      }
      value += text_[at_];
    }
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

// docs.docker.com, docker run --env-file: a line is NAME=value, used as it is; # starts a comment line.
Values read_as_docker(std::string_view text) {
  Values values;
  while (!text.empty()) {
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    line.remove_prefix(std::min(line.find_first_not_of(" \t\v\f\r"), line.size()));
    if (line.empty() || line.front() == '#') continue;
    const auto equals = line.find('=');
    values.emplace_back(line.substr(0, equals), line.substr(equals + 1));
  }
  return values;
}

Values read_as_systemd(std::string_view text) {
  Values values;
  while (!text.empty()) {
    const auto equals = text.find('=');
    SystemdValue value(text.substr(equals + 1));
    values.emplace_back(text.substr(0, equals), value.read());
    text.remove_prefix(std::min(text.size(), equals + 1 + value.length() + 1));
  }
  return values;
}

// Python's: lines at \n (the writer lets no other line end through), blanks off, then one pair of like quotes.
Values read_as_hermes(std::string_view text) {
  constexpr std::string_view kBlank = " \t\n\r\v\f\x1C\x1D\x1E\x1F";
  Values values;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const auto equals = line.find('=');
    auto value = line.substr(equals + 1);
    value.remove_prefix(std::min(value.find_first_not_of(kBlank), value.size()));
    value = value.substr(0, value.find_last_not_of(kBlank) + 1);
    const bool quoted = value.size() >= 2 && value.front() == value.back() && (value[0] == '"' || value[0] == '\'');
    if (quoted) value = value.substr(1, value.size() - 2);
    values.emplace_back(line.substr(0, equals), value);
  }
  return values;
}

}  // namespace formats
