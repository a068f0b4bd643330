// SPDX-License-Identifier: Apache-2.0
// claviger-fetch: sends one request to a token endpoint for the program that started it, and ends. It holds that
// request's body and the reply, no key and nothing of the vault, takes no arguments, reads no configuration of ours and
// prints nothing. Not for people.
#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "vault/oauth/program/conversation.h"

int main(int argc, char** /*argv*/) {
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);  // exec has made it dumpable again, and a proxy's address may hold a password
  if (argc > 1) ::_exit(64);
  // An endpoint that answers without end fills this, and not the host.
  const struct rlimit memory { 1U << 30, 1U << 30 };
  ::setrlimit(RLIMIT_AS, &memory);
  std::signal(SIGPIPE, SIG_IGN);
  // At once: a thread that looks up a name may still be at it.
  ::_exit(vault::fetching::converse());
}
