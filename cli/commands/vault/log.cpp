// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words/log_words.h"
#include "vault/base/error.h"
#include "vault/upkeep/history.h"

namespace cli {
namespace {

using vault::HistoryEntry;

constexpr std::int64_t kMostShown = 10'000'000;

std::string name_of_log(const std::optional<vault::AgentName>& log) { return log ? log->text() : "(vault)"; }

Json to_json(const HistoryEntry& one) {
  const auto& entry = one.entry;
  Json json{{"timeMs", entry.time.ms},
            {"time", to_rfc3339(entry.time)},
            {"log", one.log ? Json(one.log->text()) : Json(nullptr)},
            {"position", one.position == 0 ? Json(nullptr) : Json(one.position)},
            {"verb", json_word(entry.verb)},
            {"subject", json_word(entry.subject)},
            {"count", entry.count},
            {"names", entry.names},
            {"agent", or_null(entry.agent)}};
  json["by"] = {{"kind", json_word(entry.opener)},
                {"slot", entry.slot ? Json(vault::to_hex(entry.slot->bytes).substr(0, 8)) : Json(nullptr)},
                {"uid", entry.caller.user},
                {"pid", entry.caller.process},
                {"program", entry.caller.program}};
  json["selfReported"] = one.self_reported;
  json["forged"] = one.forged;
  return json;
}

Json to_json(const vault::ExaminedLog& log) {
  const auto folded = log.folded.value_or(vault::LogCheckpoint{});
  return {{"log", log.log ? Json(log.log->text()) : Json(nullptr)},
          {"entries", log.entries},
          {"folded", folded.folded},
          {"lost", folded.lost},
          {"foldedFromMs", ms_or_null(folded.first)},
          {"foldedToMs", ms_or_null(folded.last)},
          {"whole", log.whole},
          {"what", log.whole ? Json(nullptr) : Json(log.what)}};
}

Json to_json(const vault::History& history) {
  Json document = json_document();
  document["entries"] = Json::array();
  for (const auto& one : history.entries) document["entries"].push_back(to_json(one));
  document["older"] = history.older;
  document["logs"] = Json::array();
  for (const auto& log : history.logs) document["logs"].push_back(to_json(log));
  document["whole"] = history.whole();
  return document;
}

std::string marked(const HistoryEntry& one) {
  const auto words = by_whom(one.entry);
  if (one.forged) return words + " (forged)";
  if (one.position == 0) return words + " (not yet in the log)";
  return one.self_reported ? words + " (self-reported)" : words;
}

void print_entries(const Context& context, const vault::History& history) {
  Table table({{"WHEN"},
               {"AGENT", Align::left, Shrink::allowed, 7},
               {"WHAT", Align::left, Shrink::allowed, 24},
               {"BY", Align::left, Shrink::wraps, 16}});
  for (const auto& one : history.entries) {
    table.add_row({when_it_was(one.entry.time, context.now()),
                   name_of_log(one.log),
                   what_was_done(one.entry),
                   {marked(one), one.forged ? Style::red : Style::plain}});
  }
  context.out().write(table.render(context.terminal().table_look()));
  context.out().flush();  // the notes stand below it
  if (history.entries.empty()) context.terminal().note("Nothing is logged yet.");
  if (history.older > 0) {
    context.terminal().note(std::to_string(history.older) + " older; --limit shows more.");
  }
}

void print_verdicts(const Context& context, const vault::History& history) {
  Table table({{"LOG", Align::left, Shrink::whole},
               {"ENTRIES", Align::right},
               {"FOLDED", Align::right},
               {"LOST", Align::right},
               {"STATE"}});
  for (const auto& log : history.logs) {
    const auto folded = log.folded.value_or(vault::LogCheckpoint{});
    table.add_row({name_of_log(log.log), std::to_string(log.entries), std::to_string(folded.folded),
                   std::to_string(folded.lost),
                   log.whole ? Cell("whole", Style::green) : Cell("not what was written", Style::red)});
  }
  context.out().write(table.render(context.terminal().table_look()));
  context.out().flush();
  if (history.whole()) context.terminal().note("Every log is as it was written.");
}

struct Log final : Action {
  bool verify = false;
  std::int64_t limit = 50;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Log::declare(Arguments& arguments) {
  arguments
      .about(
          "Lists what was done to the vault, newest first: when, to what, with which key and from which program. "
          "Every change is logged with it; reads are where `claviger log enable reads` was said.")
      .about(
          "What a token's holder wrote is marked self-reported: nobody else vouches for it. Whatever somebody "
          "removed, added or changed in a log shows, and ends this with 72.")
      .flag("--verify", verify, "print no entries, only whether each log is whole")
      .option("--limit", "N", &limit, "print at most N entries (default: 50)")
      .example("claviger log --limit 10")
      .example("claviger log --verify");
}

ExitCode Log::run(Context& context) {
  if (limit < 1 || limit > kMostShown) {
    throw vault::Error(vault::ErrorCode::usage, "--limit takes a number from 1 to " + std::to_string(kMostShown));
  }
  auto& vault = context.open(vault::Access::read);
  const auto history =
      vault::history(vault, {context.named_agent(), verify ? std::size_t{0} : static_cast<std::size_t>(limit)});
  if (context.flags().json) {
    print_json(context.out(), to_json(history));
  } else if (verify) {
    print_verdicts(context, history);
  } else {
    print_entries(context, history);
  }
  for (const auto& warning : history.warnings) context.terminal().warn(warning);
  for (const auto& log : history.logs) {
    if (!log.whole) context.terminal().warn(log.what);
  }
  return history.whole() ? ExitCode::done : ExitCode::damaged;
}

// `log enable reads` and `log disable reads`.
template <vault::LogOfReads kReads>
struct LogSwitch final : Action {
  std::string what;
  bool dry_run = false;

  void declare(Arguments& arguments) override {
    arguments
        .about(kReads == vault::LogOfReads::on
                   ? "Has reads logged from now on, for every agent: each secret that get, run, resolve, export and "
                     "the others give out. A read waits in a file beside the rollback mark until somebody writes; one "
                     "that cannot be logged is answered all the same."
                   : "Has reads logged no more. Those that wait are taken into the log first.")
        .positional("WHAT", what, "reads: changes are always logged")
        .one_of({"reads"})
        .dry_run(dry_run);
  }

  ExitCode run(Context& context) override {
    constexpr bool on = kReads == vault::LogOfReads::on;
    auto writing = context.open(vault::Access::write).write();
    writing.log_reads(kReads);
    context.finish(writing, dry_run);
    context.note_change(on ? "Switched on" : "Switched off", on ? "switch on" : "switch off", "the log of reads");
    if (context.flags().json) {
      Json document = json_receipt(dry_run);
      document["reads"] = on;
      print_json(context.out(), document);
    }
    return ExitCode::done;
  }
};

}  // namespace

std::unique_ptr<Action> make_log() { return std::make_unique<Log>(); }
std::unique_ptr<Action> make_log_enable() { return std::make_unique<LogSwitch<vault::LogOfReads::on>>(); }
std::unique_ptr<Action> make_log_disable() { return std::make_unique<LogSwitch<vault::LogOfReads::off>>(); }

}  // namespace cli
