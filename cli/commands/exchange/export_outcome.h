// SPDX-License-Identifier: Apache-2.0
#pragma once
// What came of an export, for people and for --json: where it went, or the text itself where no file was named.

#include <functional>

#include "cli/commands/exchange/export_options.h"
#include "cli/exit_code.h"
#include "cli/terminal/export_target.h"
#include "cli/words/json_output.h"
#include "import/json/json_writer.h"
#include "vault/damaged_record.h"

namespace cli {

class Context;

class ExportOutcome {
 public:
  // All of them live longer.
  ExportOutcome(Context& context, const ExportOptions& options, const vault::AgentName& agent)
      : context_(context), options_(options), agent_(agent) {}

  void count() { ++written_; }
  void leave_out(const std::string& id, const std::string& reason);
  // What the listing could not open. Without --skip-damaged that is the end (damaged_record): half an export is not to
  // be taken for one.
  void judge_damage(const std::vector<vault::DamagedRecord>& records);
  ExitCode exit_code() const { return damaged_.empty() ? ExitCode::done : ExitCode::damaged; }

  // The target's own, or for --json without a file one that keeps the text.
  std::function<void(std::string_view)> sink(ExportTarget& target);
  // With --json, the document; else nothing.
  void print(const std::vector<std::string>& files);

 private:
  bool keeps_text() const;
  void print_with_text(const Json& document);

  Context& context_;
  const ExportOptions& options_;
  const vault::AgentName& agent_;
  formats::SecretText text_;
  Json left_out_ = Json::array();
  Json damaged_ = Json::array();
  std::size_t written_ = 0;
};

}  // namespace cli
