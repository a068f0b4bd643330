// SPDX-License-Identifier: Apache-2.0
#pragma once
// What tests need of the server that with_server.py has started, beside the program's own way to it: its place with a
// schema that nobody else has, and an administrator's connection. The test is skipped where there is no server.

#include <gtest/gtest.h>
#include <libpq-fe.h>

#include <memory>
#include <string>

#include "vault/storage/postgres/postgres_storage.h"

namespace vault::test {

class Database : public testing::Test {
 protected:
  void SetUp() override;

  // A schema of this test's own; nothing is in it, and it is not there.
  PostgresPlace place() const { return {server_, schema_}; }
  PostgresPlace place_as(const std::string& role) const;
  // The same server by another way: a folder with a socket named as the server's.
  PostgresPlace place_through(const std::string& folder) const;
  std::string server_folder() const;
  const std::string& schema() const { return schema_; }

  // The first column of the first row, as text. What fails, fails the test.
  std::string sql(const std::string& text);
  // Ends every backend of the program's own: what an administrator does, or a failing host.
  void end_backends() {
    sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'claviger'");
  }

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  std::string server_;
  std::string schema_;
  std::unique_ptr<PGconn, Finish> administrator_;
};

}  // namespace vault::test
