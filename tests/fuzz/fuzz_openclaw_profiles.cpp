// SPDX-License-Identifier: Apache-2.0
// Any bytes as an OpenClaw document: refused with bad_input, or read, written and read again to the same text.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "import/openclaw/config/config.h"
#include "import/openclaw/profiles.h"
#include "import/openclaw/writer.h"
#include "vault/base/error.h"

namespace {

std::string exported(const vault::AgentBatch& batch) {
  std::string text;
  formats::OpenclawProfilesWriter writer([&text](std::string_view piece) { text += piece; },
                                         formats::OpenclawGeneration::v2026_2);
  for (const auto& [sheet, credential] : batch.profiles) writer.add(sheet, credential);
  writer.finish(batch.orders, batch.usage, batch.foreign);
  return text;
}

template <class Read>
void read_or_refuse(Read read) {
  try {
    read();
  } catch (const vault::Error& error) {
    if (error.code() != vault::ErrorCode::bad_input) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto agent = vault::AgentName::shared();
  std::string written;
  read_or_refuse([&] {
    auto batch = formats::read_openclaw_profiles(text, agent);
    formats::overlay_auth_state(batch, text);
    written = exported(batch);
  });
  // What we wrote ourselves must be taken, and change no more.
  if (!written.empty() && exported(formats::read_openclaw_profiles(written, agent)) != written) std::abort();
  read_or_refuse([&] { formats::read_openclaw_oauth(text, agent); });
  read_or_refuse([&] { formats::read_openclaw_config(text); });
  return 0;
}
