// SPDX-License-Identifier: Apache-2.0
#pragma once
// A vault's file in a folder of its own, and the other program that meddles with it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <sys/stat.h>

#include "tests/conformance/row_builders.h"
#include "tests/storage/error_of.h"
#include "tests/storage/private_folder.h"
#include "vault/storage/sqlite/sqlite_opening.h"

namespace vault::test {

class VaultFile : public testing::Test {
 protected:
  std::filesystem::path beside(const std::string& suffix) const { return path_.native() + suffix; }

  void make_vault();  // with the vault row and agent 1
  void put_agent(std::uint32_t number);
  std::size_t agent_count();  // through an access that only reads

  // Waits briefly where the public function waits for seconds.
  std::unique_ptr<Storage> open(Access access);
  ErrorCode code_of_opening(Access access) {
    return code_of([&] { open(access); });
  }

  void meddle(const std::string& sql) { meddle(path_, sql); }  // as the sqlite3 shell would
  static void meddle(const std::filesystem::path& path, const std::string& sql);
  void overwrite(std::streamoff offset, std::string_view bytes);

  PrivateFolder folder_;
  std::filesystem::path path_ = folder_.path() / "vault.db";
};

std::string contents_of(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, std::string_view contents, mode_t mode = 0600);
struct stat status_of(const std::filesystem::path& path);
inline mode_t mode_of(const std::filesystem::path& path) { return status_of(path).st_mode & 07777; }

// While it lives, the process makes files under this umask.
class Umask {
 public:
  explicit Umask(mode_t mask) : old_(::umask(mask)) {}
  ~Umask() { ::umask(old_); }
  Umask(const Umask&) = delete;
  Umask& operator=(const Umask&) = delete;

 private:
  mode_t old_;
};

}  // namespace vault::test
