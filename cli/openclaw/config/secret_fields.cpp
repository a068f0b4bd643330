// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/config/secret_fields.h"

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <unistd.h>

#include "cli/context.h"
#include "cli/process/child_process.h"
#include "cli/unlocking/paths.h"
#include "import/json/secret_json.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kList = "docs/reference/secretref-user-supplied-credentials-matrix.json";
constexpr std::size_t kLargestList = std::size_t{1} << 20;

std::optional<fs::path> program_file(const Environment& environment, const std::string& command) {
  for (const auto& place : places_of_program(command, environment)) {
    if (::access(place.c_str(), X_OK) != 0) continue;
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(place.c_str(), nullptr), &std::free);
    return real ? std::optional(fs::path(real.get())) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<fs::path> installed_list(const Environment& environment, const std::string& command) {
  const auto program = program_file(environment, command);
  if (!program) return std::nullopt;
  for (const auto& folder : {program->parent_path(), program->parent_path().parent_path()}) {
    if (const auto list = folder / kList; ::access(list.c_str(), F_OK) == 0) return list;
  }
  return std::nullopt;
}

}  // namespace

SecretFields installed_secret_fields(const Environment& environment, const std::string& command) {
  const auto list = installed_list(environment, command);
  if (!list) return {formats::ConfigFields::known()};
  try {
    const auto bytes = vault::read_secret_file(*list, kLargestList, vault::Links::follow, vault::Privacy::any);
    const auto installed = formats::ConfigFields::from_matrix(vault::text_of(bytes.reveal()));
    return {formats::ConfigFields::known_and(installed)};
  } catch (const vault::Error& error) {
    return {formats::ConfigFields::known(),
            "OpenClaw's own list of secret fields is not used, only the built-in one: " + path_in_quotes(*list) + ": " +
                error.what()};
  }
}

formats::ConfigFields secret_fields(const Context& context, const std::string& command) {
  auto found = installed_secret_fields(context.environment(), command);
  if (!found.trouble.empty()) context.terminal().warn(found.trouble);
  return std::move(found.fields);
}

}  // namespace cli
