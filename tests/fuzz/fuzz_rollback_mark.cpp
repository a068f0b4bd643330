// SPDX-License-Identifier: Apache-2.0
// Any bytes as this host's file of rollback marks (K05): refused with io and left as it is, or read, added to and read
// again to the same and the added.
#include <cstdint>
#include <cstdlib>

#include "tests/support/temporary_folder.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/ledger/rollback_mark.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const vault::testing::TemporaryFolder folder;
  static const vault::VaultId id{{1, 2, 3}};
  static const auto path = folder / ("mark-" + vault::to_hex(id.bytes));
  static vault::RollbackMarkFiles marks(folder.path());
  const std::string text(reinterpret_cast<const char*>(data), size);
  vault::testing::place(path, text);
  try {
    auto seen = marks.all(id);
    const vault::AgentId agent{{9}};
    const vault::RollbackMark mark{7, {1}};
    marks.put_all(id, {{agent, mark}}, vault::MarkRule::as_given);
    seen[agent] = mark;
    require(marks.all(id) == seen);
  } catch (const vault::Error& error) {
    require(error.code() == vault::ErrorCode::io);
    require(vault::testing::contents_of(path) == text);
  }
  return 0;
}
