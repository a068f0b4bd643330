// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/provider_block.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <system_error>
#include <unistd.h>

#include "cli/context.h"
#include "cli/openclaw/program_answer.h"
#include "cli/process/bounded_run.h"
#include "cli/process/fit_command.h"
#include "cli/terminal/text.h"
#include "cli/unlocking/paths.h"
#include "import/json/secret_json.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"
#include "vault/selection/profile_ref.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr std::size_t kLongestAlias = 64;
constexpr std::size_t kLongestWord = 1024;
constexpr std::size_t kMostIdsTried = 64;
constexpr std::string_view kCopyHint = "copy it where it may stay, and run that: install -D -m 755 -t ~/.local/bin ";

bool is_there(const std::optional<std::filesystem::path>& path) { return path && ::access(path->c_str(), F_OK) == 0; }

constexpr std::array<std::string_view, 3> kUnlockingFlags = {"--key-file", "--token-file", "--passphrase-file"};

// What follows `flag` among a block's arguments.
std::optional<std::string> behind(const std::vector<std::string>& arguments, std::string_view flag) {
  const auto found = std::ranges::find(arguments, flag);
  return found == arguments.end() || found + 1 == arguments.end() ? std::nullopt : std::optional(found[1]);
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number > 0 && number <= 120'000
             ? std::optional(number)
             : std::nullopt;
}

WiredBlock choices_in(formats::JsonValue block, const std::vector<std::string>& arguments) {
  WiredBlock choices;
  for (const auto flag : kUnlockingFlags) {
    if (const auto file = behind(arguments, flag); file && choices.unlocking.empty())
      choices.unlocking = {std::string(flag), *file};
  }
  if (const auto time = block.find("timeoutMs")) choices.timeout_ms = whole_number(time->text());
  if (const auto time = behind(arguments, "--timeout-ms")) choices.answer_ms = whole_number(*time);
  return choices;
}

std::optional<formats::JsonValue> providers_in(formats::JsonValue root) {
  const auto secrets = root.find("secrets");
  return secrets ? secrets->find("providers") : std::nullopt;
}

// The arguments of a block that is `resolve` for this vault; none for any other.
std::vector<std::string> arguments_for(std::optional<formats::JsonValue> block, const std::string& vault) {
  const auto words = block ? block->find("args") : std::nullopt;
  if (!words || !words->is(formats::JsonKind::array)) return {};
  std::vector<std::string> arguments;
  for (const auto word : *words) arguments.emplace_back(word.text());
  const bool ours = !arguments.empty() && arguments.front() == "resolve" && behind(arguments, "--vault") == vault;
  return ours ? arguments : std::vector<std::string>();
}

std::optional<WiredBlock> block_in(formats::JsonValue root, const std::string& alias, const std::string& vault) {
  const auto providers = providers_in(root);
  const auto block = providers ? providers->find(alias) : std::nullopt;
  const auto arguments = arguments_for(block, vault);
  return arguments.empty() ? std::nullopt : std::optional(choices_in(*block, arguments));
}

// The codes that mean that nothing at all can be had, as against an id that is not there.
[[noreturn]] void fail_block(const std::string& code, const std::string& alias, const Json& block) {
  const bool locked = code == "LOCKED";
  std::string words;
  for (const auto flag : kUnlockingFlags) {
    const auto& arguments = block["args"];
    const auto found = std::find(arguments.begin(), arguments.end(), Json(std::string(flag)));
    if (found != arguments.end()) words = std::string(flag) + " " + path_in_quotes((found + 1)->get<std::string>());
  }
  throw Error(locked                ? ErrorCode::wrong_key
              : code == "NOT_FOUND" ? ErrorCode::denied
                                    : ErrorCode::io,
              "OpenClaw would get no answer from the provider " + in_quotes(alias) +
                  ": run as OpenClaw runs it, with " + words + ", it answers " + display_safe(code),
              locked ? "name a key of this vault: --key-file F or --token-file F" : "");
}

