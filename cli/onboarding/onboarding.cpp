// SPDX-License-Identifier: Apache-2.0
#include "cli/onboarding/onboarding.h"

#include <algorithm>

#include "cli/context.h"
#include "cli/onboarding/choice.h"
#include "cli/onboarding/follow_ups.h"
#include "cli/onboarding/offer_words.h"
#include "cli/onboarding/onboarding_report.h"
#include "cli/onboarding/taking.h"
#include "cli/process/interruption.h"
#include "cli/terminal/shell_word.h"
#include "cli/terminal/typed_here.h"
#include "cli/unlocking/new_vault.h"
#include "cli/unlocking/paths.h"
#include "cli/words/hint_words.h"
#include "cli/words/recovery_words.h"
#include "vault/base/error.h"
#include "vault/passing_vault.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

// What was asked for by name and is not there is no success; what else there is may help.
void require_what_was_named(const Context& context, const std::set<SourceKind>& kinds,
                            const std::vector<KnownPlace>& places) {
  if (!places.empty()) return;
  std::set<SourceKind> there;
  for (const auto& place : find_known_places(context.environment(), working_folder())) there.insert(place.kind);
  throw Error(ErrorCode::not_found, "nothing of this is on this host: " + names_of(kinds),
              there.empty() ? "`claviger import FILE` takes in a file from elsewhere"
                            : "what is there: `claviger onboard --only " + std::string(name_of(*there.begin())) + "`");
}

// From looking to the last receipt; what was done so far is known at every point.
class Onboarding {
 public:
  Onboarding(Context& context, const OnboardingOptions& options)
      : context_(context), options_(options), place_(context.vault_place()), report_(place_, options.dry_run) {}

  ExitCode run() {
    try {
      look();
      if (asks_) choose();
      if (options_.dry_run) return rehearsed();
      if (!nothing_is_wanted()) make_vault();
      take();
      return finished();
    } catch (const Error& error) {
      if (error.code() == ErrorCode::committed_unverified) throw;
      throw Error(error.code(), std::string(error.what()) + said_of_what_was_done(error), error.hint());
    }
  }

 private:
  const Terminal& terminal() const { return context_.terminal(); }

  void look() {
    note_written(Written::nothing);
    asks_ = !options_.yes && !options_.dry_run;
    const bool somebody = terminal().is_interactive() && terminal().is_terminal(Stream::out) && !context_.flags().json;
    if (asks_ && !somebody) {
      throw Error(ErrorCode::usage, "onboard asks what to take, and nobody is here to answer",
                  "add --yes to take what is new, or --dry-run to look");
    }
    const auto places = find_known_places(context_.environment(), working_folder(), options_.kinds);
    if (options_.named) require_what_was_named(context_, options_.kinds, places);
    open_if_there();
    sources_ = read_places(places, context_.environment(), agent());
    make_offers(sources_, context_.now(), [this] { return vault_or_passing().write(); });
    if (!context_.flags().json) show();
  }

  // No vault is no error here; one that does not open is.
  void open_if_there() {
    try {
      vault_ = &context_.open_to_change();
    } catch (const Error& error) {
      if (error.code() != ErrorCode::vault_missing) throw;
      passing_.emplace(vault::make_passing_vault(context_.vault_options()));
    }
  }

  vault::UnlockedVault& vault_or_passing() { return vault_ != nullptr ? *vault_ : *passing_; }

  vault::AgentName agent() {
    auto reading = vault_or_passing().read();
    return context_.agent(reading);
  }

  void show() {
    if (sources_.empty()) return terminal().note("Nothing was found on this host that could be taken in.");
    context_.out().write(offer_table(sources_, terminal().table_look()));
    context_.out().flush();
  }

  bool anything_to_tick() const {
    return std::ranges::any_of(sources_, [](const OfferedSource& source) {
      return std::ranges::any_of(source.offers, &Offer::can_be_ticked);
    });
  }

  void choose() {
    if (!anything_to_tick()) return;
    for (;;) {
      const auto line =
          terminal().ask_line("Numbers (3, 1-4), `all` and `none` switch ticks; return takes what is ticked:\n> ", {});
      const auto typed = apply_typed(line, sources_);
      if (typed == Typed::go_on) return;
      if (typed == Typed::changed) {
        show();
      } else {
        terminal().note("Not a number of the table, nor all or none.");
      }
    }
  }

  // Where there is nothing at all, a vault is what is left to make.
  bool nothing_is_wanted() const { return count_ticked(sources_) == 0 && (vault_ != nullptr || !sources_.empty()); }

  void make_vault() {
    if (vault_ != nullptr) return;
    const auto key = choose_new_key(context_, place_, KeyUnsaid::take_the_usual_key_file);
    report_.vault_is_made_with(key.file);
    made_.emplace(make_new_vault(context_, place_, key, {options_.no_recovery}, [this](const auto& code) {
      if (!context_.flags().json) return show_recovery_code(context_, code);
      announce_recovery_code(context_);
      report_.begin_with(context_, code);
    }));
    vault_ = &made_->vault;
    flags_ = flags_for_new_vault(context_, key);
    // Before anything else is shown: the screen is cleared of the code.
    if (asks_ && made_->recovery_code) ask_recovery_code_back(context_, *made_->recovery_code);
    tell_of_new_vault(context_, place_, key);
  }

