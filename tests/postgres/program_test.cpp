// SPDX-License-Identifier: Apache-2.0
// The helper program itself, without a server.
#include <gmock/gmock.h>

#include <cerrno>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/storage/error_of.h"
#include "vault/helper/helper_process.h"
#include "vault/storage/postgres/messages.h"

namespace vault::test {
namespace {

Deadline soon() { return after(std::chrono::seconds(20)); }

// 0 when /proc/PID/environ of a helper is closed to its own user.
int look_into_its_environment() {
  HelperProcess helper(open_helper(postgres::kProgram, postgres::kProgram), {"HOME"}, soon());
  const auto file = "/proc/" + std::to_string(helper.pid()) + "/environ";
  const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  return opened < 0 && errno == EACCES ? 0 : 1;
}

TEST(PostgresProgram, ItsEnvironmentIsClosedToItsOwnUser) {
  const auto child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && ::setuid(65534) != 0) ::_exit(2);  // root reads everything
    try {
      ::_exit(look_into_its_environment());
    } catch (const Error&) {
      ::_exit(3);
    }
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(PostgresProgram, WhatItIsNotToBeAskedEndsIt) {
  for (const Frame& odd :
       {Frame{99, {}}, Frame{postgres::frame::begin, {1}}, Frame{postgres::frame::connect, {1, 2}}}) {
    HelperProcess helper(open_helper(postgres::kProgram, postgres::kProgram), {}, soon());
    helper.send(odd, soon());
    EXPECT_EQ(code_of([&] { helper.receive(soon()); }), ErrorCode::io) << int{odd.kind};
  }
}

}  // namespace
}  // namespace vault::test
