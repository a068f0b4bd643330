// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whole files that take each other's places: what backup and restore do once the contents are right.

#include <filesystem>

#include "vault/base/file.h"

namespace vault {

// The name of a vault that is being made beside its place. Destroyed, it takes the file away, and what writers left
// beside it.
class PassingVault {
 public:
  explicit PassingVault(const std::filesystem::path& place);
  PassingVault(const PassingVault&) = delete;
  PassingVault& operator=(const PassingVault&) = delete;
  ~PassingVault();
  const std::filesystem::path& path() const noexcept { return path_; }

  // Gives the file its place, and syncs the folder. already_exists, or with Existing::replace io.
  void move_to(const std::filesystem::path& place, Existing existing);
  // The same where a file lies already: in one step, after which that file has `aside` for its name.
  void change_places(const std::filesystem::path& place, const std::filesystem::path& aside);

 private:
  void remove_companions() const noexcept;
  std::filesystem::path path_;
};

// Do both names lead to one file?
bool same_file(const std::filesystem::path& one, const std::filesystem::path& other) noexcept;

}  // namespace vault
