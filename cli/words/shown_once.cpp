// SPDX-License-Identifier: Apache-2.0
#include "cli/words/shown_once.h"

#include "cli/terminal/surroundings.h"
#include "vault/base/error.h"
#include "vault/base/outcome.h"

namespace cli {

using vault::Error;
using vault::ErrorCode;

void print_secret_line(const Surroundings& around, const vault::SecretString& secret) {
  auto& out = around.out();
  out.write(secret.reveal()), out.write("\n");
  out.flush();
}

JsonWithSecret::JsonWithSecret(const Surroundings& around, const Json& document, const vault::SecretString& secret)
    : around_(around) {
  constexpr std::string_view kEnd = "null\n}";
  const std::string text = json_text(document);
  if (!text.ends_with(kEnd)) throw Error(ErrorCode::internal, "a document's last member is not there for the secret");
  auto& out = around.out();
  out.write(std::string_view(text).substr(0, text.size() - kEnd.size()));
  out.write("\""), out.write(secret.reveal()), out.write("\"");
  out.flush();
}

JsonWithSecret::~JsonWithSecret() {
  if (!open_) return;
  try {
    finish();
  } catch (const Error&) {
    // An error is on its way already, or stdout has gone: either is told elsewhere.
  }
}

void JsonWithSecret::finish(const Json& more) {
  open_ = false;
  auto& out = around_.out();
  if (!more.empty()) {
    const std::string text = json_text(more);  // "{\n  ...\n}"
    out.write(","), out.write(std::string_view(text).substr(1, text.size() - 3));
  }
  out.write("\n}\n");
  out.flush();
}

void say_that_it_does_not_count(std::string_view what) {
  try {
    throw;
  } catch (const Error& error) {
    if (may_count(error)) throw;
    throw Error(error.code(),
                std::string(error.what()) + "; the " + std::string(what) + " that was shown does not count",
                error.hint());
  }
}

}  // namespace cli
