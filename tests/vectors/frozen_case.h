// SPDX-License-Identifier: Apache-2.0
#pragma once
// One frozen case: lines of "name: value", some names more than once; '#' in front of a comment.

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/bytes.h"

namespace vault::testing {

class FrozenCase {
 public:
  explicit FrozenCase(const std::filesystem::path& path);

  const std::string& text(std::string_view name) const;  // of the first line of that name; throws when there is none
  std::vector<std::string> texts(std::string_view name) const;
  Bytes bytes(std::string_view name) const { return hex(text(name)); }
  std::uint8_t number(std::string_view name) const { return static_cast<std::uint8_t>(std::stoi(text(name))); }
  template <class KeyType>
  KeyType key(std::string_view name) const {
    return key_of<KeyType>(bytes(name));
  }
  template <class Id>
  Id id(std::string_view name) const {
    return id_of<Id>(text(name));
  }

  template <class Id>
  static Id id_of(std::string_view digits) {
    Id id;
    const auto all = hex(digits);
    if (all.size() != id.bytes.size()) throw std::invalid_argument("an id has 16 bytes");
    std::copy(all.begin(), all.end(), id.bytes.begin());
    return id;
  }

 private:
  std::vector<std::pair<std::string, std::string>> lines_;
};

// The words of a line; "" written out stands for an empty one.
std::vector<std::string> words_of(const std::string& line);

// What a check finds: "ok", or the word that FORMAT.md has for it. Errors are thrown. Values that do not agree fail the
// test on the spot.
std::string check_keys(const FrozenCase& frozen);
std::string check_plaintext(const FrozenCase& frozen);
std::string check_vault(const FrozenCase& frozen);
std::string check_log(const FrozenCase& frozen);

}  // namespace vault::testing
