// SPDX-License-Identifier: Apache-2.0
#pragma once
// Long values of a SQLite file: those that do not fit into their page go on in others, wherever these lie, so that what
// stands at a border stands nowhere in one piece. Read from the pages themselves: no database is opened, no lock taken.

#include <cstdint>
#include <functional>
#include <string_view>

namespace cli {

struct SplitValueVisitor {
  std::function<void(std::uint64_t offset)> begin;  // of the row, in bytes from the file's start
  std::function<void(std::string_view)> piece;      // the view lives for the call only
  std::function<void()> end;
};

// Every row of a table (WITHOUT ROWID aside) that is kept in more than one page. Whatever is out of order is passed
// over: a row whose chain breaks off is given as far as it goes. False when the chains are longer than the file, which
// no intact file's are: the rest was not read. Throws io.
bool for_each_split_value(int fd, std::uint64_t file_size, const SplitValueVisitor& visitor);

}  // namespace cli
