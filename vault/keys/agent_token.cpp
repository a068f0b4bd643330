// SPDX-License-Identifier: Apache-2.0
#include "vault/keys/agent_token.h"

#include <algorithm>

#include "vault/base/error.h"
#include "vault/crypto/keyed_hash.h"
#include "vault/crypto/random.h"
#include "vault/crypto/secret_text.h"

namespace vault {
namespace {

constexpr std::size_t kIdSize = 16;
constexpr std::size_t kChecksumSize = 4;
constexpr std::size_t kTokenBytes = kIdSize + kKeySize + kChecksumSize;
constexpr std::size_t kExpirySize = 8;

// The first bytes of a hash; BLAKE2b itself gives no fewer than 16.
std::array<std::uint8_t, 16> checksum_of(ByteView id_and_key) {
  std::array<std::uint8_t, 16> hash;
  hash_of_secret_into({bytes_of("claviger agent token"), id_and_key}, hash);
  return hash;
}

[[noreturn]] void fail() {
  throw Error(ErrorCode::bad_input, "not an agent token: mistyped or cut off",
              "a token starts with clv1_ and is one word");
}

}  // namespace

AgentToken make_agent_token() {
  AgentToken token{random_id<SlotId>(), {}};
  fill_random(token.key.writable());
  return token;
}

SecretString to_text(const AgentToken& token) {
  SecretBytes bytes(kTokenBytes);
  const auto out = bytes.writable();
  std::ranges::copy(token.slot.bytes, out.begin());
  std::ranges::copy(token.key.reveal(), out.begin() + kIdSize);
  const auto checksum = checksum_of(out.first(kIdSize + kKeySize));
  std::copy_n(checksum.begin(), kChecksumSize, out.begin() + kIdSize + kKeySize);
  const SecretString body = to_base64(bytes.reveal(), Base64::url_without_padding);
  SecretBytes text(kTokenPrefix.size() + body.size());
  std::ranges::copy(body.reveal(), std::ranges::copy(kTokenPrefix, text.writable().begin()).out);
  return SecretString(std::move(text));
}

AgentToken parse_agent_token(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (!text.starts_with(kTokenPrefix)) fail();
  const auto bytes = from_base64(text.substr(kTokenPrefix.size()), Base64::url_without_padding);
  if (!bytes || bytes->size() != kTokenBytes) fail();
  const auto all = bytes->reveal();
  const auto checksum = checksum_of(all.first(kIdSize + kKeySize));
  if (!equal_in_constant_time(ByteView(checksum).first(kChecksumSize), all.last(kChecksumSize))) fail();
  AgentToken token{{}, SlotKey::copy_of(KeyView(all.subspan(kIdSize, kKeySize)))};
  std::copy_n(all.begin(), kIdSize, token.slot.bytes.begin());
  return token;
}

Bytes token_parameters(std::optional<Timestamp> expires_at) {
  Bytes parameters;
  if (!expires_at) return parameters;
  for (std::size_t i = 0; i < kExpirySize; ++i) {
    parameters.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(expires_at->ms) >> (8 * i)));
  }
  return parameters;
}

std::optional<Timestamp> token_expiry(ByteView parameters) {
  if (parameters.empty()) return std::nullopt;
  if (parameters.size() != kExpirySize) {
    throw Error(ErrorCode::parameters_out_of_bounds, "an agent token's parameters do not have their length");
  }
  std::uint64_t ms = 0;
  for (std::size_t i = 0; i < kExpirySize; ++i) ms |= std::uint64_t{parameters[i]} << (8 * i);
  return Timestamp{static_cast<std::int64_t>(ms)};
}

std::optional<SlotKey> TokenUnlocker::key_for(const KeySlot& slot, const VaultId&) const {
  if (slot.kind != SlotKind::agent_token || slot.id != token_.slot) return std::nullopt;
  return token_.key.clone();
}

}  // namespace vault
