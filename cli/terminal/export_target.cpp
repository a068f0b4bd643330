// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/export_target.h"

#include <algorithm>
#include <string_view>
#include <unistd.h>

#include "cli/terminal/surroundings.h"
#include "cli/terminal/text.h"

namespace cli {
namespace {

bool lies_in_git(const std::filesystem::path& file) {
  for (auto folder = vault::absolute_path(file).parent_path(); !folder.empty(); folder = folder.parent_path()) {
    if (::access((folder / ".git").c_str(), F_OK) == 0) return true;
    if (folder == folder.root_path()) return false;
  }
  return false;
}

// Folders that programs of these names copy to other computers.
bool lies_in_cloud(const std::filesystem::path& file) {
  constexpr std::string_view kCloudFolders[] = {"Dropbox",     "OneDrive", "Google Drive", "GoogleDrive",
                                                "Nextcloud",   "ownCloud", "iCloud Drive", "Mobile Documents",
                                                "pCloudDrive", "Syncthing"};
  const auto folder = vault::absolute_path(file).parent_path();
  return std::ranges::any_of(folder, [&](const std::filesystem::path& part) {
    return std::ranges::any_of(kCloudFolders, [&](std::string_view name) { return part.string().starts_with(name); });
  });
}

}  // namespace

ExportTarget::ExportTarget(const Surroundings& around, const std::optional<std::string>& path, vault::Existing existing)
    : out_(around.out()), around_(around) {
  if (!path) return;
  path_ = *path;
  file_ = std::make_unique<vault::AtomicFile>(path_, existing);
  if (lies_in_git(path_)) around.terminal().warn("the file lies in a Git work tree: do not commit it");
  if (lies_in_cloud(path_)) around.terminal().warn("the file lies in a folder that is copied to other computers");
}

std::function<void(std::string_view)> ExportTarget::sink() {
  if (file_) return [this](std::string_view bytes) { file_->write(bytes); };
  return [this](std::string_view bytes) { held_.push_back(vault::SecretString::copy_of(bytes)); };
}

void ExportTarget::commit() {
  for (const auto& part : held_) out_.write(part.reveal());
  held_.clear();
  if (!file_) return;
  file_->commit();
  around_.terminal().note("Wrote " + in_quotes(path_) + ", in plain text, readable by you alone.");
}

}  // namespace cli
