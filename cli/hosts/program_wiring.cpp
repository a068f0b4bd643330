// SPDX-License-Identifier: Apache-2.0
#include "cli/hosts/program_wiring.h"

#include <algorithm>
#include <unistd.h>

#include "cli/hosts/wirings.h"
#include "cli/terminal/shell_word.h"
#include "cli/words/json_output.h"
#include "import/json/secret_json.h"
#include "vault/base/error.h"
#include "vault/base/ids.h"

namespace cli {
namespace {

using vault::SecretString;

SecretString line_of(std::string_view answer) { return SecretString::copy_of(vault::trimmed(answer)); }

SecretString git_password(std::string_view answer) {
  constexpr std::string_view kName = "\npassword=";
  const auto at = answer.find(kName);
  if (at == std::string_view::npos) return {};
  const auto value = answer.substr(at + kName.size());
  return SecretString::copy_of(value.substr(0, value.find('\n')));
}

SecretString json_member(std::string_view answer, std::string_view member) {
  try {
    const formats::JsonDocument document(answer);
    return SecretString::copy_of(document.root().find_string(member).value_or(""));
  } catch (const vault::Error&) {
    return {};
  }
}
SecretString docker_secret(std::string_view answer) { return json_member(answer, "Secret"); }
SecretString aws_secret(std::string_view answer) { return json_member(answer, "SecretAccessKey"); }

SecretString first_value(std::string_view answer) {
  const auto at = answer.find('=');
  if (at == std::string_view::npos) return {};
  auto value = vault::trimmed(answer.substr(at + 1, answer.find('\n') - at - 1));
  const bool is_quoted = value.size() >= 2 && value.front() == value.back() && (value[0] == '"' || value[0] == '\'');
  if (is_quoted) value = value.substr(1, value.size() - 2);
  return SecretString::copy_of(value);
}

}  // namespace

const std::vector<HostProgram>& host_programs() {
  static const std::vector<HostProgram> programs = {
      {"claude", "claude", "Claude Code", claude_wiring, line_of, {"ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"}},
      {"codex", "codex", "Codex", codex_wiring, line_of, {}},
      {"git", "git", "git", git_wiring, git_password, {"GIT_ASKPASS"}},
      {"docker", "docker", "docker and podman", docker_wiring, docker_secret, {}},
      {"aws", "aws", "the AWS SDKs", aws_wiring, aws_secret, {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}},
      {"hermes", "hermes", "Hermes", hermes_wiring, first_value, {}},
      {"pi", "pi", "pi", pi_wiring, line_of, {}},
  };
  return programs;
}

const HostProgram* host_program_named(std::string_view name) {
  const auto found = std::ranges::find(host_programs(), name, &HostProgram::name);
  return found == host_programs().end() ? nullptr : &*found;
}

bool is_on_path(const Environment& environment, std::string_view command) {
  std::string_view folders = environment.get("PATH").value_or("");
  while (!folders.empty()) {
    const auto end = std::min(folders.find(':'), folders.size());
    const auto folder = folders.substr(0, end);
    folders.remove_prefix(std::min(end + 1, folders.size()));
    if (!folder.starts_with('/')) continue;
    const auto file = std::filesystem::path(folder) / command;
    if (::access(file.c_str(), X_OK) == 0) return true;
  }
  return false;
}

std::filesystem::path below_home(const Environment& environment, std::string_view variable, std::string_view in_home,
                                 std::string_view rest) {
  if (!variable.empty()) {
    if (const auto named = environment.get(variable)) return std::filesystem::path(*named) / rest;
  }
  const auto home = environment.get("HOME");
  if (!home) throw vault::Error(vault::ErrorCode::usage, "HOME is not set, so the file to write to is not known");
  return std::filesystem::path(*home) / in_home / rest;
}

std::vector<std::string> command_with(const WiringQuestion& question, const std::vector<std::string>& words) {
  auto command = question.program;
  command.insert(command.end(), words.begin(), words.end());
  return command;
}

std::string shell_line(const std::vector<std::string>& words) {
  std::string line;
  for (const auto& word : words) line += (line.empty() ? "" : " ") + shell_word(word);
  return line;
}

std::string double_quoted(std::string_view text) { return json_text(Json(std::string(text)), JsonLines::one); }

}  // namespace cli
