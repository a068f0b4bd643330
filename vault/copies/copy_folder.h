// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where one place's copies lie on this host: a folder of its own, 0700, and in it for each key slot `<slot id>.db` and
// beside that `<slot id>.age`, which tells when the server was last found in that very state. An age that is not about
// the file that lies there now says nothing. Files alone: nothing in them is opened, and no server is asked.

#include <chrono>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "vault/base/file.h"
#include "vault/base/ids.h"
#include "vault/copies/moment.h"

namespace vault {

class CopyFolder {
 public:
  // `state`: this host's folder of marks. `place`: whatever names the vault to another call of this program.
  CopyFolder(const std::filesystem::path& state, std::string_view place);

  const std::filesystem::path& path() const noexcept { return path_; }
  std::filesystem::path file_of(const SlotId& slot) const;
  std::vector<SlotId> slots() const;  // whose copies lie there, in order; none without the folder

  // Made where it is missing. unsafe_file: it is somebody else's, or others may look into it; io.
  void make() const;

  // Held by who asks the server, until it is destroyed. Empty: somebody else had it all the time. A file system without
  // locks gives it to everybody. For after make().
  std::optional<Descriptor> lock(std::chrono::steady_clock::time_point until) const;

  std::optional<Moment> asked(const SlotId& slot) const;  // empty: nothing is known of the copy that lies there
  void note_asked(const SlotId& slot, const Moment& when) const;
  void mark_due() const;                           // every copy; stays so when the power fails
  void remove(const SlotId& slot) const noexcept;  // the copy, and what is known of it

  // When the server last gave no answer.
  std::optional<Moment> unanswered() const;
  void note_unanswered(const Moment& when) const;
  void forget_unanswered() const noexcept;

 private:
  std::filesystem::path age_of(const SlotId& slot) const;
  std::filesystem::path unanswered_file() const { return path_ / "unanswered"; }
  std::filesystem::path path_;
};

}  // namespace vault
