// SPDX-License-Identifier: Apache-2.0
// Any text as what a person or a file gives for a key (K05): a recovery code, a key file, an agent's token. Each is
// refused with bad_input, or read and written again to something that reads the same.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "vault/base/error.h"
#include "vault/keys/agent_token.h"
#include "vault/keys/key_file.h"
#include "vault/keys/recovery_code.h"

namespace {

template <class Read>
void read_or_refuse(Read read) {
  try {
    read();
  } catch (const vault::Error& error) {
    if (error.code() != vault::ErrorCode::bad_input) std::abort();
  }
}

void require_same(const vault::SlotKey& one, const vault::SlotKey& other) {
  if (!std::ranges::equal(one.reveal(), other.reveal())) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read_or_refuse([&] {
    const auto key = vault::parse_recovery_code(text);
    require_same(key, vault::parse_recovery_code(vault::to_recovery_code(key).reveal()));
  });
  read_or_refuse([&] {
    const auto file = vault::parse_key_file(text);
    require_same(file.key, vault::parse_key_file(vault::to_text(file).reveal()).key);
  });
  read_or_refuse([&] {
    const auto token = vault::parse_agent_token(text);
    require_same(token.key, vault::parse_agent_token(vault::to_text(token).reveal()).key);
  });
  return 0;
}
