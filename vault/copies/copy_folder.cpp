// SPDX-License-Identifier: Apache-2.0
#include "vault/copies/copy_folder.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "vault/base/atomic_file.h"
#include "vault/base/error.h"
#include "vault/crypto/keyed_hash.h"

namespace vault {
namespace {

using Path = std::filesystem::path;

constexpr std::string_view kCopy = ".db", kAge = ".age";
constexpr std::size_t kLongestNote = 256;
constexpr std::size_t kIdDigits = 32;

std::string name_of(std::string_view place) {
  std::array<std::uint8_t, 16> hash{};
  plain_hash_into({bytes_of("place of copies"), bytes_of(place)}, hash);
  return to_hex(hash);
}

// Where the state folder itself lies is its owner's business.
bool is_private(const Path& folder) noexcept {
  struct stat status {};
  if (::lstat(folder.c_str(), &status) != 0) return false;
  return S_ISDIR(status.st_mode) && status.st_uid == ::geteuid() && (status.st_mode & 077) == 0;
}

void require_private(const Path& folder) {
  if (is_private(folder)) return;
  throw Error(ErrorCode::unsafe_file,
              "the folder for copies of a vault on a server is not this user's alone: '" + folder.string() + "'",
              "chmod 700 '" + folder.string() + "'");
}

// Which file lies there: another one has another number, or got its name at another time.
std::string mark_of(const Path& file) {
  struct stat status {};
  if (::lstat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  return "1 " + std::to_string(status.st_ino) + ' ' + std::to_string(status.st_ctim.tv_sec) + '.' +
         std::to_string(status.st_ctim.tv_nsec) + ' ';
}

// What cannot be read, or lies there in somebody else's name, is not known.
std::string read_note(const Path& path) {
  try {
    const auto file = open_regular_file(path, Links::refuse, Privacy::owner_only);
    std::string text(kLongestNote, '\0');
    text.resize(read_up_to(file.descriptor.get(), {reinterpret_cast<std::uint8_t*>(text.data()), text.size()}));
    return text;
  } catch (const Error&) {
    return {};
  }
}

std::optional<Moment> moment_behind(std::string_view text, std::string_view mark) {
  if (!text.ends_with('\n') || !text.starts_with(mark)) return std::nullopt;
  text.remove_suffix(1);
  return moment_in(text.substr(mark.size()));
}

std::optional<SlotId> slot_named(std::string_view name, std::string_view ending) {
  if (name.size() != kIdDigits + ending.size() || !name.ends_with(ending)) return std::nullopt;
  const auto bytes = from_hex(name.substr(0, kIdDigits));
  SlotId slot;
  if (!bytes || to_hex(*bytes) != name.substr(0, kIdDigits)) return std::nullopt;
  std::ranges::copy(*bytes, slot.bytes.begin());
  return slot;
}

std::vector<SlotId> slots_with(const Path& folder, std::string_view ending) {
  std::vector<SlotId> slots;
  const std::unique_ptr<DIR, int (*)(DIR*)> listing(::opendir(folder.c_str()), ::closedir);
  if (!listing) return slots;
  while (const auto* const entry = ::readdir(listing.get())) {
    if (const auto slot = slot_named(entry->d_name, ending)) slots.push_back(*slot);
  }
  std::ranges::sort(slots);
  return slots;
}

}  // namespace

CopyFolder::CopyFolder(const Path& state, std::string_view place) : path_(state / "copies" / name_of(place)) {}

Path CopyFolder::file_of(const SlotId& slot) const { return path_ / (to_hex(slot.bytes) + std::string(kCopy)); }

Path CopyFolder::age_of(const SlotId& slot) const { return path_ / (to_hex(slot.bytes) + std::string(kAge)); }

std::vector<SlotId> CopyFolder::slots() const { return slots_with(path_, kCopy); }

void CopyFolder::make() const {
  make_private_folders(path_);
  require_private(path_.parent_path());
  require_private(path_);
}

std::optional<Descriptor> CopyFolder::lock(std::chrono::steady_clock::time_point until) const {
  constexpr timespec kPause{0, 5'000'000};
  Descriptor held(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  while (held && ::flock(held.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) break;
    if (std::chrono::steady_clock::now() >= until) return std::nullopt;
    ::nanosleep(&kPause, nullptr);
  }
  return held;
}

std::optional<Moment> CopyFolder::asked(const SlotId& slot) const {
  if (!is_private(path_)) return std::nullopt;
  const auto text = read_note(age_of(slot));
  const auto mark = text.empty() ? std::string() : mark_of(file_of(slot));
  return mark.empty() ? std::nullopt : moment_behind(text, mark);
}

void CopyFolder::note_asked(const SlotId& slot, const Moment& when) const {
  require_private(path_);
  write_file_atomically(age_of(slot), mark_of(file_of(slot)) + to_text(when) + '\n', Existing::replace);
}

void CopyFolder::mark_due() const {
  const auto known = slots_with(path_, kAge);
  for (const auto& slot : known) {
    if (::unlink(age_of(slot).c_str()) == 0 || errno == ENOENT) continue;
    throw Error(ErrorCode::io, "this host's copy of the vault cannot be marked as due, so nothing was changed",
                "see who may write in '" + path_.string() + "'");
  }
  if (!known.empty()) before_it_counts([&] { sync_folder_of(unanswered_file()); });
}

void CopyFolder::remove(const SlotId& slot) const noexcept {
  ::unlink(age_of(slot).c_str());
  ::unlink(file_of(slot).c_str());
}

std::optional<Moment> CopyFolder::unanswered() const { return moment_behind(read_note(unanswered_file()), ""); }

void CopyFolder::note_unanswered(const Moment& when) const {
  write_file_atomically(unanswered_file(), to_text(when) + '\n', Existing::replace);
}

void CopyFolder::forget_unanswered() const noexcept { ::unlink(unanswered_file().c_str()); }

}  // namespace vault
