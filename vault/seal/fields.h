// SPDX-License-Identifier: Apache-2.0
#pragma once
// The canonical plaintext of every sealed field (vault/FORMAT.md, "Plaintexts"): one version byte, then fields as tag
// (1 byte), length (4, little-endian) and bytes, tags strictly ascending, absent ones left out. There is exactly one
// way to write a value, and the reader takes no other.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vault/base/encoding.h"
#include "vault/base/ids.h"
#include "vault/crypto/secret.h"

namespace vault {

using WipedBytes = std::vector<std::uint8_t, WipingAllocator<std::uint8_t>>;

// The longest plaintext of one field. Longer ones are refused with bad_input before anything is written.
inline constexpr std::size_t kLongestPlaintext = std::size_t{1} << 20;

class FieldWriter {
 public:
  explicit FieldWriter(std::uint8_t version) : bytes_{version} {}
  void bytes(std::uint8_t tag, ByteView value);
  void text(std::uint8_t tag, std::string_view value) { bytes(tag, bytes_of(value)); }
  void optional_text(std::uint8_t tag, const std::optional<std::string>& value);
  void number(std::uint8_t tag, std::int64_t value);
  void optional_number(std::uint8_t tag, const std::optional<std::int64_t>& value);
  void byte(std::uint8_t tag, std::uint8_t value) { bytes(tag, ByteView(&value, 1)); }
  void texts(std::uint8_t tag, const std::vector<std::string>& values);  // each behind its 4-byte length
  template <class Id>
  void id(std::uint8_t tag, const Id& id) {
    bytes(tag, id.bytes);
  }
  WipedBytes take();

 private:
  WipedBytes bytes_;
};

// Fields are asked for in ascending order of their tags; one that is there but not asked for is damage.
// Every function throws damaged_record for what the writer cannot have written; the constructor throws newer_format
// for a higher version. Views live as long as the bytes that were given.
class FieldReader {
 public:
  FieldReader(ByteView bytes, std::uint8_t version);
  std::optional<ByteView> bytes(std::uint8_t tag);
  void skip_to(std::uint8_t tag);  // past all lower ones, whatever they hold
  ByteView required(std::uint8_t tag);
  std::optional<std::string> text(std::uint8_t tag);
  std::string required_text(std::uint8_t tag) { return std::string(text_of(required(tag))); }
  std::optional<std::int64_t> number(std::uint8_t tag);
  std::int64_t required_number(std::uint8_t tag);
  std::optional<std::uint8_t> byte(std::uint8_t tag);
  std::uint8_t required_byte(std::uint8_t tag, std::uint8_t highest);
  bool required_flag(std::uint8_t tag) { return required_byte(tag, 1) == 1; }
  std::optional<std::vector<std::string>> texts(std::uint8_t tag);
  template <class Id>
  Id required_id(std::uint8_t tag) {
    Id id;
    copy_exactly(required(tag), id.bytes);
    return id;
  }
  static void copy_exactly(ByteView from, std::span<std::uint8_t> to);
  void finish() const;  // nothing may be left

 private:
  ByteView rest_;
};

[[noreturn]] void fail_as_damaged();  // damaged_record: "a sealed field does not have its form"

}  // namespace vault
