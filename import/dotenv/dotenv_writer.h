// SPDX-License-Identifier: Apache-2.0
#pragma once
// Writes variables for one declared reader, so that it reads back the very same bytes. What a reader cannot hold is
// refused by the variable's name; nothing is ever mangled, and no dialect is guessed. Opens no file.
//
//   dotenv   the npm package dotenv 17 (names may also have . and -); the choice of quotes is free of context, so
//            neighbours cannot change each other
//   sh       `. file` in POSIX sh, bash, dash, zsh          fish     `source file`
//   docker   docker run --env-file                          systemd  EnvironmentFile=
//   hermes   what Hermes takes from secrets.command
//   json     one object; for programs

#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "import/dotenv/buffer.h"
#include "vault/crypto/secret.h"

namespace formats {

enum class Dialect { dotenv, sh, fish, docker, systemd, hermes, json };

std::optional<Dialect> dialect_named(std::string_view name) noexcept;
std::string_view name_of(Dialect dialect) noexcept;  // lives for ever

// Streams, one variable at a time, in the order they are added. After a refusal the variables before it have reached
// the sink: let the sink be a file that is committed at the end, or use write_variables.
class VariableWriter {
 public:
  using Sink = std::function<void(std::string_view)>;
  VariableWriter(Dialect dialect, Sink sink);

  // Throws bad_input when the dialect cannot hold this name or value, or the name was added before; then nothing of it
  // has reached the sink.
  void add(std::string_view name, const vault::SecretString& value);
  void finish();  // once, after the last; without it the text is incomplete

 private:
  Dialect dialect_;
  Sink sink_;
  std::set<std::string, std::less<>> names_;
  SecretBuffer text_;
};

struct NamedSecret {
  std::string_view name;
  const vault::SecretString* value = nullptr;
};

// The whole text at once, or bad_input as VariableWriter::add.
vault::SecretString write_variables(std::span<const NamedSecret> variables, Dialect dialect);

}  // namespace formats
