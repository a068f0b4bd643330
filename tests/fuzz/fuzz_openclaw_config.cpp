// SPDX-License-Identifier: Apache-2.0
// Any text as openclaw.json, JSON5 and all (K05): refused with bad_input, or read twice to the same. What is found in
// it stands at a path that leads there, in a field that is on the list.
#include <cstdint>
#include <cstdlib>

#include "import/openclaw/config/config.h"
#include "import/openclaw/config/config_secrets.h"
#include "vault/base/error.h"

namespace {

void require(bool is_so) {
  if (!is_so) std::abort();
}

void check_config(std::string_view text) {
  const auto config = formats::read_openclaw_config(text);
  const auto again = formats::read_openclaw_config(text);
  require(config.agents.size() == again.agents.size() && config.profiles.size() == again.profiles.size() &&
          config.orders.size() == again.orders.size() && config.credentials.size() == again.credentials.size());
}

void check_secrets(std::string_view text) {
  const auto reading = formats::read_config_secrets(text);
  const auto again = formats::read_config_secrets(text);
  require(reading.fields.size() == again.fields.size() && reading.variables.size() == again.variables.size() &&
          reading.warnings == again.warnings);
  for (const auto& entry : reading.fields) {
    require(formats::config_path_segments(entry.path) == entry.segments);
    require(formats::ConfigFields::known().match(entry.segments) == entry.field);
    require(entry.value.empty() == (entry.state != formats::ConfigState::secret));
  }
  for (const auto& variable : reading.variables) {
    require(formats::config_path_segments(variable.path) == variable.segments && !variable.value.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto check : {check_config, check_secrets}) {
    try {
      check(text);
    } catch (const vault::Error& error) {
      require(error.code() == vault::ErrorCode::bad_input);
    }
  }
  return 0;
}
