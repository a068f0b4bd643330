// SPDX-License-Identifier: Apache-2.0
#pragma once
// Files that are whole or not there: the one place where files get, change and lose their names. Nothing else in the
// project renames, links or exchanges.
//
// Until a call has changed what lies under the target's name it throws io, already_exists or unsafe_file, and
// everything is as it was. After that it throws committed_unverified alone: the change is made, but the folder could
// not be synced, so that power failing now may undo it.

#include <filesystem>
#include <memory>
#include <string_view>
#include <sys/types.h>

#include "vault/base/error.h"
#include "vault/base/file.h"

namespace vault {

enum class Existing { refuse, replace };

// A name beside a place, for a file that is being made: `.<name>.<16 hex digits>.tmp`. Destroyed, it takes the file
// away with what a database leaves beside it; so does remove_passing_files(). Whoever opens the file closes it first.
class PassingFile {
 public:
  explicit PassingFile(const std::filesystem::path& place);
  PassingFile(const PassingFile&) = delete;
  PassingFile& operator=(const PassingFile&) = delete;
  ~PassingFile();
  const std::filesystem::path& path() const noexcept { return path_; }

  // Gives the file its place, and syncs the folder. What is to be replaced has been judged by the caller.
  void move_to(const std::filesystem::path& place, Existing existing);
  // The same where a file lies already: in one step, after which that file has `aside`, a free name, for its name. At
  // no time does either of them lie under a name that counts as rubbish, and from that step on nothing is removed.
  void change_places(const std::filesystem::path& place, const std::filesystem::path& aside);

 private:
  void move_beside(const std::filesystem::path& place, const std::filesystem::path& aside);
  void remove_companions() const noexcept;
  void forget() noexcept;
  std::filesystem::path path_;
  int entry_ = -1;  // among those that a signal removes; -1: none
};

// Work on a file that has no place yet: that its changes may not outlast a power failure is io there, since nothing
// that anybody knows of has changed.
template <class Work>
auto before_it_counts(Work&& work) {
  try {
    return work();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::committed_unverified) throw;
    throw Error(ErrorCode::io, error.what(), error.hint());
  }
}

// Takes away every file that a PassingFile of this process stands for. Async-signal-safe: for what ends the process.
void remove_passing_files() noexcept;

// Called once, before the first of them is made: the time to see to it that the above is called. Most runs make none.
void before_the_first_passing_file(void (*call)()) noexcept;

// Removes what processes that were killed left under passing names of this place. Only for who knows that nobody is at
// work there. What cannot be removed stays.
void remove_remains_of(const std::filesystem::path& place) noexcept;

// committed_unverified when the folder of a file that has just got its place cannot be synced. Folders of which that
// cannot be asked count as synced.
void sync_folder_of(const std::filesystem::path& place);

// A file that appears under its name complete or not at all: written where it has no name yet, or beside its target
// under a passing one where the file system cannot do that; its mode set at creation whatever the umask, synced, then
// named, and the folder synced. Destroyed uncommitted, or killed, it leaves nothing; without nameless files, a kill
// leaves the passing one. A target that is a symbolic link or not a regular file is refused even when replacing.
class AtomicFile {
 public:
  AtomicFile(std::filesystem::path target, Existing existing, mode_t mode = 0600);
  AtomicFile(AtomicFile&&) = delete;
  ~AtomicFile();
  void write(std::string_view bytes);
  // Before commit(), for what is to belong to whom the replaced file belonged to. io when that is not ours to give.
  void belong_to(uid_t owner, gid_t group);
  void commit();

 private:
  bool took_the_free_name();
  void take_a_passing_name();
  void write_under_a_name();
  void set_owner_and_mode(const Descriptor& file) const;
  std::filesystem::path target_;
  Existing existing_;
  mode_t mode_;
  uid_t owner_ = static_cast<uid_t>(-1);  // -1: whoever makes it
  gid_t group_ = static_cast<gid_t>(-1);
  std::unique_ptr<PassingFile> passing_;  // where the file has a name from the start
  Descriptor descriptor_;
};

// What stands in the way of such a file in this place already, thrown as AtomicFile would. Changes nothing; whoever
// writes the file finds out more.
void require_room_for(const std::filesystem::path& target, Existing existing);

void write_file_atomically(const std::filesystem::path& target, std::string_view bytes, Existing existing,
                           mode_t mode = 0600);

}  // namespace vault
