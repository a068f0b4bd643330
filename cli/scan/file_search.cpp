// SPDX-License-Identifier: Apache-2.0
#include "cli/scan/file_search.h"

#include <algorithm>

#include "cli/scan/split_values.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/base/file.h"

namespace cli {
namespace {

using namespace std::string_view_literals;

constexpr auto kSqlite = "SQLite format 3\0"sv;
// gzip, zip, xz, zstd, bzip2, 7z, lz4
constexpr std::string_view kCompressed[] = {"\x1f\x8b"sv,         "PK\x03\x04"sv, "\xfd\x37zXZ\0"sv,
                                            "\x28\xb5\x2f\xfd"sv, "BZh"sv,        "7z\xbc\xaf\x27\x1c"sv,
                                            "\x04\x22\x4d\x18"sv};

FileNature nature_of(std::string_view first_block) {
  if (first_block.starts_with(kSqlite)) return FileNature::sqlite;
  const auto begins = [&](std::string_view magic) { return first_block.starts_with(magic); };
  if (std::ranges::any_of(kCompressed, begins)) return FileNature::compressed;
  return first_block.find('\0') == first_block.npos ? FileNature::text : FileNature::binary;
}

std::uint64_t lines_in(std::string_view text) { return static_cast<std::uint64_t>(std::ranges::count(text, '\n')); }

std::optional<vault::RegularFile> open_if_there(const std::filesystem::path& path) {
  try {
    return vault::open_regular_file(path, vault::Links::refuse, vault::Privacy::any);
  } catch (const vault::Error& error) {
    if (error.code() == vault::ErrorCode::not_found) return std::nullopt;
    throw;
  }
}

// What stands in one piece was found already; added is what stands across a border. False: not all could be read.
bool search_split_values(const vault::RegularFile& file, const SecretIndex& known, std::vector<Sighting>& sightings) {
  std::uint64_t row = 0, size = 0;
  std::vector<std::uint64_t> borders;
  std::optional<Search> search;
  SplitValueVisitor visitor;
  visitor.begin = [&](std::uint64_t offset) {
    row = offset;
    size = 0;
    borders.clear();
    search.emplace(known);
  };
  visitor.piece = [&](std::string_view piece) {
    borders.push_back(size);
    size += piece.size();
    search->feed(piece);
  };
  visitor.end = [&] {
    for (auto sighting : search->sightings()) {
      const auto border = std::ranges::upper_bound(borders, sighting.offset);
      if (border == borders.end() || *border >= sighting.offset + sighting.length) continue;
      sighting.offset = row;
      sightings.push_back(sighting);
    }
  };
  return for_each_split_value(file.descriptor.get(), file.size, visitor);
}

}  // namespace

void Search::feed(std::string_view block) {
  const auto& matcher = known_.matcher();
  std::size_t counted = 0;
  for (std::size_t at = 0; at < block.size(); ++at) {
    const auto byte = static_cast<std::uint8_t>(block[at]);
    if (state_ == Matcher::kStart && !matcher.can_begin_with(byte)) continue;
    state_ = matcher.next(state_, byte);
    if (matcher.match_length(state_) == 0) continue;
    line_ += lines_in(block.substr(counted, at + 1 - counted));
    counted = at + 1;
    note(before_ + counted);
  }
  line_ += lines_in(block.substr(counted));
  before_ += block.size();
}

void Search::note(std::uint64_t end) {
  const auto& matcher = known_.matcher();
  const auto& form = known_.form(matcher.match_label(state_));
  const std::uint64_t length = matcher.match_length(state_);
  const std::uint64_t offset = end - length;
  while (!sightings_.empty() && sightings_.back().offset >= offset) sightings_.pop_back();  // they lie within this one
  const auto inside = form.spelling == Spelling::raw ? lines_in(known_.all()[form.secret].value.reveal()) : 0;
  sightings_.push_back({form.secret, form.spelling, offset, length, line_ - inside});
}

std::optional<SearchedFile> search_file(const std::filesystem::path& path, const SecretIndex& known,
                                        const std::function<void()>& on_block) {
  const auto file = open_if_there(path);
  if (!file) return std::nullopt;
  SearchedFile searched;
  searched.path = path;
  Search search(known);
  vault::SecretBytes buffer(kSearchBlock);
  for (;;) {
    const auto size = vault::read_up_to(file->descriptor.get(), buffer.writable());
    const auto block = vault::text_of(buffer.reveal().first(size));
    if (searched.bytes == 0) searched.nature = nature_of(block);
    search.feed(block);
    searched.bytes += size;
    on_block();
    if (size < kSearchBlock) break;
  }
  searched.sightings = std::move(search).take();
  if (searched.nature == FileNature::sqlite) {
    searched.whole = search_split_values(*file, known, searched.sightings);
  }
  if (searched.nature != FileNature::text) {
    for (auto& sighting : searched.sightings) sighting.line.reset();
  }
  return searched;
}

}  // namespace cli
