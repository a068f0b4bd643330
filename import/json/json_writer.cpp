// SPDX-License-Identifier: Apache-2.0
#include "import/json/json_writer.h"

#include <cstring>
#include <string>

#include "import/json/bytes.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace formats {
namespace {

constexpr std::size_t kBufferSize = std::size_t{32} << 10;
constexpr std::size_t kSmallBufferSize = 512;  // for compact text, of which there is little

// The letter behind the backslash, or 'u' for characters that have none of their own.
char escape_letter(char c) {
  switch (c) {
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    case '"':
    case '\\': return c;
    default: return 'u';
  }
}

}  // namespace

JsonWriter::JsonWriter(Sink sink, JsonLayout layout) : sink_(std::move(sink)), layout_(layout) {}

void JsonWriter::begin(char bracket) {
  start_value();
  put({&bracket, 1});
  ++depth_;
  first_ = true;
}

void JsonWriter::end(char bracket) {
  --depth_;
  if (!first_) break_line();
  put({&bracket, 1});
  first_ = false;
}

// Elements of arrays and names of members stand on lines of their own; a member's value follows its name.
void JsonWriter::start_value() {
  if (named_ || depth_ == 0) {
    named_ = false;
    return;
  }
  if (!first_) put(",");
  break_line();
  first_ = false;
}

void JsonWriter::break_line() {
  if (layout_ == JsonLayout::compact) return;
  put("\n");
  for (std::size_t level = 0; level < depth_; ++level) put("  ");
}

void JsonWriter::name(std::string_view name) {
  start_value();
  quoted(name);
  put(layout_ == JsonLayout::pretty ? ": " : ":");
  named_ = true;
}

void JsonWriter::string(std::string_view text) {
  start_value();
  quoted(text);
}

void JsonWriter::literal(std::string_view json) {
  start_value();
  put(json);
}

void JsonWriter::integer(std::int64_t value) { literal(std::to_string(value)); }

void JsonWriter::value(JsonValue value) {
  switch (value.kind()) {
    case JsonKind::string: return string(value.text());
    case JsonKind::array:
      begin_array();
      for (const JsonValue element : value) this->value(element);
      return end_array();
    case JsonKind::object:
      begin_object();
      for (const JsonValue inner : value) member(inner);
      return end_object();
    default: return literal(value.text());
  }
}

void JsonWriter::quoted(std::string_view text) {
  if (!vault::is_utf8(text.substr(ascii_run(text)))) {
    throw vault::Error(vault::ErrorCode::bad_input, "a value is not UTF-8: JSON cannot hold it");
  }
  put("\"");
  for (;;) {
    const auto plain = plain_run(text, '"');
    put(text.substr(0, plain));
    if (plain == text.size()) break;
    escape(text[plain]);
    text.remove_prefix(plain + 1);
  }
  put("\"");
}

void JsonWriter::escape(char c) {
  const char escape[] = {'\\', escape_letter(c)};
  put({escape, 2});
  if (escape[1] != 'u') return;
  const char digits[] = {'0', '0', c < 0x10 ? '0' : '1', "0123456789abcdef"[c & 15]};
  put({digits, 4});
}

void JsonWriter::put(std::string_view text) {
  if (buffer_.empty()) buffer_.resize(layout_ == JsonLayout::pretty ? kBufferSize : kSmallBufferSize);
  if (text.size() > buffer_.size() - used_) flush();
  if (text.size() > buffer_.size()) return sink_(text);
  if (!text.empty()) std::memcpy(buffer_.data() + used_, text.data(), text.size());
  used_ += text.size();
}

void JsonWriter::flush() {
  if (used_ > 0) sink_({buffer_.data(), used_});
  used_ = 0;
}

void JsonWriter::finish() {
  if (layout_ == JsonLayout::pretty) put("\n");
  flush();
}

JsonWriter& JsonMembers::open() {
  if (empty_) writer_.begin_object();
  empty_ = false;
  return writer_;
}

vault::SecretString JsonMembers::take() {
  if (empty_) return {};
  writer_.end_object();
  writer_.finish();
  return text_.take();
}

std::string json_text_of(JsonValue value) {
  std::string text;
  JsonWriter writer([&text](std::string_view piece) { text += piece; }, JsonLayout::compact);
  writer.value(value);
  writer.finish();
  return text;
}

}  // namespace formats
