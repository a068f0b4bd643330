// SPDX-License-Identifier: Apache-2.0
#include "cli/words/reports/import_receipt_json.h"

#include "cli/words/json_stream.h"

namespace cli {
namespace {

// What a JsonStream writes, as one value.
class JsonTree {
 public:
  void member(std::string_view name, Json value) { (*open_.back())[std::string(name)] = std::move(value); }
  void begin_array(std::string_view name) {
    auto& array = (*open_.back())[std::string(name)];
    array = Json::array();
    open_.push_back(&array);
  }
  void element(Json value) { open_.back()->push_back(std::move(value)); }
  void end_array() { open_.pop_back(); }
  void begin_object() {
    open_.back()->push_back(Json::object());
    open_.push_back(&open_.back()->back());
  }
  void end_object() { open_.pop_back(); }
  Json take() { return std::move(root_); }

 private:
  Json root_ = Json::object();
  std::vector<Json*> open_{&root_};  // nothing is added to what holds one of these while it is open
};

enum class Said { rejected, warned };

template <class Stream>
void print_warnings(Stream& stream, const std::vector<vault::ImportWarning>& warnings, Said which) {
  stream.begin_array(which == Said::rejected ? "rejected" : "warnings");
  for (const auto& warning : warnings) {
    if (warning.rejected != (which == Said::rejected)) continue;
    stream.element({{"reason", warning.reason}, {"id", warning.subject}, {"text", warning.text}});
  }
  stream.end_array();
}

template <class Stream>
void print_names(Stream& stream, std::string_view member, const vault::NameList& names) {
  stream.begin_array(member);
  for (const auto name : names) stream.element(name);
  stream.end_array();
}

Json skipped_json(std::string_view id, std::string_view reason) { return {{"id", id}, {"reason", reason}}; }

template <class Stream>
void print_skipped(Stream& stream, const vault::AgentBatch& batch, const vault::SkippedList& skipped) {
  stream.begin_array("skipped");
  for (auto at = skipped.begin(); at != skipped.end(); ++at) stream.element(skipped_json(at.id(), at.reason()));
  for (const auto& warning : batch.warnings) {
    if (warning.rejected) stream.element(skipped_json(warning.subject, warning.reason));
  }
  stream.end_array();
  stream.begin_array("unchanged");
  for (auto at = skipped.begin(); at != skipped.end(); ++at) {
    if (at.reason() == "unchanged") stream.element(at.id());
  }
  stream.end_array();
  stream.begin_array("conflicts");
  for (auto at = skipped.begin(); at != skipped.end(); ++at) {
    if (at.reason() != "unchanged") stream.element(skipped_json(at.id(), at.reason()));
  }
  stream.end_array();
}

template <class Stream>
void print_counts(Stream& stream, const vault::AppliedAgent& applied) {
  stream.member("profiles", {{"added", applied.added_profiles}, {"replaced", applied.replaced_profiles}});
  const Json others = {{"added", applied.added.size() - applied.added_profiles},
                       {"replaced", applied.replaced.size() - applied.replaced_profiles}};
  const Json none = {{"added", 0}, {"replaced", 0}};
  stream.member("variables", applied.agent.is_config() ? none : others);
  stream.member("configSecrets", applied.agent.is_config() ? others : none);
  stream.member("orders", applied.orders);
  stream.member("usage", applied.usage);
}

template <class Stream>
void print_agent(Stream& stream, const vault::AgentBatch& batch, const vault::AppliedAgent& applied) {
  stream.begin_object();
  stream.member("agent", applied.agent.text());
  stream.member("created", applied.created);
  print_names(stream, "added", applied.added);
  print_names(stream, "replaced", applied.replaced);
  print_skipped(stream, batch, applied.skipped);
  print_warnings(stream, batch.warnings, Said::rejected);
  print_names(stream, "lost", applied.lost);
  print_counts(stream, applied);
  print_warnings(stream, batch.warnings, Said::warned);
  stream.end_object();
}

template <class Stream>
void print_agents(Stream& stream, const Receipt& receipt) {
  stream.begin_array("agents");
  for (std::size_t i = 0; i < receipt.batch.agents.size(); ++i) {
    print_agent(stream, receipt.batch.agents[i], receipt.report.agents[i]);
  }
  stream.end_array();
  print_warnings(stream, receipt.batch.warnings, Said::warned);
  print_warnings(stream, receipt.batch.warnings, Said::rejected);
}

}  // namespace

void print_receipt_json(Output& out, const Receipt& receipt) {
  JsonStream stream(out);
  stream.member("format", receipt.batch.format);
  print_agents(stream, receipt);
  stream.member("verified", !receipt.dry_run);
  stream.member("dryRun", receipt.dry_run);
  stream.finish();
}

Json receipt_parts_json(const Receipt& receipt) {
  JsonTree tree;
  print_agents(tree, receipt);
  return tree.take();
}

}  // namespace cli
