// SPDX-License-Identifier: Apache-2.0
#include "import/json/looked_through.h"

#include <algorithm>
#include <functional>

namespace formats {

void LookedThrough::add_name(std::string_view name, std::uint32_t offset) {
  members_.push_back({static_cast<std::uint32_t>(std::hash<std::string_view>{}(name)), offset});
}

void LookedThrough::forget_texts() {
  unescaped_.erase(unescaped_.begin() + static_cast<std::ptrdiff_t>(kept_texts_), unescaped_.end());
}

// Names of one hash are read once more: few, unless somebody chose them so.
std::vector<LookedThrough::Repeat> LookedThrough::repeats(JsonScanner& scanner) {
  std::vector<Repeat> found;
  std::vector<Repeat> alike;
  for (auto first = members_.begin(); first != members_.end();) {
    const auto last = std::find_if(first, members_.end(), [&](const Member& one) { return one.hash != first->hash; });
    alike.clear();
    for (auto at = first; last - first > 1 && at != last; ++at) {
      scanner.go_back_to(at->offset);
      alike.push_back({scanner.take_name(), at->offset});
    }
    std::ranges::stable_sort(alike, {}, &Repeat::name);
    for (std::size_t i = 1; i < alike.size(); ++i) {
      if (alike[i].name == alike[i - 1].name) found.push_back(alike[i]);
    }
    first = last;
  }
  return found;
}

void LookedThrough::finish(JsonStretch stretch, JsonScanner scanner, std::size_t few) {
  found_ = stretch;
  std::ranges::sort(members_);
  const auto found = repeats(scanner);
  if (!found.empty()) {
    const auto first =
        members_.size() > few
            ? std::ranges::min_element(found, {}, [](const Repeat& one) { return std::pair(one.name, one.offset); })
            : std::ranges::min_element(found, {}, &Repeat::offset);
    scanner.fail_at(first->offset, "the same name twice in an object");
  }
  forget_texts();
  members_ = {};
}

}  // namespace formats
