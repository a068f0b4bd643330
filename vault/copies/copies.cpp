// SPDX-License-Identifier: Apache-2.0
#include "vault/copies/copies.h"

#include <algorithm>

#include "vault/base/error.h"
#include "vault/copies/covered_rows.h"
#include "vault/storage/sqlite/sqlite_storage.h"

namespace vault {
bool may_be_copied(const UnlockedVault& vault) noexcept {
  const auto& slot = vault.opened_with();
  return slot && (slot->kind == SlotKind::key_file || slot->kind == SlotKind::agent_token);
}

// They were compared with this host's marks when they were opened, and have nobody to tell of them again.
VaultOptions Copies::options_of_copies() const {
  VaultOptions options = options_;
  options.marks = nullptr;
  return options;
}

// What does not open, whatever the reason, is no copy: the server is asked.
std::optional<Copies::Copy> Copies::open(const SlotId& slot, const KeyForCopies& key) const {
  try {
    const auto asked = folder_.asked(slot);  // before the file: one that takes its place meanwhile is no older
    auto vault = Vault::open(open_sqlite_copy(folder_.file_of(slot)), options_of_copies()).try_unlock(*key.unlocker);
    if (!vault || vault->opened_with()->slot != slot || !may_be_copied(*vault)) return std::nullopt;
    if (options_.marks) {
      auto session = vault->session(Access::read, OldCopies::unchecked);
      if (is_below(options_.marks->all(vault->id()), states_in(session.transaction(), session.keyring()))) {
        return std::nullopt;
      }
    }
    return Copy{slot, asked, std::move(*vault)};
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::optional<Copies::Copy> Copies::find(const KeyForCopies& key) const {
  const auto slots = key.slot ? std::vector{*key.slot} : folder_.slots();
  for (const auto& slot : slots) {
    auto copy = open(slot, key);
    if (copy) return key.is_used(copy->vault.id()) ? std::move(copy) : std::nullopt;
  }
  return std::nullopt;
}

bool Copies::is_fresh(const std::optional<Copy>& copy) const {
  return copy && copy->asked && is_younger(*copy->asked, clock_(), times_.fresh);
}

bool Copies::is_young_enough(const std::optional<Copy>& copy) const {
  return copy && copy->asked && is_younger(*copy->asked, clock_(), times_.offline);
}

// Who always wants to be asked is, whatever became of the last try.
bool Copies::may_answer_unasked(const std::optional<Copy>& copy) const {
  if (times_.fresh.count() == 0 || !is_young_enough(copy)) return false;
  const auto tried = folder_.unanswered();
  return tried && is_younger(*tried, clock_(), kPauseBetweenTries);
}

Answered Copies::stale(Copy copy) const {
  return {.vault = std::move(copy.vault), .by_copy = true, .stale_since = copy.asked->wall};
}

Answered Copies::answer(AskedServer& server, const KeyForCopies& key) {
  auto copy = find(key);
  if (is_fresh(copy)) return {.vault = std::move(copy->vault), .by_copy = true};
  if (may_answer_unasked(copy)) return stale(std::move(*copy));
  copy.reset();
  auto asked = ask_or_wait(server, key, LookAgain::yes);
  if (auto* const answered = std::get_if<Answered>(&asked)) return std::move(*answered);
  copy = find(key);
  if (!is_young_enough(copy)) throw std::get<Error>(asked);
  return stale(std::move(*copy));
}

Answered Copies::ask(AskedServer& server, const KeyForCopies& key) {
  auto asked = ask_or_wait(server, key, LookAgain::no);
  if (auto* const answered = std::get_if<Answered>(&asked)) return std::move(*answered);
  throw std::get<Error>(asked);
}

Copies::Asked Copies::ask_or_wait(AskedServer& server, const KeyForCopies& key, LookAgain look_again) {
  if (times_.answer.count() <= 0) return Error(ErrorCode::io, "no time is left to ask the database server");
  const auto until = std::chrono::steady_clock::now() + times_.answer;
  const auto turn = take_turn(until);
  if (!turn) {
    return Error(ErrorCode::io, "another process of this host asks the database server, and has heard nothing yet");
  }
  auto copy = find(key);  // who had the turn before may have fetched it, or tried in vain
  if (look_again == LookAgain::yes) {
    if (is_fresh(copy)) return Answered{.vault = std::move(copy->vault), .by_copy = true};
    if (may_answer_unasked(copy)) return stale(std::move(*copy));
  }
  const Moment asked = clock_();
  try {
    return ask_in_turn(server, key, std::move(copy), asked, until);
  } catch (const Error& error) {
    if (!server.gave_no_answer(error)) throw;
    note_unanswered(asked);
    return error;
  }
}

// Empty: somebody else had it all the time. Where there can be no folder there is no turn either: everybody asks, and
// is told why nothing is kept.
std::optional<Descriptor> Copies::take_turn(Deadline until) const {
  try {
    folder_.make();
  } catch (const Error&) {
    return Descriptor();
  }
  return folder_.lock(until);
}

void Copies::note_unanswered(const Moment& when) const {
  try {
    folder_.note_unanswered(when);
  } catch (const Error&) {
    // It is asked again sooner, then.
  }
}

Answered Copies::ask_in_turn(AskedServer& server, const KeyForCopies& key, std::optional<Copy> copy,
                             const Moment& asked, Deadline until) {
  auto storage = server.open(until);
  bool same = false;
  if (copy) {
    auto session = copy->vault.session(Access::read, OldCopies::unchecked);
    const auto now = storage->begin(Access::read);
    same = is_in_the_same_state(session.transaction(), *now, session.keyring(), copy->slot);
  }
  folder_.forget_unanswered();
  if (same) {
    renew(copy->slot, asked);
    return {.vault = std::move(copy->vault), .by_copy = true};
  }
  server.wait_longer();
  return take_over(server, key, std::move(storage), copy ? std::optional(copy->slot) : key.slot, asked);
}

// What cannot be noted stays due.
void Copies::renew(const SlotId& slot, const Moment& asked) const {
  try {
    folder_.note_asked(slot, asked);
  } catch (const Error& error) {
    warn_(std::string("the age of this host's copy of the vault is not noted: ") + error.what());
  }
}

// What the server holds is another state than the copy's, or there is no copy.
Answered Copies::take_over(AskedServer& server, const KeyForCopies& key, std::unique_ptr<Storage> storage,
                           const std::optional<SlotId>& slot, const Moment& asked) {
  auto locked = Vault::open(std::move(storage), options_);
  if (slot && !unlock_any(locked.slots(), locked.id(), *key.unlocker)) folder_.remove(*slot);
  auto vault = key.unlock(std::move(locked));
  if (may_be_copied(vault)) {
    auto kept = keep(vault, asked, [&](const Error& error) { return server.gave_no_answer(error); });
    if (kept) return {.vault = std::move(*kept), .by_copy = true, .stale_since = {}, .renewed = true};
  }
  return {.vault = std::move(vault), .by_copy = false, .stale_since = {}, .renewed = true};
}

void Copies::after_a_write(UnlockedVault& vault) {
  try {
    const auto turn = folder_.lock(std::chrono::steady_clock::now() + times_.answer);
    folder_.mark_due();  // once more: somebody may have asked before the commit, and come back after it
    if (!may_be_copied(vault)) return;
    const auto slots = folder_.slots();
    if (std::ranges::find(slots, vault.opened_with()->slot) == slots.end()) return;
    keep(vault, clock_(), [](const Error&) { return false; });
  } catch (const Error&) {
    // It is due: whoever reads next asks.
  }
}

}  // namespace vault
