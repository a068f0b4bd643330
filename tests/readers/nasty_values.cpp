// SPDX-License-Identifier: Apache-2.0
#include "tests/readers/nasty_values.h"

#include <random>
#include <stdexcept>

#include "vault/base/encoding.h"

namespace readers {
namespace {

using Words = std::vector<std::string>;

const Words& value_words() {
  static const Words words{"'",
                           "\"",
                           "`",
                           "\\",
                           "#",
                           " #",
                           "$",
                           "$HOME",
                           "${HOME}",
                           "$(id)",
                           "`id`",
                           "!",
                           "!!",
                           "%s",
                           "=",
                           ":",
                           ";",
                           "&",
                           "|",
                           "\n",
                           "\r",
                           "\t",
                           " ",
                           "\\n",
                           "\\r",
                           "\\t",
                           "\\\n",
                           "\\'",
                           "\\\"",
                           "\\\\",
                           "''",
                           "'\\''",
                           "\"\"",
                           "~",
                           "*",
                           "?",
                           "[a]",
                           "{a,b}",
                           "<",
                           ">",
                           "(",
                           ")",
                           "A=",
                           "\nexport B=",
                           "\nB: ",
                           "sk-ant-test-",
                           "k",
                           "\xC3\xA9",
                           "\xC2\xA0",
                           "\xE2\x80\xA8",
                           "\xEF\xBB\xBF",
                           "\xF0\x9F\x94\x91",
                           "\xEE\x98\x80",
                           "\xEF\xB7\x90",
                           "\x01",
                           "\x02",
                           "\x1B[0m",
                           "\x7F",
                           "\xC2\x81"};
  return words;
}

const Words& raw_bytes() {
  static const Words words{
      "\x80", "\x81", "\x88", "\xFF", "\xFE", "\xC3", "\xED\xA0\x80", "\xF0\x9F", std::string(1, '\0')};
  return words;
}

const Words& text_words() {
  static const Words words{"A",
                           "B",
                           "export",
                           "export ",
                           "EXPORT ",
                           "set ",
                           "a.b",
                           "c-d",
                           "7",
                           "__proto__",
                           "=",
                           "=",
                           "=",
                           " = ",
                           ":",
                           ": ",
                           ":\n",
                           "'",
                           "\"",
                           "`",
                           "'",
                           "\"",
                           "\\'",
                           "\\\"",
                           "\\`",
                           "\\",
                           "\\n",
                           "\\r",
                           "#",
                           " #",
                           "$A",
                           "${B}",
                           "x",
                           "y z",
                           "\n",
                           "\n",
                           "\n",
                           "\n",
                           "\r\n",
                           "\r",
                           " ",
                           "\t",
                           "\v",
                           "\xC2\xA0",
                           "\xE2\x80\xA8",
                           "\xE2\x80\xA9",
                           "\xEF\xBB\xBF",
                           "\xE3\x80\x80",
                           "\xE2\x80\x8A",
                           "\xE2\x80\x8B",
                           "\xC3\xA9",
                           "\nA=",
                           "\nB='",
                           "\nC=\"",
                           "\nD=`",
                           "'\n",
                           "\"\n",
                           "`\n",
                           std::string(1, '\0')};
  return words;
}

Words fixed_values() {
  return {"",
          "x",
          " ",
          "\n",
          "\r\n",
          "\t \n",
          "'",
          "\"",
          "`",
          "\\",
          " x\\",
          "a#b\\",
          "'it's'",
          "'a\"b`c",
          "\"a\"b\"",
          "a'b\"c`d",
          "#",
          "a b ",
          "-n",
          "-----BEGIN TEST KEY-----\nAAAA\nBBBB\n-----END TEST KEY-----\n",
          "a:b::c",
          ":",
          "a\\nb",
          "\"q\"",
          "'q'",
          "sk-ant-test-0123456789_abcDEF",
          std::string(40000, 'k'),
          std::string(65000, '\''),
          std::string(60000, '\\')};
}

std::string join(std::mt19937_64& random, const Words& words, const Words& rare, std::size_t most) {
  std::string text;
  for (auto left = random() % (most + 1); left > 0; --left) {
    const auto& from = !rare.empty() && random() % 16 == 0 ? rare : words;
    text += from[random() % from.size()];
  }
  return text;
}

}  // namespace

std::vector<vault::VariableDraft> nasty_variables(std::uint64_t seed, std::size_t generated, Encoding encoding) {
  std::mt19937_64 random(seed);
  auto values = fixed_values();
  const auto rare = encoding == Encoding::any_bytes ? raw_bytes() : Words{std::string(1, '\0')};
  for (std::size_t i = 0; i < generated; ++i) values.push_back(join(random, value_words(), rare, 10));
  std::vector<vault::VariableDraft> variables;
  for (const auto& value : values) {
    // fish treats names that end in PATH in its own way.
    const auto* const suffix = variables.size() % 10 == 9 ? "_PATH" : "";
    variables.push_back({"NASTY_" + std::to_string(variables.size()) + suffix, vault::SecretString::copy_of(value)});
  }
  return variables;
}

std::vector<std::string> nasty_texts(std::uint64_t seed, std::size_t count) {
  std::mt19937_64 random(seed);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) texts.push_back(join(random, text_words(), {}, 4 + i % 40));
  return texts;
}

std::string to_hex(std::string_view text) { return vault::to_hex(vault::bytes_of(text)); }

std::string from_hex(std::string_view hex) {
  const auto bytes = vault::from_hex(hex);
  if (!bytes) throw std::runtime_error("not hexadecimal");
  return std::string(vault::text_of(*bytes));
}

}  // namespace readers