  void take() {
    for (auto& source : sources_) {
      if (!has_ticked(source)) {
        if (source.batch) report_.add(source, planned_report(source));
        continue;
      }
      const auto taken = take_ticked(context_, *vault_, source);
      taken_.push_back(source_words(source.place));
      tell(source, taken, false);
      report_.add(source, taken);
    }
    if (taken_.empty()) return;
    terminal().note("Every value that was written was read back and compared. The sources were not touched.");
  }

  void tell(const OfferedSource& source, const vault::ApplyReport& report, bool planned) {
    if (context_.flags().json) return;
    context_.out().write((taken_.size() == 1 && !planned ? "\n" : "") + source_words(source.place) + ": " +
                         taken_words(report, planned) + "\n");
    context_.out().flush();
    tell_notes(source);
  }

  void tell_notes(const OfferedSource& source) {
    const auto notes = notes_of(source);
    constexpr std::size_t kShown = 5;
    for (std::size_t i = 0; i < std::min(notes.size(), kShown); ++i) terminal().note("  note: " + notes[i]);
    if (notes.size() > kShown) {
      terminal().note("  and " + std::to_string(notes.size() - kShown) + " more: " +
                      typed_here("claviger import " + shell_word(source.place.path.string()) + " --dry-run", flags_));
    }
  }

  ExitCode rehearsed() {
    for (const auto& source : sources_) {
      if (!source.batch) continue;
      const auto planned = planned_report(source);
      tell(source, planned, true);
      report_.add(source, planned);
    }
    if (vault_ == nullptr) terminal().note("Would make the vault " + place_in_quotes(place_) + ".");
    terminal().note("That was a dry run: nothing was written.");
    return finished();
  }

  ExitCode finished() {
    const auto code = tell_trouble();
    if (!options_.dry_run && taken_.empty()) terminal().note(words_for_nothing());
    FollowUps after(context_, {options_.wire, options_.monitor, asks_});
    if (taken_.empty() && !made_ && !options_.dry_run) note_written(Written::unknown);  // wiring has words of its own
    options_.dry_run || vault_ == nullptr ? after.only_name(sources_) : after.run(sources_, agent());
    const auto next = next_commands(after.next());
    for (const auto kind : options_.kinds) {
      if (std::ranges::none_of(sources_, [&](const auto& source) { return source.place.kind == kind; }))
        report_.add_absent(kind);
    }
    if (context_.flags().json) report_.finish(context_, {after.wired(), after.monitor(), next});
    for (const auto& command : next) terminal().note("Next: " + command);
    return code == ExitCode::done ? after.code() : code;
  }

  ExitCode tell_trouble() {
    ExitCode code = ExitCode::done;
    for (const auto& source : sources_) {
      if (!source.place.trouble) continue;
      if (code == ExitCode::done) code = exit_code_for(source.place.trouble->code());
      terminal().warn(source_words(source.place) + " was left out: " + source.place.trouble->what());
      if (const auto hint = hint_of(*source.place.trouble); !hint.empty()) {
        terminal().note("hint: " + typed_here(hint, flags_));
      }
      report_.add_trouble(source.place);
    }
    return code;
  }

  std::vector<std::string> next_commands(std::vector<std::string> commands) const {
    if (vault_ == nullptr) {
      commands.insert(commands.begin(), command_without_vault());
    } else if (sources_.empty()) {
      commands.emplace_back("claviger add openai:default --type api_key");
    } else if (commands.empty()) {
      commands.emplace_back("claviger status");
    }
    for (auto& command : commands) command = typed_here(command, flags_);
    return commands;
  }

  // What refers to a vault already needs that one back.
  std::string command_without_vault() const {
    const auto is_wired = [](const Offer& offer) { return offer.reason == "already_wired"; };
    const auto has_wired = [&](const OfferedSource& source) { return std::ranges::any_of(source.offers, is_wired); };
    if (!anything_to_tick() && std::ranges::any_of(sources_, has_wired)) return "claviger restore FILE";
    return terminal().is_interactive() ? "claviger onboard" : "claviger onboard --yes";
  }

  std::string words_for_nothing() const {
    if (vault_ == nullptr) return "Nothing was taken, and no vault was made.";
    if (made_) return "The vault is empty.";
    return anything_to_tick() ? "Nothing was taken." : "Nothing new to take.";
  }

  std::string said_of_what_was_done(const Error& error) const {
    std::string done = made_ ? "the vault was made" : "";
    for (const auto& source : taken_) done += (done.empty() ? "" : ", ") + source + " was taken in";
    if (!done.empty()) return "; before that " + done;
    return error.code() == ErrorCode::cancelled ? "; nothing was written" : "";
  }

  Context& context_;
  const OnboardingOptions& options_;
  vault::VaultPlace place_;
  OnboardingReport report_;
  GlobalFlags flags_ = context_.flags();
  bool asks_ = false;
  vault::UnlockedVault* vault_ = nullptr;
  std::optional<vault::UnlockedVault> passing_;
  std::optional<NewVault> made_;
  std::vector<OfferedSource> sources_;
  std::vector<std::string> taken_;
};

}  // namespace

std::string names_of(const std::set<SourceKind>& kinds) {
  std::string text;
  for (const auto kind : kinds) text += (text.empty() ? "" : ", ") + std::string(name_of(kind));
  return text;
}

ExitCode onboard(Context& context, const OnboardingOptions& options) { return Onboarding(context, options).run(); }

}  // namespace cli
