// SPDX-License-Identifier: Apache-2.0
#pragma once
// The process made fit to hold secrets, and what of that really took. Linux only.

#include <cstdint>
#include <sys/types.h>

namespace cli {

// First thing in the program: descriptors 0 to 2 exist (/dev/null where they were closed, so that no vault or secret
// ends up on a descriptor that others take for stdout; in stdout's place it refuses what is written), SIGPIPE and
// SIGXFSZ are ignored, from the first half-made file on SIGHUP, SIGINT, SIGQUIT and SIGTERM take such files away before
// they end the process, the umask is 077, core dumps are off and other processes of the user can neither dump nor trace
// this one. What the kernel refuses is not fatal: see examine_process(). Throws io only when a missing descriptor
// cannot be made.
void harden_process();

// Gives umask, core limit, SIGPIPE and SIGXFSZ back as they were found (and a stdout that was closed as /dev/null), in
// a child between fork and exec, or before exec. Async-signal-safe. Does nothing before harden_process().
void restore_inherited_process() noexcept;

// As the kernel tells it now, for doctor and --version.
struct ProcessReport {
  bool core_dumps_off = false;
  bool not_dumpable = false;
  std::uint64_t lockable_bytes = 0;  // RLIMIT_MEMLOCK; UINT64_MAX: no limit
  mode_t umask = 0;
};
ProcessReport examine_process();

}  // namespace cli
