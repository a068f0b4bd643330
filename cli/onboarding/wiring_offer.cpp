// SPDX-License-Identifier: Apache-2.0
#include "cli/onboarding/wiring_offer.h"

#include <algorithm>
#include <unistd.h>

#include "cli/context.h"
#include "cli/openclaw/place.h"
#include "cli/terminal/shell_word.h"
#include "vault/base/error.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

bool is_plaintext(const Offer& offer) {
  if (offer.plan == Plan::leave) return false;
  return offer.part == Offer::Part::config_secret || offer.type == "api_key" || offer.type == "token";
}

std::vector<std::string> words_for(const fs::path& state_dir) {
  return {"openclaw", "wire", "--state-dir", state_dir.string()};
}

std::vector<std::string> applying(const fs::path& state_dir, const char* more) {
  auto words = words_for(state_dir);
  words.emplace_back("--apply");
  if (more != nullptr) words.emplace_back(more);
  return words;
}

}  // namespace

std::vector<fs::path> plaintext_openclaws(const std::vector<OfferedSource>& sources) {
  std::vector<fs::path> found;
  for (const auto& source : sources) {
    if (source.place.kind == SourceKind::openclaw && std::ranges::any_of(source.offers, is_plaintext)) {
      found.push_back(source.place.path);
    }
  }
  return found;
}

std::string wiring_command(const Context& context, const fs::path& state_dir) {
  const std::string command = "claviger openclaw wire --apply";
  try {
    std::error_code failure;
    const auto usual = openclaw_state_dir(context, {});
    if (usual == state_dir || fs::equivalent(usual, state_dir, failure)) return command;
  } catch (const vault::Error&) {
    // Nothing says where OpenClaw usually lies: it is named.
  }
  return command + " --state-dir " + shell_word(state_dir.string());
}

bool has_openclaw_command(const Environment& environment) {
  std::string_view path = environment.get("PATH").value_or("/usr/local/bin:/usr/bin:/bin");
  while (true) {
    const auto colon = path.find(':');
    const auto file = fs::path(path.substr(0, colon)) / "openclaw";
    if (::access(file.c_str(), X_OK) == 0) return true;
    if (colon == std::string_view::npos) return false;
    path.remove_prefix(colon + 1);
  }
}

bool tell_wiring_plan(const OwnProgram& program, const fs::path& state_dir) {
  return program.ask(words_for(state_dir), Words::passed_on).status == 0;
}

int wire_here(const OwnProgram& program, const fs::path& state_dir) {
  return program.run_here(applying(state_dir, nullptr));
}

int wire_for_json(const OwnProgram& program, const fs::path& state_dir, Json& into) {
  const auto answer = program.ask(applying(state_dir, "--json"), Words::passed_on);
  auto report = Json::parse(answer.output, nullptr, false);
  into.push_back({{"stateDir", state_dir.string()},
                  {"exitCode", answer.status},
                  {"report", report.is_discarded() ? Json(nullptr) : std::move(report)}});
  return answer.status;
}

}  // namespace cli
