// SPDX-License-Identifier: Apache-2.0
#include "import/stores/secret_store.h"

#include "import/openclaw/config/config_secrets.h"
#include "import/openclaw/config/config_text.h"
#include "import/openclaw/entry.h"
#include "import/stores/agent_store.h"
#include "import/stores/database/foreign_database.h"
#include "vault/base/error.h"

namespace formats {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr std::size_t kMostEntries = 4096;

constexpr const char* kNext =
    "SELECT name FROM secret_store_entries WHERE scope_kind = 'team' AND scope_id = '' AND deleted_at_ms IS NULL "
    "AND typeof(name) = 'text' AND name > ? ORDER BY name LIMIT 1";
constexpr const char* kNextRemoved =
    "SELECT name FROM secret_store_entries WHERE scope_kind = 'team' AND scope_id = '' AND deleted_at_ms IS NOT NULL "
    "AND typeof(name) = 'text' AND name > ? ORDER BY name LIMIT 1";
constexpr const char* kKind =
    "SELECT kind FROM secret_store_entries WHERE scope_kind = 'team' AND scope_id = '' AND deleted_at_ms IS NULL "
    "AND name = ?";
constexpr const char* kValue =
    "SELECT value FROM secret_store_entries WHERE scope_kind = 'team' AND scope_id = '' AND deleted_at_ms IS NULL "
    "AND name = ?";
constexpr const char* kPersonal = "SELECT name FROM secret_store_entries WHERE scope_kind = ? LIMIT 1";

bool is_connection(std::string_view name) {
  return name.starts_with("github-setup-") || name.starts_with("github-device-") || name.starts_with("github-oauth-");
}

class SecretStore {
 public:
  SecretStore(const std::filesystem::path& path, ForeignDatabase& database) : path_(path), database_(database) {}

  SecretStoreReading read() {
    for (const auto& name : names(kNext)) read_entry(name);
    for (const auto& name : names(kNextRemoved)) {
      warn("store_removed", name, "removed from OpenClaw's secrets store, which keeps its value for 30 days", false);
    }
    if (connections_ || database_.text(kPersonal, "identity")) {
      warn("store_connection", "github", "left out: connections that OpenClaw made and renews itself", true);
    }
    return std::move(reading_);
  }

 private:
  // One query a name, each for the next: so nothing but one name and one value is held that is not wiped.
  std::vector<std::string> names(const char* query) {
    std::vector<std::string> found;
    std::string last;
    while (const auto next = database_.text(query, last)) {
      const std::string name(next->reveal());
      if (name <= last || found.size() == kMostEntries) {
        throw Error(ErrorCode::bad_input,
                    "'" + path_.string() + "' has a secrets store that OpenClaw cannot have made");
      }
      found.push_back(name);
      last = name;
    }
    return found;
  }

  void read_entry(const std::string& name) {
    if (is_connection(name)) {
      connections_ = true;
      return;
    }
    const auto kind = database_.text(kKind, name);
    auto value = database_.text(kValue, name);
    const bool is_env = kind && kind->reveal() == "env";
    if (const char* why = why_not_taken(name, kind, value)) {
      warn("store_entry", shortened(name), std::string("left out of OpenClaw's secrets store: ") + why, true);
    } else if (is_openclaw_placeholder(value->reveal())) {
      warn("placeholder", name, "left out of OpenClaw's secrets store: it is a placeholder, not a secret", true);
    } else if (is_env) {
      reading_.variables.push_back({name, std::move(*value)});
    } else {
      reading_.secrets.push_back({"secrets.store." + name, std::move(*value)});
    }
  }

  static const char* why_not_taken(const std::string& name, const std::optional<vault::SecretString>& kind,
                                   const std::optional<vault::SecretString>& value) {
    if (!is_reference_name(name)) return "no reference of OpenClaw can have this name";
    if (!kind || (kind->reveal() != "env" && kind->reveal() != "secret")) return "its kind is neither env nor secret";
    if (!value) return "it has no value";
    if (value->size() > kLongestConfigSecret) return "it is longer than 512 KiB";
    return value->empty() && kind->reveal() == "secret" ? "it is empty" : nullptr;
  }

  void warn(std::string reason, std::string subject, std::string text, bool rejected) {
    reading_.warnings.push_back({std::move(reason), std::move(subject), std::move(text), rejected});
  }

  const std::filesystem::path& path_;
  ForeignDatabase& database_;
  SecretStoreReading reading_;
  bool connections_ = false;
};

}  // namespace

SecretStoreReading read_openclaw_secret_store(const std::filesystem::path& path) {
  ForeignDatabase database(path);
  if (!is_known_shared_db(database, path) || !database.has_table("secret_store_entries")) return {};
  auto reading = SecretStore(path, database).read();
  database.require_unchanged();
  return reading;
}

}  // namespace formats
