// SPDX-License-Identifier: Apache-2.0
// claviger-postgres: speaks to a PostgreSQL server for the program that started it. It holds no key and no plaintext,
// takes no arguments, reads no configuration of ours and prints nothing. Not for people.
#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "vault/storage/postgres/program/conversation.h"

int main(int argc, char** /*argv*/) {
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);  // exec has made it dumpable again, and its environment may hold a password
  if (argc > 1) return 64;
  // A server that answers without end fills this, and not the host.
  const struct rlimit memory { 1U << 30, 1U << 30 };
  ::setrlimit(RLIMIT_AS, &memory);
  std::signal(SIGPIPE, SIG_IGN);
  return vault::postgres::converse();
}
