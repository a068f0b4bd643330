// SPDX-License-Identifier: Apache-2.0
#pragma once
// The monitor of packaging/monitor set up for this user: its script, a token that opens one agent's profiles, and a
// timer of systemd's, or else the line for cron.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/onboarding/own_program.h"
#include "cli/words/json_output.h"

namespace cli {

class MonitorSetup {
 public:
  // usage when the environment names no home.
  explicit MonitorSetup(const Context& context);

  bool is_there() const;       // the script and the timer lie where this would put them
  bool can_use_timer() const;  // the user's systemd runs, and systemctl can be started

  // Writes what is not there; a file that says something else stays, and is named by already_exists. The token is made
  // for `agent`. With a timer: has systemd start it. Throws io when systemd refuses; what was written stays.
  void install(const OwnProgram& program, const std::string& agent);

  // The files written by install(), and whether the timer runs.
  Json json() const;
  const std::vector<std::filesystem::path>& written() const noexcept { return written_; }
  std::string cron_line() const;

 private:
  void write(const std::filesystem::path& path, std::string_view content, mode_t mode);
  void write_settings();
  void make_token(const OwnProgram& program, const std::string& agent);
  void start_timer();

  const Context& context_;
  std::filesystem::path home_;
  std::filesystem::path units_;
  std::vector<std::filesystem::path> written_;
  bool enabled_ = false;
};

}  // namespace cli
