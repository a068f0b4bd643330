// SPDX-License-Identifier: Apache-2.0
#include "cli/scan/scan.h"

#include "cli/scan/plaintext_fields.h"
#include "vault/base/error.h"

namespace cli {
namespace {

// A block of content, and one for opening the file.
std::size_t blocks_of(const FileToSearch& file) { return 1 + static_cast<std::size_t>(file.size / kSearchBlock); }

void look_into(const std::filesystem::path& path, const SecretIndex& known, ScanResult& result,
               const std::function<void()>& on_block) {
  auto searched = search_file(path, known, on_block);
  if (!searched) return;
  ++result.files;
  result.bytes += searched->bytes;
  if (searched->nature == FileNature::compressed) result.unread.push_back({path, "compressed: not searched inside"});
  if (!searched->whole) result.unread.push_back({path, "a database in disorder: not searched in full"});
  if (!searched->sightings.empty()) result.found.push_back(std::move(*searched));
}

void name_fields(const std::filesystem::path& path, ScanResult& result) {
  if (!is_openclaw_config(path)) return;
  for (auto& field : plaintext_fields(path)) result.fields.push_back({path, std::move(field)});
}

}  // namespace

std::size_t ScanResult::copies() const noexcept {
  std::size_t copies = 0;
  for (const auto& file : found) copies += file.sightings.size();
  return copies;
}

ScanResult scan(const std::vector<std::filesystem::path>& places, const SecretIndex& known,
                const ScanProgress& progress) {
  ScanResult result;
  auto walked = files_below(places);
  result.unread = std::move(walked.unread);
  result.links = walked.links;
  std::size_t all = 0, done = 0;
  for (const auto& file : walked.files) all += blocks_of(file);
  for (const auto& file : walked.files) {
    const std::size_t end = done + blocks_of(file);
    try {
      look_into(file.path, known, result, [&] { progress(done < end ? ++done : done, all); });
      name_fields(file.path, result);
    } catch (const vault::Error& error) {
      result.unread.push_back({file.path, error.what()});
    }
    done = end;
  }
  return result;
}

}  // namespace cli
