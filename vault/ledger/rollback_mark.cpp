// SPDX-License-Identifier: Apache-2.0
#include "vault/ledger/rollback_mark.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <string>

#include "vault/base/atomic_file.h"
#include "vault/base/error.h"
#include "vault/base/file.h"

namespace vault {
namespace {

constexpr std::size_t kLongestMarkFile = std::size_t{8} << 20;

using Marks = std::map<AgentId, RollbackMark>;

std::string read_text(const std::filesystem::path& path) {
  const RegularFile file = open_regular_file(path, Links::refuse, Privacy::any);
  if (file.size > kLongestMarkFile) return {};
  std::string text(static_cast<std::size_t>(file.size), '\0');
  text.resize(read_up_to(file.descriptor.get(), {reinterpret_cast<std::uint8_t*>(text.data()), text.size()}));
  return text;
}

std::string_view take_word(std::string_view& line) {
  const auto end = std::min(line.find(' '), line.size());
  const auto word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

// "<agent id> <generation> <digest>"; a line of another form is passed over.
void read_line(std::string_view line, Marks& marks) {
  const auto agent = from_hex(take_word(line));
  const auto number = take_word(line);
  const auto digest = from_hex(take_word(line));
  RollbackMark mark;
  const auto parsed = std::from_chars(number.data(), number.data() + number.size(), mark.generation);
  AgentId id;
  const bool number_ends = parsed.ec == std::errc{} && parsed.ptr == number.data() + number.size();
  if (!agent || agent->size() != id.bytes.size() || !number_ends || !digest ||
      digest->size() != mark.digest.size() || !line.empty()) {
    return;
  }
  std::ranges::copy(*agent, id.bytes.begin());
  std::ranges::copy(*digest, mark.digest.begin());
  marks[id] = mark;
}

Marks read_marks(const std::filesystem::path& path) {
  Marks marks;
  try {
    const std::string text = read_text(path);
    for (std::string_view rest = text; !rest.empty();) {
      const auto end = std::min(rest.find('\n'), rest.size());
      read_line(rest.substr(0, end), marks);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  } catch (const Error&) {
    return {};
  }
  return marks;
}

std::string to_text(const Marks& marks) {
  std::string text;
  for (const auto& [agent, mark] : marks) {
    text += to_hex(agent.bytes) + ' ' + std::to_string(mark.generation) + ' ' + to_hex(mark.digest) + '\n';
  }
  return text;
}

}  // namespace

Freshness compare(const std::optional<RollbackMark>& mark, const RollbackMark& seen) noexcept {
  if (!mark || seen.generation > mark->generation) return Freshness::fresh;
  return seen == *mark ? Freshness::fresh : Freshness::rolled_back;
}

std::filesystem::path RollbackMarkFiles::path_of(const VaultId& vault) const {
  return folder_ / ("mark-" + to_hex(vault.bytes));
}

std::optional<RollbackMark> RollbackMarkFiles::find(const VaultId& vault, const AgentId& agent) {
  const auto marks = read_marks(path_of(vault));
  const auto found = marks.find(agent);
  if (found == marks.end()) return std::nullopt;
  return found->second;
}

void RollbackMarkFiles::put(const VaultId& vault, const AgentId& agent, const RollbackMark& mark) {
  make_private_folders(folder_);
  auto marks = read_marks(path_of(vault));
  marks[agent] = mark;
  write_file_atomically(path_of(vault), to_text(marks), Existing::replace);
}

}  // namespace vault
