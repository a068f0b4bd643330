// SPDX-License-Identifier: Apache-2.0
#pragma once
// JSON that carries secrets. A document is a flat list of nodes that point into the text it was read from; only strings
// with escapes are copied, into memory that is wiped. So nothing of a secret stays behind in a parser's buffers,
// numbers keep the digits they were written with, and reading is linear in the size of the text.
//
// Refused, always with line and column (1-based; columns count bytes, a byte order mark counts as none) and never with
// a quotation: more than 256 MiB, 16 Mi values or 64 levels, NUL bytes (the escape \u0000 is fine), control characters
// in strings, invalid UTF-8, halves of surrogate pairs, a member named twice, anything behind the document. The strict
// dialect takes RFC 8259 and a byte order mark; json5 also takes comments, trailing commas, bare names, single quotes
// and its numbers (hexadecimal, +1, .5, 5.; Infinity and NaN become null).

#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "vault/crypto/secret.h"

namespace formats {

inline constexpr std::size_t kLargestJson = std::size_t{256} << 20;
inline constexpr std::size_t kMostJsonValues = std::size_t{16} << 20;
inline constexpr int kDeepestJson = 64;

enum class JsonKind : std::uint8_t { null, boolean, number, string, array, object };
enum class JsonDialect { strict, json5 };
enum class JsonRepeats { refuse, last_wins };  // last_wins: as JavaScript has it, in the place of the first

struct JsonNode {
  std::string_view name;     // of a member; empty elsewhere
  std::string_view text;     // a string's characters, else the value as written; empty for arrays and objects
  std::uint32_t offset = 0;  // where it starts in the text
  std::uint32_t extent = 1;  // nodes in the subtree, this one included
  JsonKind kind = JsonKind::null;
};

// A value inside a document: as cheap as a pointer, and valid for as long as the document and its text.
class JsonValue {
 public:
  class Iterator;
  explicit JsonValue(const JsonNode* node) noexcept : node_(node) {}

  JsonKind kind() const noexcept { return node_->kind; }
  bool is(JsonKind kind) const noexcept { return node_->kind == kind; }
  std::string_view name() const noexcept { return node_->name; }
  std::string_view text() const noexcept { return node_->text; }
  bool is_true() const noexcept { return is(JsonKind::boolean) && node_->text == "true"; }

  bool empty() const noexcept { return node_->extent == 1; }
  std::size_t node_count() const noexcept { return node_->extent; }
  Iterator begin() const noexcept;  // an array's elements, an object's members; of others: none
  Iterator end() const noexcept;

  // An object's member; empty when there is none or this is no object. Looks at one member after the other.
  std::optional<JsonValue> find(std::string_view name) const noexcept;
  // The same for a member that must be a string, else empty.
  std::optional<std::string_view> find_string(std::string_view name) const noexcept;

 private:
  const JsonNode* node_;
};

class JsonValue::Iterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = JsonValue;
  using difference_type = std::ptrdiff_t;
  using pointer = const JsonValue*;
  using reference = JsonValue;
  explicit Iterator(const JsonNode* node) noexcept : node_(node) {}
  JsonValue operator*() const noexcept { return JsonValue(node_); }
  Iterator& operator++() noexcept {
    node_ += node_->extent;
    return *this;
  }
  bool operator==(const Iterator&) const = default;

 private:
  const JsonNode* node_;
};

inline JsonValue::Iterator JsonValue::begin() const noexcept { return Iterator(node_ + 1); }
inline JsonValue::Iterator JsonValue::end() const noexcept { return Iterator(node_ + node_->extent); }

// An array or object that was looked through and not kept: for JsonElements.
struct JsonStretch {
  std::string_view text;  // from bracket to bracket
  JsonKind kind = JsonKind::array;
};

class JsonDocument {
 public:
  // Throws bad_input. `text` must live as long as the document.
  explicit JsonDocument(std::string_view text, JsonDialect dialect = JsonDialect::strict,
                        JsonRepeats repeats = JsonRepeats::refuse);
  // The same in the strict dialect, but of the root's member of that name, where it is an array or object, nothing is
  // kept but where it stands: it is empty then, and may hold a million elements without a node for each. With last_wins
  // names that come twice in it are not even told.
  JsonDocument(std::string_view text, std::string_view looked_through, JsonRepeats repeats = JsonRepeats::refuse);
  JsonValue root() const noexcept { return JsonValue(nodes_.data()); }
  const std::optional<JsonStretch>& stretch() const noexcept { return stretch_; }
  // Where members stood whose name came up again, in bytes from the start: none unless last_wins was asked for.
  const std::vector<std::uint32_t>& repeats() const noexcept { return repeats_; }

 private:
  std::vector<vault::SecretBytes> unescaped_;
  std::vector<JsonNode> nodes_;
  std::vector<std::uint32_t> repeats_;
  std::optional<JsonStretch> stretch_;
};

// The elements of an array, or the members of an object, that some document has looked through: one in memory at a
// time.
class JsonElements {
 public:
  explicit JsonElements(std::string_view text);
  ~JsonElements();
  std::optional<JsonValue> next();      // empty after the last one; a value lives until the next
  std::size_t offset() const noexcept;  // what stands before it in the text is not looked at again

 private:
  struct Reader;
  std::unique_ptr<Reader> reader_;
};

}  // namespace formats
