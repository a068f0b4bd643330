// SPDX-License-Identifier: Apache-2.0
#pragma once
// `claude setup-token`, which makes a token and shows it to the person in front of it.

namespace cli {

class Context;

// usage when stdin, stderr or stdout is no terminal, or --no-input was given.
void require_terminal(const Context& context);

// Runs the program on this terminal, without anything that could unlock the vault. Where it is not installed, says so
// and returns. Throws cancelled when it was interrupted, io when it failed.
void run_claude_setup(const Context& context);

}  // namespace cli
