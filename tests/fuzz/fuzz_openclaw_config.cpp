// SPDX-License-Identifier: Apache-2.0
// Any text as openclaw.json, JSON5 and all (K05): refused with bad_input, or read twice to the same.
#include <cstdint>
#include <cstdlib>

#include "import/openclaw/config.h"
#include "vault/base/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto config = formats::read_openclaw_config(text);
    const auto again = formats::read_openclaw_config(text);
    const bool same = config.agents.size() == again.agents.size() && config.profiles.size() == again.profiles.size() &&
                      config.orders.size() == again.orders.size() &&
                      config.credentials.size() == again.credentials.size();
    if (!same) std::abort();
  } catch (const vault::Error& error) {
    if (error.code() != vault::ErrorCode::bad_input) std::abort();
  }
  return 0;
}
