// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/failure_words.h"

#include "vault/storage/postgres/messages.h"

namespace vault::postgres {
namespace {

struct Words {
  std::string message;
  Hint hint{};
};

Words of_usage(std::string_view told) {
  if (told == state::password_in_place) {
    return {
        "a password does not belong into the vault's place: whoever lists processes or reads a shell's history has it",
        "leave it out there; ~/.pgpass or a client certificate does the same"};
  }
  if (told == state::session_attributes) {
    return {"target_session_attrs in the vault's place has to be 'primary' or 'read-write'",
            "leave it out: a primary is asked for as it is"};
  }
  if (told == state::old_server) return {"the database server is older than PostgreSQL 14"};
  return {"the vault's place cannot be read as a place on PostgreSQL",
          "for example postgres://role@server/database#schema"};
}

Words of_io(HelperPhase phase) {
  switch (phase) {
    case HelperPhase::name: return {"the database server's name cannot be found"};
    case HelperPhase::connecting: return {"the database server does not answer"};
    case HelperPhase::tls:
      return {"the database server has no certificate that is trusted here for its name, or speaks no TLS",
              "name the certificate that signs the server's as sslrootcert=FILE in the vault's place"};
    case HelperPhase::login: return {"the database server did not finish the login"};
    default: return {"the connection to the database server was lost, or the server failed"};
  }
}

Words of_denial(std::string_view told) {
  if (told == "42501") return {"the role on the database server lacks a right to this vault's schema"};
  return {"the database server refuses the login", "its password belongs into ~/.pgpass, with mode 0600"};
}

Words of_being_busy(std::string_view told) {
  if (told == "25006" || told == "0A000") return {"no primary is among the database servers", "try again"};
  if (told == "55P03") return {"another writer holds the vault", "try again"};
  if (told == state::older_schema) {
    return {"an older program made this vault, and it must be brought up to date first", Remedy::update_as_the_owner};
  }
  return {"somebody else is using the vault", "try again"};
}

Words words_for(const Failure& failure, std::string_view told) {
  switch (failure.code) {
    case ErrorCode::usage: return of_usage(told);
    case ErrorCode::io: return of_io(failure.phase);
    case ErrorCode::denied: return of_denial(told);
    case ErrorCode::busy: return of_being_busy(told);
    case ErrorCode::vault_missing:
      return {told == "3D000" ? "no such database on the server" : "there is no vault in that schema of the database"};
    case ErrorCode::not_a_vault: return {"that schema of the database holds other tables than a vault's"};
    case ErrorCode::newer_format: return {"a newer program made this vault's tables; they are untouched"};
    case ErrorCode::tampered_schema: return {"the tables on the database server are not as a vault's are"};
    case ErrorCode::damaged_record: return {"the database server's own files are damaged"};
    default: return {"a statement failed on the database server"};
  }
}

}  // namespace

bool is_no_answer(const Failure& failure) noexcept {
  if (failure.code != ErrorCode::io) return false;
  const std::string_view told(failure.state.data(), failure.state.size());
  const bool on_the_way = failure.phase >= HelperPhase::name && failure.phase <= HelperPhase::tls;
  return on_the_way || told == "57P03" || told == "53300" || told == "00000";
}

void fail_as_told(const Failure& failure) {
  const std::string_view told(failure.state.data(), failure.state.size());
  auto words = words_for(failure, told);
  const bool by_a_server = told != "00000" && !told.starts_with("CL");
  if (by_a_server) words.message += " (SQLSTATE " + std::string(told) + ")";
  throw Error(failure.code, words.message, words.hint);
}

}  // namespace vault::postgres
