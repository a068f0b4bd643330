// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a command works with: its surroundings, and the vault once it has been opened. Everything here happens when it
// is asked for.

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "cli/exit_code.h"
#include "cli/terminal/surroundings.h"
#include "vault/vault_place.h"

namespace cli {

class HostCopies;

class Context : public Surroundings {
 public:
  explicit Context(const Surroundings& surroundings);
  ~Context();

  vault::VaultPlace vault_place() const;
  // Null for a vault that lies in no file: what is asked of its file, its folder and what lies beside it is then not
  // asked at all.
  std::optional<std::filesystem::path> vault_file() const;
  vault::VaultOptions vault_options() const;  // the clock and this host's rollback marks

  // Opens it, and leaves it locked.
  vault::Vault open_locked(vault::Access access) const;
  // Opens and unlocks, once. vault_missing, key_needed, wrong_key and all that opening throws.
  vault::UnlockedVault& open(vault::Access access);
  // For who only reads, and may answer from this host's copy of a vault on a server where there is a young one: not
  // for who examines or moves the vault itself. `time`: for a server to answer in.
  vault::UnlockedVault& open_to_answer(std::chrono::milliseconds time = std::chrono::milliseconds::max());
  // After damage in what a copy answered, of which nothing has gone out yet: the copy is gone, and open_to_answer()
  // asks the server. False: it was no copy, or not the first one.
  bool gives_up_the_copy(vault::ErrorCode damage);
  bool answers_from_a_copy() const noexcept { return answers_from_a_copy_ && !gave_up_a_copy_; }
  // The same for writing profiles and variables: denied under an agent's token, which is for using them. What that
  // token opens is decided by its keys; this only keeps its holder from a slip.
  vault::UnlockedVault& open_to_change();
  // For who becomes another program: nothing of the vault, nor of what speaks to its server, is left to that.
  void close() { vault_.reset(); }
  HostCopies* copies();  // null for a vault in a file

  // --agent, else CLAVIGER_AGENT, else the vault's (or the token's) own.
  vault::AgentName agent(vault::Reading& reading) const;
  // The same without asking the vault. Empty when neither was given.
  std::optional<vault::AgentName> named_agent() const;

  // Tells what a reading noticed beside its answer.
  void tell_warnings(const vault::Reading& reading) const;
  // Commits; not on a dry run, of which the command's last line then tells (say_if_dry).
  void finish(vault::Writing& writing, bool dry_run);
  // "Removed 'x'." of what finish() has committed; of a dry run, "Would remove 'x' (dry run).".
  void note_change(std::string_view done, std::string_view planned, const std::string& what) const;
  // After everything else the command said, so that no "removed" has the last word.
  void say_if_dry() const;
  // What a command ends with that ended well: damaged, once told, when what it only read does not open in full.
  ExitCode ended(ExitCode code) const;
  // For a command whose answer says itself what is damaged: its exit status stays, the damage is told on stderr alone.
  void answers_for_damage() { damage_ = Damage::told; }
  // For one that a program asks for a single secret: what else does not open is none of that program's business.
  void keeps_damage_to_itself() { damage_ = Damage::untold; }

 private:
  void make_up_for_rewriting();
  void take_damage(const vault::DamagedRecord& record) const;
  std::shared_ptr<vault::ServerContact> contact_of_a_writer(vault::Access access) const;

  std::optional<vault::UnlockedVault> vault_;
  bool was_dry_ = false;
  bool opened_to_write_ = false;
  std::unique_ptr<HostCopies> copies_;
  bool answers_from_a_copy_ = false;
  bool gave_up_a_copy_ = false;
  enum class Damage { ends_the_command, told, untold } damage_ = Damage::ends_the_command;
  std::shared_ptr<std::vector<vault::DamagedRecord>> damaged_ = std::make_shared<std::vector<vault::DamagedRecord>>();
};

}  // namespace cli
