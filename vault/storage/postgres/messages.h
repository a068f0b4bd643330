// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the PostgreSQL storage and its helper program say to each other, on top of vault/helper/frame.h. Both ends.
//
// A request is answered by any number of rows, then by `done` or a failure; `begin` by that, and then for each
// statement that goes with it as `run` is. `run_later` is not answered at all: when it fails, that is the answer to
// the next request. Rows and parameters are optional bytes in the order of the statement's columns; a number is eight
// bytes, most significant first, as PostgreSQL has it.

#include <string_view>

#include "vault/helper/frame.h"

namespace vault::postgres {

inline constexpr char kProgram[] = "claviger-postgres";
inline constexpr std::uint32_t kSchemaVersion = 1;
inline constexpr std::size_t kMarkSize = 16;  // bytes

namespace frame {
inline constexpr std::uint8_t connect = 16;        // text connection, text schema, text passfile (may be empty)
inline constexpr std::uint8_t begin = 17;          // u8 1 to write, le64 longest wait for the turn in ms, u8 statements
inline constexpr std::uint8_t run = 18;            // u8 statement, parameters
inline constexpr std::uint8_t run_later = 19;      // the same
inline constexpr std::uint8_t commit = 20;         // bytes mark: empty after reading
inline constexpr std::uint8_t rollback = 21;       //
inline constexpr std::uint8_t lay_schema = 22;     // where there is none yet
inline constexpr std::uint8_t look_for_mark = 23;  // bytes mark; done tells 1 or 0
inline constexpr std::uint8_t examine = 24;        // one row of texts, in the order of ServerFacts
inline constexpr std::uint8_t row = 32;            // columns
inline constexpr std::uint8_t done = 33;           // le64 rows that were changed
}  // namespace frame

inline constexpr std::size_t kFew = 32;  // key slots, or agents: of more, few_* brings one more than that

// What kind of answer a row of record_or_few is: one of an agent with more than 64 records, one of all that the agent
// has, or that it has none.
enum class Among : std::uint8_t { others, few, none };

enum class Statement : std::uint8_t {
  vault_row,
  put_vault_row,
  few_key_slots,
  key_slots,
  key_slot,
  put_key_slot,
  erase_key_slot,
  few_agents,
  agents,
  agent_by_lookup,
  agent_by_id,
  put_agent,
  erase_agent,
  record_or_few,  // that one, or all of the agent where they are few; an Among in front of each
  put_record,
  erase_record,
  scan_records,
  last_of_log,  // 0: it is empty
  append_log,
  put_log,
  scan_log,
  scan_log_of,
  erase_log,
  count_,
};

// What a failure's state says where no server was asked.
namespace state {
inline constexpr std::string_view password_in_place = "CLPWD";
inline constexpr std::string_view session_attributes = "CLTSA";  // another word than primary or read-write
inline constexpr std::string_view no_place = "CLURI";            // libpq cannot read it
inline constexpr std::string_view old_server = "CLOLD";          // before PostgreSQL 14
inline constexpr std::string_view older_schema = "CLVER";        // than this program's
}  // namespace state

}  // namespace vault::postgres
