// SPDX-License-Identifier: Apache-2.0
// Programs with a credential helper protocol of their own.
#include "cli/hosts/wirings.h"
#include "cli/terminal/shell_word.h"

namespace cli {
namespace {

constexpr std::string_view kGit = "git:", kDocker = "docker:";

// What the providers of this kind are for, without their prefix; `usual` where there are none.
std::vector<std::string> places_of(const WiringQuestion& question, std::string_view prefix, std::string_view usual) {
  std::vector<std::string> places;
  const auto add = [&](std::string_view provider) {
    if (provider.starts_with(prefix)) places.emplace_back(provider.substr(prefix.size()));
  };
  if (question.provider) {
    add(*question.provider);
    if (places.empty()) places.push_back(*question.provider);
    return places;
  }
  for (const auto& provider : question.known_providers) add(provider);
  if (places.empty()) places.emplace_back(usual);
  return places;
}

bool is_known(const WiringQuestion& question, std::string_view provider) {
  for (const auto& known : question.known_providers) {
    if (known == provider) return true;
  }
  return false;
}

std::string add_command(const std::string& provider, std::string_view more) {
  const auto word = shell_word(provider);
  return "claviger add " + word + " --provider " + word + " --type token" + std::string(more);
}

}  // namespace

Wiring git_wiring(const WiringQuestion& question, const Environment& environment) {
  Wiring wiring;
  wiring.file = below_home(environment, "", "", ".gitconfig");
  wiring.command = command_with(question, {"git-credential", "get"});
  const auto helper = "!" + shell_line(command_with(question, {"git-credential"}));
  const auto places = places_of(question, kGit, "github.com");
  for (const auto& place : places) {
    const auto url = "https://" + place;
    wiring.lines.push_back("[credential " + double_quoted(url) + "]");
    wiring.lines.push_back("\thelper = " + double_quoted(helper));
    wiring.settings.push_back({"credential." + url + ".helper", helper});
    // git names the path to its helper only when it is told to.
    if (place.find('/') != std::string::npos) {
      wiring.lines.emplace_back("\tuseHttpPath = true");
      wiring.settings.push_back({"credential." + url + ".useHttpPath", "true"});
    }
    if (!is_known(question, std::string(kGit) + place))
      wiring.beforehand.push_back(add_command(std::string(kGit) + place, ""));
  }
  const auto& first = places.front();
  const auto slash = first.find('/');
  wiring.input = "protocol=https\nhost=" + first.substr(0, slash) + "\n";
  if (slash != std::string::npos) wiring.input += "path=" + first.substr(slash + 1) + "\n";
  wiring.input += "\n";
  wiring.provider = std::string(kGit) + first;
  return wiring;
}

Wiring docker_wiring(const WiringQuestion& question, const Environment& environment) {
  Wiring wiring;
  wiring.file = below_home(environment, "DOCKER_CONFIG", ".docker", "config.json");
  wiring.command = command_with(question, {"docker-credential", "get"});
  const auto places = places_of(question, kDocker, "ghcr.io");
  // Called by this name it takes no flags: vault and key are the usual ones, or the environment's.
  const auto link = below_home(environment, "", ".local/bin", "docker-credential-claviger");
  wiring.beforehand.push_back("ln -s " + shell_word(question.program.front()) + " " + shell_word(link.string()));
  wiring.lines = {"{", "  \"credHelpers\": {"};
  for (std::size_t at = 0; at < places.size(); ++at) {
    wiring.lines.push_back("    " + double_quoted(places[at]) + ": \"claviger\"" + (at + 1 < places.size() ? "," : ""));
    if (!is_known(question, std::string(kDocker) + places[at]))
      wiring.beforehand.push_back(add_command(std::string(kDocker) + places[at], " --email USER"));
  }
  wiring.lines.insert(wiring.lines.end(), {"  }", "}"});
  wiring.input = places.front();
  wiring.provider = std::string(kDocker) + places.front();
  return wiring;
}

Wiring aws_wiring(const WiringQuestion& question, const Environment& environment) {
  Wiring wiring;
  const auto named = environment.get("AWS_CONFIG_FILE");
  wiring.file = named ? std::filesystem::path(*named) : below_home(environment, "", ".aws", "config");
  wiring.command = command_with(question, {"aws-credential"});
  wiring.lines = {"[default]", "credential_process = " + shell_line(wiring.command)};
  return wiring;
}

}  // namespace cli
