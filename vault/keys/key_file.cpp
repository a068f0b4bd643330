// SPDX-License-Identifier: Apache-2.0
#include "vault/keys/key_file.h"

#include <algorithm>

#include "vault/base/error.h"
#include "vault/crypto/random.h"
#include "vault/crypto/secret_text.h"

namespace vault {
namespace {

constexpr std::string_view kMagic = "CLAVIGER-KEY-1 ";
constexpr std::size_t kIdDigits = 32;

[[noreturn]] void fail() {
  throw Error(ErrorCode::bad_input, "not a key file: it must be one line that starts with CLAVIGER-KEY-1");
}

}  // namespace

KeyFile make_key_file(const VaultId& vault) {
  KeyFile file{vault, {}};
  fill_random(file.key.writable());
  return file;
}

SecretString to_text(const KeyFile& file) {
  const SecretString key = to_base64(file.key.reveal(), Base64::standard);
  const std::string head = std::string(kMagic) + to_hex(file.vault.bytes) + ' ';
  SecretBytes text(head.size() + key.size() + 1);
  auto out = std::ranges::copy(head, text.writable().begin()).out;
  out = std::ranges::copy(key.reveal(), out).out;
  *out = '\n';
  return SecretString(std::move(text));
}

KeyFile parse_key_file(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (!text.starts_with(kMagic) || text.size() < kMagic.size() + kIdDigits + 1) fail();
  text.remove_prefix(kMagic.size());
  const auto id = from_hex(text.substr(0, kIdDigits));
  if (!id || text[kIdDigits] != ' ') fail();
  const auto key = from_base64(text.substr(kIdDigits + 1), Base64::standard);
  if (!key || key->size() != kKeySize) fail();
  KeyFile file{{}, SlotKey::copy_of(KeyView(key->reveal()))};
  std::ranges::copy(*id, file.vault.bytes.begin());
  return file;
}

std::optional<SlotKey> KeyFileUnlocker::key_for(const KeySlot& slot, const VaultId&) const {
  if (slot.kind != SlotKind::key_file) return std::nullopt;
  return file_.key.clone();
}

}  // namespace vault
