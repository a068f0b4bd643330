// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/table.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "vault/base/error.h"

namespace cli {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 4;  // a column that shrank further would say nothing

std::string padded(const Cell& cell, std::size_t width, Align align, bool last, const TableLook& look) {
  const std::string text = truncated(cell.text, width, look.glyphs);
  const std::size_t missing = width - std::min(width, display_width(text));
  const std::string colored = styled(text, cell.style, look.colour);
  if (align == Align::right) return std::string(missing, ' ') + colored;
  return last ? colored : colored + std::string(missing, ' ');
}

void strip_trailing_blanks(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::add_row(std::vector<Cell> cells) {
  if (cells.size() != columns_.size())
    throw vault::Error(vault::ErrorCode::internal, "a table row has the wrong length");
  for (auto& cell : cells) cell.text = display_safe(cell.text);
  rows_.push_back(std::move(cells));
}

std::vector<std::size_t> Table::widths(const TableLook& look) const {
  std::vector<std::size_t> widths;
  for (const auto& column : columns_) widths.push_back(display_width(column.header));
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i].text));
  }
  if (!look.width) return widths;
  const auto total = [&] { return std::reduce(widths.begin(), widths.end()) + kGap * (widths.size() - 1); };
  while (total() > *look.width) {
    std::size_t* widest = nullptr;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const bool may_shrink = columns_[i].shrink == Shrink::allowed && widths[i] > kNarrowest;
      if (may_shrink && (widest == nullptr || widths[i] > *widest)) widest = &widths[i];
    }
    if (widest == nullptr) break;
    --*widest;
  }
  return widths;
}

std::string Table::line(const std::vector<Cell>& cells, const std::vector<std::size_t>& widths,
                        const TableLook& look) const {
  std::string text;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) text.append(kGap, ' ');
    text += padded(cells[i], widths[i], columns_[i].align, i + 1 == cells.size(), look);
  }
  strip_trailing_blanks(text);
  return text + "\n";
}

std::string Table::render(const TableLook& look) const {
  if (rows_.empty()) return {};
  const auto widths_now = widths(look);
  std::vector<Cell> headers;
  for (const auto& column : columns_) headers.emplace_back(column.header, Style::dim);
  std::string text = line(headers, widths_now, look);
  for (const auto& row : rows_) text += line(row, widths_now, look);
  return text;
}

}  // namespace cli
