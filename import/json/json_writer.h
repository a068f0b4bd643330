// SPDX-License-Identifier: Apache-2.0
#pragma once
// Writes JSON that carries secrets, piece by piece, through a small buffer that is wiped: nothing holds a document
// whole. Strings are escaped as JSON.stringify does it: non-ASCII stays as it is. pretty: 2 spaces a level and a line
// feed at the end; compact: no blanks at all. The caller keeps begin and end in balance and names members only in
// objects. string() and name() throw bad_input for text that is not UTF-8, which JSON cannot hold.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "import/json/secret_json.h"
#include "vault/crypto/secret.h"

namespace formats {

using Sink = std::function<void(std::string_view)>;  // the view lives for the call only

enum class JsonLayout { pretty, compact };

class JsonWriter {
 public:
  JsonWriter(Sink sink, JsonLayout layout);

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }
  void name(std::string_view name);
  void string(std::string_view text);
  void literal(std::string_view json);  // a number, true, false or null, as it is
  void boolean(bool value) { literal(value ? "true" : "false"); }
  void integer(std::int64_t value);
  void value(JsonValue value);

  void string_member(std::string_view member, std::string_view text) {
    name(member);
    string(text);
  }
  void member(JsonValue member) {
    name(member.name());
    value(member);
  }
  // Once, at the end: the last line feed, and what is still in the buffer.
  void finish();

 private:
  void begin(char bracket);
  void end(char bracket);
  void start_value();
  void break_line();
  void quoted(std::string_view text);
  void escape(char c);
  void put(std::string_view text);
  void flush();

  Sink sink_;
  JsonLayout layout_;
  std::vector<char, vault::WipingAllocator<char>> buffer_;  // made when the first byte comes
  std::size_t used_ = 0;
  std::size_t depth_ = 0;
  bool first_ = true;   // in this object or array
  bool named_ = false;  // a member's name was written, its value is due
};

// Text that grows and is wiped.
class SecretText {
 public:
  Sink sink() {
    return [this](std::string_view text) { text_.insert(text_.end(), text.begin(), text.end()); };
  }
  vault::SecretString take() const { return vault::SecretString::copy_of({text_.data(), text_.size()}); }

 private:
  std::vector<char, vault::WipingAllocator<char>> text_;
};

// An object that is built member by member, and that is no object as long as it has none.
class JsonMembers {
 public:
  JsonMembers() : writer_(text_.sink(), JsonLayout::compact) {}
  JsonMembers(const JsonMembers&) = delete;
  void add(JsonValue member) { open().member(member); }
  // The object's writer, for what is not copied; the caller writes one or more whole members.
  JsonWriter& open();
  bool empty() const noexcept { return empty_; }
  vault::SecretString take();  // compact text, "" when nothing was added; once

 private:
  SecretText text_;
  JsonWriter writer_;
  bool empty_ = true;
};

// The value in compact form: for short values that are no secret.
std::string json_text_of(JsonValue value);

}  // namespace formats
