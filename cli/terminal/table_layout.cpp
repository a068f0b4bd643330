// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/table_layout.h"

#include <algorithm>

#include "cli/terminal/cut.h"

namespace cli {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kReadable = 80;  // columns between which the eye finds its way

void strip_trailing_blanks(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

void append_styled(std::string& line, std::string_view text, Style style, Colour colour) {
  if (colour == Colour::off) {
    line += text;
  } else {
    line += styled(text, style, colour);
  }
}

void append_padded(std::string& line, const Cell& cell, std::size_t width, Align align, bool last,
                   const TableLook& look) {
  const bool fits = cell.width <= width;
  const std::string cut = fits ? std::string() : truncated(cell.text, width, look.glyphs);
  const std::size_t missing = width - (fits ? cell.width : std::min(width, display_width(cut)));
  if (align == Align::right) line.append(missing, ' ');
  append_styled(line, fits ? cell.text : cut, cell.style, look.colour);
  if (align == Align::left && !last) line.append(missing, ' ');
}

// Each line of it styled by itself, the continued ones `indent` columns further right.
std::string broken(const Cell& cell, std::size_t width, std::size_t indent, const TableLook& look) {
  std::string text, left = wrapped(cell.text, width, 0);
  for (auto end = left.find('\n'); end != left.npos; end = left.find('\n')) {
    text += styled(left.substr(0, end), cell.style, look.colour) + "\n" + std::string(indent, ' ');
    left.erase(0, end + 1);
  }
  return text + styled(truncated(left, width, look.glyphs), cell.style, look.colour);
}

}  // namespace

TableLayout::TableLayout(const Table& table, const TableLook& look)
    : table_(table), look_(look), shown_(table.columns_.size()) {
  for (std::size_t i = 0; i < table.columns_.size(); ++i)
    widths_.push_back(std::max(table.widths_[i], display_width(table.columns_[i].header)));
  for (std::size_t i = 0; i < widths_.size(); ++i) shown_[i] = widths_[i] > 0;
  if (!look.width) return;
  give_way();
  cut_what_is_wider_than_the_terminal();
}

std::size_t TableLayout::total() const { return offset_of(widths_.size()) - std::min(kGap, offset_of(widths_.size())); }

std::size_t TableLayout::offset_of(std::size_t column) const {
  std::size_t offset = 0;
  for (std::size_t i = 0; i < column; ++i) offset += shown_[i] ? widths_[i] + kGap : 0;
  return offset;
}

void TableLayout::give_way() {
  const auto natural = widths_;
  const auto is_too_wide = [&] { return total() > *look_.width; };
  const auto narrow_while = [&](std::initializer_list<Shrink> kinds) {
    while (is_too_wide() && narrow_one(kinds)) continue;
  };
  for (;;) {
    narrow_while({Shrink::allowed, Shrink::wraps});
    if (!is_too_wide() || !drop_one()) break;
    widths_ = natural;  // there is room again
  }
  if (!is_too_wide()) return;
  narrow_while({Shrink::whole});
  for (std::size_t i = 0; i < widths_.size(); ++i)
    widths_[i] = table_.columns_[i].shrink == Shrink::whole ? widest_that_fits(i) : natural[i];
  narrow_while({Shrink::allowed, Shrink::wraps});
}

// What stands on lines of its own needs no room beside the others.
std::size_t TableLayout::widest_that_fits(std::size_t column) const {
  std::size_t widest = std::min(widths_[column], display_width(table_.columns_[column].header));
  for (const auto& row : table_.rows_) {
    const auto width = row.heading ? 0 : row.cells[column].width;
    if (width <= widths_[column]) widest = std::max(widest, width);
  }
  return std::max(widest, table_.columns_[column].floor);
}

bool TableLayout::drop_one() {
  for (std::size_t i = widths_.size(); i-- > 0;) {
    if (!shown_[i] || table_.columns_[i].shrink != Shrink::goes) continue;
    shown_[i] = false;
    return true;
  }
  return false;
}

bool TableLayout::narrow_one(std::initializer_list<Shrink> kinds) {
  std::size_t* widest = nullptr;
  for (std::size_t i = 0; i < widths_.size(); ++i) {
    const auto& column = table_.columns_[i];
    const bool may = std::ranges::find(kinds, column.shrink) != kinds.end() && widths_[i] > column.floor;
    if (may && shown_[i] && (widest == nullptr || widths_[i] > *widest)) widest = &widths_[i];
  }
  if (widest != nullptr) --*widest;
  return widest != nullptr;
}

void TableLayout::cut_what_is_wider_than_the_terminal() {
  for (std::size_t i = 0; i < widths_.size(); ++i) {
    if (table_.columns_[i].shrink != Shrink::whole) continue;
    const std::size_t room = *look_.width - std::min(*look_.width - 1, offset_of(i));
    std::vector<std::string> wide;
    for (const auto& row : table_.rows_) {
      if (!row.heading && row.cells[i].width > room) wide.push_back(row.cells[i].text);
    }
    const auto shown = cut_apart(wide, room, look_.glyphs);
    for (std::size_t j = 0; j < wide.size(); ++j) cut_.emplace_back(wide[j], shown[j]);
  }
}

std::string TableLayout::cells_from(const std::vector<Cell>& cells, std::size_t first, std::size_t last) const {
  std::string text(offset_of(first), ' ');
  text.reserve(total() + 1);
  for (std::size_t i = first; i < last; ++i) {
    if (!shown_[i]) continue;
    const bool at_end = i + 1 == cells.size();
    if (table_.columns_[i].shrink == Shrink::wraps) {
      text += broken(cells[i], widths_[i], offset_of(i), look_);
    } else {
      append_padded(text, cells[i], widths_[i], table_.columns_[i].align, at_end, look_);
    }
    if (!at_end) text.append(kGap, ' ');
  }
  strip_trailing_blanks(text);
  text += '\n';
  return text;
}

std::string TableLayout::line(const std::vector<Cell>& cells) const {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool on_its_own = table_.columns_[i].shrink == Shrink::whole && cells[i].width > widths_[i];
    if (!on_its_own) continue;
    const auto cut = std::ranges::find(cut_, cells[i].text, &std::pair<std::string, std::string>::first);
    std::string first = cells_from(cells, 0, i);
    first.pop_back();
    first.resize(std::max(first.size(), i == 0 ? 0 : offset_of(i)), ' ');
    first += styled(cut == cut_.end() ? cells[i].text : cut->second, cells[i].style, look_.colour);
    return first + "\n" + cells_from(cells, i + 1, cells.size());
  }
  return cells_from(cells, 0, cells.size());
}

std::string TableLayout::heading(const Cell& left, const Cell& right) const {
  const auto used = left.width, needed = right.width;
  const auto edge = std::max(std::min(total(), kReadable), used + kGap + needed);
  std::string text = styled(left.text, left.style, look_.colour);
  const bool fits = edge <= look_.width.value_or(edge);
  if (needed > 0 && fits)
    text += std::string(edge - used - needed, ' ') + styled(right.text, right.style, look_.colour);
  return text + "\n";
}

}  // namespace cli
