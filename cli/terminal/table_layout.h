// SPDX-License-Identifier: Apache-2.0
#pragma once
// How wide each column of one table becomes on one terminal, and its lines. For table.cpp alone.

#include "cli/terminal/table.h"

namespace cli {

class TableLayout {
 public:
  TableLayout(const Table& table, const TableLook& look);
  std::string line(const std::vector<Cell>& cells) const;
  std::string heading(const Cell& left, const Cell& right) const;

 private:
  void give_way();
  bool drop_one();
  bool narrow_one(std::initializer_list<Shrink> kinds);
  void cut_what_is_wider_than_the_terminal();
  std::size_t widest_that_fits(std::size_t column) const;
  std::size_t total() const;
  std::size_t offset_of(std::size_t column) const;
  std::string cells_from(const std::vector<Cell>& cells, std::size_t first, std::size_t last) const;

  const Table& table_;
  const TableLook& look_;
  std::vector<std::size_t> widths_;
  std::vector<bool> shown_;
  std::vector<std::pair<std::string, std::string>> cut_;  // a text that fits no line, and what stands for it
};

}  // namespace cli
