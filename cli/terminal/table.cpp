// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/table.h"

#include <algorithm>
#include <utility>

#include "cli/terminal/table_layout.h"
#include "vault/base/error.h"

namespace cli {
namespace {

void make_safe(Cell& cell) {
  make_display_safe(cell.text);
  cell.width = display_width(cell.text);
}

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)), widths_(columns_.size()) {}

void Table::require_length(const std::vector<Cell>& cells) const {
  if (cells.size() != columns_.size())
    throw vault::Error(vault::ErrorCode::internal, "a table row has the wrong length");
}

void Table::widen_for(const std::vector<Cell>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], cells[i].width);
}

void Table::add_row(std::vector<Cell> cells) {
  require_length(cells);
  std::ranges::for_each(cells, make_safe);
  widen_for(cells);
  rows_.push_back({std::move(cells)});
}

void Table::add_heading(Cell left, Cell right) {
  make_safe(left);
  make_safe(right);
  rows_.push_back({{std::move(left), std::move(right)}, true});
}

void Table::measure(std::vector<Cell> cells) {
  require_length(cells);
  std::ranges::for_each(cells, make_safe);
  widen_for(cells);
}

bool Table::has_header() const {
  return std::ranges::any_of(columns_, [](const Column& column) { return !column.header.empty(); });
}

std::vector<Cell> Table::header() const {
  std::vector<Cell> headers;
  for (const auto& column : columns_) {
    headers.emplace_back(column.header, Style::dim);
    headers.back().width = display_width(column.header);
  }
  return headers;
}

std::string Table::render(const TableLook& look) const {
  if (rows_.empty()) return {};
  const TableLayout layout(*this, look);
  std::string text;
  if (has_header()) text += layout.line(header());
  for (const auto& row : rows_)
    text += row.heading ? layout.heading(row.cells[0], row.cells[1]) : layout.line(row.cells);
  return text;
}

Table::Lines Table::lines(const TableLook& look) const { return {*this, look}; }

Table::Lines::Lines(const Table& table, const TableLook& look)
    : table_(table), layout_(std::make_unique<TableLayout>(table, look)) {
  if (look.width) throw vault::Error(vault::ErrorCode::internal, "a terminal's table takes all of its rows at once");
}

Table::Lines::~Lines() = default;
Table::Lines::Lines(Lines&&) noexcept = default;

std::string Table::Lines::header() const {
  return table_.has_header() ? layout_->line(table_.header()) : std::string();
}

std::string Table::Lines::of(std::vector<Cell> cells) const {
  table_.require_length(cells);
  std::ranges::for_each(cells, make_safe);
  return layout_->line(cells);
}

}  // namespace cli
