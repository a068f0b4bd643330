// SPDX-License-Identifier: Apache-2.0
#include "cli/words/reports/import_receipt.h"

#include <algorithm>
#include <set>

#include "cli/terminal/counted.h"
#include "cli/terminal/surroundings.h"
#include "cli/words/reports/import_receipt_json.h"
#include "cli/words/text_secret.h"

namespace cli {
namespace {

constexpr std::size_t kNamedAtMost = 200;  // of each sort; --json names them all

// What is no profile is a variable; of the agent @config, a secret of openclaw.json.
std::string summed(const vault::AgentName& agent, std::size_t profiles, std::size_t variables) {
  if (agent.is_config()) return counted(variables, "secret") + " of openclaw.json";
  if (variables == 0) return counted(profiles, "profile");
  return profiles == 0 ? counted(variables, "variable")
                       : counted(profiles, "profile") + " and " + counted(variables, "variable");
}

std::string more(std::size_t count, const std::string& words) {
  return count == 0 ? "" : ", " + std::to_string(count) + " " + words;
}

// Before the name of what is no profile.
const char* sort_of(const vault::AgentName& agent) { return agent.is_config() ? "" : "variable "; }

std::string named(const vault::AgentName& agent, const std::string& id) {
  return agent.is_config() ? config_path_in_quotes(id) : in_quotes(id);
}

class People {
 public:
  People(const Surroundings& around, const Receipt& receipt) : around_(around), receipt_(receipt) {}

  void print() {
    for (std::size_t i = 0; i < receipt_.batch.agents.size(); ++i) {
      print_agent(receipt_.batch.agents[i], receipt_.report.agents[i]);
    }
    for (const auto& warning : receipt_.batch.warnings) print_warning(warning);
    around_.out().flush();  // the note stands below it
  }

 private:
  void line(const std::string& text) { write("  ", text); }

  // Broken at blanks on a terminal, the continued lines further right.
  void write(const std::string& indent, const std::string& text) {
    const auto width = around_.terminal().table_look().width;
    const auto lines = width ? wrapped(text, *width - indent.size(), indent.size() + 2) : text;
    around_.out().write(indent + lines + "\n");
  }

  std::string verb(const char* done, const char* planned) const { return receipt_.dry_run ? planned : done; }

  void print_agent(const vault::AgentBatch& batch, const vault::AppliedAgent& applied) {
    write("", head_of(batch, applied));
    name_added(applied);
    name_replaced(applied, verb("replaced", "would replace"));
    for (auto entry = applied.skipped.begin(); entry != applied.skipped.end(); ++entry) {
      if (entry.reason() != "unchanged") print_skipped(applied.agent, *entry);
    }
    for (const auto& warning : batch.warnings) print_warning(warning);
  }

  std::string head_of(const vault::AgentBatch& batch, const vault::AppliedAgent& applied) const {
    const auto unchanged = applied.skipped.count("unchanged");
    const auto rejected = std::size_t(std::ranges::count_if(batch.warnings, &vault::ImportWarning::rejected));
    std::string head = "agent " + applied.agent.text() + (applied.created ? " (new)" : "") + ": " +
                       summed(applied.agent, applied.added_profiles, applied.added.size() - applied.added_profiles) +
                       verb(" added", " to add");
    if (!applied.replaced.empty()) {
      head += ", " +
              summed(applied.agent, applied.replaced_profiles, applied.replaced.size() - applied.replaced_profiles) +
              verb(" replaced", " to replace");
    }
    const auto kept = applied.skipped.size() - unchanged;
    return head + more(unchanged, "unchanged") + more(kept, kept == 1 ? "kept as it was" : "kept as they were") +
           more(rejected, "skipped") + more(applied.orders, applied.orders == 1 ? "order" : "orders") +
           more(applied.usage, applied.usage == 1 ? "usage entry" : "usage entries");
  }

