// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/exchange/export_outcome.h"

#include "cli/context.h"
#include "cli/terminal/text.h"
#include "vault/base/error.h"

namespace cli {

using vault::Error;
using vault::ErrorCode;

void ExportOutcome::leave_out(const std::string& id, const std::string& reason) {
  left_out_.push_back({{"id", id}, {"reason", reason}});
  context_.terminal().warn(in_quotes(id) + " was left out: " + reason);
}

void ExportOutcome::judge_damage(const std::vector<vault::DamagedRecord>& records) {
  if (records.empty()) return;
  if (!options_.skip_damaged) {
    throw Error(ErrorCode::damaged_record,
                "what is to be written is damaged: " + line_safe(describe(records.front())) +
                    (records.size() > 1 ? ", and more" : ""),
                "--skip-damaged writes the rest; `claviger verify` names all that is damaged");
  }
  for (const auto& record : records) {
    context_.terminal().warn("left out, because it is damaged: " + line_safe(describe(record)));
    damaged_.push_back({{"agent", record.agent.text()},
                        {"kind", std::string(name_of(record.kind))},
                        {"name", or_null(record.name)},
                        {"row", record.row}});
  }
}

std::function<void(std::string_view)> ExportOutcome::sink(ExportTarget& target) {
  if (!keeps_text()) return target.sink();
  return text_.sink();
}

void ExportOutcome::print(const std::vector<std::string>& files) {
  if (!context_.flags().json) return;
  Json document = json_receipt(options_.dry_run);
  document["format"] = options_.format;
  document["agent"] = agent_.text();
  document["files"] = files;
  document["written"] = written_;
  document["leftOut"] = left_out_;
  document["damaged"] = damaged_;
  if (!keeps_text()) return print_json(context_.out(), document);
  print_with_text(document);
}

bool ExportOutcome::keeps_text() const { return context_.flags().json && !options_.output && !options_.dry_run; }

// The text is secret and passes through no library's buffers.
void ExportOutcome::print_with_text(const Json& document) {
  const auto head = json_text(document, JsonLines::one);
  context_.out().write(std::string_view(head).substr(0, head.size() - 1));
  context_.out().write(",\"content\":");
  formats::JsonWriter writer([this](std::string_view part) { context_.out().write(part); },
                             formats::JsonLayout::compact);
  writer.string(text_.take().reveal());
  writer.finish();
  context_.out().write("}\n");
}

}  // namespace cli
