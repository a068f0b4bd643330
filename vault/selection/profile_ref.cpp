// SPDX-License-Identifier: Apache-2.0
#include "vault/selection/profile_ref.h"

#include <array>

#include "vault/crypto/keyed_hash.h"

namespace vault {
namespace {

std::string ref_of(std::string_view context, std::string_view name) {
  std::array<std::uint8_t, 16> hash;
  plain_hash_into({bytes_of(context), bytes_of(name)}, hash);
  return "ref/" + to_hex(ByteView(hash).first(6));
}

}  // namespace

std::string profile_ref(const ProfileId& id) { return ref_of("claviger profile ref", id.text()); }

std::string config_ref(std::string_view path) { return ref_of("claviger config ref", path); }

}  // namespace vault
