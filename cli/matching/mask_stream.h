// SPDX-License-Identifier: Apache-2.0
#pragma once
// A stream of bytes in which secrets are replaced: whatever a known text covers becomes one marker, texts that overlap
// or touch together one; everything else stays byte for byte. Holds back only what may still be the beginning of a
// text, and that until the next byte shows it.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/matching/matcher.h"

namespace cli {

class MaskStream {
 public:
  using Sink = std::function<void(std::string_view)>;  // the view lives for the call only

  // The matcher is finished and outlives this.
  MaskStream(const Matcher& matcher, std::string marker) : matcher_(matcher), marker_(std::move(marker)) {}

  void feed(std::string_view bytes, const Sink& sink);
  // Bytes that are held back.
  std::size_t held() const noexcept { return pending_.size(); }
  // Gives out what is held back; what goes on with it is still replaced, from the next byte on.
  void release(const Sink& sink) { give_out(pending_.size(), sink); }
  // The stream is over.
  void finish(const Sink& sink);

 private:
  void give_out(std::size_t count, const Sink& sink);

  const Matcher& matcher_;
  std::string marker_;
  Matcher::State state_ = Matcher::kStart;
  std::basic_string<char, std::char_traits<char>, vault::WipingAllocator<char>> pending_;
  std::vector<bool> covered_;  // of pending_
  bool behind_marker_ = false;
};

}  // namespace cli
