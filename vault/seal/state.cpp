// SPDX-License-Identifier: Apache-2.0
#include "vault/seal/state.h"

#include "vault/crypto/keyed_hash.h"

namespace vault {
namespace {

constexpr std::uint8_t kVersion = 1;
enum VaultTag : std::uint8_t {
  kVaultGeneration = 1,
  kVaultDigest = 2,
  kVaultLogCount = 3,
  kVaultLogHead = 4,
  kVaultLogFolded = 5
};
enum AgentTag : std::uint8_t {
  kGeneration = 1,
  kCount = 2,
  kDigest = 3,
  kNextPosition = 4,
  kLogCount = 5,
  kLogHead = 6,
  kLogFolded = 7
};

std::uint64_t unsigned_number(FieldReader& fields, std::uint8_t tag) {
  return static_cast<std::uint64_t>(fields.required_number(tag));
}

// A field that says nothing else than its absence is none of ours.
std::uint64_t not_zero(const std::optional<std::int64_t>& number) {
  if (number && *number == 0) fail_as_damaged();
  return static_cast<std::uint64_t>(number.value_or(0));
}

void exclusive_or(Digest& digest, const Digest& hash) {
  for (std::size_t i = 0; i < digest.size(); ++i) digest[i] ^= hash[i];
}

}  // namespace

void toggle_row(Digest& digest, const StateKey& key, std::initializer_list<ByteView> columns) {
  exclusive_or(digest, keyed_hash<32>(key.reveal(), columns));
}

void toggle_record(Digest& digest, const StateKey& key, RecordKind kind, const Lookup& lookup, ByteView sealed_sheet,
                   const std::optional<Bytes>& sealed_secret) {
  const std::uint8_t head[] = {static_cast<std::uint8_t>(kind), std::uint8_t(sealed_secret ? 1 : 0)};
  toggle_row(
      digest, key,
      {ByteView(head), ByteView(lookup.bytes), sealed_sheet, sealed_secret ? ByteView(*sealed_secret) : ByteView{}});
}

WipedBytes encode(const AgentState& state) {
  FieldWriter fields(kVersion);
  fields.number(kGeneration, static_cast<std::int64_t>(state.generation));
  fields.number(kCount, static_cast<std::int64_t>(state.record_count));
  fields.bytes(kDigest, state.digest);
  fields.number(kNextPosition, static_cast<std::int64_t>(state.next_position));
  fields.number(kLogCount, static_cast<std::int64_t>(state.log.count));
  fields.bytes(kLogHead, state.log.head);
  if (state.log.folded != 0) fields.number(kLogFolded, static_cast<std::int64_t>(state.log.folded));
  return fields.take();
}

AgentState decode_agent_state(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  AgentState state;
  state.generation = unsigned_number(fields, kGeneration);
  state.record_count = unsigned_number(fields, kCount);
  FieldReader::copy_exactly(fields.required(kDigest), state.digest);
  state.next_position = unsigned_number(fields, kNextPosition);
  state.log.count = unsigned_number(fields, kLogCount);
  FieldReader::copy_exactly(fields.required(kLogHead), state.log.head);
  state.log.folded = not_zero(fields.number(kLogFolded));
  fields.finish();
  return state;
}

WipedBytes encode(const VaultState& state) {
  FieldWriter fields(kVersion);
  fields.number(kVaultGeneration, static_cast<std::int64_t>(state.generation));
  fields.bytes(kVaultDigest, state.digest);
  if (state.log.count != 0) {  // a vault of a program that kept no log has none of these
    fields.number(kVaultLogCount, static_cast<std::int64_t>(state.log.count));
    fields.bytes(kVaultLogHead, state.log.head);
    if (state.log.folded != 0) fields.number(kVaultLogFolded, static_cast<std::int64_t>(state.log.folded));
  }
  return fields.take();
}

VaultState decode_vault_state(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  VaultState state;
  state.generation = unsigned_number(fields, kVaultGeneration);
  FieldReader::copy_exactly(fields.required(kVaultDigest), state.digest);
  state.log.count = not_zero(fields.number(kVaultLogCount));
  if (state.log.count != 0) {
    FieldReader::copy_exactly(fields.required(kVaultLogHead), state.log.head);
    state.log.folded = not_zero(fields.number(kVaultLogFolded));
  }
  fields.finish();
  return state;
}

}  // namespace vault
