// SPDX-License-Identifier: Apache-2.0
#pragma once
// OpenClaw's protocol for programs that serve secrets (exec provider, version 1): one JSON request in, one JSON answer
// out. Knows no vault. Every id of a request gets either a value or an error; the words of an error are the same
// whatever was asked for, because OpenClaw may log them.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "vault/base/error.h"
#include "vault/crypto/secret.h"

namespace formats {

inline constexpr std::size_t kLargestExecRequest = std::size_t{1} << 20;

enum class ExecError {
  not_found,  // unknown, blank, another agent's, a login's refresh token: all alike
  ambiguous,  // the id names two profiles
  locked,     // no key, or not the right one
  busy,       // somebody else is writing, or time ran out
  vault_missing,
  damaged,
  unavailable,  // anything else: what it was stands on stderr
  invalid_request,
};
std::string_view code_of(ExecError error) noexcept;  // as it stands in the answer: "NOT_FOUND", ...
ExecError exec_error_for(vault::ErrorCode code) noexcept;

struct ExecRequest {
  std::vector<std::string> ids;  // each once, as first seen; not judged
  std::string fault;             // why the request is refused; empty: it is not
};

// Throws nothing that a request's contents could cause: what can be read of a faulty one is in `ids`.
ExecRequest read_exec_request(std::string_view json);

using ExecOutcome = std::variant<vault::SecretString, ExecError>;

// The answer, with one outcome for each id. A value must be UTF-8.
void write_exec_answer(std::span<const std::string> ids, std::span<const ExecOutcome> outcomes,
                       const std::function<void(std::string_view)>& sink);
// The same error for all ids. With no id to tie it to, the error stands for itself under "error".
std::string exec_failure(std::span<const std::string> ids, ExecError error);

}  // namespace formats
