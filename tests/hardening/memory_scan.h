// SPDX-License-Identifier: Apache-2.0
#pragma once
// Looks for a text in all memory that this process can write, without holding the text itself.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vault::testing {

// A text kept inverted, so that a scan does not find the needle in the haystack.
class Needle {
 public:
  static Needle of(std::string_view text);  // the caller wipes `text`
  void write_to(char* place) const;         // size() bytes
  std::size_t size() const { return inverted_.size(); }
  bool lies_at(const std::uint8_t* place) const;
  std::uint8_t first() const { return static_cast<std::uint8_t>(~inverted_.front()); }

 private:
  std::vector<std::uint8_t> inverted_;
};

// Where it lies: "[heap] +1234", one line each. Every writable mapping is read through /proc/self/mem.
std::vector<std::string> places_of(const Needle& needle);

}  // namespace vault::testing
