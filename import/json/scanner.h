// SPDX-License-Identifier: Apache-2.0
#pragma once
// The words of JSON text: blanks, strings, numbers, names. Knows where it stands, so that every refusal has a line and
// a column. For json_parser.cpp only.

#include <string_view>
#include <vector>

#include "import/json/secret_json.h"

namespace formats {

class JsonScanner {
 public:
  // Strings that need a copy get one in `unescaped`; their views live as long as its elements.
  JsonScanner(std::string_view text, JsonDialect dialect, std::vector<vault::SecretBytes>& unescaped);

  void skip_blanks();  // json5: comments too
  // The byte at hand; NUL at the end, where no NUL can stand.
  char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool at_end() const noexcept { return at_ >= text_.size(); }
  std::size_t offset() const noexcept { return at_; }
  std::string_view text_from(std::size_t begin) const noexcept { return text_.substr(begin, at_ - begin); }
  void go_back_to(std::size_t offset) noexcept { at_ = offset; }
  bool take(char expected) noexcept;
  bool take_word(std::string_view word) noexcept;  // whole: not the front of a longer one
  std::string_view last_word() const noexcept { return word_; }

  bool at_string() const noexcept { return peek() == '"' || (json5_ && peek() == '\''); }
  std::string_view take_string();
  std::string_view take_name();  // a string; json5: or a bare name
  bool at_number() const noexcept;
  std::string_view take_number();  // as written; json5: rewritten where JSON has no such form

  [[noreturn]] void fail(const char* what) const { fail_at(at_, what); }
  [[noreturn]] void fail_at(std::size_t offset, const char* what) const;
  bool is_json5() const noexcept { return json5_; }

 private:
  void refuse_bad_bytes() const;
  bool skip_comment();
  bool skip_wide_blank();
  std::string_view decoded(std::size_t begin, std::size_t end);
  std::string_view keep(std::string_view text);
  std::string_view json5_number();
  std::string_view hexadecimal(bool negative);
  std::size_t digits();

  std::string_view text_;
  std::string_view word_;
  std::size_t at_ = 0;
  bool json5_;
  std::vector<vault::SecretBytes>* unescaped_;
};

// The value of four (or `count`) hexadecimal digits at `at`, or -1.
int hexadecimal_at(std::string_view text, std::size_t at, std::size_t count) noexcept;

}  // namespace formats
