// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which secrets of openclaw.json itself - channels' tokens, the gateway's, providers' keys and headers - the vault can
// serve in their place, which references to it stand already, and what takes no reference at all.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/words/json_output.h"
#include "import/openclaw/config/config_fields.h"
#include "import/openclaw/config/config_path.h"
#include "vault/model/batch.h"
#include "vault/model/secret_ref.h"
#include "vault/reading.h"

namespace cli {

struct ServedField {
  formats::ConfigSegments segments;
  std::string path;            // as the vault names it
  std::string type;            // as a plan of OpenClaw's names it
  vault::SecretRef ref;        // to this vault: what is to stand there, or stands there
  std::string ref_member;      // not empty: the reference stands there, beside the field, which goes (2026.4)
  vault::SecretString secret;  // of a target: as the file holds it; of a wired one: the vault's, empty when it has none
  // Of a target: the reference to OpenClaw's own secrets store that stands there, in the place of a secret.
  std::optional<vault::SecretRef> from_store{};
  bool in_any_openclaw = true;  // every OpenClaw's plans know it; else it is a plugin's, and only those that have that
};

// Plain text where no OpenClaw takes a reference.
struct ConfigPlaintext {
  std::string path;     // in openclaw.json, or secrets.store.<NAME>
  std::string name;     // of the variable or the store's entry
  std::string why;      // it stays
  std::string command;  // the words after `openclaw` that end it
  bool of_environment;  // what `run` gives OpenClaw would take its place
};

// What becomes of something that stays.
enum class Staying : std::uint8_t {
  rightly,       // it is no plain text, or none of ours to move
  until_import,  // plain text that the vault does not hold, or not the same
  regardless,    // no import and no wiring would end it
};

struct FieldLeft {
  std::string path;
  std::string reason;
  Staying staying;
};

struct ConfigPlan {
  std::vector<ServedField> targets;
  std::vector<ServedField> wired;
  std::vector<FieldLeft> left;
  std::vector<ConfigPlaintext> plaintext;
};

// Without a configuration: an empty plan. Throws bad_input when it cannot be parsed. `alias` names the provider of all
// agents; the one for these fields is provider_alias(alias, @config). `is_profile`: a model's key that is the id of a
// profile is a preference and no secret. `store`: what OpenClaw's own secrets store holds, by secrets.store.<NAME>; a
// reference to it gives way to one to this vault where that holds the same.
ConfigPlan make_config_plan(vault::Reading& reading, const std::filesystem::path& config, const std::string& alias,
                            const std::function<bool(std::string_view)>& is_profile,
                            const std::vector<vault::ConfigSecretDraft>& store = {},
                            const formats::ConfigFields& fields = formats::ConfigFields::known());

// Into what lives longer.
using FieldViews = std::vector<const ServedField*>;
FieldViews views_of(const std::vector<ServedField>& fields);

// What `openclaw config patch` takes, one validated write: the providers, and a reference in the place of each field's
// secret. Holds no secret. Empty object for neither.
Json wiring_patch(const FieldViews& fields, const Json& providers);

}  // namespace cli
