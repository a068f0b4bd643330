// SPDX-License-Identifier: Apache-2.0
// Agent programs that take a model provider's key from a command.
#include <algorithm>

#include "cli/hosts/wirings.h"
#include "cli/terminal/shell_word.h"

namespace cli {
namespace {

// Setup tokens and logins are refused where a key is expected, so only keys are given.
Wiring key_wiring(const WiringQuestion& question, const std::string& usual_provider) {
  Wiring wiring;
  wiring.provider = question.provider.value_or(usual_provider);
  wiring.command = command_with(question, {"token", "--provider", wiring.provider, "--type", "api_key"});
  if (std::ranges::find(question.known_providers, wiring.provider) == question.known_providers.end())
    wiring.beforehand.push_back("claviger add " + shell_word(wiring.provider + ":default") + " --type api_key");
  return wiring;
}

}  // namespace

Wiring claude_wiring(const WiringQuestion& question, const Environment& environment) {
  auto wiring = key_wiring(question, "anthropic");
  wiring.file = below_home(environment, "CLAUDE_CONFIG_DIR", ".claude", "settings.json");
  wiring.lines = {"{", "  \"apiKeyHelper\": " + double_quoted(shell_line(wiring.command)), "}"};
  return wiring;
}

Wiring codex_wiring(const WiringQuestion& question, const Environment& environment) {
  auto wiring = key_wiring(question, "openai");
  wiring.file = below_home(environment, "CODEX_HOME", ".codex", "config.toml");
  std::string arguments;
  for (std::size_t at = 1; at < wiring.command.size(); ++at)
    arguments += (at == 1 ? "" : ", ") + double_quoted(wiring.command[at]);
  // A provider of its own: the built-in one asks for Codex's login.
  wiring.lines = {"model_provider = \"claviger\"",
                  "",
                  "[model_providers.claviger]",
                  "name = \"OpenAI, key from Claviger\"",
                  "base_url = \"https://api.openai.com/v1\"",
                  "wire_api = \"responses\"",
                  "requires_openai_auth = false",
                  "",
                  "[model_providers.claviger.auth]",
                  "command = " + double_quoted(wiring.command.front()),
                  "args = [" + arguments + "]",
                  "timeout_ms = 5000",
                  "refresh_interval_ms = 300000"};
  return wiring;
}

Wiring pi_wiring(const WiringQuestion& question, const Environment& environment) {
  auto wiring = key_wiring(question, "anthropic");
  wiring.file = below_home(environment, "PI_CODING_AGENT_DIR", ".pi/agent", "models.json");
  wiring.lines = {"{", "  \"providers\": {",
                  "    " + double_quoted(wiring.provider) +
                      ": { \"apiKey\": " + double_quoted("!" + shell_line(wiring.command)) + " }",
                  "  }", "}"};
  return wiring;
}

Wiring hermes_wiring(const WiringQuestion& question, const Environment& environment) {
  Wiring wiring;
  wiring.file = below_home(environment, "HERMES_HOME", ".hermes", "config.yaml");
  wiring.patience = std::chrono::milliseconds(3000);
  std::vector<std::string> words = {"export", "--format", "dotenv", "--dialect", "hermes"};
  wiring.command = command_with(question, words);
  wiring.lines = {"secrets:",
                  "  command:",
                  "    enabled: true",
                  "    command: " + double_quoted(shell_line(wiring.command)),
                  "    helper_timeout_seconds: 3",
                  "    override_existing: false"};
  return wiring;
}

}  // namespace cli
