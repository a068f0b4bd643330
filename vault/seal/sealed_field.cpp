// SPDX-License-Identifier: Apache-2.0
#include "vault/seal/sealed_field.h"

#include <algorithm>
#include <array>

#include "vault/crypto/aead.h"
#include "vault/crypto/padding.h"
#include "vault/crypto/random.h"

namespace vault {
namespace {

constexpr std::size_t kRevisionSize = 16;

std::string_view name_of(Column column) {  // persistent
  switch (column) {
    case Column::vault_settings: return "vault.settings";
    case Column::vault_state: return "vault.state";
    case Column::agent_key: return "agent.key";
    case Column::agent_sheet: return "agent.sheet";
    case Column::agent_state: return "agent.state";
    case Column::record_sheet: return "record.sheet";
    case Column::record_secret: return "record.secret";
    case Column::slot_keyring: return "slot.keyring";
    case Column::slot_for_root: return "slot.for_root";
    case Column::log_event: return "log.event";
  }
  return "";
}

// Every part is shorter than 256 bytes, and stands behind its length.
class AssociatedData {
 public:
  AssociatedData(const FieldPlace& place, const Revision& revision) {
    append(bytes_of("claviger/1"));
    append(bytes_of(name_of(place.column)));
    append(place.vault.bytes);
    append(place.agent.bytes);
    append(ByteView(&place.kind, 1));
    append(place.row);
    append(revision.bytes);
  }
  ByteView view() const noexcept { return ByteView(bytes_).first(size_); }

 private:
  void append(ByteView part) {
    bytes_.at(size_) = static_cast<std::uint8_t>(part.size());
    std::ranges::copy(part, bytes_.begin() + static_cast<std::ptrdiff_t>(size_ + 1));
    size_ += 1 + part.size();
  }

  std::array<std::uint8_t, 128> bytes_;  // 96 are needed at the most
  std::size_t size_ = 0;
};

}  // namespace

SealedField seal_field(KeyView key, const FieldPlace& place, ByteView plaintext) {
  SealedField sealed;
  sealed.revision = random_id<Revision>();
  const Bytes body = aead_seal(key, padded(plaintext).reveal(), AssociatedData(place, sealed.revision).view());
  sealed.bytes.reserve(kRevisionSize + body.size());
  sealed.bytes.assign(sealed.revision.bytes.begin(), sealed.revision.bytes.end());
  sealed.bytes.insert(sealed.bytes.end(), body.begin(), body.end());
  return sealed;
}

std::optional<SecretBytes> open_field(KeyView key, const FieldPlace& place, ByteView sealed) {
  const auto revision = revision_of(sealed);
  if (!revision) return std::nullopt;
  auto plaintext = aead_open(key, sealed.subspan(kRevisionSize), AssociatedData(place, *revision).view());
  if (!plaintext || !remove_padding(*plaintext)) return std::nullopt;
  return plaintext;
}

std::optional<Revision> revision_of(ByteView sealed) {
  if (sealed.size() < kRevisionSize) return std::nullopt;
  Revision revision;
  std::copy_n(sealed.begin(), kRevisionSize, revision.bytes.begin());
  return revision;
}

}  // namespace vault
