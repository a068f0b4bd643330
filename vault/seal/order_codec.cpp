// SPDX-License-Identifier: Apache-2.0
#include "vault/seal/codec.h"
#include "vault/seal/stored_name.h"

namespace vault {
namespace {

constexpr std::uint8_t kVersion = 1;
enum OrderTag : std::uint8_t { kProvider = 1, kIds = 2, kLastGood = 3 };
enum PinTag : std::uint8_t { kSession = 1, kProfile = 2, kPinned = 3 };

}  // namespace

WipedBytes encode(const ProviderOrder& order) {
  FieldWriter fields(kVersion);
  fields.text(kProvider, order.provider.text());
  if (order.ids) {
    std::vector<std::string> ids;
    for (const auto& id : *order.ids) ids.push_back(id.text());
    fields.texts(kIds, ids);
  }
  if (order.last_good) fields.text(kLastGood, order.last_good->text());
  return fields.take();
}

ProviderOrder decode_order(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  ProviderOrder order{stored_name<ProviderId>(fields.required_text(kProvider)), std::nullopt, std::nullopt};
  if (auto ids = fields.texts(kIds)) {
    order.ids.emplace();
    for (auto& id : *ids) order.ids->push_back(stored_name<ProfileId>(std::move(id)));
  }
  if (auto last_good = fields.text(kLastGood)) order.last_good = stored_name<ProfileId>(std::move(*last_good));
  fields.finish();
  return order;
}

WipedBytes encode(const SessionPin& pin) {
  FieldWriter fields(kVersion);
  fields.text(kSession, pin.session);
  fields.text(kProfile, pin.profile.text());
  fields.number(kPinned, pin.pinned.ms);
  return fields.take();
}

SessionPin decode_pin(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  std::string session = fields.required_text(kSession);
  auto profile = stored_name<ProfileId>(fields.required_text(kProfile));
  const Timestamp pinned{fields.required_number(kPinned)};
  fields.finish();
  return {std::move(session), std::move(profile), pinned};
}

}  // namespace vault
