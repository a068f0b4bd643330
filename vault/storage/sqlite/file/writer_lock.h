// SPDX-License-Identifier: Apache-2.0
#pragma once
// Writers stand in line here before they ask SQLite: its own busy handler lets whoever happens to wake first go first,
// and starves the rest. Inside the SQLite backend, and for who makes a vault where none is.
//
// The line is a blocking flock on `<vault>.lock` (0600, made by the first writer, never removed: whoever removed it
// could let two writers in). It is not on the vault itself, because closing any descriptor of the vault would drop the
// locks that SQLite holds on it in this process. The lock is about order only: what keeps data whole is SQLite's lock.

#include <chrono>
#include <filesystem>

#include "vault/base/file.h"

namespace vault {

class WriterLock {
 public:
  explicit WriterLock(const std::filesystem::path& vault);

  // Held until destroyed. Throws busy after `longest`, unsafe_file or io.
  class Turn {
   public:
    explicit Turn(Descriptor lock) noexcept : lock_(std::move(lock)) {}

   private:
    Descriptor lock_;
  };
  Turn wait(std::chrono::milliseconds longest) const;

 private:
  Descriptor open_file() const;
  std::filesystem::path path_;
};

}  // namespace vault
