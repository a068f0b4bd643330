// SPDX-License-Identifier: Apache-2.0
#include "vault/applying/written_values.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "vault/crypto/random.h"

namespace vault {
namespace {

// Every part behind its length, so that no two statements join to the same bytes.
class Statement {
 public:
  explicit Statement(WipedBytes& bytes) : bytes_(bytes) { bytes_.clear(); }

  void number(std::uint64_t value) {
    for (int i = 0; i < 8; ++i) bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  void text(std::string_view value) {
    number(value.size());
    const auto bytes = bytes_of(value);
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  template <class Value, class Say>
  void maybe(const std::optional<Value>& value, Say&& say) {
    bytes_.push_back(value ? 1 : 0);
    if (value) say(*value);
  }
  void maybe_text(const std::optional<std::string>& value) {
    maybe(value, [this](const std::string& some) { text(some); });
  }
  void reference(const std::optional<SecretRef>& ref) {
    maybe(ref, [this](const SecretRef& some) {
      text(some.source);
      maybe_text(some.provider);
      text(some.id);
    });
  }

 private:
  WipedBytes& bytes_;
};

// What the source says and the vault keeps. All members have a name here, so that a new one does not build before
// somebody has decided whether it is compared.
void say(Statement& to, const ProfileSheet& sheet) {
  const auto& [id, provider, kind, expiry, email, display_name, key_ref, token_ref, copy_to_agents, usable_fields,
               setup_replacement, malformed_key, unresolved_oauth_ref, placeholder, created, updated, position,
               secret_revision, fingerprint] = sheet;
  to.text(id.text());
  to.text(provider.text());
  to.number(static_cast<std::uint64_t>(kind));
  to.number(static_cast<std::uint64_t>(expiry.form));
  to.number(static_cast<std::uint64_t>(expiry.time.ms));
  to.text(expiry.json);
  to.maybe_text(email);
  to.maybe_text(display_name);
  to.reference(key_ref);
  to.reference(token_ref);
  to.maybe(copy_to_agents, [&](bool value) { to.number(value ? 1 : 0); });
  to.number(usable_fields.bits());
  to.number((setup_replacement ? 1U : 0U) | (malformed_key ? 2U : 0U) | (unresolved_oauth_ref ? 4U : 0U) |
            (placeholder ? 8U : 0U));
  static_cast<void>(created), static_cast<void>(updated), static_cast<void>(position);  // the vault's own
  static_cast<void>(secret_revision), static_cast<void>(fingerprint);
}

void say(Statement& to, const Credential& credential) {
  for (const auto field : kSecretFields) {
    const auto* const value = credential.find(field);
    to.number(value == nullptr ? 0 : 1);
    if (value != nullptr) to.text(value->reveal());
  }
  to.text(credential.foreign().reveal());
}

}  // namespace

ProfileSheet kept_sheet(ProfileSheet sheet) {
  if (is_self_reference(sheet)) (sheet.kind == CredentialKind::api_key ? sheet.key_ref : sheet.token_ref).reset();
  return sheet;
}

WrittenValues::WrittenValues() { fill_random(key_); }

void WrittenValues::reserve(std::size_t more) { entries_.reserve(entries_.size() + more); }

WrittenValues::Digest WrittenValues::digest() const {
  const auto whole = short_hash(key_, scratch_);
  Digest digest;
  std::ranges::copy_n(whole.begin(), digest.size(), digest.begin());
  return digest;
}

WrittenValues::Digest WrittenValues::digest_of(RecordKind kind, std::string_view name) const {
  Statement statement(scratch_);
  statement.number(static_cast<std::uint64_t>(kind));
  statement.text(name);
  return digest();
}

WrittenValues::Digest WrittenValues::digest_of(const ProfileSheet& sheet, const Credential& credential) const {
  Statement statement(scratch_);
  say(statement, sheet);
  say(statement, credential);
  return digest();
}

WrittenValues::Digest WrittenValues::digest_of(const SecretString& text) const {
  Statement statement(scratch_);
  statement.text(text.reveal());
  return digest();
}

void WrittenValues::note(const Digest& name, const Digest& value) {
  entries_.push_back({name, value, static_cast<std::uint32_t>(entries_.size())});
}

void WrittenValues::note(const ProfileDraft& draft) {
  auto expected = kept_sheet(draft.sheet);
  expected.usable_fields = draft.credential.usable();
  expected.placeholder = draft.credential.holds_only_placeholders(expected.kind);
  note(digest_of(RecordKind::profile, draft.sheet.id.text()), digest_of(expected, draft.credential));
}

void WrittenValues::note(const VariableDraft& draft) {
  note(digest_of(RecordKind::variable, draft.name), digest_of(draft.value));
}

void WrittenValues::note(const ConfigSecretDraft& draft) {
  note(digest_of(RecordKind::config_secret, draft.path), digest_of(draft.value));
}

void WrittenValues::settle() {
  if (std::exchange(settled_, true)) return;
  std::ranges::sort(entries_, {}, [](const Entry& entry) { return std::tie(entry.name, entry.number); });
  // Seen from behind, the last of each name comes first.
  const auto same_name = [](const Entry& one, const Entry& other) { return one.name == other.name; };
  const auto kept = std::unique(entries_.rbegin(), entries_.rend(), same_name);
  entries_.erase(entries_.begin(), kept.base());
}

std::size_t WrittenValues::size() {
  settle();
  return entries_.size();
}

std::optional<std::size_t> WrittenValues::place_of(RecordKind kind, std::string_view name) const {
  const auto wanted = digest_of(kind, name);
  const auto found = std::ranges::lower_bound(entries_, wanted, {}, &Entry::name);
  if (found == entries_.end() || found->name != wanted) return std::nullopt;
  return static_cast<std::size_t>(found - entries_.begin());
}

bool WrittenValues::agrees(std::size_t place, const ProfileSheet& stored, const Credential& held) const {
  return entries_[place].value == digest_of(stored, held);
}

bool WrittenValues::agrees(std::size_t place, const SecretString& held) const {
  return entries_[place].value == digest_of(held);
}

}  // namespace vault
