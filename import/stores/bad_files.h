// SPDX-License-Identifier: Apache-2.0
#pragma once
// Files one by one, and what becomes of the rest when one of them is bad.

#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "import/json/secret_json.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_pages.h"
#include "vault/model/batch.h"

namespace formats {

// skip: a file that cannot be read, or is not what its name says, is named (bad_file) and left out whole; in JSON the
// last of several members of one name counts, as OpenClaw has it, with a warning (duplicate_name).
enum class OnBadFile { stop, skip };

class BadFiles {
 public:
  using Read = std::function<void(std::string_view text)>;
  using Take = std::function<void(vault::SecretPages& text)>;

  explicit BadFiles(OnBadFile rule) : rule_(rule) {}

  // The file's text for `read`, which must have changed nothing of its own when it throws. An Error gets the file's
  // name.
  void with_file(const std::filesystem::path& path, JsonDialect dialect, const Read& read);
  // The same for who may keep the text; but not where they throw.
  void take_file(const std::filesystem::path& path, JsonDialect dialect, const Take& take);
  // The same for what is no text: `read` names the file itself.
  void with_store(const std::filesystem::path& path, const std::function<void()>& read);

  std::vector<vault::ImportWarning> take_warnings() { return std::move(warnings_); }

 private:
  void leave_out(const std::filesystem::path& path, const vault::Error& error);
  bool read_last_of_each_name(const std::filesystem::path& path, std::string_view text, JsonDialect dialect,
                              const Take& take);

  OnBadFile rule_;
  std::vector<vault::ImportWarning> warnings_;
};

// Absent is only what the system says is not there. A path that cannot be followed is bad_input (too long, a loop) or
// io (permissions), by its name.
bool has_file(const std::filesystem::path& path);

}  // namespace formats
