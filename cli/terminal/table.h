// SPDX-License-Identifier: Apache-2.0
#pragma once
// Text in aligned columns. On a terminal the shrinkable columns give way until the rows fit; on a pipe nothing is cut.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/terminal/style.h"
#include "cli/terminal/text.h"

namespace cli {

enum class Align { left, right };
enum class Shrink { never, allowed };

struct Column {
  std::string header;
  Align align = Align::left;
  Shrink shrink = Shrink::never;
};

struct Cell {
  Cell(std::string cell_text, Style cell_style = Style::plain) : text(std::move(cell_text)), style(cell_style) {}
  Cell(const char* cell_text) : text(cell_text) {}
  std::string text;
  Style style = Style::plain;
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
  bool empty() const noexcept { return rows_.empty(); }

  // The header and the rows, each line ended, none with trailing blanks. Empty when there are no rows.
  std::string render(const TableLook& look) const;

 private:
  std::vector<std::size_t> widths(const TableLook& look) const;
  std::string line(const std::vector<Cell>& cells, const std::vector<std::size_t>& widths, const TableLook& look) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace cli