// The codes of the ids that failed, not the values of the others. Empty for what is no answer.
std::optional<std::vector<std::string>> error_codes_in(std::string_view answer) {
  try {
    const formats::JsonDocument document(answer);
    if (!document.root().find("values")) return std::nullopt;
    std::vector<std::string> codes;
    if (const auto errors = document.root().find("errors")) {
      for (const auto error : *errors) codes.emplace_back(error.find_string("code").value_or("?"));
    }
    return codes;
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::string request_for(const std::string& alias, const std::vector<std::string>& ids) {
  Json request = {{"protocolVersion", 1}, {"provider", alias}, {"ids", Json::array()}};
  for (const auto& id : ids) {
    if (request["ids"].size() < kMostIdsTried) request["ids"].push_back(id);
  }
  if (ids.empty()) request["ids"].push_back("ref/000000000000");
  return request.dump();
}

}  // namespace

void require_fit_command(const std::filesystem::path& program) {
  const auto unfit = unfit_for_openclaw(program);
  if (!unfit) return;
  throw Error(ErrorCode::unsafe_file, "OpenClaw would refuse to run " + path_in_quotes(program) + ": " + unfit->why,
              std::string(kCopyHint) + display_safe(program.string()));
}

void require_provider_alias(const std::string& alias) {
  const auto is_fit = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
  const bool starts_well = !alias.empty() && alias.front() >= 'a' && alias.front() <= 'z';
  if (starts_well && alias.size() <= kLongestAlias && std::ranges::all_of(alias, is_fit)) return;
  throw Error(ErrorCode::usage, "a provider alias is a-z, 0-9, '-' and '_', at most 64, and begins with a letter");
}

std::string provider_alias(const std::string& alias, const vault::AgentName& agent) {
  if (agent.is_shared()) return alias;
  const auto full = alias + "-" + (agent.is_config() ? "config" : agent.text());
  if (full.size() <= kLongestAlias && agent.text() != "config") return full;
  const auto hash = vault::profile_ref(vault::ProfileId(full)).substr(std::string_view("ref/").size());
  return full.substr(0, kLongestAlias - hash.size() - 1) + "-" + hash;
}

std::optional<WiredBlock> wired_block(const std::filesystem::path& config, const std::string& alias,
                                      const std::string& vault) {
  try {
    const auto bytes =
        vault::read_secret_file(config, formats::kLargestJson, vault::Links::follow, vault::Privacy::any);
    const formats::JsonDocument document(vault::text_of(bytes.reveal()), formats::JsonDialect::json5);
    return block_in(document.root(), alias, vault);
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::map<std::string, vault::AgentName> wired_providers(const std::filesystem::path& config, const std::string& vault) {
  std::map<std::string, vault::AgentName> found;
  if (!is_there(config)) return found;
  const auto bytes = vault::read_secret_file(config, formats::kLargestJson, vault::Links::follow, vault::Privacy::any);
  const formats::JsonDocument document(vault::text_of(bytes.reveal()), formats::JsonDialect::json5);
  const auto providers = providers_in(document.root());
  if (!providers) return found;
  for (const auto block : *providers) {
    const auto arguments = arguments_for(block, vault);
    if (arguments.empty()) continue;
    const auto agent = behind(arguments, "--agent");
    found.emplace(block.name(), agent ? vault::AgentName(*agent) : vault::AgentName::shared());
  }
  return found;
}

Json provider_block(const Context& context, const std::filesystem::path& program, const vault::AgentName& agent,
                    const WiredBlock& choices) {
  Json arguments = Json::array({"resolve", "--vault", as_typed(context.vault_place())});
  for (const auto& word : choices.unlocking) arguments.push_back(word);
  arguments.push_back("--agent");
  arguments.push_back(agent.text());
  if (choices.answer_ms) {
    arguments.push_back("--timeout-ms");
    arguments.push_back(std::to_string(*choices.answer_ms));
  }
  for (const auto& word : arguments) {
    if (word.get_ref<const std::string&>().size() > kLongestWord) {
      throw Error(ErrorCode::usage, "a path is longer than the 1024 bytes that OpenClaw takes");
    }
  }
  // HOME leads to this host's rollback marks; nothing else in the environment is needed.
  return {{"source", "exec"},
          {"command", program.string()},
          {"args", arguments},
          {"passEnv", Json::array({"HOME", "XDG_STATE_HOME"})},
          {"timeoutMs", choices.timeout_ms.value_or(5000)},
          {"trustedDirs", Json::array({program.parent_path().string()})}};
}

void require_answers(const Environment& environment, const Json& block, const std::string& alias,
                     const std::vector<std::string>& ids) {
  std::vector<std::string> words = {block["command"].get<std::string>()};
  for (const auto& word : block["args"]) words.push_back(word.get<std::string>());
  auto nothing = ChildEnvironment::inherited_from(Environment::containing({}));
  const std::chrono::milliseconds time(block["timeoutMs"].get<std::int64_t>() + 1000);
  const auto run =
      run_bounded(words, nothing, environment, request_for(alias, ids), {time, std::size_t{20} << 20, Words::dropped});
  // Only what is no secret is looked at: the codes of those that failed.
  const auto errors = error_codes_in(run.output);
  if (!errors || run.status != 0 || run.end != RunEnd::by_itself)
    fail_block(reason_of({run.end, run.status, {}}), alias, block);
  for (const auto& code : *errors) {
    if (code != "NOT_FOUND" || !ids.empty()) fail_block(code, alias, block);
  }
}

}  // namespace cli
