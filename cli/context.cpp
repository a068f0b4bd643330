// SPDX-License-Identifier: Apache-2.0
#include "cli/context.h"

#include <unistd.h>

#include "cli/command_table.h"
#include "cli/importing/known_places.h"
#include "cli/process/calling_program.h"
#include "cli/process/interruption.h"
#include "cli/process/out_of_memory.h"
#include "cli/terminal/typed_here.h"
#include "cli/unlocking/host_copies.h"
#include "cli/unlocking/paths.h"
#include "cli/unlocking/unlock.h"
#include "vault/access/rekey.h"
#include "vault/base/error.h"

namespace cli {
namespace {

// It was made for a vault, which has been here: a new one would not have what that one held.
bool has_usual_key_file(const Environment& environment) {
  const auto usual = default_key_file(environment);
  return usual && ::access(usual->c_str(), F_OK) == 0;
}

}  // namespace

namespace {

bool speaks_of_damage(vault::ErrorCode code) noexcept {
  return code == vault::ErrorCode::damaged_record || code == vault::ErrorCode::state_mismatch;
}

// Once more where a damaged copy was to blame, and the vault itself has not been asked.
ExitCode run(Action& action, Context& context) {
  try {
    return action.run(context);
  } catch (const vault::Error& error) {
    if (!context.gives_up_the_copy(error.code())) throw;
  }
  return action.run(context);
}

}  // namespace

ExitCode launch(Action& action, const Surroundings& surroundings) {
  Context context(surroundings);
  const ExitCode code = context.ended(run(action, context));
  context.say_if_dry();
  return code;
}

Context::Context(const Surroundings& surroundings) : Surroundings(surroundings) {}
Context::~Context() = default;

vault::VaultPlace Context::vault_place() const { return cli::vault_place(environment(), flags().vault); }

std::optional<std::filesystem::path> Context::vault_file() const {
  const auto place = vault_place();
  const auto* const file = file_of(place);
  return file != nullptr ? std::optional(*file) : std::nullopt;
}

vault::VaultOptions Context::vault_options() const {
  vault::VaultOptions options;
  if (const auto folder = state_folder(environment())) {
    options.marks = std::make_shared<vault::RollbackMarkFiles>(*folder);
    options.reads = std::make_shared<vault::ReadSpoolFiles>(*folder);
  }
  options.caller = [] {
    auto [user, process, name] = calling_program();
    return vault::Caller{user, process, std::move(name)};
  };
  options.on_unlogged_read = [&to = terminal()](const std::string& why) { to.warn(why); };
  options.on_damage = [this](const vault::DamagedRecord& record) { take_damage(record); };
  return options;
}

// A copy's damage is no answer while the server can be asked for a better one: gives_up_the_copy() catches it.
void Context::take_damage(const vault::DamagedRecord& record) const {
  if (answers_from_a_copy() && out().can_be_taken_back()) {
    throw vault::Error(vault::ErrorCode::damaged_record, "this host's copy of the vault is damaged");
  }
  damaged_->push_back(record);
}

ExitCode Context::ended(ExitCode code) const {
  if (answers_from_a_copy_ && vault_ && !damaged_->empty()) copies_->forget(*this, *vault_);
  if (code != ExitCode::done || opened_to_write_ || damaged_->empty() || damage_ == Damage::untold) return code;
  for (const auto& record : *damaged_) terminal().warn("damaged: " + describe(record));
  terminal().note(answers_from_a_copy_
                      ? "That was this host's copy, which is gone now: the same command asks the server."
                      : typed_here("What does not open can be given up with `claviger repair`", flags()));
  return damage_ == Damage::told ? code : ExitCode::damaged;
}

// Of a vault on a server this host's copies are due before a change is sent.
std::shared_ptr<vault::ServerContact> Context::contact_of_a_writer(vault::Access access) const {
  if (access == vault::Access::read) return nullptr;
  const auto copies = HostCopies::of(*this);
  return copies ? copies->contact_of_a_writer(*this) : nullptr;
}

vault::Vault Context::open_locked(vault::Access access) const {
  const auto place = vault_place();
  try {
    return vault::open_vault(place, access, vault_options(), contact_of_a_writer(access));
  } catch (const vault::Error& error) {
    if (error.code() != vault::ErrorCode::vault_missing || file_of(place) == nullptr) throw;
    if (!flags().vault && has_usual_key_file(environment())) {
      throw vault::Error(error.code(), error.what(),
                         "`claviger restore FILE` puts a backup in its place: a key file is still there");
    }
    if (find_known_places(environment(), working_folder()).empty()) throw;
    throw vault::Error(error.code(), error.what(),
                       "`claviger onboard` makes one and takes in what this host has; --vault names another");
  }
}

vault::UnlockedVault& Context::open(vault::Access access) {
  if (vault_) return *vault_;
  opened_to_write_ = access == vault::Access::write;
  auto locked = open_locked(access);
  vault_.emplace(unlock(std::move(locked), *this));
  if (access == vault::Access::write && vault_->holds_root()) make_up_for_rewriting();
  return *vault_;
}

HostCopies* Context::copies() {
  if (!copies_) {
    if (auto copies = HostCopies::of(*this)) copies_ = std::make_unique<HostCopies>(std::move(*copies));
  }
  return copies_.get();
}

vault::UnlockedVault& Context::open_to_answer(std::chrono::milliseconds time) {
  if (vault_) return *vault_;
  auto* const copies = this->copies();
  if (copies == nullptr) return open(vault::Access::read);
  auto answered = copies->answer(*this, time);
  answers_from_a_copy_ = answered.by_copy;
  return vault_.emplace(std::move(answered.vault));
}

bool Context::gives_up_the_copy(vault::ErrorCode damage) {
  if (!answers_from_a_copy_ || gave_up_a_copy_ || !speaks_of_damage(damage) || !out().take_back()) return false;
  copies_->forget(*this, *vault_);
  vault_.reset();
  damaged_->clear();
  answers_from_a_copy_ = false;
  return gave_up_a_copy_ = true;
}

vault::UnlockedVault& Context::open_to_change() {
  auto& vault = open(vault::Access::write);
  if (vault.opened_with() && !vault.holds_root()) {
    throw vault::Error(vault::ErrorCode::denied, "an agent's token may use its profiles, not change them",
                       "unlock with a key of the whole vault: `claviger help unlocking`");
  }
  if (!a_change_is_kept()) note_written(Written::nothing);
  return vault;
}

// What stands in the way of it (a full disk, a long reader) is no reason to refuse the command.
void Context::make_up_for_rewriting() {
  try {
    rewrite_if_due(*vault_);
  } catch (const vault::Error& error) {
    terminal().warn(std::string("old keys are still in free pages of the vault: ") + error.what());
  }
}

std::optional<vault::AgentName> Context::named_agent() const {
  if (flags().agent) return vault::AgentName(*flags().agent);
  if (const auto name = environment().get("CLAVIGER_AGENT")) return vault::AgentName(*name);
  return std::nullopt;
}

vault::AgentName Context::agent(vault::Reading& reading) const {
  const auto named = named_agent();
  return named ? *named : reading.default_agent();
}

void Context::tell_warnings(const vault::Reading& reading) const {
  for (const auto& warning : reading.warnings()) terminal().warn(warning);
}

void Context::finish(vault::Writing& writing, bool dry_run) {
  was_dry_ = was_dry_ || dry_run;
  if (!dry_run) {
    const InterruptionHeld held;
    writing.commit();
    note_that_the_change_is_kept(flags().json ? Told::as_json : Told::in_words);
    note_written(Written::something);
    if (auto* const copies = this->copies(); copies != nullptr && vault_) copies->after_a_write(*this, *vault_);
  }
  tell_warnings(writing);
}

void Context::note_change(std::string_view done, std::string_view planned, const std::string& what) const {
  const std::string words = was_dry_ ? "Would " + std::string(planned) : std::string(done);
  terminal().note(words + " " + what + (was_dry_ ? " (dry run)." : "."));
}

void Context::say_if_dry() const {
  if (was_dry_) terminal().note("That was a dry run: nothing was written.");
}

}  // namespace cli
