// SPDX-License-Identifier: Apache-2.0
#include "cli/matching/mask_stream.h"

#include <algorithm>

namespace cli {

void MaskStream::feed(std::string_view bytes, const Sink& sink) {
  pending_.reserve(64);  // not in the object itself, where nobody wipes it
  std::size_t at = pending_.size();
  pending_ += bytes;
  covered_.resize(pending_.size(), false);
  for (; at < pending_.size(); ++at) {
    const auto byte = static_cast<std::uint8_t>(pending_[at]);
    if (state_ == Matcher::kStart && !matcher_.can_begin_with(byte)) continue;
    state_ = matcher_.next(state_, byte);
    // Of what was released already nothing can be taken back.
    const std::size_t length = std::min<std::size_t>(matcher_.match_length(state_), at + 1);
    std::fill_n(covered_.begin() + static_cast<std::ptrdiff_t>(at + 1 - length), length, true);
  }
  give_out(pending_.size() - std::min<std::size_t>(matcher_.open_bytes(state_), pending_.size()), sink);
}

void MaskStream::finish(const Sink& sink) {
  release(sink);
  state_ = Matcher::kStart;
  behind_marker_ = false;
}

void MaskStream::give_out(std::size_t count, const Sink& sink) {
  for (std::size_t from = 0; from < count;) {
    std::size_t to = from + 1;
    while (to < count && covered_[to] == covered_[from]) ++to;
    if (!covered_[from]) {
      sink(std::string_view(pending_).substr(from, to - from));
    } else if (!behind_marker_) {
      sink(marker_);
    }
    behind_marker_ = covered_[from];
    from = to;
  }
  pending_.erase(0, count);
  covered_.erase(covered_.begin(), covered_.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace cli
