// SPDX-License-Identifier: Apache-2.0
#include "cli/words/import_receipt.h"

#include <algorithm>

#include "cli/terminal/surroundings.h"
#include "cli/words/json_output.h"

namespace cli {
namespace {

Json warning_json(const vault::ImportWarning& warning) {
  return {{"reason", warning.reason}, {"id", warning.subject}, {"text", warning.text}};
}

Json agent_json(const vault::AgentBatch& batch, const vault::AppliedAgent& applied) {
  Json skipped = Json::array();
  Json warnings = Json::array();
  for (const auto& entry : applied.skipped) skipped.push_back({{"id", entry.id}, {"reason", entry.reason}});
  for (const auto& warning : batch.warnings) {
    if (warning.rejected) {
      skipped.push_back({{"id", warning.subject}, {"reason", warning.reason}});
    } else {
      warnings.push_back(warning_json(warning));
    }
  }
  return {{"agent", applied.agent.text()}, {"created", applied.created},     {"added", applied.added},
          {"replaced", applied.replaced},  {"skipped", std::move(skipped)},  {"orders", applied.orders},
          {"usage", applied.usage},        {"warnings", std::move(warnings)}};
}

void print_document(const Surroundings& around, const Receipt& receipt) {
  Json document = json_document();
  document["format"] = receipt.batch.format;
  document["agents"] = Json::array();
  for (std::size_t i = 0; i < receipt.batch.agents.size(); ++i) {
    document["agents"].push_back(agent_json(receipt.batch.agents[i], receipt.report.agents[i]));
  }
  document["warnings"] = Json::array();
  for (const auto& warning : receipt.batch.warnings) document["warnings"].push_back(warning_json(warning));
  document["verified"] = receipt.verified;
  print_json(around.out(), document);
}

std::string counted(std::size_t count, std::string_view word) {
  return count == 0 ? "" : ", " + std::to_string(count) + " " + std::string(word);
}

std::string line_for(const vault::AgentBatch& batch, const vault::AppliedAgent& applied) {
  const auto unchanged = std::size_t(std::ranges::count(applied.skipped, std::string("unchanged"), &vault::SkippedEntry::reason));
  const auto rejected = std::size_t(std::ranges::count_if(batch.warnings, &vault::ImportWarning::rejected));
  return "agent " + applied.agent.text() + (applied.created ? " (new)" : "") + ": " + std::to_string(applied.added.size()) +
         " added" + counted(applied.replaced.size(), "replaced") + counted(unchanged, "unchanged") +
         counted(applied.skipped.size() - unchanged, "kept as they were") + counted(rejected, "rejected") +
         counted(applied.orders, "orders") + counted(applied.usage, "usage entries");
}

void print_warning(const Surroundings& around, const vault::ImportWarning& warning) {
  const std::string subject = warning.subject.empty() ? "" : in_quotes(warning.subject) + ": ";
  around.out().write((warning.rejected ? "  rejected " : "  note ") + subject + display_safe(warning.text) + " [" +
                     warning.reason + "]\n");
}

bool is_empty(const vault::ImportBatch& batch) {
  return batch.default_orders.empty() && std::ranges::all_of(batch.agents, &vault::AgentBatch::empty);
}

void print_people(const Surroundings& around, const Receipt& receipt) {
  for (std::size_t i = 0; i < receipt.batch.agents.size(); ++i) {
    const auto& applied = receipt.report.agents[i];
    around.out().write(line_for(receipt.batch.agents[i], applied) + "\n");
    for (const auto& entry : applied.skipped) {
      if (entry.reason == "unchanged") continue;
      around.out().write("  kept " + in_quotes(entry.id) +
                         ": the vault holds another value (--on-conflict replace takes the new one)\n");
    }
    for (const auto& warning : receipt.batch.agents[i].warnings) print_warning(around, warning);
  }
  for (const auto& warning : receipt.batch.warnings) print_warning(around, warning);
  around.out().flush();  // the note stands below it
  if (is_empty(receipt.batch)) {
    around.terminal().note("There was nothing in it to take.");
  } else if (receipt.verified) {
    around.terminal().note(
        "Verified: every value that was written was read back from the file and compared. The source was not touched.");
  }
}

}  // namespace

void print_receipt(const Surroundings& around, const Receipt& receipt) {
  if (around.flags().json) {
    print_document(around, receipt);
  } else {
    print_people(around, receipt);
  }
}

}  // namespace cli
