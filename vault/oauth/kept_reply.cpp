// SPDX-License-Identifier: Apache-2.0
#include "vault/oauth/kept_reply.h"

#include <algorithm>

#include "vault/base/error.h"
#include "vault/crypto/keyed_hash.h"
#include "vault/seal/codec.h"
#include "vault/seal/sealed_field.h"

namespace vault {
namespace {

constexpr std::string_view kMark = "CLAVIGER-REFRESH";  // persistent
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kLongestField = std::size_t{2} << 20;  // as the vault's tables have it

std::array<std::uint8_t, 8> le64(std::int64_t value) {
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = std::uint8_t(std::uint64_t(value) >> (8 * i));
  return bytes;
}

std::array<std::uint8_t, 32> proof_of(const IndexKey& key, const VaultId& vault, const KeptReply& reply) {
  return keyed_hash<32>(key.reveal(),
                        {bytes_of("refresh"), vault.bytes, reply.agent.bytes, reply.lookup.bytes, reply.attempt.bytes,
                         reply.spent.bytes, le64(reply.asked.ms), reply.sealed_sheet, reply.sealed_secret});
}

FieldPlace place_of(Column column, const VaultId& vault, const KeptReply& reply) {
  return {column, vault, reply.agent, static_cast<std::uint8_t>(RecordKind::profile), reply.lookup.bytes};
}

void append(Bytes& bytes, ByteView part) { bytes.insert(bytes.end(), part.begin(), part.end()); }

void append_field(Bytes& bytes, ByteView part) {
  for (int shift = 0; shift < 32; shift += 8) bytes.push_back(std::uint8_t(part.size() >> shift));
  append(bytes, part);
}

// Takes from the front what is there; false from the first time on that it is not.
class Cutter {
 public:
  explicit Cutter(ByteView bytes) : rest_(bytes) {}
  std::optional<ByteView> take(std::size_t size) {
    if (rest_.size() < size) return std::nullopt;
    const auto part = rest_.first(size);
    rest_ = rest_.subspan(size);
    return part;
  }
  bool into(std::span<std::uint8_t> to) {
    const auto part = take(to.size());
    if (part) std::ranges::copy(*part, to.begin());
    return part.has_value();
  }
  bool number(std::uint64_t& to, std::size_t size) {
    const auto part = take(size);
    to = 0;
    for (std::size_t i = 0; part && i < size; ++i) to |= std::uint64_t((*part)[i]) << (8 * i);
    return part.has_value();
  }
  bool field(Bytes& to) {
    std::uint64_t size = 0;
    if (!number(size, 4) || size == 0 || size > kLongestField) return false;
    const auto part = take(size);
    if (part) to.assign(part->begin(), part->end());
    return part.has_value();
  }

 private:
  ByteView rest_;
};

}  // namespace

KeepingKeys keeping_keys(const OpenAgent& agent) {
  if (!agent.keys.write) {
    throw Error(ErrorCode::denied, "this key cannot write for agent '" + agent.sheet.name.text() + "'");
  }
  return {agent.vault, agent.id, agent.keys.read.clone(), agent.keys.write->fingerprint.clone()};
}

KeptReply seal_reply(const KeepingKeys& keys, const AttemptId& attempt, const Revision& spent, Timestamp asked,
                     const NewLogin& login) {
  const auto lookup = record_lookup(keys.read.index, RecordKind::profile, login.sheet.id.text());
  KeptReply reply{keys.agent, lookup, attempt, spent, asked, {}, {}, {}};
  auto secret = seal_field(keys.read.secret.reveal(), place_of(Column::record_secret, keys.vault, reply),
                           encode(login.credential));
  ProfileSheet sheet = login.sheet;
  sheet.secret_revision = secret.revision;
  if (const auto* const main = login.credential.find(main_field(sheet.kind))) {
    sheet.fingerprint = fingerprint_of(keys.fingerprint, main->reveal());
  }
  reply.sealed_secret = std::move(secret.bytes);
  reply.sealed_sheet =
      seal_field(keys.read.sheet.reveal(), place_of(Column::record_sheet, keys.vault, reply), encode(sheet)).bytes;
  reply.proof = proof_of(keys.read.index, keys.vault, reply);
  return reply;
}

std::optional<NewLogin> open_reply(const OpenAgent& agent, const KeptReply& reply) {
  const auto& keys = agent.keys.read;
  if (reply.agent != agent.id) return std::nullopt;
  if (!equal_in_constant_time(proof_of(keys.index, agent.vault, reply), reply.proof)) return std::nullopt;
  const auto sheet =
      open_field(keys.sheet.reveal(), place_of(Column::record_sheet, agent.vault, reply), reply.sealed_sheet);
  const auto secret =
      open_field(keys.secret.reveal(), place_of(Column::record_secret, agent.vault, reply), reply.sealed_secret);
  if (!sheet || !secret) return std::nullopt;
  try {
    return NewLogin{decode_profile_sheet(sheet->reveal()), decode_credential(secret->reveal())};
  } catch (const Error&) {  // of a newer program
    return std::nullopt;
  }
}

Bytes encode(const KeptReply& reply) {
  Bytes bytes;
  append(bytes, bytes_of(kMark));
  bytes.push_back(kVersion);
  append(bytes, reply.agent.bytes);
  append(bytes, reply.lookup.bytes);
  append(bytes, reply.attempt.bytes);
  append(bytes, reply.spent.bytes);
  append(bytes, le64(reply.asked.ms));
  append_field(bytes, reply.sealed_sheet);
  append_field(bytes, reply.sealed_secret);
  append(bytes, reply.proof);
  return bytes;
}

std::optional<KeptReply> decode_kept_reply(ByteView bytes) {
  Cutter cutter(bytes);
  const auto mark = cutter.take(kMark.size());
  const auto version = cutter.take(1);
  if (!mark || text_of(*mark) != kMark || !version || version->front() != kVersion) return std::nullopt;
  KeptReply reply;
  std::uint64_t asked = 0;
  const bool whole = cutter.into(reply.agent.bytes) && cutter.into(reply.lookup.bytes) &&
                     cutter.into(reply.attempt.bytes) && cutter.into(reply.spent.bytes) && cutter.number(asked, 8) &&
                     cutter.field(reply.sealed_sheet) && cutter.field(reply.sealed_secret) && cutter.into(reply.proof);
  if (!whole) return std::nullopt;
  reply.asked = {static_cast<std::int64_t>(asked)};
  return reply;
}

}  // namespace vault
