// SPDX-License-Identifier: Apache-2.0
#pragma once
// A vault in memory and its logs in short words: "added profile openai:a".

#include <gmock/gmock.h>

#include "tests/log/no_room_for_logs.h"
#include "tests/support/vault_builder.h"
#include "vault/access/slots.h"
#include "vault/applying/apply.h"

namespace vault::testing {

inline std::string in_short(const LogEntry& entry) {
  constexpr const char* kVerbs[] = {"",     "added",   "replaced", "edited",   "removed",     "renamed",      "read",
                                    "made", "renewed", "restored", "repaired", "switched_on", "switched_off", "chosen"};
  static const std::map<LogSubject, std::string> kSubjects = {
      {LogSubject::profile, "profile"},   {LogSubject::order, "order"},
      {LogSubject::variable, "variable"}, {LogSubject::pin, "pin"},
      {LogSubject::vault, "vault"},       {LogSubject::agent, "agent"},
      {LogSubject::key_file, "key_file"}, {LogSubject::token, "token"},
      {LogSubject::keys, "keys"},         {LogSubject::log_of_reads, "log_of_reads"}};
  const auto subject = kSubjects.find(entry.subject);
  std::string text =
      std::string(kVerbs[std::size_t(entry.verb)]) + ' ' + (subject == kSubjects.end() ? "other" : subject->second);
  for (const auto& name : entry.names) text += ' ' + name;
  if (entry.agent) text += " of " + *entry.agent;
  return text;
}

class LoggedVault : public ::testing::Test {
 protected:
  using MaybeAgent = std::optional<AgentName>;

  LoggedVault() {
    vault_.adjust([this](VaultOptions& options) {
      options.caller = [] { return Caller{1000, 4242, "bash"}; };
      options.log = bounds_;
      options.reads = reads_;
      options.on_unlogged_read = [this](const std::string& why) { unlogged_ = why; };
    });
  }

  // Root's look at an agent's log, or at the vault's own.
  LogFindings looked_at(const MaybeAgent& agent, const std::function<void(const LoggedEntry&)>& visit = {}) const {
    auto opened = vault_.open();
    auto session = opened.session(Access::read, OldCopies::unchecked);
    const auto proofs = root_log_key(opened.keyring().root());
    return agent ? session.open(*agent).ledger.read_log(&proofs, visit) : session.ledger().read_log(visit);
  }
  std::vector<LoggedEntry> entries(const MaybeAgent& agent) const {
    std::vector<LoggedEntry> all;
    looked_at(agent, [&](const LoggedEntry& logged) { all.push_back(logged); });
    return all;
  }
  std::vector<std::string> told(const MaybeAgent& agent) const {
    std::vector<std::string> all;
    for (const auto& logged : entries(agent)) all.push_back(in_short(logged.entry));
    return all;
  }

  std::string slot_name() const { return short_name(vault_.open().opened_with()->slot); }
  UnlockedVault with_token(const AgentName& agent, SharedProfiles shared = SharedProfiles::excluded) {
    const auto text = vault_.write([&](Writing& writing) {
      return issue_token(writing, writing.session().keyring(), {agent, shared, {}});
    });
    return vault_.locked().unlock(TokenUnlocker(parse_agent_token(text.reveal())));
  }
  static void put_with(UnlockedVault& opened, const AgentName& agent, const std::string& id) {
    auto writing = opened.write();
    writing.put_profile(agent, sheet_of(id), key_credential("sk-test-" + id));
    writing.commit();
  }
  void put_without_room_for_the_log(const AgentName& agent, const std::string& id) {
    auto full = Vault::open(std::make_unique<StorageWithoutRoomForLogs>(vault_.storage()), vault_.options())
                    .unlock(KeyFileUnlocker({vault_.id(), vault_.slot_key()}));
    put_with(full, agent, id);
  }

  LogBounds bounds_{};
  std::shared_ptr<ReadSpool> reads_;
  std::string unlogged_;
  TestVault vault_;
};

}  // namespace vault::testing
