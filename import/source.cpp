// SPDX-License-Identifier: Apache-2.0
#include "import/source.h"

#include <unistd.h>

#include "import/logins/login_source.h"
#include "import/dotenv/dotenv.h"
#include "import/logins/external_login.h"
#include "import/format.h"
#include "import/openclaw/profiles.h"
#include "import/stores/agent_store.h"
#include "import/stores/state_dir.h"
#include "import/json/secret_json.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"
#include "vault/policy/provider_variables.h"

namespace formats {
namespace {

using vault::Error;
using vault::ErrorCode;
using vault::ImportBatch;
using vault::SecretString;

SecretString read_file(const std::filesystem::path& path) {
  return SecretString(vault::read_secret_file(path, kLargestJson, vault::Links::follow, vault::Privacy::any));
}

void refuse_our_own(std::string_view text) {
  if (text.starts_with("CLAVIGER-KEY-1")) throw Error(ErrorCode::bad_input, "this is a key file of a vault, not something to keep in one");
}

// The state that OpenClaw 2026.4 keeps beside its profiles belongs to them.
void overlay_state_beside(vault::AgentBatch& batch, const std::filesystem::path& path) {
  const auto beside = path.parent_path() / "auth-state.json";
  if (path.filename() == "auth-profiles.json" && ::access(beside.c_str(), F_OK) == 0) {
    overlay_auth_state(batch, read_file(beside).reveal());
  }
}

vault::AgentBatch read_openclaw_file(std::string_view text, const std::filesystem::path& path, const vault::AgentName& agent) {
  if (path.filename() == "oauth.json") return read_openclaw_oauth(text, agent);
  auto batch = read_openclaw_profiles(text, agent);
  overlay_state_beside(batch, path);
  return batch;
}

vault::AgentBatch read_variables(std::string_view text, const vault::AgentName& agent) {
  auto reading = read_dotenv_reporting(text);
  vault::AgentBatch batch(agent);
  batch.variables = std::move(reading.variables);
  batch.warnings = std::move(reading.warnings);
  return batch;
}

vault::AgentBatch read_environment(const std::vector<Variable>& environment, const vault::AgentName& agent) {
  vault::AgentBatch batch(agent);
  for (const auto& variable : environment) {
    if (vault::trimmed(variable.value).empty() || !vault::provider_of_variable(variable.name)) continue;
    batch.variables.push_back({std::string(variable.name), SecretString::copy_of(variable.value)});
  }
  return batch;
}

vault::AgentBatch read_database(const std::filesystem::path& path, const vault::AgentName& agent) {
  auto batch = path.filename() == "openclaw.sqlite" ? read_openclaw_shared_db(path)
                                                    : read_openclaw_agent_db(path, agent);
  return batch ? std::move(*batch) : vault::AgentBatch(agent);
}

vault::AgentBatch read_text(Format format, std::string_view text, const std::filesystem::path& path,
                            const vault::AgentName& agent) {
  refuse_our_own(text);
  if (is_login(format)) return read_login(format, text, path, agent);
  switch (format) {
    case Format::openclaw: return read_openclaw_file(text, path, agent);
    case Format::dotenv: return read_variables(text, agent);
    default: throw Error(ErrorCode::bad_input, "this format is not read from one file", "claviger help import");
  }
}

Format format_asked(const std::string& name) {
  const auto format = format_named(name);
  if (!format) throw Error(ErrorCode::usage, "no such format", "claviger help import lists them");
  return *format;
}

ImportBatch one_agent(Format format, vault::AgentBatch agent) {
  ImportBatch batch;
  batch.format = name_of(format);
  batch.agents.push_back(std::move(agent));
  return batch;
}

ImportBatch read_stream(const std::optional<std::string>& named, const vault::AgentName& agent) {
  const SecretString text(vault::read_secret_stream(STDIN_FILENO, kLargestJson));
  const Format format = named ? format_asked(*named) : detect_format(text.reveal(), {});
  return one_agent(format, read_text(format, text.reveal(), {}, agent));
}

}  // namespace

ImportBatch read_source(const SourceSurroundings& around, const ImportSource& source, const vault::AgentName& agent) {
  if (source.format == name_of(Format::environment)) {
    return one_agent(Format::environment, read_environment(around.environment, agent));
  }
  if (source.path.empty()) throw Error(ErrorCode::usage, "import needs a file, a folder or '-'", "claviger help import");
  if (source.path == "-") return read_stream(source.format, agent);
  // A tool's own folder, such as ~/.codex, stands for the login in it.
  const auto path = login_file_in(source.path).value_or(source.path);
  const Format format = source.format ? format_asked(*source.format) : detect_format(path);
  if (format == Format::openclaw_state_dir) return read_openclaw_state_dir(path, around.home);
  if (format == Format::openclaw_sqlite) return one_agent(format, read_database(path, agent));
  const SecretString text = read_file(path);
  return one_agent(format, read_text(format, text.reveal(), path, agent));
}

}  // namespace formats
