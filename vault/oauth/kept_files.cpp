// SPDX-License-Identifier: Apache-2.0
#include "vault/oauth/kept_files.h"

#include <fcntl.h>
#include <unistd.h>

#include "vault/base/atomic_file.h"
#include "vault/base/error.h"
#include "vault/base/file.h"

namespace vault {
namespace {

std::string front_of(const VaultId& vault) { return "refresh-" + to_hex(vault.bytes) + "-"; }

[[noreturn]] void fail(const char* what) {
  throw Error(ErrorCode::io, std::string("no room is to be had for the endpoint's answer: ") + what);
}

void sync(const Descriptor& file) {
  if (::fsync(file.get()) != 0) fail("its file cannot be synced");
}

Descriptor open_room(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file) fail("its file is gone");
  return file;
}

std::optional<KeptReply> reply_in(const std::filesystem::path& path) {
  try {
    const auto file = open_regular_file(path, Links::refuse, Privacy::owner_only);
    if (file.size > kLongestKeptReply) return std::nullopt;
    Bytes bytes(file.size);
    bytes.resize(read_up_to(file.descriptor.get(), bytes));
    return decode_kept_reply(bytes);
  } catch (const Error& error) {
    const bool passed_over = error.code() == ErrorCode::not_found || error.code() == ErrorCode::unsafe_file;
    if (!passed_over) throw;
    return std::nullopt;
  }
}

}  // namespace

std::filesystem::path KeptFileFolder::path_of(const VaultId& vault, const AttemptId& attempt) const {
  return folder_ / (front_of(vault) + to_hex(attempt.bytes));
}

void KeptFileFolder::make_room(const VaultId& vault, const AttemptId& attempt, std::size_t bytes) {
  make_private_folders(folder_);
  const auto path = path_of(vault, attempt);
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) fail("its file cannot be made");
  try {
    if (bytes > kLongestKeptReply) fail("the login is too long");
    if (::posix_fallocate(file.get(), 0, static_cast<off_t>(bytes)) != 0) fail("the disk is full");
    sync(file);
    before_it_counts([&] { sync_folder_of(path); });
  } catch (const Error&) {
    ::unlink(path.c_str());
    throw;
  }
}

void KeptFileFolder::keep(const VaultId& vault, const KeptReply& reply) {
  const auto file = open_room(path_of(vault, reply.attempt));
  const auto bytes = encode(reply);
  write_all(file.get(), text_of(bytes));
  sync(file);
}

std::vector<KeptReply> KeptFileFolder::all(const VaultId& vault) {
  std::vector<KeptReply> replies;
  const auto front = front_of(vault);
  std::error_code failure;
  for (std::filesystem::directory_iterator entry(folder_, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    if (!entry->path().filename().native().starts_with(front)) continue;
    if (auto reply = reply_in(entry->path())) replies.push_back(std::move(*reply));
  }
  if (failure && failure != std::errc::no_such_file_or_directory)
    throw Error(ErrorCode::io, "the folder of kept answers cannot be read");
  return replies;
}

void KeptFileFolder::remove(const VaultId& vault, const AttemptId& attempt) noexcept {
  try {
    ::unlink(path_of(vault, attempt).c_str());
  } catch (const std::bad_alloc&) {  // it stays, and is passed over from now on
  }
}

}  // namespace vault
