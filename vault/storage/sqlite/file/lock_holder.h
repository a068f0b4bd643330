// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who holds a lock on which others wait in vain, for people to find and end. What cannot be told for certain is left
// out: another's process is ended by what is said here.

#include <optional>
#include <string>
#include <sys/stat.h>
#include <sys/types.h>

namespace vault {

// The process that holds a flock on this file, of those that /proc/locks shows here. Empty when it shows none.
std::optional<pid_t> holder_of_flock(const struct stat& file);

// "process 123 of user 1000 (claviger)"; less where less is known.
std::string words_of_process(pid_t process);

}  // namespace vault
