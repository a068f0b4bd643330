// SPDX-License-Identifier: Apache-2.0
#include "vault/selection/profile_ref.h"

#include <array>

#include "vault/crypto/keyed_hash.h"

namespace vault {

std::string profile_ref(const ProfileId& id) {
  std::array<std::uint8_t, 16> hash;
  plain_hash_into({bytes_of("claviger profile ref"), bytes_of(id.text())}, hash);
  return "ref/" + to_hex(ByteView(hash).first(6));
}

}  // namespace vault
