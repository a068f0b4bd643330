// SPDX-License-Identifier: Apache-2.0
#pragma once
// One result of libpq's, freed with its object; and the commit, which is judged result by result.

#include <libpq-fe.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vault/base/encoding.h"

namespace vault::postgres {

class Result {
 public:
  explicit Result(PGresult* result) noexcept : result_(result) {}
  explicit operator bool() const noexcept { return result_ != nullptr; }

  // Throws Failed, by the result's SQLSTATE; io without one.
  void require_success(PGconn* connection) const;
  bool holds_a_row() const noexcept;
  std::vector<std::optional<ByteView>> values() const;  // of the first row, as long as this result lives
  std::uint64_t changed_rows() const noexcept;
  std::string first_text() const;  // empty: no row, or no column
  std::vector<std::string> first_texts() const;
  std::string_view tag() const noexcept { return PQcmdStatus(result_.get()); }
  ExecStatusType status() const noexcept { return PQresultStatus(result_.get()); }

 private:
  struct Clear {
    void operator()(PGresult* result) const noexcept { PQclear(result); }
  };
  std::unique_ptr<PGresult, Clear> result_;
};

// `connection` has just failed a call, or was found broken.
[[noreturn]] void fail_as_lost();

// Both statements and COMMIT in one pipeline. Failed: nothing counts; with outcome_unknown: nobody knows.
void commit_with_mark(PGconn* connection, const std::string& insert, const std::string& forget, ByteView mark);

}  // namespace vault::postgres
