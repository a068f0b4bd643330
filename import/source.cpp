// SPDX-License-Identifier: Apache-2.0
#include "import/source.h"

#include <array>
#include <unistd.h>

#include "import/dotenv/dotenv.h"
#include "import/format.h"
#include "import/json/secret_json.h"
#include "import/logins/external_login.h"
#include "import/logins/login_source.h"
#include "import/openclaw/profiles.h"
#include "import/stores/bounded_file.h"
#include "import/stores/state_dir.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/base/own_files.h"
#include "vault/crypto/secret_file.h"
#include "vault/policy/provider_variables.h"

namespace formats {
namespace {

using vault::Error;
using vault::ErrorCode;
using vault::ImportBatch;
using vault::SecretString;

void refuse_our_own(std::string_view front) {
  const auto refuse = [](const std::string& what) {
    throw Error(ErrorCode::bad_input, "this is " + what + ", not something to keep in one");
  };
  switch (vault::own_file_with(front)) {
    case vault::OwnFile::vault: return refuse("a vault");
    case vault::OwnFile::key_file: return refuse("a key file of a vault");
    case vault::OwnFile::token: return refuse("a token for a vault");
    case vault::OwnFile::none: return;
  }
}

// The same words for a file and for standard input.
void require_fit(std::string_view text) {
  refuse_our_own(text);
  if (vault::trimmed(text).empty()) {
    throw Error(ErrorCode::bad_input, "there is nothing in it but blanks: neither JSON nor variables");
  }
}

SecretString read_file(const std::filesystem::path& path) {
  return SecretString(vault::read_secret_file(path, kLargestJson, vault::Links::follow, vault::Privacy::any));
}

// A database may be larger than any text, and is not read into memory to be told apart.
std::string front_of(const std::filesystem::path& path) {
  const auto file = vault::open_regular_file(path, vault::Links::follow, vault::Privacy::any);
  std::array<std::uint8_t, vault::kOwnFileFront> front{};
  const auto size = vault::read_up_to(file.descriptor.get(), front);
  const auto text = vault::text_of(front).substr(0, size);
  return text.starts_with("SQLite format 3") ? std::string(text) : std::string();  // of a text nothing is copied
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

vault::AgentBatch read_text(Format format, std::string_view text, const std::filesystem::path& path,
                            const vault::AgentName& agent) {
  if (is_login(format)) return read_login(format, text, path, agent);
  switch (format) {
    case Format::openclaw: return read_openclaw_profiles(text, agent);
    case Format::dotenv: return read_variables(text, agent);
    default: throw Error(ErrorCode::bad_input, "this format is not read from one file");
  }
}

Format format_asked(const std::string& name) {
  const auto format = format_named(name);
  if (!format) throw Error(ErrorCode::usage, "no such format", vault::Remedy::list_the_formats);
  return *format;
}

ImportBatch one_agent(Format format, vault::AgentBatch agent) {
  ImportBatch batch;
  batch.format = name_of(format);
  batch.agents.push_back(std::move(agent));
  return batch;
}

ImportBatch read_stream(const ImportSource& source, const vault::AgentName& agent) {
  auto pages = vault::read_secret_pages(STDIN_FILENO, kLargestJson);
  const auto text = vault::text_of(pages.reveal());
  require_fit(text);
  const Format format = source.format ? format_asked(*source.format) : detect_format(text, {});
  if (format == Format::openclaw && source.profiles == Profiles::one_by_one) {
    return one_agent(format, take_openclaw_profiles(pages, agent));
  }
  return one_agent(format, read_text(format, text, {}, agent));
}

ImportBatch read_openclaw(const std::filesystem::path& path, const ImportSource& source,
                          const vault::AgentName& agent) {
  BadFiles bad(source.on_bad);
  auto batch = one_agent(Format::openclaw, formats::read_openclaw_file(path, agent, bad, source.profiles));
  batch.warnings = bad.take_warnings();
  return batch;
}

ImportBatch read_path(const std::filesystem::path& path, const SourceSurroundings& around, const ImportSource& source,
                      const vault::AgentName& agent) {
  const auto told = source.format ? std::optional(format_asked(*source.format)) : std::nullopt;
  std::error_code failure;
  if (std::filesystem::is_directory(path, failure)) {
    const Format format = told ? *told : detect_format(path);
    if (format == Format::openclaw_state_dir)
      return read_openclaw_state_dir(path, around.home, source.on_bad, around.fields);
    throw Error(ErrorCode::bad_input, "'" + path.string() + "' is a folder, and this format is a file");
  }
  const auto front = front_of(path);
  refuse_our_own(front);
  if (!front.empty() || told == Format::openclaw_sqlite) {
    return one_agent(Format::openclaw_sqlite, read_openclaw_sqlite_file(path, agent));
  }
  if (told == Format::openclaw_state_dir)
    return read_openclaw_state_dir(path, around.home, source.on_bad, around.fields);
  SecretString text = read_file(path);
  require_fit(text.reveal());
  const Format format = told ? *told : detect_format(text.reveal(), path);
  if (format == Format::openclaw) {
    text = {};  // it is read once more, with what stands beside it
    return read_openclaw(path, source, agent);
  }
  return one_agent(format, read_text(format, text.reveal(), path, agent));
}

}  // namespace

ImportBatch read_source(const SourceSurroundings& around, const ImportSource& source, const vault::AgentName& agent) {
  if (source.format == name_of(Format::environment)) {
    return one_agent(Format::environment, read_environment(around.environment, agent));
  }
  if (source.path.empty())
    throw Error(ErrorCode::usage, "import needs a file, a folder or '-'", vault::Remedy::name_a_source);
  if (source.path == "-") return read_stream(source, agent);
  // A tool's own folder, such as ~/.codex, stands for the login in it.
  return read_path(login_file_in(source.path).value_or(source.path), around, source, agent);
}

}  // namespace formats
