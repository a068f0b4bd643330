// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/key_cache.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <keyutils.h>
#include <string>
#include <string_view>

#include "vault/access/kept_keyring.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr const char* kType = "user";
constexpr std::string_view kNamePrefix = "claviger:";

// Possession comes through a session keyring, and systemd gives services one that does not lead to the user's. So the
// user as such may read the key and drop it; group and others may nothing.
constexpr key_perm_t kPermissions = KEY_POS_ALL | KEY_USR_VIEW | KEY_USR_READ | KEY_USR_SEARCH | KEY_USR_SETATTR;

std::string description_of(const vault::VaultId& vault) {
  return std::string(kNamePrefix) + vault::to_hex(vault.bytes);
}

key_serial_t find(const vault::VaultId& vault) {
  return static_cast<key_serial_t>(::keyctl_search(KEY_SPEC_USER_KEYRING, kType, description_of(vault).c_str(), 0));
}

const char* reason_of(int error) {
  switch (error) {
    case ENOSYS: return "this kernel keeps no keys for its users";
    case EPERM: return "a sandbox forbids the kernel's key service, as most containers do";
    case EACCES: return "the kernel grants no access to this user's keyring";
    case EDQUOT: return "this user's share of the kernel's keys is used up (see /proc/key-users)";
    case ENOMEM: return "the kernel has no memory left for keys";
    default: return "the kernel refuses";
  }
}

[[noreturn]] void fail(const std::string& what, int error) {
  throw Error(ErrorCode::io, what + ": " + reason_of(error),
              "unlock with --key-file, --passphrase-fd or a systemd credential instead: `claviger help unlocking`");
}

// Not yet in the user's keyring: what fails before the link leaves nothing behind.
key_serial_t prepare(const vault::VaultId& vault, const vault::SecretBytes& key, std::chrono::seconds lifetime) {
  const auto bytes = key.reveal();
  const auto serial =
      ::add_key(kType, description_of(vault).c_str(), bytes.data(), bytes.size(), KEY_SPEC_PROCESS_KEYRING);
  if (serial < 0) fail("the key cannot be kept in the kernel", errno);
  if (::keyctl_set_timeout(serial, static_cast<unsigned>(lifetime.count())) < 0) {
    fail("the key cannot be given its end", errno);
  }
  if (::keyctl_setperm(serial, kPermissions) < 0) fail("the key cannot be kept from other users", errno);
  return serial;
}

void drop(key_serial_t serial) {
  // Revoking wipes it at once, whoever else holds a link to it.
  const bool revoked = ::keyctl_revoke(serial) == 0;
  const int error = errno;
  const bool unlinked = ::keyctl_unlink(serial, KEY_SPEC_USER_KEYRING) == 0;
  if (!revoked && !unlinked) fail("a cached key cannot be dropped", error);
}

// None where the kernel keeps none, or shows none to us: what cannot be seen was not left by us either.
std::vector<key_serial_t> keys_of_this_user() {
  std::vector<key_serial_t> serials(64);
  for (;;) {
    const auto size = ::keyctl_read(KEY_SPEC_USER_KEYRING, reinterpret_cast<char*>(serials.data()),
                                    serials.size() * sizeof(key_serial_t));
    if (size < 0) return {};
    const auto count = static_cast<std::size_t>(size) / sizeof(key_serial_t);
    const bool whole = count <= serials.size();
    serials.resize(count);
    if (whole) return serials;
  }
}

// Of a key that is ours by its name; "user;uid;gid;permissions;claviger:<vault id>".
std::optional<vault::VaultId> vault_of(key_serial_t serial) {
  std::array<char, 256> text{};
  const auto size = ::keyctl_describe(serial, text.data(), text.size());
  if (size <= 0 || static_cast<std::size_t>(size) > text.size()) return std::nullopt;
  const std::string_view described(text.data());
  const auto name = described.substr(described.rfind(';') + 1);
  if (!described.starts_with(std::string(kType) + ";") || !name.starts_with(kNamePrefix)) return std::nullopt;
  const auto id = vault::from_hex(name.substr(kNamePrefix.size()));
  vault::VaultId vault;
  if (!id || id->size() != vault.bytes.size()) return std::nullopt;
  std::ranges::copy(*id, vault.bytes.begin());
  return vault;
}

}  // namespace

std::optional<vault::SecretBytes> find_cached_key(const vault::VaultId& vault) {
  const auto serial = find(vault);
  if (serial < 0) return std::nullopt;
  vault::SecretBytes key(vault::kLongestKeptKeyring);
  const auto size = ::keyctl_read(serial, reinterpret_cast<char*>(key.writable().data()), key.size());
  if (size <= 0 || static_cast<std::size_t>(size) > key.size()) return std::nullopt;
  key.truncate(static_cast<std::size_t>(size));
  return key;
}

void cache_key(const vault::VaultId& vault, const vault::SecretBytes& key, std::chrono::seconds lifetime) {
  const auto serial = prepare(vault, key, lifetime);
  if (::keyctl_link(serial, KEY_SPEC_USER_KEYRING) < 0) fail("the key cannot be kept in the kernel", errno);
}

bool forget_cached_key(const vault::VaultId& vault) {
  const auto serial = find(vault);
  if (serial < 0) return false;
  drop(serial);
  return true;
}

std::vector<vault::VaultId> forget_all_cached_keys() {
  std::vector<vault::VaultId> dropped;
  std::optional<Error> failure;
  for (const auto serial : keys_of_this_user()) {
    const auto vault = vault_of(serial);
    if (!vault) continue;
    try {
      drop(serial);
      dropped.push_back(*vault);
    } catch (const Error& error) {
      failure = error;
    }
  }
  if (failure) throw *failure;
  return dropped;
}

}  // namespace cli
