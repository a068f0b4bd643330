// SPDX-License-Identifier: Apache-2.0
#include "cli/scan/secret_index.h"

#include <algorithm>

#include "cli/scan/searchable.h"
#include "vault/base/error.h"
#include "vault/base/ids.h"
#include "vault/model/placeholder.h"

namespace cli {

SecretIndex::SecretIndex(vault::Reading& reading) {
  for (const auto& agent : reading.agents()) {
    const auto own = reading.own_contents(agent.name);
    take_profiles(reading, agent.name, own);
    take_texts(reading, agent.name, own);
  }
  join_equal_ones();
  prepare();
}

void SecretIndex::take_profiles(vault::Reading& reading, const vault::AgentName& agent, const vault::OwnContents& own) {
  for (const auto& sheet : own.profiles) {
    const SecretName name{agent.text(), "profile", sheet.id.text(), ""};
    const auto credential = opened(name, [&] { return reading.credential_of(vault::SeenProfile{sheet, agent}); });
    for (const auto field : vault::kSecretFields) {
      const auto* const value = credential ? credential->find(field) : nullptr;
      if (value == nullptr) continue;
      take({name.agent, name.kind, name.id, std::string(name_of(field))}, value->reveal());
    }
  }
}

void SecretIndex::take_texts(vault::Reading& reading, const vault::AgentName& agent, const vault::OwnContents& own) {
  const auto take_if_whole = [&](SecretName name, const auto& open) {
    if (const auto value = opened(name, open)) take(std::move(name), value->reveal());
  };
  for (const auto& sheet : own.variables) {
    take_if_whole({agent.text(), "variable", "env/" + sheet.name, ""}, [&] {
      return reading.value_of(vault::SeenVariable{sheet, agent});
    });
  }
  for (const auto& sheet : own.config_secrets) {
    take_if_whole({agent.text(), "config", "config/" + sheet.path, ""}, [&] { return reading.value_of(sheet); });
  }
}

// What `open` yields; empty, and noted, where that is damaged.
template <class Open>
auto SecretIndex::opened(const SecretName& name, const Open& open) -> std::optional<decltype(open())> {
  try {
    return open();
  } catch (const vault::Error& error) {
    if (error.code() != vault::ErrorCode::damaged_record) throw;
    damaged_ = true;
    passed_over_.push_back({name, "damaged"});
    return std::nullopt;
  }
}

void SecretIndex::take(SecretName name, std::string_view value) {
  value = vault::trimmed(value);
  if (value.empty() || vault::is_placeholder(value)) return;
  const auto judgement = name.kind == "variable" ? judge_variable(name.id.substr(4), value) : judge_secret(value);
  if (judgement != Searchable::yes) {
    passed_over_.push_back({std::move(name), words_for(judgement)});
  } else {
    secrets_.push_back({vault::SecretString::copy_of(value), {std::move(name)}});
  }
}

void SecretIndex::join_equal_ones() {
  const auto before = [](const KnownSecret& left, const KnownSecret& right) {
    return left.value.reveal() < right.value.reveal();
  };
  std::ranges::stable_sort(secrets_, before);
  std::vector<KnownSecret> joined;
  for (auto& secret : secrets_) {
    if (joined.empty() || joined.back().value.reveal() != secret.value.reveal()) {
      joined.push_back(std::move(secret));
    } else {
      joined.back().names.push_back(std::move(secret.names.front()));
    }
  }
  secrets_ = std::move(joined);
}

// All of them raw, before any other form of another: where one's form is another's text, it is that text.
void SecretIndex::prepare() {
  for (const bool raw : {true, false}) {
    for (std::size_t i = 0; i < secrets_.size(); ++i) {
      for_each_spelling(secrets_[i].value.reveal(), [&](Spelling spelling, std::string_view text) {
        if ((spelling == Spelling::raw) != raw) return;
        matcher_.add(text, static_cast<std::uint32_t>(forms_.size()));
        forms_.push_back({i, spelling});
      });
    }
  }
  matcher_.finish();
}

}  // namespace cli
