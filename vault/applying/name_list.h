// SPDX-License-Identifier: Apache-2.0
#pragma once
// Names, each with a mark, one behind the other: a million of them take little more than their own bytes.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <string>
#include <string_view>

namespace vault {

class NameList {
 public:
  class Iterator;
  using value_type = std::string_view;
  using const_iterator = Iterator;
  using iterator = Iterator;

  void push_back(std::string_view name, std::uint8_t mark = 0);  // at most 65,535 bytes; what is longer is cut
  void append(const NameList& more);
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  // Views live until the list is changed.
  Iterator begin() const noexcept;
  Iterator end() const noexcept;
  std::string_view front() const noexcept;

 private:
  std::deque<std::string> chunks_;
  std::size_t size_ = 0;
};

class NameList::Iterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = std::string_view;
  using difference_type = std::ptrdiff_t;
  using pointer = const std::string_view*;
  using reference = std::string_view;

  Iterator() = default;
  Iterator(const std::deque<std::string>* chunks, std::size_t left) noexcept : chunks_(chunks), left_(left) {}
  std::string_view operator*() const noexcept;
  std::uint8_t mark() const noexcept;
  Iterator& operator++() noexcept;
  Iterator operator++(int) noexcept {
    auto before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Iterator& other) const noexcept { return left_ == other.left_; }

 private:
  std::string_view record() const noexcept;
  const std::deque<std::string>* chunks_ = nullptr;
  std::size_t left_ = 0;  // names, this one included
  std::size_t chunk_ = 0, at_ = 0;
};

inline NameList::Iterator NameList::begin() const noexcept { return {&chunks_, size_}; }
inline NameList::Iterator NameList::end() const noexcept { return {&chunks_, 0}; }
inline std::string_view NameList::front() const noexcept { return *begin(); }

}  // namespace vault
