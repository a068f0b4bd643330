// SPDX-License-Identifier: Apache-2.0
#pragma once
// Lets the system calls that change files fail, or kill the process in them: this program's own definitions stand
// before the C library's, for our code and SQLite's alike. Counts across the whole process; what kills belongs in a
// child. Descriptors of a terminal and pipes count too: a test prints nothing between setting a fault and clearing it.

#include <string_view>

namespace faults {

// Every call of this name (open, write, pwrite, ftruncate, unlink, rename, renameat2, link, linkat, fsync, fdatasync,
// fchmod, fchown, mkdir) fails with this errno, from its `number`th on. `open` counts where a file may be made or cut.
void fail_calls(std::string_view name, int error, int number = 1);

// fsync and fdatasync of folders fail, from the `number`th on, and of files do not.
void fail_syncs_of_folders(int error, int number = 1);

// The `strike`th of all these calls (1, 2, 3 ...) is the process's last ...
void kill_at_file_call(int strike);
// ... or it fails with this errno, alone or with all that follow.
enum class Fails { once, from_then_on };
void fail_at_file_call(int strike, int error, Fails fails);

bool fault_was_reached();
void clear_faults();

// Clears them when the test ends, however it ends.
struct NoMoreFaults {
  ~NoMoreFaults() { clear_faults(); }
};

}  // namespace faults
