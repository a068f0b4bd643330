// SPDX-License-Identifier: Apache-2.0
#include "cli/onboarding/monitor_setup.h"

#include <algorithm>
#include <unistd.h>

#include "cli/context.h"
#include "cli/onboarding/monitor_files.h"
#include "cli/process/fit_command.h"
#include "cli/unlocking/paths.h"
#include "vault/base/atomic_file.h"
#include "vault/base/error.h"
#include "vault/base/ids.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using vault::Error;
using vault::ErrorCode;

constexpr std::size_t kLongestUnit = std::size_t{64} << 10;

bool lies_there(const fs::path& path) { return ::access(path.c_str(), F_OK) == 0; }

// A value of Environment= as systemd.exec(5) reads it: quoted, and with its specifiers doubled.
std::string unit_value(const std::string& text) {
  if (std::ranges::any_of(text, [](unsigned char letter) { return letter < 0x20 || letter == 0x7f; })) {
    throw Error(ErrorCode::usage, "a path with control characters cannot stand in a unit of systemd");
  }
  std::string value;
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') value += '\\';
    value += letter;
    if (letter == '%') value += '%';
  }
  return value;
}

std::string setting(const std::string& name, const std::string& value) {
  return "Environment=\"" + name + "=" + unit_value(value) + "\"\n";
}

}  // namespace

MonitorSetup::MonitorSetup(const Context& context)
    : context_(context), home_(context.environment().get("HOME").value_or("")) {
  if (!home_.is_absolute() || home_ == home_.root_path()) {
    throw Error(ErrorCode::usage, "there is no home folder to set the monitor up in", "set HOME");
  }
  const fs::path config(context.environment().get("XDG_CONFIG_HOME").value_or(""));
  units_ = (config.is_absolute() ? config : home_ / ".config") / "systemd" / "user";
}

bool MonitorSetup::is_there() const {
  return lies_there(home_ / ".local/bin/claviger-monitor") && lies_there(units_ / "claviger-monitor.timer");
}

bool MonitorSetup::can_use_timer() const {
  const auto run = context_.environment().get("XDG_RUNTIME_DIR");
  return run && lies_there(fs::path(*run) / "systemd");
}

void MonitorSetup::install(const OwnProgram& program, const std::string& agent) {
  write(home_ / ".local/bin/claviger-monitor", monitor_script(), 0755);
  make_token(program, agent);
  if (!can_use_timer()) return;
  write(units_ / "claviger-monitor.service", monitor_service(), 0644);
  write(units_ / "claviger-monitor.timer", monitor_timer(), 0644);
  write_settings();
  start_timer();
}

void MonitorSetup::write(const fs::path& path, std::string_view content, mode_t mode) {
  if (lies_there(path)) {
    const auto bytes = vault::read_secret_file(path, kLongestUnit, vault::Links::follow, vault::Privacy::any);
    if (vault::text_of(bytes.reveal()) == content) return;
    throw Error(ErrorCode::already_exists,
                path_in_quotes(path) + " is there and says something else: it was left alone",
                "move it away, or keep it");
  }
  vault::make_private_folders(path.parent_path());
  vault::write_file_atomically(path, content, vault::Existing::refuse, mode);
  written_.push_back(path);
}

// What the unit cannot know: a program outside its PATH, a vault outside its usual place.
void MonitorSetup::write_settings() {
  std::string settings;
  const auto ours = own_program();
  const auto is_ours = [&](const fs::path& folder) {
    std::error_code failure;
    return fs::equivalent(folder / "claviger", ours, failure);
  };
  const fs::path folders[] = {home_ / ".local/bin", "/usr/local/bin", "/usr/bin", "/bin"};
  if (std::ranges::none_of(folders, is_ours)) settings += setting("CLAVIGER_MONITOR_PROGRAM", ours.string());
  if (const auto vault = as_typed(context_.vault_place()); vault != home_ / ".local/share/claviger/vault.db") {
    settings += setting("CLAVIGER_VAULT", vault);
  }
  if (settings.empty()) return;
  write(units_ / "claviger-monitor.service.d" / "host.conf", "[Service]\n" + settings, 0644);
}

void MonitorSetup::make_token(const OwnProgram& program, const std::string& agent) {
  const auto token = home_ / ".config/claviger/monitor.token";
  if (lies_there(token)) return;
  vault::make_private_folders(token.parent_path());
  std::vector<std::string> words = {"agent", "token", "create", agent, "--quiet", "--output", token.string()};
  if (agent != vault::AgentName::shared().text()) words.emplace_back("--with-shared");
  const auto answer = program.ask(words, Words::passed_on);
  if (answer.status != 0) throw Error(ErrorCode::io, "no token for the monitor could be made");
  written_.push_back(token);
}

void MonitorSetup::start_timer() {
  for (const auto& words : {std::vector<std::string>{"systemctl", "--user", "daemon-reload"},
                            {"systemctl", "--user", "enable", "--now", "claviger-monitor.timer"}}) {
    auto environment = ChildEnvironment::inherited_from(context_.environment());
    const auto answer = run_bounded(words, environment, context_.environment(), {},
                                    {std::chrono::seconds(60), std::size_t{64} << 10, Words::passed_on});
    if (answer.end == RunEnd::by_itself && answer.status == 0) continue;
    throw Error(ErrorCode::io, "the files of the monitor are there, but systemd did not start its timer",
                "systemctl --user enable --now claviger-monitor.timer");
  }
  enabled_ = true;
}

Json MonitorSetup::json() const {
  Json written = Json::array();
  for (const auto& path : written_) written.push_back(path.string());
  return {{"enabled", enabled_}, {"written", written}};
}

std::string MonitorSetup::cron_line() const {
  return "*/30 * * * * CLAVIGER_TOKEN_FILE=\"$HOME/.config/claviger/monitor.token\" "
         "\"$HOME/.local/bin/claviger-monitor\"";
}

}  // namespace cli
