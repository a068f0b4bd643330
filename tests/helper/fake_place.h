// SPDX-License-Identifier: Apache-2.0
#pragma once
// The scripted helper program, copied under the name of what it is to do into a folder that passes judgement.

#include <chrono>
#include <string>

#include "tests/storage/private_folder.h"
#include "vault/helper/helper_process.h"

namespace vault::test {

class FakePlace {
 public:
  std::filesystem::path copy(const std::string& behaviour) const;
  HelperProgram judged(const std::string& behaviour) const { return judge_helper(copy(behaviour)); }
  const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  PrivateFolder folder_;
};

inline Deadline soon() { return after(std::chrono::seconds(20)); }
inline Deadline at_once() { return after(std::chrono::milliseconds(200)); }

bool has_children();  // of this process, zombies among them

}  // namespace vault::test
