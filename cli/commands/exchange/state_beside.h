// SPDX-License-Identifier: Apache-2.0
#pragma once
// OpenClaw's profiles and, in a file beside them, their order and usage: two files that nobody can write at once.
//
// An order that names other profiles than those it lies beside misleads. So the former state gives way to one that says
// nothing before the profiles change, and the new one comes after them: wherever the writer is killed, each pair of
// files that it leaves is one that OpenClaw reads rightly, with the order left to itself.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "vault/base/atomic_file.h"
#include "vault/crypto/secret.h"

namespace cli {

class StateBeside {
 public:
  // Everything is written here and nothing has a name yet: throws as AtomicFile, and then nothing has changed. An empty
  // state where no file lies is none.
  StateBeside(std::filesystem::path place, std::string_view state, vault::Existing existing);
  ~StateBeside();

  bool is_written() const noexcept { return last_ != nullptr; }

  // Gives the state its name around the profiles'. When those fail, the former state is put back; when the state itself
  // fails after them, that is committed_unverified.
  void commit_around(const std::function<void()>& commit_profiles);

 private:
  void put_back() noexcept;
  void commit_last();

  std::filesystem::path place_;
  vault::SecretBytes former_;                 // empty: no file, or one too large to be put back
  std::unique_ptr<vault::AtomicFile> first_;  // says nothing; null where nothing lies or nothing changes
  std::unique_ptr<vault::AtomicFile> last_;   // null: no state is to be written
};

}  // namespace cli
