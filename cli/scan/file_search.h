// SPDX-License-Identifier: Apache-2.0
#pragma once
// One file, searched from its first byte to its last in blocks: its size does not matter.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/scan/secret_index.h"

namespace cli {

struct Sighting {
  std::size_t secret = 0;  // in SecretIndex::all()
  Spelling spelling = Spelling::raw;
  std::uint64_t offset = 0;           // bytes from the file's start; across pages of a database: the row's
  std::uint64_t length = 0;           // bytes, in this spelling
  std::optional<std::uint64_t> line;  // from 1; none in a file that is no text
};

enum class FileNature : std::uint8_t { text, binary, sqlite, compressed };

struct SearchedFile {
  std::filesystem::path path;
  FileNature nature = FileNature::text;
  std::uint64_t bytes = 0;
  bool whole = true;                // false: a database in such disorder that not all of its rows could be read
  std::vector<Sighting> sightings;  // by where they end, none within another; then those across pages of a database
};

// Follows bytes in blocks of any size.
class Search {
 public:
  explicit Search(const SecretIndex& known) : known_(known) {}
  void feed(std::string_view block);
  const std::vector<Sighting>& sightings() const noexcept { return sightings_; }
  std::vector<Sighting> take() && { return std::move(sightings_); }

 private:
  void note(std::uint64_t end);

  const SecretIndex& known_;
  Matcher::State state_ = Matcher::kStart;
  std::uint64_t before_ = 0;  // bytes before the block at hand
  std::uint64_t line_ = 1;    // of the last byte that was counted
  std::vector<Sighting> sightings_;
};

// `on_block` is called after each of at most kSearchBlock bytes. Empty when the file is gone since it was listed.
// Throws unsafe_file for what is no regular file any more, io for what cannot be read.
inline constexpr std::size_t kSearchBlock = std::size_t{256} << 10;
std::optional<SearchedFile> search_file(const std::filesystem::path& path, const SecretIndex& known,
                                        const std::function<void()>& on_block);

}  // namespace cli
