// SPDX-License-Identifier: Apache-2.0
#pragma once
// One connection to the primary among a place's hosts.

#include <libpq-fe.h>
#include <memory>

#include "vault/storage/postgres/program/settings.h"

namespace vault::postgres {

struct Finish {
  void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
};
using ConnectionPtr = std::unique_ptr<PGconn, Finish>;

// Walks the hosts in their order, each under its own clock: libpq has none for this kind of connecting. A refused login
// or a missing database is an answer; a server that does not answer, or is no primary, is not. Throws Failed: busy when
// there was no primary among those that answered; usage for a server before PostgreSQL 14.
ConnectionPtr connect(const Servers& servers);

}  // namespace vault::postgres
