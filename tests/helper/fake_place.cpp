// SPDX-License-Identifier: Apache-2.0
#include "tests/helper/fake_place.h"

#include <cerrno>
#include <sys/stat.h>
#include <sys/wait.h>

namespace vault::test {

std::filesystem::path FakePlace::copy(const std::string& behaviour) const {
  const auto path = folder_.path() / behaviour;
  std::error_code failure;
  std::filesystem::copy_file(FAKE_HELPER, path, std::filesystem::copy_options::overwrite_existing, failure);
  if (failure || ::chmod(path.c_str(), 0700) != 0) throw std::runtime_error("cannot copy the fake helper");
  return path;
}

bool has_children() {
  siginfo_t info{};
  return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

}  // namespace vault::test
