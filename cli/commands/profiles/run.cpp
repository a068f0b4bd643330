// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unistd.h>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/error_report.h"
#include "cli/process/child_process.h"
#include "cli/process/masked_run.h"
#include "cli/scan/scan_report.h"
#include "cli/scan/secret_index.h"
#include "cli/terminal/shell_word.h"
#include "cli/terminal/text.h"
#include "cli/words/damaged_words.h"
#include "cli/words/find_profile.h"
#include "vault/base/error.h"
#include "vault/base/file.h"
#include "vault/model/variable.h"
#include "vault/policy/provider_variables.h"
#include "vault/policy/steering_variables.h"
#include "vault/selection/child_variables.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

std::vector<vault::ProviderId> providers_in(const std::string& list) {
  std::vector<vault::ProviderId> providers;
  std::string_view rest = list;
  for (;;) {
    const auto comma = rest.find(',');
    providers.emplace_back(std::string(rest.substr(0, comma)));
    if (comma == std::string_view::npos) return providers;
    rest.remove_prefix(comma + 1);
  }
}

bool belongs_to(const vault::SetVariable& variable, const vault::ProviderId& provider) {
  if (variable.profile != nullptr) return variable.profile->sheet.provider == provider;
  const auto known = vault::provider_of_variable(variable.name);
  return known && provider.key() == *known;
}

// Nothing but these providers' variables. Each of them was asked for by name, so each must be there.
void narrow(std::vector<vault::SetVariable>& set, const vault::AgentView& view,
            const std::vector<vault::ProviderId>& only) {
  for (const auto& provider : only) {
    if (std::ranges::any_of(set, [&](const auto& variable) { return belongs_to(variable, provider); })) continue;
    if (!knows_provider(view, provider.text()) && view.damaged.empty()) fail_unknown_provider(view, provider.text());
    throw Error(ErrorCode::not_found, "nothing usable of provider " + in_quotes(provider.text()) + " for this agent",
                "`claviger which " + shell_word(provider.text()) + "` says why");
  }
  std::erase_if(set, [&](const vault::SetVariable& variable) {
    return std::ranges::none_of(only, [&](const auto& provider) { return belongs_to(variable, provider); });
  });
}

// What an imported file says about programs is not what it says to them: it would run its author's code in the child.
bool may_be_set(const Context& context, const std::string& name, const std::vector<std::string>& allowed) {
  if (vault::steers_programs(name) && std::ranges::find(allowed, name) == allowed.end()) {
    context.terminal().warn("left out, since it can make programs run other code: " + in_quotes(name) +
                            " (`--allow-env " + display_safe(name) + "` lets it in)");
    return false;
  }
  if (name.starts_with("CLAVIGER_")) {
    context.terminal().warn("left out, since it could unlock a vault: " + in_quotes(name));
  } else if (!vault::is_shell_variable_name(name)) {
    context.terminal().warn("left out, since it is no environment variable's name: " + in_quotes(name));
  } else {
    return true;
  }
  return false;
}

// What the child finds under this name in our own environment is left to it.
bool is_withheld(const Context& context, const vault::SetVariable& set) {
  if (set.variable == nullptr || !set.variable->sheet.placeholder) return false;
  context.terminal().warn("left out, since it holds a placeholder and no value: " + in_quotes(set.name));
  return true;
}

void add_credentials(Context& context, const std::optional<std::string>& only, const std::vector<std::string>& allowed,
                     ChildEnvironment& child) {
  auto reading = context.open_to_answer().read();
  const auto view = reading.view(context.agent(reading));
  auto set = vault::variable_set(view, vault::VariableScope::all, context.now());
  if (only) narrow(set, view, providers_in(*only));
  for (const auto& variable : set) {
    if (!may_be_set(context, variable.name, allowed) || is_withheld(context, variable)) continue;
    const auto value = value_of(reading, variable);
    if (value.reveal().find('\0') == std::string_view::npos) {
      child.set(variable.name, value.reveal());
    } else {
      context.terminal().warn("left out, since its value holds a zero byte: " + in_quotes(variable.name));
    }
  }
  context.tell_warnings(reading);
  tell_damaged(context, reading);
}

