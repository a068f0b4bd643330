// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/host_copies.h"

#include <algorithm>

#include "cli/arguments/duration.h"
#include "cli/context.h"
#include "cli/unlocking/key_cache.h"
#include "cli/unlocking/paths.h"
#include "cli/words/json_output.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using std::chrono::milliseconds;
using vault::Error;
using vault::ErrorCode;

class ServerAtPlace final : public vault::AskedServer {
 public:
  ServerAtPlace(const vault::PostgresPlace& place, bool waits_longer)
      : place_(place), waits_longer_(waits_longer), contact_(std::make_shared<vault::ServerContact>()) {}

  std::unique_ptr<vault::Storage> open(Deadline until) override {
    contact_->until = until;
    return vault::open_storage(place_, vault::Access::read, contact_);
  }
  bool gave_no_answer(const Error& error) const override {
    const bool too_late = std::chrono::steady_clock::now() >= contact_->until;
    return error.code() == ErrorCode::io && (contact_->unanswered || too_late);
  }
  void wait_longer() override {
    if (waits_longer_) contact_->until = Deadline::max();
  }

 private:
  vault::PostgresPlace place_;
  bool waits_longer_;
  std::shared_ptr<vault::ServerContact> contact_;
};

std::optional<milliseconds> span_in(const std::optional<std::string>& flag, const char* flag_name,
                                    const Environment& environment, const char* variable) {
  const auto value = flag ? std::optional<std::string_view>(*flag) : environment.get(variable);
  if (!value) return std::nullopt;
  try {
    return milliseconds(parse_duration_ms(*value));
  } catch (const Error& error) {
    throw Error(error.code(), std::string(flag ? flag_name : variable) + ": " + error.what(), error.hint());
  }
}

}  // namespace

vault::CopyTimes copy_times(const Context& context) {
  const auto& flags = context.flags();
  vault::CopyTimes times;
  times.fresh = span_in(flags.fresh, "--fresh", context.environment(), "CLAVIGER_FRESH").value_or(times.fresh);
  times.offline =
      span_in(flags.offline, "--offline", context.environment(), "CLAVIGER_OFFLINE").value_or(times.offline);
  return times;
}

void mark_copies_due(const Context& context) {
  if (const auto folder = HostCopies::folder_of(context)) folder->mark_due();
}

std::optional<vault::CopyFolder> HostCopies::folder_of(const Context& context) {
  const auto place = context.vault_place();
  if (file_of(place) != nullptr) return std::nullopt;
  const auto state = state_folder(context.environment());
  if (!state) return std::nullopt;
  return vault::CopyFolder(*state, as_typed(place));
}

std::optional<HostCopies> HostCopies::of(const Context& context) {
  auto folder = folder_of(context);
  if (!folder) return std::nullopt;
  return HostCopies(std::get<vault::PostgresPlace>(context.vault_place()), std::move(*folder));
}

vault::Copies HostCopies::copies(const Context& context, milliseconds time) const {
  auto times = copy_times(context);
  times.answer = std::min(times.answer, time);
  return {folder_, context.vault_options(), times,
          [&to = context.terminal()](const std::string& why) { to.warn(why); }};
}

// False: there is none that a copy could be kept for. A key that is none is told of once the vault itself is open, as
// of a vault in a file.
bool HostCopies::offer_key(const Context& context) {
  if (!std::exchange(offered_, true)) {
    try {
      named_ = named_key(context);
    } catch (const Error& error) {
      unfit_ = error;
    }
    try {
      if (!named_ && !unfit_) usual_ = usual_key_file(context.environment());
    } catch (const Error&) {
      // Whoever unlocks the vault itself meets it again, or has a better key.
    }
  }
  return named_ ? !named_->can_be_guessed : usual_.has_value();
}

// A key that `unlock` keeps comes before the usual key file, and answers from the server alone.
vault::KeyForCopies HostCopies::key(const Context& context) const {
  vault::KeyForCopies key;
  const auto& offered = named_ ? named_ : usual_;
  key.unlocker = offered->unlocker.get();
  key.slot = offered->slot;
  if (!named_) key.is_used = [](const vault::VaultId& id) { return !find_cached_key(id); };
  key.unlock = [this, &context](vault::Vault locked) { return unlock(std::move(locked), context, named_); };
  return key;
}

vault::UnlockedVault HostCopies::from_the_server(const Context& context) const {
  auto locked = context.open_locked(vault::Access::read);
  if (unfit_) throw *unfit_;
  return unlock(std::move(locked), context, named_);
}

vault::Answered HostCopies::answer(const Context& context, milliseconds time) {
  if (!offer_key(context)) return {.vault = from_the_server(context)};
  const vault::CopyTimes usual;
  ServerAtPlace server(place_, time >= usual.answer);
  auto answered = copies(context, time).answer(server, key(context));
  if (answered.by_copy) warn_when_over(answered.vault, context);
  if (answered.stale_since) {
    note_stale_answers(*answered.stale_since);
    context.terminal().warn("the database server does not answer; this is what it held " +
                            relative_time(*answered.stale_since, context.now()));
  }
  return answered;
}

vault::Answered HostCopies::ask(const Context& context) {
  if (offer_key(context)) {
    const vault::CopyTimes usual;
    ServerAtPlace server(place_, true);
    auto answered = copies(context, usual.answer).ask(server, key(context));
    if (answered.by_copy || vault::may_be_copied(answered.vault)) return answered;
  }
  if (unfit_) throw *unfit_;
  throw Error(ErrorCode::usage, "no copy is kept for a key that could be guessed, nor for one that was kept unlocked",
              "unlock with a key file or a token: `claviger help unlocking`");
}

std::shared_ptr<vault::ServerContact> HostCopies::contact_of_a_writer(const Context& context) const {
  auto contact = std::make_shared<vault::ServerContact>();
  contact->before_commit = [copies = copies(context, vault::CopyTimes().answer)] { copies.before_a_write(); };
  return contact;
}

void HostCopies::after_a_write(const Context& context, vault::UnlockedVault& vault) const {
  copies(context, vault::CopyTimes().answer).after_a_write(vault);
}

void HostCopies::forget(const Context& context, const vault::UnlockedVault& vault) const {
  copies(context, vault::CopyTimes().answer).forget(vault.opened_with()->slot);
}

}  // namespace cli
