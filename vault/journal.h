// SPDX-License-Identifier: Apache-2.0
#pragma once
// The rollback journal beside a vault's file, for whoever wants to know and not to touch it. One rule with the storage,
// which refuses what is `unsafe` here and undoes what is `left_behind`.

#include <filesystem>

namespace vault {

enum class JournalState {
  none,         // or an empty one, which means nothing
  of_a_writer,  // somebody is writing now
  left_behind,  // by a writer that was killed: until it is undone, nothing can be read
  unsafe,       // not the owner's private file: it would change the vault
};
JournalState journal_of(const std::filesystem::path& vault) noexcept;

}  // namespace vault
