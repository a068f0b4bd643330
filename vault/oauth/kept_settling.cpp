// SPDX-License-Identifier: Apache-2.0
#include "vault/oauth/kept_settling.h"

#include "vault/base/error.h"
#include "vault/oauth/refresh.h"

namespace vault {

Revision put_new_login(Writing& writing, const AgentName& agent, const ProfileSheet& stored, const NewLogin& login,
                       Timestamp asked) {
  ProfileSheet sheet = stored;
  sheet.expiry = login.sheet.expiry;
  const auto put = writing.put_profile(agent, std::move(sheet), login.credential);
  auto custody = custody_of(writing, agent, stored.id);
  if (!custody) return put.secret_revision;
  custody->state = CustodyState::settled;
  custody->claim.reset();
  custody->secret = put.secret_revision;
  custody->last_success = asked;
  custody->failures = 0;
  custody->not_before.reset();
  put_custody(writing, agent, *custody);
  return put.secret_revision;
}

FromFiles put_from_files(Writing& writing, const AgentName& agent, const ProfileSheet& stored, KeptFiles& files) {
  auto& opened = writing.session().open(agent).agent;
  const auto lookup = record_lookup(opened.keys.read.index, RecordKind::profile, stored.id.text());
  FromFiles found;
  Timestamp newest{};
  for (const auto& reply : files.all(writing.session().id())) {
    if (reply.agent != opened.id) continue;
    const bool fits = reply.spent == stored.secret_revision;
    if (!fits && reply.lookup != lookup) continue;
    auto login = fits ? open_reply(opened, reply) : std::nullopt;
    if (fits && !login) continue;  // of other keys or torn: for people to judge
    found.useless.push_back(reply.attempt);
    if (!login || (found.login && reply.asked < newest)) continue;
    newest = reply.asked;
    found.login = std::move(login);
  }
  if (found.login) put_new_login(writing, agent, stored, *found.login, newest);
  return found;
}

bool settle_from_files(UnlockedVault& vault, const AgentName& agent, const ProfileId& login, KeptFiles& files) {
  if (files.all(vault.id()).empty()) return false;
  auto writing = vault.write();
  const auto stored = writing.own_profile(agent, login);
  if (!stored) return false;
  const auto found = put_from_files(writing, agent, *stored, files);
  if (found.login) writing.commit();
  for (const auto& attempt : found.useless) files.remove(vault.id(), attempt);
  return found.login.has_value();
}

}  // namespace vault
