// SPDX-License-Identifier: Apache-2.0
#include "tests/policy/naive_order.h"

#include <cctype>

namespace vault::testing {
namespace {

using Texts = std::vector<std::string>;

bool has(const Texts& texts, const std::string& text) {
  for (const auto& each : texts) {
    if (each == text) return true;
  }
  return false;
}

std::string plain(const ProviderId& provider) {
  std::string key;
  for (const char c : provider.text()) {
    if (c != ' ') key += char(std::tolower(c));
  }
  if (key == "claude-cli") return "anthropic";
  if (key == "x-ai") return "xai";
  return key;
}

std::int64_t end_of_pause(const ProfileView& profile, Timestamp now) {
  const auto provider = plain(profile.sheet->provider);
  if (profile.usage == nullptr || provider == "openrouter" || provider == "kilocode") return 0;
  std::int64_t end = 0;
  const auto look_at = [&](const std::optional<Timestamp>& window) {
    if (window && window->ms > end && window->ms <= 8'640'000'000'000'000) end = window->ms;
  };
  look_at(profile.usage->cooldown_until);
  look_at(profile.usage->disabled_until);
  look_at(profile.usage->blocked_until);
  return end > now.ms ? end : 0;
}

std::string expiry_word(const Expiry& expiry, Timestamp now) {
  if (expiry.form == Expiry::Form::none) return "none";
  const bool date = expiry.form == Expiry::Form::at && expiry.time.ms > 0 && expiry.time.ms <= 8'640'000'000'000'000;
  if (!date) return "invalid";
  return expiry.time.ms <= now.ms ? "expired" : "valid";
}

std::string credential_word(const ProfileSheet& sheet, Timestamp now) {
  const auto& has_field = sheet.usable_fields;
  if (sheet.kind == CredentialKind::api_key) {
    if (sheet.malformed_key) return "malformed_api_key";
    if (!has_field.contains(SecretField::key) && !sheet.key_ref) return "missing_credential";
  }
  if (sheet.kind != CredentialKind::oauth) {
    const bool referred = sheet.kind == CredentialKind::token ? sheet.token_ref.has_value() : sheet.key_ref.has_value();
    if (sheet.placeholder && !referred) return "placeholder";
    if (sheet.kind == CredentialKind::token && !has_field.contains(SecretField::token) && !referred) {
      return "missing_credential";
    }
    const auto expiry = expiry_word(sheet.expiry, now);
    if (expiry == "invalid") return sheet.kind == CredentialKind::api_key ? "ok" : "invalid_expires";
    return expiry == "expired" ? "expired" : "ok";
  }
  if (sheet.placeholder) return "placeholder";
  if (has_field.contains(SecretField::access) || has_field.contains(SecretField::refresh)) return "ok";
  return sheet.unresolved_oauth_ref ? "unresolved_ref" : "missing_credential";
}

class Reading {
 public:
  Reading(const OrderQuestion& question, Timestamp now) : q_(question), now_(now), provider_(plain(q_.provider)) {}

  NaiveAnswer answer() {
    const auto base = base_ids();
    auto tried = base;
    if (is_drifted(base)) {
      answer_.repaired = true;
      answer_.source = "selected automatically";
      for (const auto& id : all_ids()) tried.push_back(id);
    }
    judge(tried);
    const bool keeps_sequence = answer_.source != "selected automatically";
    put_in_sequence(keeps_sequence);
    answer_.health = health(base);
    pin();
    return answer_;
  }

 private:
  const ProfileView* find(const std::string& id) const {
    for (const auto& profile : q_.profiles) {
      if (profile.sheet->id.text() == id) return &profile;
    }
    return nullptr;
  }

  Texts all_ids() const {
    Texts ids;
    for (const auto& profile : q_.profiles) {
      const auto& id = profile.sheet->id.text();
      if (find(id) == &profile && plain(profile.sheet->provider) == provider_) ids.push_back(id);
    }
    return ids;
  }

  Texts declared_ids() const {
    Texts ids;
    for (const auto& declared : q_.declared) {
      if (plain(declared.provider) == provider_) ids.push_back(declared.id.text());
    }
    return ids;
  }

  Texts base_ids() {
    Texts ids;
    const auto* order = q_.agent_order != nullptr ? q_.agent_order : q_.default_order;
    if (order != nullptr) {
      answer_.source = q_.agent_order != nullptr ? "agent order" : "default order";
      for (const auto& id : *order) ids.push_back(id.text());
      return ids;
    }
    answer_.source = "selected automatically";
    return declared_ids().empty() ? all_ids() : declared_ids();
  }

  bool is_drifted(const Texts& base) const {
    for (const auto& id : base) {
      if (find(id) != nullptr) return false;
    }
    return !base.empty() && (q_.agent_order != nullptr || !declared_ids().empty());
  }

  std::string word_for(const std::string& id) const {
    const auto* profile = find(id);
    if (profile == nullptr) return "profile_missing";
    const auto& sheet = *profile->sheet;
    if (sheet.setup_replacement) return "setup_inactive";
    if (plain(sheet.provider) != provider_) return "provider_mismatch";
    for (const auto& declared : q_.declared) {
      if (declared.id.text() != id) continue;
      if (plain(declared.provider) != provider_) return "provider_mismatch";
      const bool token_as_oauth = declared.mode == "oauth" && sheet.kind == CredentialKind::token;
      if (declared.mode != name_of(sheet.kind) && !token_as_oauth) return "mode_mismatch";
      break;
    }
    return credential_word(sheet, now_);
  }

  void judge(const Texts& tried) {
    Texts done;
    for (const auto& id : tried) {
      if (has(done, id)) continue;
      done.push_back(id);
      const auto word = word_for(id);
      if (word == "ok") {
        answer_.candidates.push_back(id);
      } else {
        answer_.excluded.push_back(id + " " + word);
      }
    }
    for (const auto& id : all_ids()) {
      if (!has(done, id)) answer_.excluded.push_back(id + " excluded_by_auth_order");
    }
  }

  bool comes_before(const std::string& a, const std::string& b, bool keeps_sequence) const {
    const auto &one = *find(a), &other = *find(b);
    const auto pause = end_of_pause(one, now_), other_pause = end_of_pause(other, now_);
    if (pause != other_pause) return pause < other_pause;
    if (pause != 0 || keeps_sequence) return false;
    const auto rank = [&](const ProfileView& view) {
      if (view.sheet->kind == CredentialKind::api_key) return 3;
      if (view.sheet->kind == CredentialKind::token) return 2;
      return expiry_word(view.sheet->expiry, now_) == "expired" ? 1 : 0;
    };
    if (rank(one) != rank(other)) return rank(one) < rank(other);
    const auto last = [](const ProfileView& view) {
      return view.usage != nullptr && view.usage->last_used ? view.usage->last_used->ms : 0;
    };
    return last(one) < last(other);
  }

  void put_in_sequence(bool keeps_sequence) {
    Texts rest = answer_.candidates, sequence;
    while (!rest.empty()) {
      std::size_t best = 0;
      for (std::size_t i = 1; i < rest.size(); ++i) {
        if (comes_before(rest[i], rest[best], keeps_sequence)) best = i;
      }
      sequence.push_back(rest[best]);
      rest.erase(rest.begin() + std::ptrdiff_t(best));
    }
    answer_.candidates = sequence;
  }

  std::string profile_health(const ProfileSheet& sheet) const {
    if (sheet.setup_replacement) return "missing";
    const auto word = credential_word(sheet, now_);
    if (word == "expired") return "expired";
    if (word != "ok") return "missing";
    const auto expiry = expiry_word(sheet.expiry, now_);
    if (sheet.kind == CredentialKind::api_key && expiry == "invalid") return "static";
    if (sheet.kind == CredentialKind::api_key && expiry == "none") return "static";
    if (expiry == "none") return sheet.kind == CredentialKind::token ? "static" : "missing";
    if (expiry != "valid") return expiry == "invalid" ? "missing" : "expired";
    return sheet.expiry.time.ms - now_.ms <= 86'400'000 ? "expiring" : "ok";
  }

  std::string health(const Texts& base) const {
    const bool is_explicit = answer_.source == "agent order" || answer_.source == "default order";
    Texts words;
    bool only_keys = true;
    for (const auto& id : all_ids()) {
      const bool counts = !answer_.candidates.empty() ? has(answer_.candidates, id) : !is_explicit || has(base, id);
      if (!counts) continue;
      words.push_back(profile_health(*find(id)->sheet));
      const auto& sheet = *find(id)->sheet;
      const auto expiry = expiry_word(sheet.expiry, now_);
      if (sheet.kind != CredentialKind::api_key || expiry == "valid" || expiry == "expired") only_keys = false;
    }
    if (only_keys) return has(words, "static") ? "static" : "missing";
    for (const auto* word : {"expired", "missing", "expiring"}) {
      if (has(words, word)) return word;
    }
    return "ok";
  }

  void pin() {
    if (!q_.preferred || !has(answer_.candidates, q_.preferred->text())) return;
    Texts sequence = {q_.preferred->text()};
    for (const auto& id : answer_.candidates) {
      if (id != q_.preferred->text()) sequence.push_back(id);
    }
    answer_.candidates = sequence;
    answer_.source = "pin";
  }

  const OrderQuestion& q_;
  Timestamp now_;
  std::string provider_;
  NaiveAnswer answer_;
};

}  // namespace

NaiveAnswer naive_answer(const OrderQuestion& question, Timestamp now) { return Reading(question, now).answer(); }

}  // namespace vault::testing
