// SPDX-License-Identifier: Apache-2.0
// Any bytes as a file that is to be imported, its format guessed, SQLite's files among them (K05): a batch, or one of
// the refusals that a file can meet; the same twice, and the file stays as it is.
#include <cstdint>
#include <cstdlib>

#include "import/source.h"
#include "tests/support/temporary_folder.h"
#include "vault/base/error.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

bool may_refuse(vault::ErrorCode code) {
  using vault::ErrorCode;
  return code == ErrorCode::bad_input || code == ErrorCode::newer_format || code == ErrorCode::busy ||
         code == ErrorCode::io;
}

// How many entries, or why there are none.
std::size_t outcome(const std::string& path) {
  try {
    const auto batch =
        formats::read_source({}, {path, std::nullopt, formats::OnBadFile::stop}, vault::AgentName("main"));
    std::size_t entries = 0;
    for (const auto& agent : batch.agents) entries += agent.profiles.size() + agent.variables.size();
    return entries;
  } catch (const vault::Error& error) {
    require(may_refuse(error.code()));
    return SIZE_MAX - static_cast<std::size_t>(error.code());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const vault::testing::TemporaryFolder folder;
  static const auto path = folder / "source";
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  vault::testing::place(path, bytes);
  require(outcome(path) == outcome(path));
  require(vault::testing::contents_of(path) == bytes);
  return 0;
}
