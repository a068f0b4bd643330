// SPDX-License-Identifier: Apache-2.0
#include "tests/vectors/frozen_case.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace vault::testing {

FrozenCase::FrozenCase(const std::filesystem::path& path) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    const auto colon = line.find(": ");
    if (colon == std::string::npos) throw std::invalid_argument("a line without a name");
    lines_.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
}

const std::string& FrozenCase::text(std::string_view name) const {
  for (const auto& [key, value] : lines_) {
    if (key == name) return value;
  }
  throw std::invalid_argument("the case has no line '" + std::string(name) + "'");
}

std::vector<std::string> FrozenCase::texts(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : lines_) {
    if (key == name) values.push_back(value);
  }
  return values;
}

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream stream(line);
  for (std::string word; stream >> word;) words.push_back(word == "\"\"" ? "" : word);
  return words;
}

}  // namespace vault::testing
