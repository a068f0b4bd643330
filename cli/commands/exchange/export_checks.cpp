// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/exchange/export_checks.h"

#include <array>
#include <optional>
#include <sys/stat.h>

#include "cli/context.h"
#include "cli/terminal/text.h"
#include "cli/unlocking/paths.h"
#include "import/json/secret_json.h"
#include "import/openclaw/profiles.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/base/own_files.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using vault::Error;
using vault::ErrorCode;

std::vector<fs::path> own_places(const Context& context) {
  std::vector<fs::path> places;
  if (const auto file = context.vault_file()) {
    for (const char* suffix : {"", "-journal", "-wal", "-shm", ".lock"}) places.emplace_back(file->native() + suffix);
  }
  const auto& flags = context.flags();
  for (const auto& named : {flags.key_file, flags.token_file, flags.passphrase_file}) {
    if (named) places.emplace_back(*named);
  }
  for (const char* variable : {"CLAVIGER_KEY_FILE", "CLAVIGER_TOKEN_FILE", "CLAVIGER_PASSPHRASE_FILE"}) {
    if (const auto named = context.environment().get(variable)) places.emplace_back(*named);
  }
  if (auto key_file = default_key_file(context.environment())) places.push_back(std::move(*key_file));
  return places;
}

// Links are followed here: what is behind one counts, even though nothing would be written through it.
vault::OwnFile own_file_at(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return vault::OwnFile::none;
  const auto file = vault::open_regular_file(path, vault::Links::follow, vault::Privacy::any);
  std::array<std::uint8_t, vault::kOwnFileFront> front{};
  const auto size = vault::read_up_to(file.descriptor.get(), front);
  return vault::own_file_with(vault::text_of(front).substr(0, size));
}

const char* name_of(vault::OwnFile file) {
  switch (file) {
    case vault::OwnFile::vault: return "a vault";
    case vault::OwnFile::key_file: return "a key file";
    case vault::OwnFile::token: return "a token";
    case vault::OwnFile::none: break;
  }
  return nullptr;
}

std::optional<vault::AgentBatch> profiles_at(const fs::path& path, const vault::AgentName& agent) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  const auto bytes = vault::read_secret_file(path, formats::kLargestJson, vault::Links::follow, vault::Privacy::any);
  try {
    return formats::read_openclaw_profiles(vault::text_of(bytes.reveal()), agent);
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool holds_all_of(const vault::Credential& held, const vault::Credential& other) {
  for (const auto field : vault::kSecretFields) {
    const auto* const theirs = other.find(field);
    if (theirs == nullptr || vault::trimmed(theirs->reveal()).empty()) continue;
    const auto* const ours = held.find(field);
    if (ours == nullptr || !ours->same_as(*theirs)) return false;
  }
  return true;
}

}  // namespace

void require_place_for_export(const Context& context, const fs::path& target) {
  const auto place = vault::absolute_path(target);
  for (const auto& taken : own_places(context)) {
    if (place != vault::absolute_path(taken) && !vault::same_file(place, taken)) continue;
    throw Error(ErrorCode::usage, "this place is the vault's, or that of what unlocks it: " + path_in_quotes(place),
                "name another file");
  }
  if (const char* const own = name_of(own_file_at(place))) {
    throw Error(ErrorCode::unsafe_file, "refusing to replace " + std::string(own) + ": " + path_in_quotes(place),
                "name another file");
  }
}

void require_nothing_lost(vault::Reading& reading, const vault::AgentName& agent, const fs::path& target) {
  const auto there = profiles_at(target, agent);
  if (!there) return;
  for (const auto& draft : there->profiles) {
    if (draft.credential.usable().empty()) continue;
    const auto seen = reading.find_profile(agent, draft.sheet.id);
    if (seen && holds_all_of(reading.credential_of(*seen), draft.credential)) continue;
    throw Error(ErrorCode::already_exists,
                "the file holds a secret for " + in_quotes(draft.sheet.id.text()) +
                    " that the vault does not hold: " + path_in_quotes(target),
                "`claviger import` takes it in (--on-conflict replace if the file is right), or name another file");
  }
}

}  // namespace cli
