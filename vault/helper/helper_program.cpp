// SPDX-License-Identifier: Apache-2.0
#include "vault/helper/helper_program.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/base/error.h"

namespace vault {
namespace {

using Path = std::filesystem::path;

std::string quoted(const Path& path) { return "'" + path.string() + "'"; }

[[noreturn]] void refuse(const std::string& why, const Path& path, const std::string& hint = "") {
  throw Error(ErrorCode::unsafe_file, why + ": " + quoted(path), hint);
}

void require_ours_alone(const Path& path, const struct stat& status) {
  if (status.st_uid != 0 && status.st_uid != ::geteuid()) refuse("a helper program of another user's", path);
  if ((status.st_mode & 022) == 0) return;
  refuse("a helper program that others may replace", path, "chmod go-w " + quoted(path));
}

}  // namespace

std::vector<Path> helper_places(const std::string& name) {
  std::vector<Path> places;
  std::error_code failure;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", failure);
  if (!failure && self.is_absolute()) {
    const auto folder = self.parent_path();
    places.push_back(folder.parent_path() / "lib/claviger" / name);
    places.push_back(folder / name);
  }
  places.push_back(Path("/usr/lib/claviger") / name);
  return places;
}

std::optional<Path> find_helper(const std::vector<Path>& places) {
  for (const auto& place : places) {
    struct stat status {};
    if (::lstat(place.c_str(), &status) == 0 || (errno != ENOENT && errno != ENOTDIR)) return place;
  }
  return {};
}

HelperProgram judge_helper(const Path& path) {
  auto file = open_regular_file(path, Links::refuse, Privacy::any);
  struct stat status {};
  if (::fstat(file.descriptor.get(), &status) != 0) throw Error(ErrorCode::io, "cannot examine " + quoted(path));
  require_ours_alone(path, status);
  if ((status.st_mode & 0111) == 0) refuse("a helper program that may not be run", path, "chmod +x " + quoted(path));
  const auto folder = path.parent_path();
  if (::stat(folder.c_str(), &status) != 0) throw Error(ErrorCode::io, "cannot examine " + quoted(folder));
  require_ours_alone(folder, status);
  return {path, std::move(file.descriptor)};
}

HelperProgram open_helper(const std::string& name, const std::string& package) {
  const auto place = find_helper(helper_places(name));
  if (!place) {
    throw Error(ErrorCode::not_found, "the helper " + name + " is not installed",
                "install the package " + package + ", or put the program into /usr/lib/claviger");
  }
  return judge_helper(*place);
}

}  // namespace vault
