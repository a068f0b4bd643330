// SPDX-License-Identifier: Apache-2.0
#pragma once
// What whoever opens a storage on a server and that storage tell each other, beside the storage's own calls. Shared by
// both; of storages that lie elsewhere nothing is told.

#include <chrono>
#include <functional>

namespace vault {

struct ServerContact {
  using Deadline = std::chrono::steady_clock::time_point;

  // Told to the storage. Whatever it waits for then still is io; may be moved on meanwhile.
  Deadline until = Deadline::max();
  // Called by a writer before its commit is sent; what it throws ends the commit, and nothing has changed.
  std::function<void()> before_commit{};

  // Told by the storage: its last io was for want of an answer, and says nothing of the vault.
  bool unanswered = false;
};

}  // namespace vault
