// SPDX-License-Identifier: Apache-2.0
#include "cli/words/log_words.h"

#include <array>
#include <ctime>

#include "vault/base/encoding.h"

namespace cli {
namespace {

using vault::LogEntry;
using vault::LogOpener;
using vault::LogSubject;
using vault::LogVerb;

constexpr std::size_t kNamesShown = 3;

struct Noun {
  const char* one;
  const char* many;
};

Noun noun_of(LogSubject subject) {
  switch (subject) {
    case LogSubject::profile: return {"profile", "profiles"};
    case LogSubject::order: return {"order of", "orders of"};
    case LogSubject::usage: return {"usage of", "usage of profiles"};
    case LogSubject::variable: return {"variable", "variables"};
    case LogSubject::pin: return {"pin of session", "pins of sessions"};
    case LogSubject::foreign: return {"document", "documents"};
    case LogSubject::default_order: return {"default order of", "default orders of"};
    case LogSubject::config_secret: return {"secret of openclaw.json", "secrets of openclaw.json"};
    case LogSubject::custody: return {"custody of login", "custody of logins"};
    case LogSubject::vault: return {"vault", "vaults"};
    case LogSubject::agent: return {"agent", "agents"};
    case LogSubject::passphrase: return {"passphrase", "passphrases"};
    case LogSubject::key_file: return {"key file", "key files"};
    case LogSubject::recovery_code: return {"recovery code", "recovery codes"};
    case LogSubject::token: return {"token", "tokens"};
    case LogSubject::keys: return {"keys of agent", "keys of agents"};
    case LogSubject::log_of_reads: return {"log of reads", "log of reads"};
  }
  return {"entry", "entries"};
}

std::string participle_of(LogVerb verb) {
  switch (verb) {
    case LogVerb::added: return "added";
    case LogVerb::replaced: return "replaced";
    case LogVerb::edited: return "edited";
    case LogVerb::removed: return "removed";
    case LogVerb::renamed: return "renamed";
    case LogVerb::read: return "read";
    case LogVerb::made: return "made";
    case LogVerb::renewed: return "renewed";
    case LogVerb::restored: return "restored from a backup";
    case LogVerb::repaired: return "repaired";
    case LogVerb::switched_on: return "switched on";
    case LogVerb::switched_off: return "switched off";
    case LogVerb::chosen: return "made the default";
  }
  return "changed";
}

std::string listed(const LogEntry& entry) {
  std::string text;
  const auto shown = std::min(entry.names.size(), kNamesShown);
  for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : ", ") + entry.names[i];
  if (entry.count > shown) text += (shown == 0 ? "" : " and ") + std::to_string(entry.count - shown) + " more";
  return text;
}

std::string opener_words(const LogEntry& entry) {
  const std::string name = entry.slot ? ' ' + vault::to_hex(vault::ByteView(entry.slot->bytes).first(4)) : "";
  switch (entry.opener) {
    case LogOpener::passphrase: return "passphrase" + name;
    case LogOpener::key_file: return "key file" + name;
    case LogOpener::recovery_code: return "recovery code" + name;
    case LogOpener::token: return "token" + name;
    case LogOpener::kept_key: return "unlocked key";
  }
  return "a key";
}

std::string local(std::time_t seconds, const char* form) {
  std::tm parts{};
  std::array<char, 32> text{};
  if (::localtime_r(&seconds, &parts) == nullptr) return {};
  return {text.data(), std::strftime(text.data(), text.size(), form, &parts)};
}

}  // namespace

std::string what_was_done(const LogEntry& entry) {
  const auto noun = noun_of(entry.subject);
  std::string text;
  if (entry.verb == LogVerb::renamed && entry.names.size() == 2) {
    text = std::string(noun.one) + ' ' + entry.names[0] + " renamed " + entry.names[1];
  } else if (entry.names.empty() && entry.subject == LogSubject::keys) {
    text = "all keys " + participle_of(entry.verb);
  } else if (entry.count <= 1) {
    text = noun.one + (entry.names.empty() ? "" : ' ' + entry.names[0]) + ' ' + participle_of(entry.verb);
  } else {
    text = std::to_string(entry.count) + ' ' + noun.many + ' ' + participle_of(entry.verb) +
           (entry.names.empty() ? "" : ": " + listed(entry));
  }
  if (entry.agent) text += " (agent " + *entry.agent + ")";
  if (entry.ended_at)
    text +=
        ", its log of " + std::to_string(*entry.ended_at) + (*entry.ended_at == 1 ? " entry" : " entries") + " with it";
  return text;
}

std::string by_whom(const LogEntry& entry) {
  return opener_words(entry) + (entry.caller.program.empty() ? "" : ", from " + entry.caller.program);
}

std::string when_it_was(vault::Timestamp time, vault::Timestamp now) {
  constexpr std::time_t kDay = 24 * 60 * 60;
  const std::time_t then = time.ms / 1000, today = now.ms / 1000;
  const auto day = local(then, "%Y-%m-%d");
  if (day.empty()) return to_rfc3339(time);
  const auto named = day == local(today, "%Y-%m-%d")          ? "today"
                     : day == local(today - kDay, "%Y-%m-%d") ? "yesterday"
                                                              : day;
  return named + local(then, " %H:%M");
}

std::string_view json_word(LogVerb verb) noexcept {
  switch (verb) {
    case LogVerb::added: return "added";
    case LogVerb::replaced: return "replaced";
    case LogVerb::edited: return "edited";
    case LogVerb::removed: return "removed";
    case LogVerb::renamed: return "renamed";
    case LogVerb::read: return "read";
    case LogVerb::made: return "made";
    case LogVerb::renewed: return "renewed";
    case LogVerb::restored: return "restored";
    case LogVerb::repaired: return "repaired";
    case LogVerb::switched_on: return "switched_on";
    case LogVerb::switched_off: return "switched_off";
    case LogVerb::chosen: return "made_default";
  }
  return "changed";
}

std::string_view json_word(LogSubject subject) noexcept {
  switch (subject) {
    case LogSubject::profile: return "profile";
    case LogSubject::order: return "order";
    case LogSubject::usage: return "usage";
    case LogSubject::variable: return "variable";
    case LogSubject::pin: return "pin";
    case LogSubject::foreign: return "document";
    case LogSubject::default_order: return "default_order";
    case LogSubject::config_secret: return "config_secret";
    case LogSubject::custody: return "custody";
    case LogSubject::vault: return "vault";
    case LogSubject::agent: return "agent";
    case LogSubject::passphrase: return "passphrase";
    case LogSubject::key_file: return "key_file";
    case LogSubject::recovery_code: return "recovery";
    case LogSubject::token: return "agent_token";
    case LogSubject::keys: return "keys";
    case LogSubject::log_of_reads: return "log_of_reads";
  }
  return "record";
}

std::string_view json_word(LogOpener opener) noexcept {
  switch (opener) {
    case LogOpener::passphrase: return "passphrase";
    case LogOpener::key_file: return "key_file";
    case LogOpener::recovery_code: return "recovery";
    case LogOpener::token: return "agent_token";
    case LogOpener::kept_key: return "unlocked_key";
  }
  return "key";
}

}  // namespace cli
