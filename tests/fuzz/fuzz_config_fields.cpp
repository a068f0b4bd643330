// SPDX-License-Identifier: Apache-2.0
// Any text as the list of secret fields that an OpenClaw package carries: refused with bad_input, or each of its fields
// is found by the names of its own pattern.
#include <cstdint>
#include <cstdlib>

#include "import/openclaw/config/config_fields.h"
#include "vault/base/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto fields = formats::ConfigFields::from_matrix(text);
    for (const auto& field : fields.all()) {
      auto segments = field.pattern;
      for (auto& segment : segments) {
        if (segment == "[]") segment = "0";
      }
      if (field.type.empty() || !fields.match(segments)) std::abort();
    }
  } catch (const vault::Error& error) {
    if (error.code() != vault::ErrorCode::bad_input) std::abort();
  }
  return 0;
}