SecretIndex secrets_to_mask(Context& context) {
  auto reading = context.open_to_answer().read();
  reading.compare_only();
  SecretIndex known(reading);
  for (const auto& one : known.passed_over()) {
    if (one.name.kind == "variable") continue;  // DEBUG=1 and the like: settings
    context.terminal().note("Not masked: " + words_for(one.name) + ", " + std::string(one.reason) + ".");
  }
  return known;
}

// Ends with the program's status.
[[noreturn]] void start_masked(Context& context, ChildEnvironment& child, const std::vector<std::string>& words) {
  int status = 0;
  {
    const auto known = secrets_to_mask(context);
    context.out().flush();
    status = run_masked(words, child, context.environment(), known.matcher());
  }
  end_like(status);
}

ExitCode report_not_started(const Context& context, NotStarted why, const std::string& word) {
  const bool absent = why == NotStarted::not_found;
  const ErrorReport failure{name_of(absent ? ErrorCode::not_found : ErrorCode::denied),
                            in_quotes(word) + (absent ? " was not found" : " cannot be executed"), "",
                            absent ? ExitCode::run_not_found : ExitCode::run_not_executable};
  vault::write_all(STDERR_FILENO,
                   context.flags().json ? failure_json(failure) : failure_words(failure, context.terminal()));
  return failure.exit_code;
}

struct Run final : Action {
  std::optional<std::string> only;
  std::vector<std::string> allowed;
  std::vector<std::string> words;
  bool clean = false, mask = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
  // Whoever reads the exit status must be able to tell our failures from the program's.
  ExitCode failed(ExitCode code) const override { return code == ExitCode::cancelled ? code : ExitCode::run_failed; }
  [[noreturn]] void start(Context& context) const;
};

void Run::declare(Arguments& arguments) {
  arguments
      .about(
          "Runs a program with the agent's credentials in its environment: the agent's variables, and each "
          "provider's next key under the provider's variable name. The program takes this one's place, so its exit "
          "status and signals are its own; no shell is involved.")
      .about(
          "It inherits our environment but for all CLAVIGER_* variables, and no descriptor above 2 but sockets "
          "that systemd passed. What is in a usual place it finds all the same, being of the same user: the default "
          "key "
          "file and a key that `claviger unlock` keeps in the kernel open what they open, also to a program that was "
          "started with a token. An agent that must not reach more needs a user of its own. Whoever runs as the same "
          "user can read its environment.")
      .about(
          "Where records of the vault are damaged the program gets what opens. Each that does not is named before the "
          "program starts, and the exit status is the program's all the same.")
      .about(
          "--mask puts [masked] in the place of each of the vault's secrets in what the program writes, as it is, in "
          "JSON, base64 and URL form. It keeps secrets out of logs by accident; a program that means to pass one on "
          "writes it otherwise. The program is a child then, on a terminal of its own where the output is one; Ctrl-Z "
          "does not stop it.")
      .option("--only", "P,...", &only, "these providers' variables and nothing else")
      .flag("--clean", clean,
            "of our environment only PATH, HOME, USER, LOGNAME, SHELL, TZ, TMPDIR and what sets language and terminal")
      .flag("--mask", mask, "replace the vault's secrets in what the program writes")
      .option("--allow-env", "NAME", &allowed,
              "let this variable of the vault in, although it can make programs run other code, as PATH can "
              "(repeatable)")
      .rest("COMMAND", words, "the program and its arguments")
      .example("claviger run -- node agent.js")
      .example("claviger run --clean --mask -- npm test")
      .example("claviger --agent worker run --only anthropic,openai -- ./start.sh");
}

void Run::start(Context& context) const {
  auto child = clean ? ChildEnvironment::clean_from(context.environment())
                     : ChildEnvironment::inherited_from(context.environment());
  add_credentials(context, only, allowed, child);
  if (mask) start_masked(context, child, words);
  context.close();
  throw become(words, child, context.environment());
}

ExitCode Run::run(Context& context) {
  try {
    start(context);
  } catch (const NotStarted& why) {
    return report_not_started(context, why, words.front());
  }
}

}  // namespace

std::unique_ptr<Action> make_run() { return std::make_unique<Run>(); }

}  // namespace cli
