// SPDX-License-Identifier: Apache-2.0
#pragma once
// What `export` is told on the command line.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/terminal/export_target.h"
#include "vault/base/atomic_file.h"
#include "vault/reading.h"
#include "vault/selection/child_variables.h"

namespace cli {

class Arguments;

struct ExportOptions {
  std::string format;
  std::optional<std::string> output;
  std::optional<std::string> dialect;
  std::optional<std::string> generation;
  std::optional<std::string> only;
  std::optional<std::string> alias;
  bool force = false;
  bool skip_damaged = false;
  bool dry_run = false;

  void declare(Arguments& arguments);
  void require_sense() const;  // usage for options that do not belong together

  vault::Existing existing_rule() const;
  ExportPlace place(ExportHolds holds) const;
  vault::VariableScope scope() const;
  vault::DamagedRecords rule_for_damage() const;
  std::vector<std::string> files() const;    // none: it goes to stdout
  std::filesystem::path state_path() const;  // auth-state.json beside the output, which there must be
};

}  // namespace cli
