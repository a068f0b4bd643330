// SPDX-License-Identifier: Apache-2.0
#pragma once
// Text in aligned columns. On a terminal the columns give way until the rows fit; on a pipe nothing is cut.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/terminal/style.h"
#include "cli/terminal/text.h"

namespace cli {

class TableLayout;

enum class Align { left, right };

// How a column gives way: `allowed` and `wraps` become narrower down to their floor; where that is not enough, those
// that `go` leave, the last one first; then `whole` gives up its alignment.
enum class Shrink {
  never,
  allowed,  // cut at its end
  wraps,    // broken at blanks; only the last column of a table
  goes,     // left out altogether
  whole,    // what people act on: a text that does not fit stands on a line of its own, the rest of its row below it.
            // Cut, in the middle, only where it is wider than the terminal; two rows never look the same then
};

struct Column {
  std::string header;
  Align align = Align::left;
  Shrink shrink = Shrink::never;
  std::size_t floor = 4;  // columns; with fewer it would say nothing
};

struct Cell {
  Cell(std::string cell_text, Style cell_style = Style::plain) : text(std::move(cell_text)), style(cell_style) {}
  Cell(const char* cell_text) : text(cell_text) {}
  std::string text;
  Style style = Style::plain;
  std::size_t width = 0;  // columns that the text fills: the table's to set
};

struct TableLook {
  std::optional<std::size_t> width;  // columns of the terminal; none: as wide as needed
  Colour colour = Colour::off;
  Glyphs glyphs = Glyphs::unicode;
};

class Table {
 public:
  explicit Table(std::vector<Column> columns);

  // As many cells as there are columns. Texts are made safe here; callers need not.
  void add_row(std::vector<Cell> cells);
  // A line over the rows that follow: `left`, and `right` at the table's right edge where both fit.
  void add_heading(Cell left, Cell right);
  bool empty() const noexcept { return rows_.empty(); }
  void name_column(std::size_t column, std::string header) { columns_.at(column).header = std::move(header); }

  // For more rows than are to be kept, where no terminal's width binds: each is measured first, then asked for as a
  // line. Both times as add_row() takes them, and none of them counts as a row.
  void measure(std::vector<Cell> cells);
  class Lines;
  Lines lines(const TableLook& look) const;  // once all are measured; `look` without a width. Lives no longer than this

  // The header, unless no column has one, and the rows, each line ended, none with trailing blanks. Empty when there
  // are no rows.
  std::string render(const TableLook& look) const;

 private:
  struct Row {
    std::vector<Cell> cells;
    bool heading = false;
  };

  void require_length(const std::vector<Cell>& cells) const;
  void widen_for(const std::vector<Cell>& cells);
  bool has_header() const;
  std::vector<Cell> header() const;

  std::vector<Column> columns_;
  std::vector<std::size_t> widths_;  // of the widest text of each
  std::vector<Row> rows_;

  friend class TableLayout;
};

class Table::Lines {
 public:
  Lines(const Table& table, const TableLook& look);
  ~Lines();
  Lines(Lines&&) noexcept;
  std::string header() const;  // a line; empty where no column has one
  std::string of(std::vector<Cell> cells) const;

 private:
  const Table& table_;
  std::unique_ptr<TableLayout> layout_;
};

}  // namespace cli
