// SPDX-License-Identifier: Apache-2.0
// A whole vault in its file, changed by who has no key (A13, K05). The input is a list of changes to a frozen vault:
// a byte that says which, and what it needs. A reader then gets what was written or an error of damage: never another
// secret, never fewer profiles without a word, never an absence.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

#include "tests/support/temporary_folder.h"
#include "tests/vectors/whole_vault.h"
#include "vault/base/file.h"
#include "vault/keys/key_file.h"
#include "vault/storage/sqlite/sqlite_storage.h"
#include "vault/upkeep/examine.h"
#include "vault/vault_file.h"

namespace {

using namespace vault;

constexpr std::size_t kPage = 4096;
constexpr std::size_t kMostBytes = 64 * kPage;

void require(bool holds) {
  if (!holds) std::abort();
}

class Reader {
 public:
  explicit Reader(ByteView input) : rest_(input) {}
  bool done() const { return rest_.empty(); }
  std::size_t byte() {
    if (rest_.empty()) return 0;
    const auto value = rest_.front();
    rest_ = rest_.subspan(1);
    return value;
  }
  std::size_t place() { return byte() | byte() << 8; }

 private:
  ByteView rest_;
};

void change(std::string& bytes, Reader& how) {
  const auto which = how.byte() % 4;
  if (which == 0) {  // cut off, or prolonged
    bytes.resize(std::min(how.place(), kMostBytes));
  } else if (which == 1) {  // two pages change places
    const auto one = how.byte() * kPage, other = how.byte() * kPage;
    if (std::max(one, other) + kPage > bytes.size() || one == other) return;
    std::swap_ranges(bytes.data() + one, bytes.data() + one + kPage, bytes.data() + other);
  } else {  // bytes anywhere
    const auto at = how.place();
    for (auto left = 1 + how.byte() % 8, to = at; left > 0; --left, ++to) {
      const auto value = static_cast<char>(how.byte());
      if (to < bytes.size()) bytes[to] = value;
    }
  }
}

bool is_damage(ErrorCode code) {
  switch (code) {
    case ErrorCode::damaged_record:
    case ErrorCode::damaged_slot:
    case ErrorCode::state_mismatch:
    case ErrorCode::tampered_schema:
    case ErrorCode::parameters_out_of_bounds:
    case ErrorCode::not_a_vault:
    case ErrorCode::newer_format:
    case ErrorCode::wrong_key:
    case ErrorCode::io:
    case ErrorCode::busy: return true;
    default: return false;
  }
}

// The vault of the vectors in a file. A descriptor of it stays open: closing one would end SQLite's locks.
class Frozen {
 public:
  Frozen() : case_(CLAVIGER_WHOLE_VAULT), path_(folder_ / "vault.db") {
    {
      const auto storage = create_sqlite_storage(path_);
      const auto transaction = storage->begin(Access::write);
      testing::put_whole_vault(case_, *transaction);
      transaction->commit();
    }
    file_ = Descriptor(::open(path_.c_str(), O_RDWR | O_CLOEXEC));
    right_ = testing::contents_of(path_);
  }

  void write_changed(Reader how) const {
    std::string bytes = right_;
    while (!how.done()) change(bytes, how);
    require(::ftruncate(file_.get(), static_cast<off_t>(bytes.size())) == 0);
    require(::pwrite(file_.get(), bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
  }

  void ask() const {
    auto opened = open_vault_file(path_, Access::read).unlock(KeyFileUnlocker(parse_key_file(case_.text("key_file"))));
    const bool all_listed = read_all(opened);
    require(!examine(opened, Depth::everything).sound() || all_listed);
  }

 private:
  // Each secret is the right one. Does the list have every profile? If not, it says what is damaged.
  bool read_all(UnlockedVault& opened) const {
    auto reading = opened.read();
    for (const auto& line : case_.texts("profile")) {
      const auto words = testing::words_of(line);
      const auto seen = reading.find_profile(AgentName::shared(), ProfileId(words[0]));
      require(seen.has_value());
      require(reading.credential_of(*seen).find(SecretField::key)->reveal() == words[1]);
    }
    const auto listed = reading.view(AgentName::shared()).profiles.size();
    require(listed == case_.texts("profile").size() || !reading.damaged().empty());
    return listed == case_.texts("profile").size();
  }

  testing::TemporaryFolder folder_;
  testing::FrozenCase case_;
  std::filesystem::path path_;
  Descriptor file_;
  std::string right_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Frozen vault;
  vault.write_changed(Reader({data, size}));
  try {
    vault.ask();
  } catch (const Error& error) {
    require(is_damage(error.code()));
  }
  return 0;
}
