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

JsonStream::JsonStream(Output& out) : out_(out) {
  out_.write("{\n  \"schemaVersion\": " + std::to_string(kSchemaVersion));
  const auto document = json_document();
  for (const auto& [name, value] : document.items()) {
    if (name != "schemaVersion") member(name, value);
  }
}

void JsonStream::name(std::string_view name) {
  out_.write(",\n  ");
  out_.write(json_text(Json(name)));
  out_.write(": ");
}

void JsonStream::member(std::string_view name, const Json& value) {
  this->name(name);
  out_.write(indented(value, 2));
}

void JsonStream::begin_array(std::string_view name) {
  this->name(name);
  out_.write("[");
  empty_ = true;
}

void JsonStream::element(const Json& value) {
  out_.write(empty_ ? "\n    " : ",\n    ");
  out_.write(indented(value, 4));
  empty_ = false;
}

void JsonStream::end_array() { out_.write(empty_ ? "]" : "\n  ]"); }

void JsonStream::finish() { out_.write("\n}\n"); }

}  // namespace cli
