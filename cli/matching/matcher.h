// SPDX-License-Identifier: Apache-2.0
#pragma once
// Many texts looked for at once, in a stream of bytes that is read once (Aho and Corasick, 1975). The state after a
// byte says all that counts of the bytes before, so blocks may end anywhere. What it takes grows with the texts' length
// (32 bytes a byte of them), never with what is searched. The texts are secrets: all of it lies in wiped memory.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vault/crypto/secret.h"

namespace cli {

class Matcher {
 public:
  using State = std::uint32_t;
  static constexpr State kStart = 0;

  Matcher();

  // Of equal texts the first one's label stays; an empty one is passed over. Throws bad_input when all of them together
  // have more than 32 million different beginnings.
  void add(std::string_view text, std::uint32_t label);
  // Once, behind the last text and before the first byte.
  void finish();

  State next(State state, std::uint8_t byte) const noexcept;
  // How many of the last bytes may be the beginning of a text: no more of them, and no fewer.
  std::uint32_t open_bytes(State state) const noexcept { return nodes_[state].depth; }
  // The longest text that ends with the last byte: its length, 0 when none does, and its label.
  std::uint32_t match_length(State state) const noexcept { return nodes_[state].match_length; }
  std::uint32_t match_label(State state) const noexcept { return nodes_[state].match_label; }
  bool can_begin_with(std::uint8_t byte) const noexcept { return first_[byte] != kStart; }
  bool empty() const noexcept { return nodes_.size() == 1; }

 private:
  // A node is a beginning of one of the texts. Most have one child; those with many have a table of them.
  struct Node {
    std::uint32_t first_child = 0;
    std::uint32_t sibling = 0;
    std::uint32_t fallback = 0;  // the longest other beginning that this one ends with
    std::uint32_t depth = 0;
    std::uint32_t match_length = 0;
    std::uint32_t match_label = 0;
    std::uint32_t table = 0;  // 1 and more: its place in tables_
    std::uint8_t byte = 0;
  };
  using Table = std::array<State, 256>;
  template <class T>
  using Wiped = std::vector<T, vault::WipingAllocator<T>>;

  State child(State state, std::uint8_t byte) const noexcept;
  State add_child(State state, std::uint8_t byte);
  void give_table(State state);

  Wiped<Node> nodes_;
  Wiped<Table> tables_;
  Table first_{};  // the children of the start
};

}  // namespace cli
