// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/config/config_includes.h"

#include <algorithm>

#include "import/openclaw/config/config_path.h"
#include "import/openclaw/entry.h"

namespace formats {
namespace {

constexpr std::size_t kNamed = 5;

// "'a.json', 'b.json' "; nothing for what is no name of a file.
std::string named(JsonValue files) {
  std::vector<std::string> names;
  if (files.is(JsonKind::string)) names.push_back("'" + shortened(files.text()) + "' ");
  for (const JsonValue file : files) {
    if (file.is(JsonKind::string) && names.size() < kNamed) names.push_back("'" + shortened(file.text()) + "' ");
  }
  std::string text;
  for (const auto& name : names) text += name;
  return text;
}

// A place as deep as the JSON reader goes, in the names that lead there.
void find_includes(JsonValue value, ConfigSegments& segments, std::vector<std::string>& places) {
  if (const auto files = value.find("$include")) {
    places.push_back(named(*files) +
                     (segments.empty() ? "at its top" : "in '" + config_path_text(segments).value_or("...") + "'"));
  }
  std::size_t number = 0;
  for (const JsonValue part : value) {
    if (!part.is(JsonKind::object) && !part.is(JsonKind::array)) {
      ++number;
      continue;
    }
    segments.push_back(value.is(JsonKind::array) ? std::to_string(number) : std::string(part.name()));
    ++number;
    find_includes(part, segments, places);
    segments.pop_back();
  }
}

}  // namespace

void report_includes(JsonValue root, std::vector<vault::ImportWarning>& warnings) {
  ConfigSegments segments;
  std::vector<std::string> places;
  find_includes(root, segments, places);
  if (places.empty()) return;
  std::string text = "openclaw.json includes other files ";
  for (std::size_t i = 0; i < std::min(places.size(), kNamed); ++i) text += (i > 0 ? ", " : "") + places[i];
  if (places.size() > kNamed) text += " and in " + std::to_string(places.size() - kNamed) + " more places";
  warnings.push_back({"config_include", "$include", text + ": what they hold was not read", false});
}

}  // namespace formats
