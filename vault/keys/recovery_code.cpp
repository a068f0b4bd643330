// SPDX-License-Identifier: Apache-2.0
#include "vault/keys/recovery_code.h"

#include <algorithm>
#include <array>
#include <string>

#include "vault/base/error.h"
#include "vault/crypto/keyed_hash.h"
#include "vault/crypto/random.h"

namespace vault {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford's: no I, L, O, U
constexpr std::size_t kGroup = 4;
constexpr std::size_t kSymbols = kRecoveryGroups * kGroup;
constexpr std::size_t kCodeBytes = kSymbols * 5 / 8;  // 32 of key, 4 bits of zero, 20 bits of checksum

std::array<std::uint8_t, 16> checksum_of(KeyView key) {
  std::array<std::uint8_t, 16> hash;
  hash_of_secret_into({bytes_of("claviger recovery code"), key}, hash);
  return hash;
}

// 256 bits of key, 4 zero bits, 20 bits of checksum.
SecretBytes code_bytes(KeyView key) {
  const auto checksum = checksum_of(key);
  SecretBytes bytes(kCodeBytes);
  const auto out = bytes.writable();
  std::ranges::copy(key, out.begin());
  out[32] = static_cast<std::uint8_t>(checksum[0] & 0x0F);
  out[33] = checksum[1];
  out[34] = checksum[2];
  return bytes;
}

std::size_t symbol_at(std::span<const std::uint8_t> bytes, std::size_t index) {
  std::size_t symbol = 0;
  for (std::size_t bit = index * 5; bit < index * 5 + 5; ++bit)
    symbol = symbol << 1 | (bytes[bit / 8] >> (7 - bit % 8) & 1U);
  return symbol;
}

void set_symbol(std::span<std::uint8_t> bytes, std::size_t index, std::size_t symbol) {
  for (std::size_t bit = 0; bit < 5; ++bit) {
    const std::size_t at = index * 5 + bit;
    if ((symbol >> (4 - bit) & 1U) != 0) bytes[at / 8] = static_cast<std::uint8_t>(bytes[at / 8] | 0x80U >> (at % 8));
  }
}

// As read by a person: letters that look like digits are those digits.
std::size_t value_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'O') c = '0';
  if (c == 'I' || c == 'L') c = '1';
  return kAlphabet.find(c);
}

SecretBytes read_symbols(std::string_view text) {
  SecretBytes bytes(kCodeBytes);
  std::size_t count = 0;
  for (const char c : text) {
    if (c == '-' || c == ' ' || (c >= '\t' && c <= '\r')) continue;
    const auto value = value_of(c);
    if (value == std::string_view::npos) {
      throw Error(ErrorCode::bad_input, "group " + std::to_string(std::min(count, kSymbols - 1) / kGroup + 1) +
                                            " of the recovery code holds a character that no code has");
    }
    if (count < kSymbols) set_symbol(bytes.writable(), count, value);
    ++count;
  }
  if (count != kSymbols) {
    throw Error(ErrorCode::bad_input, "a recovery code has 56 characters; this one has " + std::to_string(count));
  }
  return bytes;
}

}  // namespace

SlotKey make_recovery_key() {
  SlotKey key;
  fill_random(key.writable());
  return key;
}

SecretString to_recovery_code(const SlotKey& key) {
  const SecretBytes bytes = code_bytes(key.reveal());
  SecretBytes text(kSymbols + kRecoveryGroups - 1);
  auto out = text.writable().begin();
  for (std::size_t index = 0; index < kSymbols; ++index) {
    if (index > 0 && index % kGroup == 0) *out++ = '-';
    *out++ = static_cast<std::uint8_t>(kAlphabet[symbol_at(bytes.reveal(), index)]);
  }
  return SecretString(std::move(text));
}

SlotKey parse_recovery_code(std::string_view text) {
  const SecretBytes bytes = read_symbols(text);
  const auto key = SlotKey::copy_of(KeyView(bytes.reveal().first(kKeySize)));
  if (!equal_in_constant_time(code_bytes(key.reveal()).reveal(), bytes.reveal())) {
    throw Error(ErrorCode::bad_input, "the recovery code does not check out: a character is wrong or out of place");
  }
  return key.clone();
}

std::optional<SlotKey> RecoveryUnlocker::key_for(const KeySlot& slot, const VaultId&) const {
  if (slot.kind != SlotKind::recovery) return std::nullopt;
  return key_.clone();
}

}  // namespace vault
