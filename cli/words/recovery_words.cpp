// SPDX-License-Identifier: Apache-2.0
#include "cli/words/recovery_words.h"

#include "cli/terminal/surroundings.h"
#include "vault/base/error.h"

namespace cli {

void announce_recovery_code(const Surroundings& around) {
  auto& terminal = around.terminal();
  terminal.note("");
  terminal.note("Recovery code, shown this once - write it down and keep it away from this machine:");
  terminal.note("");
}

void ask_recovery_code_back(const Surroundings& around, const vault::SecretString& code) {
  auto& terminal = around.terminal();
  if (!terminal.is_interactive()) return;
  constexpr std::size_t kGroup = 4, kAsked = 9;
  const auto expected = code.reveal().substr((kAsked - 1) * (kGroup + 1), kGroup);
  for (int tries = 0; tries < 3; ++tries) {
    const auto answer = terminal.ask_line("Type group 9 of the code, to be sure you have it: ", {});
    if (vault::ascii_lower(vault::trimmed(answer)) == vault::ascii_lower(expected)) return;
    terminal.note("That is not group 9.");
  }
  terminal.warn("the recovery code was not confirmed; make a new one with: claviger key add --recovery");
}

void print_json_with_secret(const Surroundings& around, const Json& document, std::string_view member,
                            const vault::SecretString& secret) {
  const std::string text = json_safe(document.dump(2, ' ', false, Json::error_handler_t::replace));
  const std::string place = "\n  \"" + std::string(member) + "\": null";
  const auto at = text.find(place);
  if (at == std::string::npos)
    throw vault::Error(vault::ErrorCode::internal, "a document lacks the member it should have");
  const auto value = at + place.size() - 4;
  auto& out = around.out();
  out.write(std::string_view(text).substr(0, value));
  out.write("\""), out.write(secret.reveal()), out.write("\"");
  out.write(std::string_view(text).substr(value + 4)), out.write("\n");
  out.flush();
}

}  // namespace cli
