// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/did_you_mean.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace cli {

std::size_t edit_distance(std::string_view left, std::string_view right) {
  // Three rows of the usual table are enough: a swap looks back two.
  std::vector<std::size_t> before_last(right.size() + 1);
  std::vector<std::size_t> last(right.size() + 1);
  std::vector<std::size_t> now(right.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= left.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (swapped) now[j] = std::min(now[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, now);
  }
  return last[right.size()];
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> known) {
  if (word.empty() || word.size() > 64) return std::nullopt;
  std::optional<std::string> best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const auto& candidate : known) {
    const bool begun = word.size() >= 2 && std::string_view(candidate).starts_with(word);
    const std::size_t distance = begun ? 1 : edit_distance(word, candidate);
    if (distance >= best_distance) continue;
    best = candidate;
    best_distance = distance;
  }
  return best;
}

bool may_be_repeated(std::string_view word) noexcept {
  const auto harmless = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; };
  return !word.empty() && word.size() <= 24 && std::ranges::all_of(word, harmless);
}

}  // namespace cli
