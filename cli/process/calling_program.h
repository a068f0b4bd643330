// SPDX-License-Identifier: Apache-2.0
#pragma once
// The program that started this one: what the vault's log says of who asked.

#include <cstdint>
#include <string>

namespace cli {

struct CallingProgram {
  std::uint64_t user = 0;  // ours, the real one
  std::uint64_t process = 0;
  // The name of its file, without folders; what it calls itself where its file may not be seen; empty where it is gone.
  // Never its command line, which may hold a secret.
  std::string name{};
};

CallingProgram calling_program();

}  // namespace cli
