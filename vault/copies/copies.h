// SPDX-License-Identifier: Apache-2.0
#pragma once
// A host's copies of a vault on a server: answers without asking for as long as a copy is fresh, and while the server
// gives no answer. One for each key slot, of what its key opens, sealed as the server has it.
//
// A copy is kept for keys alone that nobody can guess: a key file's, a token's. It is never changed: another one takes
// its place. Every answer of the server counts, a refusal too; below this host's marks neither a copy nor the server is
// answered from (rolled_back).

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "vault/base/error.h"
#include "vault/copies/copy_folder.h"
#include "vault/vault.h"

namespace vault {

struct CopyTimes {
  std::chrono::milliseconds fresh = std::chrono::seconds(60);  // younger copies are answered from unasked; 0: none
  std::chrono::milliseconds offline = std::chrono::hours(24);  // younger ones while the server gives no answer; 0: none
  std::chrono::milliseconds answer = std::chrono::seconds(3);  // for the server to answer in; below 1: it is not asked
};

// After a server gave no answer it is not asked for this long where a copy may answer.
inline constexpr std::chrono::seconds kPauseBetweenTries{30};

// The server, as it is asked; in tests whatever holds a vault.
class AskedServer {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  virtual ~AskedServer() = default;
  virtual std::unique_ptr<Storage> open(Deadline until) = 0;  // for reading
  // Was that, thrown by open() or by the storage, for want of an answer? Anything else is one.
  virtual bool gave_no_answer(const Error& error) const = 0;
  // It has answered: what else there is to read may take longer than `until`.
  virtual void wait_longer() = 0;
};

struct KeyForCopies {
  const Unlocker* unlocker = nullptr;
  std::optional<SlotId> slot{};  // where the key itself names its slot
  // Is it the key to be used for this vault, once that is known?
  std::function<bool(const VaultId&)> is_used = [](const VaultId&) { return true; };
  // Unlocks what the server holds, with this key or what comes before or after it.
  std::function<UnlockedVault(Vault locked)> unlock{};
};

struct Answered {
  UnlockedVault vault;
  bool by_copy = false;
  std::optional<Timestamp> stale_since{};  // the server gave no answer: when it last did
  bool renewed = false;                    // what the key opens had changed, or there was no copy of it
};

// A key that nobody can guess opened it: copies are kept for those alone.
bool may_be_copied(const UnlockedVault& vault) noexcept;

class Copies {
 public:
  // `options`: as of the vault. `server` lives longer. `warn` is told why no copy is kept.
  Copies(CopyFolder folder, VaultOptions options, CopyTimes times, std::function<void(const std::string&)> warn,
         MomentClock clock = moment_now)
      : folder_(std::move(folder)),
        options_(std::move(options)),
        times_(times),
        warn_(std::move(warn)),
        clock_(std::move(clock)) {}

  // From a fresh copy; else asks, one process of this host at a time; else, without an answer, from a copy that is
  // young enough. Throws what opening, unlocking and the server say.
  Answered answer(AskedServer& server, const KeyForCopies& key);
  // Asks, however fresh the copy is; io without an answer.
  Answered ask(AskedServer& server, const KeyForCopies& key);

  // For writers: before a commit is sent, and once it counts. The second fetches anew where there is a copy, over the
  // connection that `vault` has; what goes wrong with that leaves the copy due.
  void before_a_write() const { folder_.mark_due(); }
  void after_a_write(UnlockedVault& vault);

  void forget(const SlotId& slot) const noexcept { folder_.remove(slot); }

 private:
  struct Copy {
    SlotId slot;
    std::optional<Moment> asked;
    UnlockedVault vault;
  };
  using Deadline = AskedServer::Deadline;

  std::optional<Copy> find(const KeyForCopies& key) const;
  std::optional<Copy> open(const SlotId& slot, const KeyForCopies& key) const;
  UnlockedVault reopen(const std::filesystem::path& file, const HeldSlotKey& held) const;
  bool is_fresh(const std::optional<Copy>& copy) const;
  bool may_answer_unasked(const std::optional<Copy>& copy) const;
  bool is_young_enough(const std::optional<Copy>& copy) const;
  Answered stale(Copy copy) const;
  using Asked = std::variant<Answered, Error>;  // an error: there was no answer
  enum class LookAgain { yes, no };
  Asked ask_or_wait(AskedServer& server, const KeyForCopies& key, LookAgain look_again);
  std::optional<Descriptor> take_turn(Deadline until) const;
  void note_unanswered(const Moment& when) const;
  void renew(const SlotId& slot, const Moment& asked) const;
  Answered ask_in_turn(AskedServer& server, const KeyForCopies& key, std::optional<Copy> copy, const Moment& asked,
                       Deadline until);
  Answered take_over(AskedServer& server, const KeyForCopies& key, std::unique_ptr<Storage> storage,
                     const std::optional<SlotId>& slot, const Moment& asked);
  std::optional<UnlockedVault> keep(UnlockedVault& vault, const Moment& asked,
                                    const std::function<bool(const Error&)>& is_the_servers) const;
  void write(const HeldSlotKey& held, Session& session) const;
  void move_marks(const VaultId& vault, const RollbackMarkSet& states) const;
  VaultOptions options_of_copies() const;

  CopyFolder folder_;
  VaultOptions options_;
  CopyTimes times_;
  std::function<void(const std::string&)> warn_;
  MomentClock clock_;
};

}  // namespace vault
