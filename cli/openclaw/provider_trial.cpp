// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/provider_trial.h"

#include <algorithm>
#include <charconv>

#include "cli/openclaw/provider_block.h"
#include "cli/process/fit_command.h"
#include "cli/terminal/text.h"
#include "cli/unlocking/paths.h"
#include "import/json/secret_json.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr milliseconds kOpenclawsPatience{5000};  // where a block says nothing
constexpr milliseconds kLongestPatience{120'000};
constexpr milliseconds kGrace{1000};  // require_answers adds it
constexpr milliseconds kTooLittle{500};

milliseconds patience_in(formats::JsonValue block) {
  const auto written = block.find("timeoutMs");
  if (!written) return kOpenclawsPatience;
  const auto text = written->text();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size() && number > 0;
  return is_number ? std::min(milliseconds(number), kLongestPatience) : kOpenclawsPatience;
}

// As provider_block() writes it; empty for a block without a command.
Json block_of(formats::JsonValue root, const std::string& alias) {
  const auto secrets = root.find("secrets");
  const auto providers = secrets ? secrets->find("providers") : std::nullopt;
  const auto block = providers ? providers->find(alias) : std::nullopt;
  const auto command = block ? block->find_string("command") : std::nullopt;
  if (!command) return {};
  Json found = {
      {"command", std::string(*command)}, {"args", Json::array()}, {"timeoutMs", patience_in(*block).count()}};
  if (const auto words = block->find("args")) {
    for (const auto word : *words) found["args"].push_back(std::string(word.text()));
  }
  return found;
}

ProviderTrial silent(const std::string& alias, std::string why, std::string hint) {
  return {alias, ProviderTrial::Outcome::silent, std::move(why), std::move(hint)};
}

ProviderTrial tried(const Environment& environment, const std::string& alias, Json block,
                    const std::vector<std::string>& ids, milliseconds left) {
  const std::string again = "claviger openclaw wire --apply";
  const std::string named = "the provider " + in_quotes(alias) + ": ";
  if (block.empty()) return silent(alias, named + "it names no command", again);
  const std::filesystem::path command(block["command"].get<std::string>());
  if (const auto unfit = unfit_for_openclaw(command))
    return silent(alias, named + "OpenClaw would refuse to run " + path_in_quotes(command) + ": " + unfit->why, again);
  const milliseconds wanted(block["timeoutMs"].get<std::int64_t>());
  const auto given = std::min(wanted, left - kGrace);
  if (given < kTooLittle) return {alias, ProviderTrial::Outcome::untried, named + "there was no time left to try it"};
  block["timeoutMs"] = given.count();
  const auto begun = Steady::now();
  try {
    require_answers(environment, block, alias, ids);
    return {alias};
  } catch (const vault::Error& error) {
    if (given < wanted && Steady::now() - begun >= given)
      return {alias, ProviderTrial::Outcome::untried, named + "it was not waited for as long as OpenClaw would"};
    return silent(alias, error.what(), error.code() == vault::ErrorCode::wrong_key ? again + " --key-file F" : again);
  }
}

}  // namespace

std::vector<ProviderTrial> try_providers(const Environment& environment, const std::filesystem::path& config,
                                         const std::map<std::string, std::vector<std::string>>& asked,
                                         milliseconds patience) {
  const auto bytes = vault::read_secret_file(config, formats::kLargestJson, vault::Links::follow, vault::Privacy::any);
  const formats::JsonDocument document(vault::text_of(bytes.reveal()), formats::JsonDialect::json5);
  const auto until = Steady::now() + patience;
  std::vector<ProviderTrial> trials;
  for (const auto& [alias, ids] : asked) {
    const auto left = std::chrono::duration_cast<milliseconds>(until - Steady::now());
    trials.push_back(tried(environment, alias, block_of(document.root(), alias), ids, left));
  }
  return trials;
}

}  // namespace cli
