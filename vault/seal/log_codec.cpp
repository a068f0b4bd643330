// SPDX-License-Identifier: Apache-2.0
#include "vault/seal/log_codec.h"

#include <algorithm>

#include "vault/crypto/keyed_hash.h"

namespace vault {
namespace {

constexpr std::uint8_t kVersion = 1;
enum EntryTag : std::uint8_t {
  kTime = 1,
  kVerb = 2,
  kSubject = 3,
  kCount = 4,
  kNames = 5,
  kOpener = 6,
  kSlot = 7,
  kUser = 8,
  kProcess = 9,
  kProgram = 10,
  kAgent = 11,
  kEndedAt = 12,
  kEndedWith = 13,
  kReadId = 14,
  kProof = 15
};
enum CheckpointTag : std::uint8_t { kHead = 1, kFolded = 2, kLost = 3, kFirst = 4, kLast = 5 };

std::uint64_t count_in(FieldReader& fields, std::uint8_t tag) {
  const auto number = fields.required_number(tag);
  if (number < 0) fail_as_damaged();
  return static_cast<std::uint64_t>(number);
}

std::optional<std::uint64_t> optional_count(FieldReader& fields, std::uint8_t tag) {
  const auto number = fields.number(tag);
  if (!number) return std::nullopt;
  if (*number < 0) fail_as_damaged();
  return static_cast<std::uint64_t>(*number);
}

template <std::size_t size>
std::optional<std::array<std::uint8_t, size>> optional_array(FieldReader& fields, std::uint8_t tag) {
  const auto bytes = fields.bytes(tag);
  if (!bytes) return std::nullopt;
  std::array<std::uint8_t, size> array;
  FieldReader::copy_exactly(*bytes, array);
  return array;
}

template <class Enumerator>
Enumerator enumerator(FieldReader& fields, std::uint8_t tag, Enumerator highest) {
  const auto number = fields.required_byte(tag, static_cast<std::uint8_t>(highest));
  if (number == 0) fail_as_damaged();
  return static_cast<Enumerator>(number);
}

std::string text_within(std::string text, std::size_t longest) {
  if (!is_log_text(text, longest)) fail_as_damaged();
  return text;
}

// Left out when there are none.
std::vector<std::string> decode_names(FieldReader& fields, std::uint64_t count) {
  auto names = fields.texts(kNames);
  if (!names) return {};
  std::size_t together = 0;
  for (const auto& name : *names) together += text_within(name, kLongestLogName).size();
  if (names->empty() || names->size() > std::min<std::uint64_t>(kMostLogNames, count) || together > kLongestLogNames) {
    fail_as_damaged();
  }
  return std::move(*names);
}

std::optional<Timestamp> optional_time(FieldReader& fields, std::uint8_t tag) {
  const auto number = fields.number(tag);
  return number ? std::optional(Timestamp{*number}) : std::nullopt;
}

std::array<std::uint8_t, 8> little_endian(std::uint64_t number) {
  std::array<std::uint8_t, 8> bytes;
  for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
  return bytes;
}

}  // namespace

WipedBytes encode(const LogEntry& entry) {
  FieldWriter fields(kVersion);
  fields.number(kTime, entry.time.ms);
  fields.byte(kVerb, static_cast<std::uint8_t>(entry.verb));
  fields.byte(kSubject, static_cast<std::uint8_t>(entry.subject));
  fields.number(kCount, static_cast<std::int64_t>(entry.count));
  if (!entry.names.empty()) fields.texts(kNames, entry.names);
  fields.byte(kOpener, static_cast<std::uint8_t>(entry.opener));
  if (entry.slot) fields.id(kSlot, *entry.slot);
  fields.number(kUser, static_cast<std::int64_t>(entry.caller.user));
  fields.number(kProcess, static_cast<std::int64_t>(entry.caller.process));
  fields.text(kProgram, entry.caller.program);
  fields.optional_text(kAgent, entry.agent);
  if (entry.ended_at) fields.number(kEndedAt, static_cast<std::int64_t>(*entry.ended_at));
  if (entry.ended_with) fields.bytes(kEndedWith, *entry.ended_with);
  if (entry.read_id) fields.id(kReadId, *entry.read_id);
  if (entry.proof) fields.bytes(kProof, *entry.proof);
  return fields.take();
}

LogEntry decode_log_entry(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  LogEntry entry;
  entry.time = {fields.required_number(kTime)};
  entry.verb = enumerator(fields, kVerb, LogVerb::chosen);
  const auto subject = fields.required_byte(kSubject, 255);
  if (!is_log_subject(subject)) fail_as_damaged();
  entry.subject = static_cast<LogSubject>(subject);
  entry.count = count_in(fields, kCount);
  entry.names = decode_names(fields, entry.count);
  entry.opener = enumerator(fields, kOpener, LogOpener::kept_key);
  if (const auto slot = optional_array<16>(fields, kSlot)) entry.slot = SlotId{*slot};
  entry.caller.user = count_in(fields, kUser);
  entry.caller.process = count_in(fields, kProcess);
  entry.caller.program = text_within(fields.required_text(kProgram), kLongestProgramName);
  if (auto agent = fields.text(kAgent)) entry.agent = text_within(std::move(*agent), kLongestLogName);
  entry.ended_at = optional_count(fields, kEndedAt);
  entry.ended_with = optional_array<32>(fields, kEndedWith);
  if (const auto id = optional_array<16>(fields, kReadId)) entry.read_id = Revision{*id};
  entry.proof = optional_array<16>(fields, kProof);
  fields.finish();
  return entry;
}

WipedBytes encode(const LogCheckpoint& checkpoint) {
  FieldWriter fields(kVersion);
  fields.bytes(kHead, checkpoint.head);
  fields.number(kFolded, static_cast<std::int64_t>(checkpoint.folded));
  fields.number(kLost, static_cast<std::int64_t>(checkpoint.lost));
  if (checkpoint.first) fields.number(kFirst, checkpoint.first->ms);
  if (checkpoint.last) fields.number(kLast, checkpoint.last->ms);
  return fields.take();
}

LogCheckpoint decode_log_checkpoint(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  LogCheckpoint checkpoint;
  FieldReader::copy_exactly(fields.required(kHead), checkpoint.head);
  checkpoint.folded = count_in(fields, kFolded);
  checkpoint.lost = count_in(fields, kLost);
  checkpoint.first = optional_time(fields, kFirst);
  checkpoint.last = optional_time(fields, kLast);
  fields.finish();
  return checkpoint;
}

FieldPlace log_row_place(const LogPlace& log, LogRowKind kind, std::uint64_t position) {
  FieldPlace place{Column::log_event, log.vault, log.owner, static_cast<std::uint8_t>(kind), {}};
  std::ranges::copy(little_endian(position), place.row.begin());
  return place;
}

Digest next_log_head(const LogKey& key, const Digest& head, std::uint64_t position, ByteView sealed) {
  return keyed_hash<32>(key.reveal(), {bytes_of("head"), head, little_endian(position), sealed});
}

LogProof log_proof(const LogKey& root_log, const LogPlace& log, std::uint64_t position, LogEntry entry) {
  entry.proof.reset();
  const auto text = encode(entry);
  return keyed_hash<16>(root_log.reveal(), {bytes_of("proof"), log.owner.bytes, little_endian(position), text});
}

}  // namespace vault