  void name_added(const vault::AppliedAgent& applied) {
    const auto shown = std::min(applied.added.size(), kNamedAtMost);
    std::string names;
    auto name = applied.added.begin();
    for (std::size_t i = 0; i < shown; ++i, ++name) {
      if (i > 0) names += ", ";
      names += (i < applied.added_profiles ? "" : sort_of(applied.agent)) + named(applied.agent, std::string(*name));
    }
    if (shown < applied.added.size()) {
      names += " and " + std::to_string(applied.added.size() - shown) + " more (--json names them all)";
    }
    if (shown > 0) line(verb("added ", "would add ") + names);
  }

  // Of some the former secret is gone.
  void name_replaced(const vault::AppliedAgent& applied, const std::string& done) {
    const auto& names = applied.replaced;
    const auto shown = std::min(names.size(), kNamedAtMost);
    const auto lost = lost_among(names, shown, applied.lost);
    auto at = names.begin();
    for (std::size_t i = 0; i < shown; ++i, ++at) {
      line(done + " " + (i < applied.replaced_profiles ? "" : sort_of(applied.agent)) +
           named(applied.agent, std::string(*at)) +
           (lost.contains(*at) ? verb("; its former value is gone", "; its present value would be lost") : ""));
    }
    if (shown < names.size()) line(done + " " + std::to_string(names.size() - shown) + " more (--json names them all)");
  }

  // Of the first of these names.
  static std::set<std::string_view> lost_among(const vault::NameList& names, std::size_t first,
                                               const vault::NameList& lost) {
    std::set<std::string_view> some, found;
    auto at = names.begin();
    for (std::size_t i = 0; i < first; ++i, ++at) some.insert(*at);
    for (const auto name : lost) {
      if (some.contains(name)) found.insert(name);
    }
    return found;
  }

  void print_skipped(const vault::AgentName& agent, const vault::SkippedEntry& entry) {
    const auto name = named(agent, entry.id);
    if (entry.reason == "already_wired") {
      return line("left out " + name + ": already wired: in the source it is a reference to the vault itself");
    }
    if (entry.reason == "no_secret") {
      return line("kept " + name + ": the vault holds a secret, the source none that could take its place");
    }
    const bool details = entry.reason == "details";
    line("kept " + name + (details ? ": the same secret, but other details" : ": the vault holds another value") +
         " (--on-conflict replace takes the new " + (details ? "ones)" : "one)"));
  }

  // Without what the line says by itself.
  static std::string_view why(const vault::ImportWarning& warning) {
    std::string_view text = warning.text;
    for (const auto& said : {warning.subject + " was left out: ", std::string("left out: ")}) {
      if (text.starts_with(said)) text.remove_prefix(said.size());
    }
    return text;
  }

  void print_warning(const vault::ImportWarning& warning) {
    // Whole at any length: it may be a path, and half a path is of no use.
    const bool is_line = warning.subject.starts_with("line ");
    const auto safe = display_safe(warning.subject);
    const std::string subject = safe.empty() ? "" : (is_line ? safe : "'" + safe + "'") + ": ";
    const std::string label = warning.rejected ? "skipped " : "note ";
    // "NAME (line 16): ...".
    const bool is_named = !is_line && !safe.empty() && why(warning).starts_with(warning.subject + " (");
    if (is_named) return line(label + "'" + safe + "'" + display_safe(why(warning).substr(warning.subject.size())));
    line(label + subject + display_safe(why(warning)));
  }

  const Surroundings& around_;
  const Receipt& receipt_;
};

bool is_empty(const vault::ImportBatch& batch) {
  return batch.default_orders.empty() && std::ranges::all_of(batch.agents, &vault::AgentBatch::empty);
}

}  // namespace

void print_receipt(const Surroundings& around, const Receipt& receipt) {
  if (around.flags().json) return print_receipt_json(around.out(), receipt);
  People(around, receipt).print();
  if (is_empty(receipt.batch)) {
    around.terminal().note("There was nothing in it to take.");
  } else if (!receipt.dry_run) {
    around.terminal().note(
        "Verified: every value that was written was read back from the file and compared. The source was not touched.");
  }
}

}  // namespace cli
