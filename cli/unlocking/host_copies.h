// SPDX-License-Identifier: Apache-2.0
#pragma once
// This host's copies of a vault on a server, for commands: which key may use one, how old it may be, and how the server
// is asked.

#include <chrono>
#include <optional>

#include "cli/unlocking/unlock.h"
#include "vault/base/error.h"
#include "vault/copies/copies.h"
#include "vault/vault_place.h"

namespace cli {

class Context;

class HostCopies {
 public:
  // Empty: the vault lies in a file, or the environment names no place for copies.
  static std::optional<HostCopies> of(const Context& context);
  static std::optional<vault::CopyFolder> folder_of(const Context& context);

  // The vault for who only reads: from a copy or the server (copies.h). `time`: for the server to answer in; no more
  // than 3 s. Tells of what is stale.
  vault::Answered answer(const Context& context, std::chrono::milliseconds time);
  // Asks, however fresh the copy is. usage: no copy is kept for the key at hand.
  vault::Answered ask(const Context& context);

  // For a storage that writes: its copies are due before a commit is sent.
  std::shared_ptr<vault::ServerContact> contact_of_a_writer(const Context& context) const;
  void after_a_write(const Context& context, vault::UnlockedVault& vault) const;
  void forget(const Context& context, const vault::UnlockedVault& vault) const;

 private:
  HostCopies(vault::PostgresPlace place, vault::CopyFolder folder)
      : place_(std::move(place)), folder_(std::move(folder)) {}
  vault::Copies copies(const Context& context, std::chrono::milliseconds time) const;
  bool offer_key(const Context& context);
  vault::KeyForCopies key(const Context& context) const;
  vault::UnlockedVault from_the_server(const Context& context) const;

  vault::PostgresPlace place_;
  vault::CopyFolder folder_;
  bool offered_ = false;
  std::optional<OfferedKey> named_;  // once it was offered
  std::optional<OfferedKey> usual_;
  std::optional<vault::Error> unfit_;  // what was named is no key
};

// Before another vault comes to lie in the place.
void mark_copies_due(const Context& context);

// Of the flags and variables, or what holds without them. usage for what is no span of time.
vault::CopyTimes copy_times(const Context& context);

}  // namespace cli
