// SPDX-License-Identifier: Apache-2.0
#include "import/stores/bad_files.h"

#include <algorithm>
#include <cerrno>
#include <string>
#include <sys/stat.h>

#include "import/json/json_writer.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"

namespace formats {
namespace {

using vault::Error;
using vault::ErrorCode;

// What lies in the file, or at its place; not what may pass (busy), nor a fault of ours.
bool is_fault_of_the_file(ErrorCode code) {
  return code == ErrorCode::bad_input || code == ErrorCode::newer_format || code == ErrorCode::unsafe_file ||
         code == ErrorCode::io || code == ErrorCode::not_found;
}

Error naming(const std::filesystem::path& path, const Error& error) {
  const std::string message = error.what();
  if (message.find("'" + path.string()) != std::string::npos) return error;  // it, or a file in it
  return {error.code(), "'" + path.string() + "': " + message, error.hint()};
}

std::string place_in(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, offset);
  return "line " + std::to_string(std::ranges::count(before, '\n') + 1);
}

}  // namespace

void BadFiles::leave_out(const std::filesystem::path& path, const Error& error) {
  if (rule_ == OnBadFile::stop || !is_fault_of_the_file(error.code())) throw naming(path, error);
  warnings_.push_back({"bad_file", path.string(), std::string("left out whole: ") + error.what(), true});
}

bool BadFiles::read_last_of_each_name(const std::filesystem::path& path, std::string_view text, JsonDialect dialect,
                                      const Take& take) {
  const JsonDocument document(text, dialect, JsonRepeats::last_wins);
  if (document.repeats().empty()) return false;
  SecretText settled;
  JsonWriter writer(settled.sink(), JsonLayout::compact);
  writer.value(document.root());
  writer.finish();
  auto pages = vault::SecretPages::copy_of(vault::bytes_of(settled.take().reveal()));
  take(pages);
  for (const auto offset : document.repeats()) {
    warnings_.push_back({"duplicate_name", path.string(),
                         place_in(text, offset) + ": a name that is there already; the last one counts", false});
  }
  return true;
}

void BadFiles::with_file(const std::filesystem::path& path, JsonDialect dialect, const Read& read) {
  take_file(path, dialect, [&](vault::SecretPages& text) { read(vault::text_of(text.reveal())); });
}

void BadFiles::take_file(const std::filesystem::path& path, JsonDialect dialect, const Take& take) {
  vault::SecretPages bytes;
  try {
    bytes = vault::read_secret_pages(path, kLargestJson, vault::Links::follow, vault::Privacy::any);
    take(bytes);
  } catch (const Error& error) {
    try {
      const bool again = rule_ == OnBadFile::skip && error.code() == ErrorCode::bad_input && bytes.size() > 0;
      if (again && read_last_of_each_name(path, vault::text_of(bytes.reveal()), dialect, take)) return;
    } catch (const Error&) {
      // It has other faults than repeated names: the first one is told.
    }
    leave_out(path, error);
  }
}

void BadFiles::with_store(const std::filesystem::path& path, const std::function<void()>& read) {
  try {
    read();
  } catch (const Error& error) {
    leave_out(path, error);
  }
}

bool has_file(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return true;
  if (errno == ENOENT || errno == ENOTDIR) return false;
  const bool unusable = errno == ENAMETOOLONG || errno == ELOOP;
  throw Error(unusable ? ErrorCode::bad_input : ErrorCode::io, "'" + path.string() + "' cannot be reached: " +
                                                                   (errno == ENAMETOOLONG ? "its name is too long"
                                                                    : errno == ELOOP      ? "its links lead in a circle"
                                                                                          : "permission denied"));
}

}  // namespace formats
