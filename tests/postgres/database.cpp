// SPDX-License-Identifier: Apache-2.0
#include "tests/postgres/database.h"

#include <cstdlib>

namespace vault::test {

void Database::SetUp() {
  const char* const server = std::getenv("CLAVIGER_TEST_POSTGRES");
  if (server == nullptr) GTEST_SKIP() << "no PostgreSQL here";
  static int count = 0;
  server_ = server;
  schema_ = "t" + std::to_string(count++);
  administrator_.reset(PQconnectdb(server));
  ASSERT_EQ(PQstatus(administrator_.get()), CONNECTION_OK) << PQerrorMessage(administrator_.get());
}

std::string Database::sql(const std::string& text) {
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(administrator_.get(), text.c_str()), PQclear);
  const auto status = PQresultStatus(result.get());
  EXPECT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) << PQerrorMessage(administrator_.get());
  return PQntuples(result.get()) > 0 && PQnfields(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

PostgresPlace Database::place_as(const std::string& role) const {
  const std::string own = "user=tester";
  auto connection = server_;
  connection.replace(connection.find(own), own.size(), "user=" + role);
  return {connection, schema_};
}

PostgresPlace Database::place_through(const std::string& folder) const {
  return {"postgres:///postgres?host=" + folder + "&user=tester", schema_};
}

std::string Database::server_folder() const {
  const auto begin = server_.find("host=") + 5;
  return server_.substr(begin, server_.find('&', begin) - begin);
}

}  // namespace vault::test
