// SPDX-License-Identifier: Apache-2.0
#pragma once
// One result of libpq's, freed with its object.

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
  void require_success() const;
  bool holds_a_row() const noexcept;
  std::vector<std::optional<ByteView>> values() const;  // of the first row, as long as this result lives
  std::uint64_t changed_rows() const noexcept;
  std::string first_text() const;  // empty: no row, or no column
  std::vector<std::string> first_texts() const;
  ExecStatusType status() const noexcept { return PQresultStatus(result_.get()); }

 private:
  struct Clear {
    void operator()(PGresult* result) const noexcept { PQclear(result); }
  };
  std::unique_ptr<PGresult, Clear> result_;
};

// The connection has just failed a call, or was found broken.
[[noreturn]] void fail_as_lost();

}  // namespace vault::postgres
