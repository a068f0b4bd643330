// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor/copy_checks.h"

#include <sys/stat.h>
#include <unistd.h>

#include "cli/arguments/duration.h"
#include "cli/context.h"
#include "cli/unlocking/host_copies.h"
#include "cli/unlocking/paths.h"

namespace cli {
namespace {

bool is_private(const std::filesystem::path& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && status.st_uid == ::geteuid() && (status.st_mode & 077) == 0;
}

std::string age_words(const std::optional<std::chrono::milliseconds>& age) {
  return age ? "last compared with the server " + span_in_words(age->count()) + " ago"
             : "of unknown age: the server is asked before it answers";
}

}  // namespace

void check_copies(const Context& context, Checks& into) {
  const auto folder = HostCopies::folder_of(context);
  if (!folder) return;
  const auto slots = folder->slots();
  if (slots.empty()) return;
  for (const auto& path : {folder->path().parent_path(), folder->path()}) {
    if (is_private(path)) continue;
    into.push_back({"copies",
                    Rating::insecure,
                    "the folder for copies of the vault is not this user's alone: " + path_in_quotes(path),
                    {},
                    Mend::make_private,
                    path});
    return;
  }
  const auto now = vault::moment_now();
  std::string words;
  for (const auto& slot : slots) {
    const auto file = folder->file_of(slot);
    if (!is_private(file)) {
      into.push_back({"copies",
                      Rating::insecure,
                      "this host's copy of the vault is not this user's alone: " + path_in_quotes(file),
                      {},
                      Mend::make_private,
                      file});
      return;
    }
    const auto asked = folder->asked(slot);
    words += (words.empty() ? "" : "; ") + age_words(asked ? age_of(*asked, now) : std::nullopt);
  }
  into.push_back(
      {"copies", Rating::secure, "this host's sealed copy of the vault is this user's alone, mode 0600, and " + words});
}

}  // namespace cli
