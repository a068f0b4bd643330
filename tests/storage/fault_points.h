// SPDX-License-Identifier: Apache-2.0
#pragma once
// Lets the system calls that change files fail, or kill the process, at a chosen one: SQLite's VFS takes replacements
// for the calls it makes. Counts across the whole process, so it belongs in a child.

namespace vault::test {

// The call number `strike` (1, 2, 3 ...) that opens, writes, truncates or removes a file is the last.
void kill_at_system_call(int strike);

// From that one on, each fails with this errno - as on a disk that is full, or gone.
void fail_from_system_call(int strike, int error);

bool fault_was_reached();

}  // namespace vault::test
