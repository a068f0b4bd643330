// SPDX-License-Identifier: Apache-2.0
#include "cli/scan/scrub.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/scan/scrub_rules.h"
#include "cli/unlocking/paths.h"
#include "vault/base/atomic_file.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr std::string_view kMarker = "removed-by-claviger";

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("._:/@-").find(c) != std::string_view::npos;
}

std::int64_t nanoseconds(const timespec& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

// Granted only while nobody has the file open for writing; whoever opens it then makes the kernel signal us.
void watch(int fd, const std::filesystem::path& path) {
  ::signal(SIGIO, SIG_IGN);
  if (::fcntl(fd, F_SETLEASE, F_RDLCK) == 0 || errno != EAGAIN) return;
  throw Error(ErrorCode::busy, "another program has " + path_in_quotes(path) + " open for writing",
              "close it, then run the same command again");
}

}  // namespace

std::string scrub_marker(const SecretName& name) {
  const bool plain = name.id.size() <= 128 && std::ranges::all_of(name.id, is_plain);
  return std::string(kMarker) + (plain ? ":" + name.id : "");
}

Scrubbing::Snapshot Scrubbing::snapshot_of(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) throw Error(ErrorCode::io, "cannot read a file's status");
  return {status.st_dev,
          status.st_ino,
          static_cast<std::uint64_t>(status.st_size),
          nanoseconds(status.st_mtim),
          nanoseconds(status.st_ctim),
          status.st_mode & 07777,
          status.st_uid,
          status.st_gid};
}

Scrubbing::Scrubbing(std::filesystem::path path, const SecretIndex& known) : path_(std::move(path)), known_(known) {
  auto file = vault::open_regular_file(path_, vault::Links::refuse, vault::Privacy::any);
  watch(file.descriptor.get(), path_);
  descriptor_ = std::move(file.descriptor);
  before_ = snapshot_of(descriptor_.get());
  if (before_.size > kLargestScrubbed) throw Error(ErrorCode::bad_input, path_in_quotes(path_) + " is too large");
  vault::SecretBytes old(static_cast<std::size_t>(before_.size));
  old.truncate(vault::read_up_to(descriptor_.get(), old.writable()));
  replace(vault::text_of(old.reveal()));
}

Scrubbing::~Scrubbing() = default;

void Scrubbing::replace(std::string_view text) {
  Search search(known_);
  search.feed(text);
  values_ = search.sightings().size();
  std::size_t size = text.size();
  std::vector<std::string> markers;
  for (const auto& one : search.sightings()) {
    markers.push_back(scrub_marker(known_.all()[one.secret].names.front()));
    size += markers.back().size();
  }
  text_ = vault::SecretBytes(size);  // room enough: what is replaced is not taken off
  auto to = text_.writable().begin();
  std::size_t from = 0;
  for (std::size_t i = 0; i < markers.size(); ++i) {
    const auto& one = search.sightings()[i];
    const auto begin = std::max(from, static_cast<std::size_t>(one.offset));  // two may overlap
    to = std::ranges::copy(vault::bytes_of(text.substr(from, begin - from)), to).out;
    to = std::ranges::copy(vault::bytes_of(markers[i]), to).out;
    from = static_cast<std::size_t>(one.offset + one.length);
  }
  to = std::ranges::copy(vault::bytes_of(text.substr(from)), to).out;
  text_.truncate(static_cast<std::size_t>(to - text_.writable().begin()));
}

void Scrubbing::require_unchanged() const {
  const auto now = vault::open_regular_file(path_, vault::Links::refuse, vault::Privacy::any);
  if (snapshot_of(now.descriptor.get()) == before_) return;
  throw Error(ErrorCode::busy, path_in_quotes(path_) + " changed meanwhile", "run the same command again");
}

void Scrubbing::commit() {
  if (values_ == 0) return;
  vault::AtomicFile file(path_, vault::Existing::replace, before_.mode);
  file.belong_to(before_.owner, before_.group);
  file.write(vault::text_of(text_.reveal()));
  require_unchanged();
  file.commit();
  const auto again = search_file(path_, known_, [] {});
  if (again && again->sightings.empty()) return;
  throw Error(ErrorCode::committed_unverified, path_in_quotes(path_) + " does not read back as it was written");
}

}  // namespace cli
