// SPDX-License-Identifier: Apache-2.0
#pragma once
// An object or array that the parser looks through without keeping it: where it stands, and whether a name in it comes
// twice, for eight bytes a member. For parser.cpp only.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "import/json/scanner.h"

namespace formats {

class LookedThrough {
 public:
  // `unescaped`: where the scanner keeps what it had to copy.
  explicit LookedThrough(std::vector<vault::SecretBytes>& unescaped) : unescaped_(unescaped) {}

  void begin() { kept_texts_ = unescaped_.size(); }
  void add_name(std::string_view name, std::uint32_t offset);
  void forget_texts();  // of the element that was read last
  // Refuses a repeated name, as the parser does where it keeps an object: of more than `few` members the first by name,
  // else the first that comes.
  void finish(JsonStretch stretch, JsonScanner scanner, std::size_t few);
  const std::optional<JsonStretch>& found() const noexcept { return found_; }

 private:
  struct Member {
    std::uint32_t hash;
    std::uint32_t offset;
    auto operator<=>(const Member&) const = default;
  };
  struct Repeat {
    std::string_view name;
    std::uint32_t offset;
  };
  std::vector<Repeat> repeats(JsonScanner& scanner);

  std::vector<vault::SecretBytes>& unescaped_;
  std::size_t kept_texts_ = 0;  // of what stands before it
  std::vector<Member> members_;
  std::optional<JsonStretch> found_;
};

}  // namespace formats
