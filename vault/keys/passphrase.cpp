// SPDX-License-Identifier: Apache-2.0
#include "vault/keys/passphrase.h"

#include <algorithm>

#include "vault/base/error.h"
#include "vault/crypto/random.h"

namespace vault {
namespace {

// operations (4 bytes, little-endian), memory in MiB (4), salt (16)
constexpr std::size_t kParametersSize = 8 + kSaltSize;

void append(Bytes& bytes, std::uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<std::uint8_t>(number >> shift));
}

std::uint32_t number_at(ByteView bytes, std::size_t offset) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number |= std::uint32_t{bytes[offset + i]} << (8 * i);
  return number;
}

void require_in_bounds(Argon2Cost cost) {
  const bool legal = cost.operations >= kLeastArgon2Cost.operations && cost.operations <= kMostArgon2Cost.operations &&
                     cost.memory_mib >= kLeastArgon2Cost.memory_mib && cost.memory_mib <= kMostArgon2Cost.memory_mib;
  if (!legal) {
    throw Error(ErrorCode::parameters_out_of_bounds,
                "a passphrase slot asks for a derivation cost outside the format's bounds (2 to 10 passes over 64 to "
                "1024 MiB)");
  }
}

}  // namespace

SecretBytes passphrase_from_file(SecretBytes contents) {
  std::size_t size = contents.size();
  const auto bytes = contents.reveal();
  if (size > 0 && bytes[size - 1] == '\n') --size;
  if (size > 0 && bytes[size - 1] == '\r') --size;
  contents.truncate(size);
  if (contents.empty()) throw Error(ErrorCode::bad_input, "the passphrase is empty");
  if (contents.size() > kLongestPassphrase) {
    throw Error(ErrorCode::bad_input, "the passphrase is longer than 4096 bytes");
  }
  return contents;
}

Bytes passphrase_parameters(Argon2Cost cost) {
  require_in_bounds(cost);
  Bytes parameters;
  append(parameters, cost.operations);
  append(parameters, cost.memory_mib);
  parameters.resize(kParametersSize);
  fill_random(std::span(parameters).subspan(8));
  return parameters;
}

SlotKey passphrase_slot_key(ByteView passphrase, ByteView parameters) {
  if (parameters.size() != kParametersSize) {
    throw Error(ErrorCode::parameters_out_of_bounds, "a passphrase slot's parameters do not have their length");
  }
  const Argon2Cost cost{number_at(parameters, 0), number_at(parameters, 4)};
  require_in_bounds(cost);
  Salt salt;
  std::ranges::copy(parameters.subspan(8), salt.begin());
  return derive_passphrase_key(passphrase, salt, cost);
}

std::optional<SlotKey> PassphraseUnlocker::key_for(const KeySlot& slot, const VaultId&) const {
  if (slot.kind != SlotKind::passphrase) return std::nullopt;
  return passphrase_slot_key(passphrase_.reveal(), slot.parameters);
}

}  // namespace vault
