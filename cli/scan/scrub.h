// SPDX-License-Identifier: Apache-2.0
#pragma once
// Overwriting secrets in a text file: each copy becomes `removed-by-claviger:ID`, which keeps JSON, .env lines and
// histories what they are, is one word to a shell, and a placeholder to us.

#include <filesystem>
#include <string>

#include "cli/scan/file_search.h"
#include "vault/base/file.h"
#include "vault/crypto/secret.h"

namespace cli {

// What stands in the place of a secret: with the id where that is made of [A-Za-z0-9._:/@-] alone.
std::string scrub_marker(const SecretName& name);

// One file, read and made anew in memory. While this lives the file is watched: whoever wants to write to it waits
// until it is gone, at most for the system's lease-break-time; where the file system has no leases the comparison in
// commit() alone sees a change.
class Scrubbing {
 public:
  // For a file without an obstacle (scrub_rules.h). busy when another program has it open for writing; bad_input when
  // it is larger than kLargestScrubbed; else as open_regular_file.
  Scrubbing(std::filesystem::path path, const SecretIndex& known);
  ~Scrubbing();
  Scrubbing(const Scrubbing&) = delete;
  Scrubbing& operator=(const Scrubbing&) = delete;

  std::size_t values() const noexcept { return values_; }  // copies that will be overwritten

  // Puts the new content in the file's place, whole or not at all, with its mode, owner and group, and reads it back.
  // Nothing is done without values. busy when the file changed since it was read, io when the disk refuses, and
  // everything is as it was; committed_unverified when a secret is still there.
  void commit();

 private:
  void replace(std::string_view text);
  void require_unchanged() const;

  struct Snapshot {
    std::uint64_t device = 0, inode = 0, size = 0;
    std::int64_t modified_ns = 0, changed_ns = 0;
    std::uint32_t mode = 0, owner = 0, group = 0;
    bool operator==(const Snapshot&) const = default;
  };
  static Snapshot snapshot_of(int fd);

  std::filesystem::path path_;
  const SecretIndex& known_;
  vault::Descriptor descriptor_;
  Snapshot before_;
  vault::SecretBytes text_;
  std::size_t values_ = 0;
};

}  // namespace cli
