// SPDX-License-Identifier: Apache-2.0
#include "cli/matching/matcher.h"

#include "vault/base/error.h"

namespace cli {
namespace {

constexpr std::size_t kMostNodes = std::size_t{32} << 20;
constexpr int kManyChildren = 8;  // from here on a table is worth its kilobyte

}  // namespace

Matcher::Matcher() : nodes_(1), tables_(1) {}

Matcher::State Matcher::child(State state, std::uint8_t byte) const noexcept {
  if (state == kStart) return first_[byte];
  const auto& node = nodes_[state];
  if (node.table != 0) return tables_[node.table][byte];
  for (State one = node.first_child; one != 0; one = nodes_[one].sibling) {
    if (nodes_[one].byte == byte) return one;
  }
  return 0;
}

Matcher::State Matcher::add_child(State state, std::uint8_t byte) {
  if (nodes_.size() >= kMostNodes) {
    throw vault::Error(vault::ErrorCode::bad_input, "the vault holds more secrets than can be looked for at once");
  }
  const auto added = static_cast<State>(nodes_.size());
  Node node;
  node.byte = byte;
  node.depth = nodes_[state].depth + 1;
  node.sibling = nodes_[state].first_child;
  nodes_.push_back(node);
  nodes_[state].first_child = added;
  if (state == kStart) first_[byte] = added;
  return added;
}

void Matcher::add(std::string_view text, std::uint32_t label) {
  State state = kStart;
  for (const char c : text) {
    const auto byte = static_cast<std::uint8_t>(c);
    const State known = child(state, byte);
    state = known != 0 ? known : add_child(state, byte);
  }
  auto& node = nodes_[state];
  if (state == kStart || node.match_length != 0) return;
  node.match_length = node.depth;
  node.match_label = label;
}

void Matcher::give_table(State state) {
  int children = 0;
  for (State one = nodes_[state].first_child; one != 0; one = nodes_[one].sibling) ++children;
  if (state == kStart || children < kManyChildren) return;
  Table table{};
  for (State one = nodes_[state].first_child; one != 0; one = nodes_[one].sibling) table[nodes_[one].byte] = one;
  nodes_[state].table = static_cast<std::uint32_t>(tables_.size());
  tables_.push_back(table);
}

// Breadth first: a node's fallback is nearer to the start than itself, so it is known by then.
void Matcher::finish() {
  Wiped<State> queue{kStart};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const State state = queue[i];
    give_table(state);
    for (State one = nodes_[state].first_child; one != 0; one = nodes_[one].sibling) {
      auto& node = nodes_[one];
      node.fallback = state == kStart ? kStart : next(nodes_[state].fallback, node.byte);
      const auto& shorter = nodes_[node.fallback];
      if (node.match_length == 0) {
        node.match_length = shorter.match_length;
        node.match_label = shorter.match_label;
      }
      queue.push_back(one);
    }
  }
}

Matcher::State Matcher::next(State state, std::uint8_t byte) const noexcept {
  for (;;) {
    const State known = child(state, byte);
    if (known != 0 || state == kStart) return known;
    state = nodes_[state].fallback;
  }
}

}  // namespace cli
