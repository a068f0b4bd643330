// SPDX-License-Identifier: Apache-2.0
#include "cli/words/json_stream.h"

#include <string>

namespace cli {
namespace {

// As a text stands that deep in a document: its strings hold no line ends of their own.
std::string indented(const Json& value, std::size_t blanks) {
  std::string text;
  const std::string flush = json_text(value);
  for (std::size_t from = 0;;) {
    const auto end = flush.find('\n', from);
    text.append(flush, from, end == flush.npos ? end : end + 1 - from);
    if (end == flush.npos) return text;
    text.append(blanks, ' ');
    from = end + 1;
  }
}

}  // namespace

JsonStream::JsonStream(Output& out) : out_(out), empty_{false} {
  out_.write("{\n  \"schemaVersion\": " + std::to_string(kSchemaVersion));
  const auto document = json_document();
  for (const auto& [name, value] : document.items()) {
    if (name != "schemaVersion") member(name, value);
  }
}

void JsonStream::next() {
  out_.write(empty_.back() ? "\n" : ",\n");
  out_.write(std::string(2 * empty_.size(), ' '));
  empty_.back() = false;
}

void JsonStream::end(char bracket) {
  const bool empty = empty_.back();
  empty_.pop_back();
  if (!empty) out_.write("\n" + std::string(2 * empty_.size(), ' '));
  out_.write(std::string(1, bracket));
}

void JsonStream::name(std::string_view name) {
  next();
  out_.write(json_text(Json(name)));
  out_.write(": ");
}

void JsonStream::member(std::string_view name, const Json& value) {
  this->name(name);
  out_.write(indented(value, 2 * empty_.size()));
}

void JsonStream::begin_array(std::string_view name) {
  this->name(name);
  out_.write("[");
  empty_.push_back(true);
}

void JsonStream::element(const Json& value) {
  next();
  out_.write(indented(value, 2 * empty_.size()));
}

void JsonStream::end_array() { end(']'); }

void JsonStream::begin_object() {
  next();
  out_.write("{");
  empty_.push_back(true);
}

void JsonStream::end_object() { end('}'); }

void JsonStream::finish() {
  end('}');
  out_.write("\n");
}

}  // namespace cli
