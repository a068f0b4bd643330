// SPDX-License-Identifier: Apache-2.0
// Both ends of a run of a real reader: writes nasty values for it, and compares what it made of them byte for byte.
//
//   reader_check write DIALECT SEED            the file for the reader, on standard output
//   reader_check compare DIALECT SEED          its answer on standard input: lines of NAME, blank, value in hexadecimal
//   reader_check compare-plain DIALECT SEED    as compare, but values that are empty or hold a $ are left aside
//   reader_check compare-environment DIALECT SEED    its answer is the environment this program was started with
//   reader_check texts SEED COUNT              .env texts in hexadecimal, one a line
//   reader_check compare-texts SEED COUNT      what dotenv made of each: NAMEHEX=VALUEHEX, comma separated, a line

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <set>

#include "import/dotenv/dotenv.h"
#include "import/dotenv/dotenv_writer.h"
#include "tests/readers/nasty_values.h"
#include "vault/base/error.h"

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;  // name and value in hexadecimal

constexpr std::size_t kGenerated = 4000;

// The variables that this dialect takes; the rest has been refused by name.
std::vector<vault::VariableDraft> writable(formats::Dialect dialect, std::uint64_t seed) {
  auto all = readers::nasty_variables(seed, kGenerated, readers::Encoding::any_bytes);
  const auto refused = [&](const vault::VariableDraft& variable) {
    const formats::NamedSecret one[] = {{variable.name, &variable.value}};
    try {
      formats::write_variables(one, dialect);
      return false;
    } catch (const vault::Error&) {
      return true;
    }
  };
  std::erase_if(all, refused);
  return all;
}

std::string written(const std::vector<vault::VariableDraft>& variables, formats::Dialect dialect) {
  std::vector<formats::NamedSecret> views;
  for (const auto& variable : variables) views.push_back({variable.name, &variable.value});
  return std::string(formats::write_variables(views, dialect).reveal());
}

Pairs expected(formats::Dialect dialect, std::uint64_t seed) {
  Pairs pairs;
  for (const auto& variable : writable(dialect, seed)) {
    pairs.emplace_back(variable.name, readers::to_hex(variable.value.reveal()));
  }
  return pairs;
}

Pairs read_pairs() {
  Pairs pairs;
  for (std::string line; std::getline(std::cin, line);) {
    const auto blank = line.find(' ');
    pairs.emplace_back(line.substr(0, blank), blank == std::string::npos ? "" : line.substr(blank + 1));
  }
  return pairs;
}

int report(const std::string& what, std::size_t differences, std::size_t compared) {
  std::cout << what << ": " << compared << " compared, " << differences << " differ\n";
  return differences == 0 && compared > 0 ? 0 : 1;
}

void show(const std::pair<std::string, std::string>& wanted, const std::pair<std::string, std::string>& seen) {
  std::cout << "wanted " << wanted.first << ' ' << wanted.second.substr(0, 160) << "\n  seen " << seen.first << ' '
            << seen.second.substr(0, 160) << '\n';
}

int compare(const std::string& dialect, const Pairs& wanted, const Pairs& seen) {
  std::size_t differences = wanted.size() == seen.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(wanted.size(), seen.size()); ++i) {
    if (wanted[i] == seen[i]) continue;
    if (++differences < 10) show(wanted[i], seen[i]);
  }
  return report(dialect, differences, wanted.size());
}

// For readers that expand variables and drop empty ones.
int compare_plain(const std::string& dialect, Pairs wanted, Pairs seen) {
  const auto dollar = readers::to_hex("$");
  const auto special = [&](const auto& pair) {
    for (std::size_t i = 0; i < pair.second.size(); i += 2) {
      if (pair.second.compare(i, 2, dollar) == 0) return true;
    }
    return pair.second.empty();
  };
  std::erase_if(wanted, special);
  std::set<std::string> names;
  for (const auto& pair : wanted) names.insert(pair.first);
  std::erase_if(seen, [&](const auto& pair) { return !names.contains(pair.first); });
  return compare(dialect, wanted, seen);
}

Pairs read_environment(const Pairs& wanted) {
  Pairs seen;
  for (const auto& [name, value] : wanted) {
    const char* const text = std::getenv(name.c_str());
    seen.emplace_back(text == nullptr ? "(missing)" : name, text == nullptr ? "" : readers::to_hex(text));
  }
  return seen;
}

bool is_index(const std::string& name) { return name.find_first_not_of('7') == std::string::npos; }

// In the order of a JavaScript object: names like 77 first, by size; the rest as they came.
std::string as_answer(const std::string& text) {
  auto variables = formats::read_dotenv(text);
  std::stable_sort(variables.begin(), variables.end(), [](const auto& a, const auto& b) {
    if (is_index(a.name) && is_index(b.name)) return a.name.size() < b.name.size();
    return is_index(a.name) && !is_index(b.name);
  });
  std::string answer;
  for (const auto& variable : variables) {
    if (!answer.empty()) answer += ',';
    answer += readers::to_hex(variable.name) + '=' + readers::to_hex(variable.value.reveal());
  }
  return answer;
}

int compare_texts(std::uint64_t seed, std::size_t count) {
  std::size_t differences = 0;
  for (const auto& text : readers::nasty_texts(seed, count)) {
    std::string answer;
    if (std::getline(std::cin, answer) && answer == as_answer(text)) continue;
    if (++differences < 10) show({"ours", as_answer(text)}, {"dotenv", answer + " of " + readers::to_hex(text)});
  }
  return report("texts", differences, count);
}

int run(const std::vector<std::string>& arguments) {
  const auto& verb = arguments.at(1);
  if (verb == "texts" || verb == "compare-texts") {
    const auto seed = std::stoull(arguments.at(2));
    const auto count = std::stoul(arguments.at(3));
    if (verb == "compare-texts") return compare_texts(seed, count);
    for (const auto& text : readers::nasty_texts(seed, count)) std::cout << readers::to_hex(text) << '\n';
    return 0;
  }
  const auto dialect = formats::dialect_named(arguments.at(2)).value();
  const auto seed = std::stoull(arguments.at(3));
  const auto wanted = expected(dialect, seed);
  if (verb == "compare") return compare(arguments[2], wanted, read_pairs());
  if (verb == "compare-plain") return compare_plain(arguments[2], wanted, read_pairs());
  if (verb == "compare-environment") return compare(arguments[2], wanted, read_environment(wanted));
  if (verb != "write") return 2;
  std::cout << written(writable(dialect, seed), dialect);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    return run({arguments, arguments + count});
  } catch (const std::exception& error) {
    std::cerr << "reader_check: " << error.what() << '\n';
    return 2;
  }
}
