// SPDX-License-Identifier: Apache-2.0
#pragma once
// What can be rated of the server that a vault lies on. It says so itself: a server may lie.

#include <chrono>
#include <string>

#include "vault/base/clock.h"
#include "vault/storage/postgres/postgres_storage.h"

namespace vault {

enum class ServerRole { superuser, owner, writer, reader };

struct ServerFacts {
  std::string version;  // printable, at most 64 bytes
  ServerRole role = ServerRole::reader;
  bool fsync = true;
  bool full_page_writes = true;
  std::string synchronous_commit;     // as it is set for the role; commits raise 'off' and 'local' to 'on'
  std::int64_t foreign_triggers = 0;  // and rules, on the vault's tables
  Timestamp clock;
  bool tls = false;
  bool verified = true;                      // every host is this one, or its certificate is verified in full
  std::chrono::milliseconds answered_in{0};  // connecting included
};

// Throws as open_postgres_storage(); damaged_record for an answer that makes no sense.
ServerFacts examine_server(const PostgresPlace& place, const PostgresOpening& opening = {});

}  // namespace vault
