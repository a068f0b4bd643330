// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/config_steps.h"

#include <algorithm>
#include <unistd.h>

#include "import/json/secret_json.h"
#include "import/openclaw/config/config_secrets.h"
#include "vault/base/encoding.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using formats::ConfigState;

formats::ConfigReading read(const fs::path& config, const formats::ConfigFields& known) {
  const auto bytes = vault::read_secret_file(config, formats::kLargestJson, vault::Links::follow, vault::Privacy::any);
  return formats::read_config_secrets(vault::text_of(bytes.reveal()), known);
}

const formats::ConfigEntry* entry_at(const formats::ConfigReading& reading, const ServedField& field) {
  const auto found = std::ranges::find(reading.fields, field.segments, &formats::ConfigEntry::segments);
  return found == reading.fields.end() ? nullptr : &*found;
}

bool stands_as_planned(const formats::ConfigEntry& entry, const ServedField& field) {
  if (field.from_store) return entry.ref == field.from_store;
  return entry.state == ConfigState::secret && entry.value.same_as(field.secret);
}

}  // namespace

FieldsNow compare_fields(const fs::path& config, const FieldViews& fields, const formats::ConfigFields& known) {
  const auto reading = read(config, known);
  FieldsNow now;
  for (const auto* const field : fields) {
    const auto* const entry = entry_at(reading, *field);
    if (entry != nullptr && stands_as_planned(*entry, *field)) {
      now.as_planned.push_back(field);
    } else {
      now.changed.push_back(field->path);
    }
  }
  return now;
}

bool holds_reference(const fs::path& config, const vault::SecretRef& ref, const formats::ConfigFields& known) {
  const auto reading = read(config, known);
  return std::ranges::any_of(reading.fields, [&](const auto& entry) { return entry.ref == ref; });
}

std::vector<std::string> overwritten_since(const fs::path& config, const FieldViews& fields,
                                           const formats::ConfigFields& known) {
  const auto copy = fs::path(config.string() + ".bak");
  std::vector<std::string> paths;
  if (::access(copy.c_str(), F_OK) != 0) return paths;
  const auto reading = read(copy, known);
  for (const auto* const field : fields) {
    const auto* const entry = entry_at(reading, *field);
    const bool newer = entry != nullptr && entry->state == ConfigState::secret && !entry->value.same_as(field->secret);
    if (newer) paths.push_back(field->path);
  }
  return paths;
}

}  // namespace cli
