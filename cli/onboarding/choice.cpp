// SPDX-License-Identifier: Apache-2.0
#include "cli/onboarding/choice.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

namespace cli {
namespace {

template <class Visit>
void for_each_offer(std::vector<OfferedSource>& sources, Visit&& visit) {
  for (auto& source : sources) {
    for (auto& offer : source.offers) {
      if (offer.can_be_ticked()) visit(offer);
    }
  }
}

// Another value is given up for its own number alone.
bool replaces_nothing(const Offer& offer) { return offer.plan == Plan::add || offer.plan == Plan::add_newer; }

std::optional<std::size_t> number_in(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size() && number > 0;
  return whole ? std::optional(number) : std::nullopt;
}

// False for what is neither a number nor a range of numbers up to `last`.
bool add_numbers(std::string_view word, std::size_t last, std::set<std::size_t>& into) {
  const auto dash = word.find('-');
  const auto from = number_in(word.substr(0, dash));
  const auto to = dash == word.npos ? from : number_in(word.substr(dash + 1));
  if (!from || !to || *from > *to || *to > last) return false;
  for (auto number = *from; number <= *to; ++number) into.insert(number);
  return true;
}

std::optional<std::set<std::size_t>> numbers_in(std::string_view line, std::size_t last) {
  constexpr std::string_view kBetween = " ,;\t";
  std::set<std::size_t> numbers;
  for (auto at = line.find_first_not_of(kBetween); at != line.npos; at = line.find_first_not_of(kBetween, at)) {
    const auto end = std::min(line.find_first_of(kBetween, at), line.size());
    if (!add_numbers(line.substr(at, end - at), last, numbers)) return std::nullopt;
    at = end;
  }
  return numbers;
}

}  // namespace

Typed apply_typed(std::string_view line, std::vector<OfferedSource>& sources) {
  const auto word = vault::ascii_lower(vault::trimmed(line));
  if (word.empty()) return Typed::go_on;
  if (word == "all") {
    for_each_offer(sources, [&](Offer& offer) { offer.ticked = offer.ticked || replaces_nothing(offer); });
    return Typed::changed;
  }
  if (word == "none") {
    for_each_offer(sources, [&](Offer& offer) { offer.ticked = false; });
    return Typed::changed;
  }
  std::size_t last = 0;
  for_each_offer(sources, [&](const Offer& offer) { last = std::max(last, offer.number); });
  const auto numbers = numbers_in(word, last);
  if (!numbers || numbers->empty()) return Typed::not_understood;
  for_each_offer(sources, [&](Offer& offer) { offer.ticked = offer.ticked != numbers->contains(offer.number); });
  return Typed::changed;
}

std::size_t count_ticked(const std::vector<OfferedSource>& sources) {
  std::size_t count = 0;
  for (const auto& source : sources) count += std::size_t(std::ranges::count_if(source.offers, &Offer::ticked));
  return count;
}

}  // namespace cli
