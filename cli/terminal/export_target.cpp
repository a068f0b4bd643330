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

constexpr std::size_t kMostHeldBack = std::size_t{32} << 20;

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

ExportTarget::ExportTarget(const Surroundings& around, ExportPlace place) : around_(around), place_(std::move(place)) {
  if (!place_.path) return;
  const std::filesystem::path path = *place_.path;
  if (place_.rehearsal == Rehearsal::yes) {
    vault::require_room_for(path, place_.existing);
  } else {
    file_ = std::make_unique<vault::AtomicFile>(path, place_.existing);
  }
  if (place_.holds == ExportHolds::references) return;
  if (lies_in_git(path)) around.terminal().warn("the file is in a Git work tree: do not commit it");
  if (lies_in_cloud(path)) around.terminal().warn("the file is in a folder that is copied to other computers");
}

std::function<void(std::string_view)> ExportTarget::sink() {
  if (place_.rehearsal == Rehearsal::yes) return [](std::string_view) {};
  if (file_) return [this](std::string_view bytes) { file_->write(bytes); };
  return [this](std::string_view bytes) { hold(bytes); };
}

void ExportTarget::hold(std::string_view bytes) {
  held_.push_back(vault::SecretString::copy_of(bytes));
  held_size_ += bytes.size();
  if (held_size_ > kMostHeldBack) let_go();
}

void ExportTarget::let_go() {
  for (const auto& part : held_) around_.out().write(part.reveal());
  held_.clear();
}

void ExportTarget::commit() {
  let_go();
  if (file_) file_->commit();
  tell();
}

void ExportTarget::tell() const {
  const bool dry = place_.rehearsal == Rehearsal::yes;
  if (!place_.path && !dry) return;
  // Whole at any length: half a path is of no use.
  const auto where = place_.path ? "'" + display_safe(*place_.path) + "'" : std::string("to standard output");
  const auto what =
      place_.holds == ExportHolds::references ? "references to this vault and no secret" : "in plain text";
  const auto reader = place_.path ? ", readable by you alone" : "";
  around_.terminal().note((dry ? "Would write " : "Wrote ") + where + ", " + what + reader +
                          (dry ? " (dry run)." : "."));
}

}  // namespace cli
