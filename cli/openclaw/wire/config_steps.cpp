// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/config_steps.h"

#include <algorithm>
#include <unistd.h>

#include "cli/openclaw/program_answer.h"
#include "import/json/secret_json.h"
#include "import/openclaw/config/config_secrets.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
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

ServedField copy_of(const ServedField& field) {
  return {field.segments,   field.path,           field.type,       field.ref,
          field.ref_member, field.secret.clone(), field.from_store, field.in_any_openclaw};
}

bool stands_as_planned(const formats::ConfigEntry& entry, const ServedField& field) {
  if (field.from_store) return entry.ref == field.from_store;
  return entry.state == ConfigState::secret && entry.value.same_as(field.secret);
}

}  // namespace

void patch_config(const OpenclawProgram& openclaw, std::string_view patch, bool dry_run) {
  std::vector<std::string> words = {"config", "patch", "--stdin"};
  if (dry_run) words.emplace_back("--dry-run");
  const auto answer = openclaw.run(words, patch);
  if (answer.end == RunEnd::by_itself && answer.status == 0) return;
  throw vault::Error(vault::ErrorCode::io, "openclaw config patch refused the change: " + reason_of(answer));
}

FieldsNow compare_fields(const fs::path& config, const std::vector<ServedField>& fields,
                         const formats::ConfigFields& known) {
  const auto reading = read(config, known);
  FieldsNow now;
  for (const auto& field : fields) {
    const auto* const entry = entry_at(reading, field);
    if (entry != nullptr && stands_as_planned(*entry, field)) {
      now.as_planned.push_back(copy_of(field));
    } else {
      now.changed.push_back(field.path);
    }
  }
  return now;
}

bool holds_reference(const fs::path& config, const vault::SecretRef& ref, const formats::ConfigFields& known) {
  const auto reading = read(config, known);
  return std::ranges::any_of(reading.fields, [&](const auto& entry) { return entry.ref == ref; });
}

std::vector<std::string> overwritten_since(const fs::path& config, const std::vector<ServedField>& fields,
                                           const formats::ConfigFields& known) {
  const auto copy = fs::path(config.string() + ".bak");
  std::vector<std::string> paths;
  if (::access(copy.c_str(), F_OK) != 0) return paths;
  const auto reading = read(copy, known);
  for (const auto& field : fields) {
    const auto* const entry = entry_at(reading, field);
    const bool newer = entry != nullptr && entry->state == ConfigState::secret && !entry->value.same_as(field.secret);
    if (newer) paths.push_back(field.path);
  }
  return paths;
}

}  // namespace cli
