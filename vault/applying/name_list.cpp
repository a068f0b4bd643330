// SPDX-License-Identifier: Apache-2.0
// Each name stands behind two bytes of its length and its mark; none is in two chunks.
#include "vault/applying/name_list.h"

namespace vault {
namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10;  // bytes; the first one grows to it
constexpr std::size_t kFront = 3;
constexpr std::size_t kLongest = 65'535;

std::size_t byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

}  // namespace

void NameList::push_back(std::string_view name, std::uint8_t mark) {
  name = name.substr(0, kLongest);
  const bool full = chunks_.empty() || chunks_.back().size() + kFront + name.size() > kChunk;
  if (full && !chunks_.empty()) chunks_.back().shrink_to_fit();
  if (full) chunks_.emplace_back();
  auto& chunk = chunks_.back();
  chunk += static_cast<char>(name.size() & 0xFF);
  chunk += static_cast<char>(name.size() >> 8);
  chunk += static_cast<char>(mark);
  chunk += name;
  ++size_;
}

void NameList::append(const NameList& more) {
  for (auto at = more.begin(); at != more.end(); ++at) push_back(*at, at.mark());
}

std::string_view NameList::Iterator::record() const noexcept {
  return std::string_view((*chunks_)[chunk_]).substr(at_);
}

std::string_view NameList::Iterator::operator*() const noexcept {
  const auto text = record();
  return text.substr(kFront, byte_at(text, 0) + (byte_at(text, 1) << 8));
}

std::uint8_t NameList::Iterator::mark() const noexcept { return static_cast<std::uint8_t>(record()[2]); }

NameList::Iterator& NameList::Iterator::operator++() noexcept {
  at_ += kFront + (**this).size();
  if (at_ == (*chunks_)[chunk_].size()) {
    ++chunk_;
    at_ = 0;
  }
  --left_;
  return *this;
}

}  // namespace vault
