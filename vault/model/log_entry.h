// SPDX-License-Identifier: Apache-2.0
#pragma once
// One event as the log tells it: when, who, from which program, what was done to what. Names only: no secret, no
// command line. Everything is bounded, so that nobody can make an entry that nobody can keep.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vault/base/clock.h"
#include "vault/base/ids.h"
#include "vault/model/key_slot.h"

namespace vault {

enum class LogVerb : std::uint8_t {  // persistent: never renumber
  added = 1,
  replaced = 2,
  edited = 3,   // all but the secret
  removed = 4,  // of an agent: with everything it owned, its own log too
  renamed = 5,  // two names: from, to
  read = 6,     // secrets given out
  made = 7,     // the vault
  renewed = 8,  // keys
  restored = 9,
  repaired = 10,
  switched_on = 11,
  switched_off = 12,
  chosen = 13,  // as the default
};

// What was done something to. Records have the numbers of their kinds (record_kind.h); those up to 15 that have no name
// here are a newer program's.
enum class LogSubject : std::uint8_t {  // persistent: never renumber
  profile = 1,
  order = 2,
  usage = 3,
  variable = 4,
  pin = 5,
  foreign = 6,
  default_order = 7,
  config_secret = 8,
  custody = 9,
  vault = 16,
  agent = 17,
  passphrase = 18,  // this and the next three: key slots
  key_file = 19,
  recovery_code = 20,
  token = 21,
  keys = 22,  // of the agents that are named, or of the whole vault
  log_of_reads = 23,
};
bool is_log_subject(std::uint8_t number) noexcept;
LogSubject log_subject(SlotKind kind) noexcept;

// By what the vault was opened. The first four are the kinds of slots.
enum class LogOpener : std::uint8_t {  // persistent: never renumber
  passphrase = 1,
  key_file = 2,
  recovery_code = 3,
  token = 4,
  kept_key = 5,  // kept outside the vault for a while: no slot was opened
};

// The program that asked: the one that started ours.
struct Caller {
  std::uint64_t user = 0;     // its real user id
  std::uint64_t process = 0;  // its process id
  std::string program{};      // the name of its file, or what it calls itself; may be empty
  bool operator==(const Caller&) const = default;
};

struct LogEntry {
  Timestamp time{};
  LogVerb verb = LogVerb::added;
  LogSubject subject = LogSubject::profile;
  std::uint64_t count = 1;           // of the things; at least as many as are named
  std::vector<std::string> names{};  // the first of them
  LogOpener opener = LogOpener::key_file;
  std::optional<SlotId> slot{};  // none with a kept key
  Caller caller{};
  std::optional<std::string> agent{};                        // whose a slot is, in the vault's own log
  std::optional<std::uint64_t> ended_at{};                   // an agent's removal: how many entries its log had
  std::optional<std::array<std::uint8_t, 32>> ended_with{};  // and its head
  std::optional<Revision> read_id{};                         // of a read: the same event is not shown twice
  // Made with the root's log key: whoever has only a token cannot. Entries without it are self-reported.
  std::optional<std::array<std::uint8_t, 16>> proof{};
  bool operator==(const LogEntry&) const = default;
};

inline constexpr std::size_t kMostLogNames = 64;        // in one entry
inline constexpr std::size_t kLongestLogName = 256;     // bytes; longer ones are cut
inline constexpr std::size_t kLongestLogNames = 4096;   // bytes, all together
inline constexpr std::size_t kLongestProgramName = 64;  // bytes; cut likewise

// A name as it may stand in an entry: UTF-8 without control characters (they and other bytes become \xNN), cut to
// `longest` bytes with "..." at the end.
std::string log_text(std::string_view text, std::size_t longest = kLongestLogName);
bool is_log_text(std::string_view text, std::size_t longest = kLongestLogName) noexcept;

// Old entries, folded into one row.
struct LogCheckpoint {
  std::array<std::uint8_t, 32> head{};  // of the chain, as it was after them
  std::uint64_t folded = 0;             // entries
  std::uint64_t lost = 0;               // that a repair found missing or not opening
  std::optional<Timestamp> first{};     // of the folded; none when nothing is known of them
  std::optional<Timestamp> last{};
  bool operator==(const LogCheckpoint&) const = default;
};

}  // namespace vault
