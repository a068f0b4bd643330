// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an import left out, each with its reason: as small as a list of names.

#include <iterator>
#include <string>
#include <vector>

#include "vault/applying/name_list.h"

namespace vault {

struct SkippedEntry {
  std::string id;  // profile, variable, "config/<path>", "order:<provider>", "usage:<profile>", or "document"
  // "unchanged": the vault holds the same; "exists": it holds another value; "details": the same secret with other
  // details (name, e-mail, expiry, ...); "already_wired": the source has a reference to the vault itself; "no_secret":
  // the vault holds a secret, the source only a reference, a placeholder or nothing.
  std::string reason;
};

class SkippedList {
 public:
  class Iterator;
  using value_type = SkippedEntry;
  using const_iterator = Iterator;
  using iterator = Iterator;

  void push_back(const SkippedEntry& entry);
  void append(const SkippedList& more);
  std::size_t size() const noexcept { return ids_.size(); }
  bool empty() const noexcept { return ids_.empty(); }
  std::size_t count(std::string_view reason) const;
  Iterator begin() const noexcept;
  Iterator end() const noexcept;
  SkippedEntry front() const;

 private:
  NameList ids_;                      // marked with their reasons' places
  std::vector<std::string> reasons_;  // a handful, each once
};

class SkippedList::Iterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = SkippedEntry;
  using difference_type = std::ptrdiff_t;
  using pointer = const SkippedEntry*;
  using reference = SkippedEntry;

  Iterator() = default;
  Iterator(NameList::Iterator id, const std::vector<std::string>* reasons) noexcept : id_(id), reasons_(reasons) {}
  std::string_view id() const noexcept { return *id_; }
  const std::string& reason() const noexcept { return (*reasons_)[id_.mark()]; }
  SkippedEntry operator*() const { return {std::string(id()), reason()}; }
  Iterator& operator++() noexcept {
    ++id_;
    return *this;
  }
  Iterator operator++(int) noexcept {
    auto before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Iterator& other) const noexcept { return id_ == other.id_; }

 private:
  NameList::Iterator id_;
  const std::vector<std::string>* reasons_ = nullptr;
};

inline SkippedList::Iterator SkippedList::begin() const noexcept { return {ids_.begin(), &reasons_}; }
inline SkippedList::Iterator SkippedList::end() const noexcept { return {ids_.end(), &reasons_}; }
inline SkippedEntry SkippedList::front() const { return *begin(); }

}  // namespace vault
