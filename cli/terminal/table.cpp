// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/table.h"

#include <algorithm>
#include <utility>

#include "cli/terminal/table_layout.h"
#include "vault/base/error.h"

namespace cli {

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::add_row(std::vector<Cell> cells) {
  if (cells.size() != columns_.size())
    throw vault::Error(vault::ErrorCode::internal, "a table row has the wrong length");
  for (auto& cell : cells) cell.text = display_safe(cell.text);
  rows_.push_back({std::move(cells)});
}

void Table::add_heading(Cell left, Cell right) {
  left.text = display_safe(left.text);
  right.text = display_safe(right.text);
  rows_.push_back({{std::move(left), std::move(right)}, true});
}

std::string Table::render(const TableLook& look) const {
  if (rows_.empty()) return {};
  const TableLayout layout(*this, look);
  std::string text;
  if (std::ranges::any_of(columns_, [](const Column& column) { return !column.header.empty(); })) {
    std::vector<Cell> headers;
    for (const auto& column : columns_) headers.emplace_back(column.header, Style::dim);
    text += layout.line(headers);
  }
  for (const auto& row : rows_)
    text += row.heading ? layout.heading(row.cells[0], row.cells[1]) : layout.line(row.cells);
  return text;
}

}  // namespace cli
