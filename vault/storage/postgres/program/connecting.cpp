// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/program/connecting.h"

#include <cerrno>
#include <netdb.h>
#include <optional>
#include <poll.h>

#include "vault/storage/postgres/messages.h"
#include "vault/storage/postgres/program/failed.h"
#include "vault/storage/postgres/program/sqlstate.h"

namespace vault::postgres {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kOldestServer = 14'00'00;

void say_nothing(void* /*unused*/, const PGresult* /*unused*/) noexcept {}

ConnectionPtr begin_connecting(const Host& host) {
  std::vector<const char*> keywords, values;
  for (const auto& [keyword, value] : host.settings) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  ConnectionPtr connection(PQconnectStartParams(keywords.data(), values.data(), 0));
  if (!connection) fail(ErrorCode::io, HelperPhase::none);
  // Here and nowhere else: without it a refused login has no SQLSTATE.
  PQsetErrorVerbosity(connection.get(), PQERRORS_SQLSTATE);
  PQsetNoticeReceiver(connection.get(), say_nothing, nullptr);
  return connection;
}

HelperPhase phase_of(ConnStatusType status) noexcept {
  switch (status) {
    case CONNECTION_NEEDED:
    case CONNECTION_STARTED: return HelperPhase::connecting;
    case CONNECTION_SSL_STARTUP:
    case CONNECTION_GSS_STARTUP: return HelperPhase::tls;
    default: return HelperPhase::login;
  }
}

bool can_be_found(const Host& host) {
  if (!host.has_to_be_found) return true;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.settings.at("host").c_str(), nullptr, nullptr, &found) != 0) return false;
  ::freeaddrinfo(found);
  return true;
}

[[noreturn]] void fail_to_connect(PGconn* connection, const Host& host, ConnStatusType last) {
  const std::string_view message = PQerrorMessage(connection);
  const auto state = state_in_message(message);
  if (PQconnectionNeedsPassword(connection) != 0) fail(ErrorCode::denied, HelperPhase::login, "28P01");
  if (!state.empty()) fail(code_of_state(state), HelperPhase::login, state);
  auto phase = phase_of(last);
  if (phase == HelperPhase::connecting && !can_be_found(host)) phase = HelperPhase::name;
  fail(ErrorCode::io, phase);
}

void wait_for(int socket, short events, Clock::time_point until, HelperPhase phase) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) fail(ErrorCode::io, phase);
    pollfd watched{socket, events, 0};
    const int ready = ::poll(&watched, 1, static_cast<int>(left));
    if (ready > 0 || (ready < 0 && errno != EINTR)) return;
  }
}

// In the manner of PostgreSQL's manual: as if the last answer had been "waits to write".
ConnectionPtr connect_to(const Host& host, std::chrono::milliseconds patience) {
  const auto until = Clock::now() + patience;
  auto connection = begin_connecting(host);
  auto last = CONNECTION_NEEDED;
  auto waits = PQstatus(connection.get()) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  if (waits == PGRES_POLLING_WRITING) waits = PQconnectPoll(connection.get());
  while (waits != PGRES_POLLING_OK) {
    if (waits == PGRES_POLLING_FAILED) fail_to_connect(connection.get(), host, last);
    last = PQstatus(connection.get());
    const auto events = static_cast<short>(waits == PGRES_POLLING_READING ? POLLIN : POLLOUT);
    wait_for(PQsocket(connection.get()), events, until, phase_of(last));
    waits = PQconnectPoll(connection.get());
  }
  return connection;
}

bool says_on(PGconn* connection, const char* parameter) {
  const char* const value = PQparameterStatus(connection, parameter);
  return value != nullptr && std::string_view(value) == "on";
}

// A pooler may not pass these settings on: then the server is asked.
bool is_standby(PGconn* connection) {
  if (PQparameterStatus(connection, "in_hot_standby") != nullptr) return says_on(connection, "in_hot_standby");
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(
      PQexec(connection, "SELECT pg_catalog.pg_is_in_recovery()"), PQclear);
  return PQresultStatus(result.get()) == PGRES_TUPLES_OK && std::string_view(PQgetvalue(result.get(), 0, 0)) == "t";
}

ConnectionPtr connect_to_primary(const Host& host, const Servers& servers) {
  auto connection = connect_to(host, servers.patience);
  if (PQserverVersion(connection.get()) < kOldestServer) {
    fail(ErrorCode::usage, HelperPhase::speaking, state::old_server);
  }
  const bool reads_only = is_standby(connection.get()) || (servers.wanted == Primary::writes_by_default &&
                                                           says_on(connection.get(), "default_transaction_read_only"));
  if (reads_only) fail(ErrorCode::busy, HelperPhase::login, "25006");
  return connection;
}

}  // namespace

ConnectionPtr connect(const Servers& servers) {
  std::optional<Failure> kept;
  for (const auto& host : servers.hosts) {
    try {
      return connect_to_primary(host, servers);
    } catch (const Failed& failed) {
      const auto code = failed.failure.code;
      if (code != ErrorCode::io && code != ErrorCode::busy) throw;
      if (!kept || code == ErrorCode::busy) kept = failed.failure;
    }
  }
  kept->nothing_sent = true;
  throw Failed{*kept};
}

}  // namespace vault::postgres
