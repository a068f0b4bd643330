// SPDX-License-Identifier: Apache-2.0
#include "vault/seal/fields.h"

#include <algorithm>

#include "vault/base/error.h"

namespace vault {
namespace {

constexpr std::size_t kHeaderSize = 5;  // tag and length

void append_length(WipedBytes& bytes, std::size_t length) {
  for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<std::uint8_t>(length >> shift));
}

std::size_t length_at(ByteView bytes) {
  return std::size_t{bytes[0]} | std::size_t{bytes[1]} << 8 | std::size_t{bytes[2]} << 16 | std::size_t{bytes[3]} << 24;
}

std::int64_t number_in(ByteView bytes) {
  if (bytes.size() != 8) fail_as_damaged();
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value |= std::uint64_t{bytes[i]} << (8 * i);
  return static_cast<std::int64_t>(value);
}

}  // namespace

void fail_as_damaged() { throw Error(ErrorCode::damaged_record, "a sealed field does not have its form"); }

void FieldWriter::bytes(std::uint8_t tag, ByteView value) {
  if (bytes_.size() + kHeaderSize + value.size() > kLongestPlaintext) {
    throw Error(ErrorCode::bad_input, "an entry is too large for the vault: more than 1 MiB");
  }
  bytes_.push_back(tag);
  append_length(bytes_, value.size());
  bytes_.insert(bytes_.end(), value.begin(), value.end());
}

void FieldWriter::optional_text(std::uint8_t tag, const std::optional<std::string>& value) {
  if (value) text(tag, *value);
}

void FieldWriter::number(std::uint8_t tag, std::int64_t value) {
  std::array<std::uint8_t, 8> little_endian;
  for (std::size_t i = 0; i < 8; ++i)
    little_endian[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i));
  bytes(tag, little_endian);
}

void FieldWriter::optional_number(std::uint8_t tag, const std::optional<std::int64_t>& value) {
  if (value) number(tag, *value);
}

void FieldWriter::texts(std::uint8_t tag, const std::vector<std::string>& values) {
  WipedBytes joined;
  for (const auto& value : values) {
    append_length(joined, value.size());
    joined.insert(joined.end(), value.begin(), value.end());
  }
  bytes(tag, joined);
}

WipedBytes FieldWriter::take() { return std::move(bytes_); }

FieldReader::FieldReader(ByteView bytes, std::uint8_t version) : rest_(bytes) {
  if (bytes.empty() || bytes.size() > kLongestPlaintext) fail_as_damaged();
  if (bytes[0] > version) {
    throw Error(ErrorCode::newer_format, "an entry was written by a newer program", "use the newest claviger");
  }
  if (bytes[0] != version) fail_as_damaged();
  rest_ = rest_.subspan(1);
}

std::optional<ByteView> FieldReader::bytes(std::uint8_t tag) {
  if (rest_.empty() || rest_[0] > tag) return std::nullopt;
  if (rest_[0] < tag || rest_.size() < kHeaderSize) fail_as_damaged();
  const std::size_t length = length_at(rest_.subspan(1));
  if (length > rest_.size() - kHeaderSize) fail_as_damaged();
  const ByteView value = rest_.subspan(kHeaderSize, length);
  rest_ = rest_.subspan(kHeaderSize + length);
  return value;
}

void FieldReader::skip_to(std::uint8_t tag) {
  while (!rest_.empty() && rest_[0] < tag) bytes(rest_[0]);
}

ByteView FieldReader::required(std::uint8_t tag) {
  const auto value = bytes(tag);
  if (!value) fail_as_damaged();
  return *value;
}

std::optional<std::string> FieldReader::text(std::uint8_t tag) {
  const auto value = bytes(tag);
  if (!value) return std::nullopt;
  return std::string(text_of(*value));
}

std::optional<std::int64_t> FieldReader::number(std::uint8_t tag) {
  const auto value = bytes(tag);
  if (!value) return std::nullopt;
  return number_in(*value);
}

std::int64_t FieldReader::required_number(std::uint8_t tag) { return number_in(required(tag)); }

std::optional<std::uint8_t> FieldReader::byte(std::uint8_t tag) {
  const auto value = bytes(tag);
  if (!value) return std::nullopt;
  if (value->size() != 1) fail_as_damaged();
  return value->front();
}

std::uint8_t FieldReader::required_byte(std::uint8_t tag, std::uint8_t highest) {
  const auto value = byte(tag);
  if (!value || *value > highest) fail_as_damaged();
  return *value;
}

std::optional<std::vector<std::string>> FieldReader::texts(std::uint8_t tag) {
  const auto joined = bytes(tag);
  if (!joined) return std::nullopt;
  std::vector<std::string> values;
  for (ByteView rest = *joined; !rest.empty();) {
    if (rest.size() < 4 || length_at(rest) > rest.size() - 4) fail_as_damaged();
    const std::size_t length = length_at(rest);
    values.emplace_back(text_of(rest.subspan(4, length)));
    rest = rest.subspan(4 + length);
  }
  return values;
}

void FieldReader::copy_exactly(ByteView from, std::span<std::uint8_t> to) {
  if (from.size() != to.size()) fail_as_damaged();
  std::ranges::copy(from, to.begin());
}

void FieldReader::finish() const {
  if (!rest_.empty()) fail_as_damaged();
}

}  // namespace vault
