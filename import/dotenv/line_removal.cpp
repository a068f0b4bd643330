// SPDX-License-Identifier: Apache-2.0
#include "import/dotenv/line_removal.h"

#include <algorithm>
#include <set>

#include "import/dotenv/buffer.h"
#include "import/dotenv/dotenv.h"
#include "import/dotenv/scanner.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace formats {
namespace {

struct Assignment {
  DotenvItem item;
  bool wanted = false;
};

std::vector<Assignment> assignments_in(std::string_view plain) {
  std::vector<Assignment> all;
  DotenvScanner scanner(plain);
  while (const auto item = scanner.next()) {
    if (item->kind == DotenvItem::Kind::assignment) all.push_back({*item});
  }
  return all;
}

// Whole lines, in a text with plain line ends.
struct Cut {
  std::size_t begin, end;
};

Cut lines_of(std::string_view plain, const DotenvItem& item) {
  const auto before = item.begin == 0 ? plain.npos : plain.rfind('\n', item.begin - 1);
  const auto after = plain.find('\n', item.raw_end);
  return {before == plain.npos ? 0 : before + 1, after == plain.npos ? plain.size() : after + 1};
}

// The cuts count a CRLF as one byte.
vault::SecretString without(std::string_view text, const std::vector<Cut>& cuts) {
  SecretBuffer rest;
  auto cut = cuts.begin();
  std::size_t place = 0;
  for (std::size_t at = 0; at < text.size(); ++at, ++place) {
    while (cut != cuts.end() && place >= cut->end) ++cut;
    const bool is_pair = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    if (cut == cuts.end() || place < cut->begin) rest.append(text.substr(at, is_pair ? 2 : 1));
    if (is_pair) ++at;
  }
  return vault::SecretString::copy_of(rest.reveal());
}

// Does the rest hold exactly the assignments that were to stay?
bool reads_the_same(std::string_view rest, const std::vector<Assignment>& all, const std::set<std::string_view>& gone) {
  const auto plain = with_plain_line_ends(rest);
  const auto left = assignments_in(plain.reveal());
  std::vector<const DotenvItem*> expected;
  for (const auto& one : all) {
    if (!gone.contains(one.item.name)) expected.push_back(&one.item);
  }
  return std::equal(left.begin(), left.end(), expected.begin(), expected.end(), [](const auto& one, const auto* other) {
    return one.item.name == other->name && one.item.raw == other->raw;
  });
}

}  // namespace

DotenvRemoval without_lines(std::string_view text,
                            const std::function<bool(std::string_view name, std::string_view value)>& is_wanted) {
  if (text.size() > kDotenvLimit) throw vault::Error(vault::ErrorCode::bad_input, "a .env file of more than 16 MiB");
  const auto plain = with_plain_line_ends(text);
  auto all = assignments_in(plain.reveal());
  std::set<std::string_view> gone;
  for (auto& one : all) {
    one.wanted = is_wanted(one.item.name, vault::trimmed(dotenv_value(one.item.raw).reveal()));
    if (one.wanted) gone.insert(one.item.name);
  }
  for (const auto& one : all) {
    if (!one.wanted) gone.erase(one.item.name);
  }
  std::vector<Cut> cuts;
  for (const auto& one : all) {
    if (gone.contains(one.item.name)) cuts.push_back(lines_of(plain.reveal(), one.item));
  }
  DotenvRemoval removal;
  auto rest = without(text, cuts);
  if (!reads_the_same(rest.reveal(), all, gone)) gone.clear();
  if (!gone.empty()) removal.text = std::move(rest);
  for (const auto& one : all) {
    if (one.wanted) removal.lines.push_back({std::string(one.item.name), gone.contains(one.item.name)});
  }
  return removal;
}

}  // namespace formats
