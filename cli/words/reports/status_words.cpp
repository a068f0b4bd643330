// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "cli/terminal/shell_word.h"
#include "cli/words/profile_words.h"
#include "cli/words/reason_words.h"
#include "cli/words/reports/status_output.h"

namespace cli {
namespace {

using vault::CredentialKind;
using vault::Health;

constexpr std::int64_t kHour = 3'600'000, kDay = 24 * kHour;
constexpr std::array kBarSteps = {kHour, kDay, 7 * kDay,
                                  30 * kDay};  // a cell more from each on; one cell below the first
constexpr std::size_t kBarCells = kBarSteps.size() + 1;

void append_count(std::string& text, std::size_t count, std::string_view word) {
  if (count > 0) text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(word);
}

struct LoginSource {
  std::string_view provider;
  std::string_view command;  // logs in
  std::string_view folder;   // where the login is then
};
constexpr std::array kLoginSources = {
    LoginSource{"openai-codex", "codex login", "~/.codex"}, LoginSource{"anthropic", "claude auth login", "~/.claude"},
    LoginSource{"google-gemini-cli", "gemini", "~/.gemini"}, LoginSource{"qwen-portal", "qwen", "~/.qwen"}};

// A login is made by the program that it belongs to, and taken over from there.
std::string log_in_again(const vault::ProfileSheet& sheet) {
  const auto known = std::ranges::find(kLoginSources, sheet.provider.text(), &LoginSource::provider);
  const std::string command = known != kLoginSources.end()
                                  ? std::string(known->command)
                                  : "openclaw models auth login --provider " + shell_word(sheet.provider.text());
  const std::string folder(known != kLoginSources.end() ? known->folder : "~/.openclaw");
  return command + " && claviger import " + folder + " --on-conflict replace";
}

std::size_t rank_of(const vault::ProfileLine* line) { return line == nullptr ? 0 : badness_of(*line); }

const vault::ProfileLine* worst_of(const vault::StatusReport& report) {
  const vault::ProfileLine* worst = nullptr;
  for (const auto& line : report.profiles) {
    if (badness_of(line) > rank_of(worst)) worst = &line;
  }
  return worst;
}

}  // namespace

std::size_t badness_of(const vault::ProfileLine& line) {
  if (!line.needs_care) return 0;
  switch (line.status.health) {
    case Health::expired: return 3;
    case Health::missing: return 2;
    default: return 1;
  }
}

std::string summary_of(const vault::StatusReport& report) {
  const auto& verdict = report.verdict;
  std::string text;
  append_count(text, verdict.expired, "expired");
  append_count(text, verdict.missing, "missing");
  append_count(text, verdict.expiring, "expiring");
  const auto counted = std::size_t(std::ranges::count_if(report.profiles, &vault::ProfileLine::counted));
  const std::size_t bad = verdict.expired + verdict.missing + verdict.expiring;
  append_count(text, counted > bad ? counted - bad : 0, "fine");
  return text.empty() ? "no profiles" : text;
}

std::optional<std::string> remedy_of(const vault::StatusReport& report) {
  const auto* const worst = worst_of(report);
  if (worst == nullptr) return std::nullopt;
  const auto& sheet = worst->profile->sheet;
  const std::string id = shell_word(sheet.id.text());
  const std::string agent = worst->profile->inherited ? " --agent " + worst->profile->owner.text() : "";
  if (worst->status.reason == vault::Reason::invalid_expires)
    return "claviger edit " + id + agent + " --expires-in 365d";
  if (sheet.kind == CredentialKind::oauth) return log_in_again(sheet);
  const std::string expiry = sheet.kind == CredentialKind::api_key ? "" : " --expires-in 365d";
  return "claviger add " + id + agent + " --type " + std::string(name_of(sheet.kind)) + expiry + " --replace";
}

std::string health_words(const vault::ProfileStatus& status, Room room) {
  if (status.health == Health::static_) return "ok";
  const bool due = status.health == Health::expired && status.refreshable;
  if (due) return room == Room::narrow ? "refresh due" : "expired (refreshable)";
  return std::string(name_of(status.health));
}

std::string remark_on(const vault::ProfileLine& line, vault::Timestamp now) {
  std::string remark;
  const auto add = [&](const std::string& words) { remark += (remark.empty() ? "" : "; ") + words; };
  const auto& status = line.status;
  if (line.excluded) add("not in the order");
  const bool said = status.health == Health::expired && status.reason == vault::Reason::expired;
  if (status.reason != vault::Reason::ok && !said) add(std::string(words_for(status.reason)));
  if (status.cooldown_until) add("cooling down " + vault::compact_duration(status.cooldown_until->ms - now.ms));
  if (line.profile->inherited) add("shared");
  return remark;
}

std::string life_bar(const vault::ProfileSheet& sheet, vault::Timestamp now, Glyphs glyphs) {
  const auto end = expiry_time(sheet);
  if (!end) return "";
  const auto reached = std::ranges::count_if(kBarSteps, [&](std::int64_t step) { return end->ms - now.ms >= step; });
  const auto full = *end <= now ? 0 : static_cast<std::size_t>(reached) + 1;
  std::string bar;
  for (std::size_t i = 0; i < kBarCells; ++i) {
    bar += glyphs == Glyphs::unicode ? (i < full ? "\u2588" : "\u2591") : (i < full ? "#" : ".");
  }
  return bar;
}

}  // namespace cli
