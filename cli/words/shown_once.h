// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is shown once - a recovery code, a token - is shown before it counts: a full disk or a closed stdout is noticed
// while nothing is changed yet. Should the change fail after that, whoever has it is told that it is nothing.

#include <string>
#include <string_view>

#include "cli/words/json_output.h"
#include "vault/crypto/secret.h"

namespace cli {

class Surroundings;

// The text alone on a line of stdout, and out when this returns. Throws io.
void print_secret_line(const Surroundings& around, const vault::SecretString& secret);

// A document with the secret as the value of its last member, which holds null: no JSON library gets to copy the
// secret. Member names are our own words; the secret needs no escapes. What is known only afterwards is added by
// finish(); destroyed without it, the document ends where it is. Throws io.
class JsonWithSecret {
 public:
  JsonWithSecret(const Surroundings& around, const Json& document, const vault::SecretString& secret);
  JsonWithSecret(const JsonWithSecret&) = delete;
  ~JsonWithSecret();
  void finish(const Json& more = Json::object());

 private:
  const Surroundings& around_;
  bool open_ = true;
};

// While an exception is handled: throws it again, with the word that `what` ("recovery code"), which was shown, does
// not count. Unless it may count: then the error goes on as it is.
[[noreturn]] void say_that_it_does_not_count(std::string_view what);

}  // namespace cli
