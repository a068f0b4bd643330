// SPDX-License-Identifier: Apache-2.0
#include "cli/words/reports/import_receipt_json.h"

namespace cli {
namespace {

Json warning_json(const vault::ImportWarning& warning) {
  return {{"reason", warning.reason}, {"id", warning.subject}, {"text", warning.text}};
}

void add_skipped(Json& agent, const std::string& id, const std::string& reason) {
  agent["skipped"].push_back({{"id", id}, {"reason", reason}});
}

void add_warnings(Json& object, const std::vector<vault::ImportWarning>& warnings) {
  for (const auto& warning : warnings)
    object[warning.rejected ? "rejected" : "warnings"].push_back(warning_json(warning));
}

Json agent_json(const vault::AgentBatch& batch, const vault::AppliedAgent& applied) {
  Json agent = {{"agent", applied.agent.text()}, {"created", applied.created}, {"added", applied.added},
                {"replaced", applied.replaced},  {"skipped", Json::array()},   {"unchanged", Json::array()},
                {"conflicts", Json::array()},    {"rejected", Json::array()},  {"lost", applied.lost}};
  for (const auto& entry : applied.skipped) {
    add_skipped(agent, entry.id, entry.reason);
    if (entry.reason == "unchanged") {
      agent["unchanged"].push_back(entry.id);
    } else {
      agent["conflicts"].push_back({{"id", entry.id}, {"reason", entry.reason}});
    }
  }
  for (const auto& warning : batch.warnings) {
    if (warning.rejected) add_skipped(agent, warning.subject, warning.reason);
  }
  agent["profiles"] = {{"added", applied.added_profiles}, {"replaced", applied.replaced_profiles}};
  const Json others = {{"added", applied.added.size() - applied.added_profiles},
                       {"replaced", applied.replaced.size() - applied.replaced_profiles}};
  const Json none = {{"added", 0}, {"replaced", 0}};
  agent["variables"] = applied.agent.is_config() ? none : others;
  agent["configSecrets"] = applied.agent.is_config() ? others : none;
  agent["orders"] = applied.orders;
  agent["usage"] = applied.usage;
  agent["warnings"] = Json::array();
  add_warnings(agent, batch.warnings);
  return agent;
}

}  // namespace

Json import_receipt_json(const Receipt& receipt) {
  Json document = json_document();
  document["format"] = receipt.batch.format;
  document["agents"] = Json::array();
  for (std::size_t i = 0; i < receipt.batch.agents.size(); ++i) {
    document["agents"].push_back(agent_json(receipt.batch.agents[i], receipt.report.agents[i]));
  }
  document["warnings"] = Json::array();
  document["rejected"] = Json::array();
  add_warnings(document, receipt.batch.warnings);
  document["verified"] = !receipt.dry_run;
  document["dryRun"] = receipt.dry_run;
  return document;
}

}  // namespace cli
