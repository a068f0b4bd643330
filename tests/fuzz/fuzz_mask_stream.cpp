// SPDX-License-Identifier: Apache-2.0
// Whatever is looked for, and however the stream is cut, the mask gives what a slow search would: everything that a
// text covers replaced, everything else as it was (E10, E11).

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "cli/matching/mask_stream.h"

namespace {

constexpr std::size_t kMostTexts = 8;

// The input: a byte for the pieces' size, texts of up to 15 bytes each with its length in front, 0 ends them; the rest
// is the stream.
std::vector<std::string> take_texts(std::string_view& input) {
  std::vector<std::string> texts;
  while (!input.empty() && texts.size() < kMostTexts) {
    const std::size_t length = static_cast<std::uint8_t>(input.front()) & 15U;
    input.remove_prefix(1);
    if (length == 0) break;
    texts.emplace_back(input.substr(0, length));
    input.remove_prefix(texts.back().size());
  }
  return texts;
}

std::string naively_masked(const std::vector<std::string>& texts, std::string_view stream) {
  std::vector<bool> covered(stream.size(), false);
  for (const auto& text : texts) {
    if (text.empty()) continue;
    for (auto at = stream.find(text); at != stream.npos; at = stream.find(text, at + 1)) {
      std::fill_n(covered.begin() + static_cast<std::ptrdiff_t>(at), text.size(), true);
    }
  }
  std::string seen;
  for (std::size_t i = 0; i < stream.size(); ++i) {
    if (!covered[i]) seen += stream[i];
    if (covered[i] && (i == 0 || !covered[i - 1])) seen += "[masked]";
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  if (input.empty()) return 0;
  const std::size_t piece = 1 + static_cast<std::uint8_t>(input.front()) % 32;
  input.remove_prefix(1);
  const auto texts = take_texts(input);
  cli::Matcher matcher;
  for (const auto& text : texts) matcher.add(text, 0);
  matcher.finish();
  cli::MaskStream stream(matcher, "[masked]");
  std::string seen;
  const auto sink = [&](std::string_view part) { seen += part; };
  for (std::size_t at = 0; at < input.size(); at += piece) stream.feed(input.substr(at, piece), sink);
  stream.finish(sink);
  if (seen != naively_masked(texts, input)) std::abort();
  return 0;
}
