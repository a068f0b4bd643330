// SPDX-License-Identifier: Apache-2.0
#include "vault/ledger/rollback_mark.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>

#include "vault/base/atomic_file.h"
#include "vault/base/error.h"
#include "vault/base/file.h"

namespace vault {
namespace {

constexpr std::size_t kLongestMarkFile = std::size_t{8} << 20;

// A generation beyond this was never counted up to: whoever wrote it meant to wrap it round.
constexpr std::uint64_t kHighestGeneration = std::uint64_t{1} << 62;

[[noreturn]] void fail_as_unreadable(const std::filesystem::path& path, const std::string& why) {
  throw Error(ErrorCode::io, "this host's rollback mark " + why,
              "if nothing else helps, remove '" + path.string() + "': the next write makes a new one");
}

bool is_absent(const std::filesystem::path& path) {
  struct stat ignored {};
  return ::lstat(path.c_str(), &ignored) != 0 && errno == ENOENT;
}

// Empty when there is none.
std::string read_text(const std::filesystem::path& path) {
  try {
    const RegularFile file = open_regular_file(path, Links::refuse, Privacy::any);
    std::string text(static_cast<std::size_t>(std::min<std::uint64_t>(file.size, kLongestMarkFile)), '\0');
    text.resize(read_up_to(file.descriptor.get(), {reinterpret_cast<std::uint8_t*>(text.data()), text.size()}));
    return text;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::not_found && is_absent(path)) return {};
    fail_as_unreadable(path, std::string("cannot be read: ") + error.what());
  }
}

std::string_view take_word(std::string_view& line) {
  const auto end = std::min(line.find(' '), line.size());
  const auto word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

// "<agent id> <generation> <digest>". False for a line of another form.
bool read_line(std::string_view line, RollbackMarkSet& marks) {
  const auto agent = from_hex(take_word(line));
  const auto number = take_word(line);
  const auto digest = from_hex(take_word(line));
  RollbackMark mark;
  const auto parsed = std::from_chars(number.data(), number.data() + number.size(), mark.generation);
  AgentId id;
  const bool number_ends = parsed.ec == std::errc{} && parsed.ptr == number.data() + number.size();
  if (!agent || agent->size() != id.bytes.size() || !number_ends || mark.generation > kHighestGeneration || !digest ||
      digest->size() != mark.digest.size() || !line.empty()) {
    return false;
  }
  std::ranges::copy(*agent, id.bytes.begin());
  std::ranges::copy(*digest, mark.digest.begin());
  marks[id] = mark;
  return true;
}

std::string to_text(const RollbackMarkSet& marks) {
  std::string text;
  for (const auto& [agent, mark] : marks) {
    text += to_hex(agent.bytes) + ' ' + std::to_string(mark.generation) + ' ' + to_hex(mark.digest) + '\n';
  }
  return text;
}

// Held while marks are read, merged and written: of two writers neither loses the other's.
Descriptor locked_folder(const std::filesystem::path& folder) {
  Descriptor held(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  while (held && ::flock(held.get(), LOCK_EX) != 0) {
    if (errno != EINTR) break;  // a file system without locks: the marks are merged all the same
  }
  return held;
}

}  // namespace

Freshness compare(const std::optional<RollbackMark>& mark, const RollbackMark& seen) noexcept {
  if (!mark || seen.generation > mark->generation) return Freshness::fresh;
  return seen == *mark ? Freshness::fresh : Freshness::rolled_back;
}

std::filesystem::path RollbackMarkFiles::path_of(const VaultId& vault) const {
  return folder_ / ("mark-" + to_hex(vault.bytes));
}

std::optional<RollbackMark> RollbackMarks::find(const VaultId& vault, const AgentId& agent) {
  const auto marks = all(vault);
  const auto found = marks.find(agent);
  return found == marks.end() ? std::nullopt : std::optional(found->second);
}

RollbackMarkSet merged(RollbackMarkSet there, const RollbackMarkSet& given, MarkRule rule) {
  for (const auto& [agent, mark] : given) {
    const auto [old, is_new] = there.emplace(agent, mark);
    if (is_new || (rule == MarkRule::never_lower && old->second.generation > mark.generation)) continue;
    old->second = mark;
  }
  return there;
}

RollbackMarkSet RollbackMarkFiles::all(const VaultId& vault) {
  const auto path = path_of(vault);
  const std::string text = read_text(path);
  RollbackMarkSet marks;
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    if (!read_line(rest.substr(0, end), marks)) fail_as_unreadable(path, "is not in its form");
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return marks;
}

void RollbackMarkFiles::put_all(const VaultId& vault, const RollbackMarkSet& marks, MarkRule rule) {
  make_private_folders(folder_);
  const Descriptor held = locked_folder(folder_);
  write_file_atomically(path_of(vault), to_text(merged(all(vault), marks, rule)), Existing::replace);
}

}  // namespace vault
