// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/migration.h"

#include <algorithm>
#include <cstdlib>
#include <sys/stat.h>
#include <system_error>

#include "cli/openclaw/plaintext_search.h"
#include "import/stores/foreign_database_rewrite.h"
#include "import/stores/agent_store.h"
#include "import/stores/profile_edits.h"
#include "vault/base/error.h"
#include "vault/base/atomic_file.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using vault::Error;
using vault::ErrorCode;

// A folder that nobody else can look into, removed with what is in it.
class PrivateFolder {
 public:
  PrivateFolder() {
    std::error_code failure;
    std::string name = (fs::temp_directory_path(failure) / "claviger-XXXXXX").string();
    if (failure || ::mkdtemp(name.data()) == nullptr) throw Error(ErrorCode::io, "no temporary folder can be made");
    path_ = name;
  }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  ~PrivateFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const noexcept { return path_; }

 private:
  fs::path path_;
};

std::vector<const vault::SecretString*> secrets_of(const WirePlan& plan) {
  std::vector<const vault::SecretString*> secrets;
  for (const auto& target : plan.targets) secrets.push_back(&target.secret);
  return secrets;
}

// Older programs print words before the object; what is no object at all is told as nothing.
Json object_in(const std::string& output) {
  const auto start = output.find('{');
  if (start == std::string::npos) return nullptr;
  return Json::parse(output.begin() + static_cast<std::ptrdiff_t>(start), output.end(), nullptr, false);
}

}  // namespace

void run_secrets_apply(const OpenclawProgram& openclaw, const Json& plan, bool dry_run) {
  const PrivateFolder folder;
  const auto file = folder.path() / "plan.json";
  vault::write_file_atomically(file, plan.dump(2) + "\n", vault::Existing::refuse);
  std::vector<std::string> words = {"secrets", "apply", "--from", file.string(), "--allow-exec", "--json"};
  if (dry_run) words.emplace_back("--dry-run");
  const auto answer = openclaw.run(words);
  if (answer.status == 0) return;
  throw Error(ErrorCode::io, "openclaw secrets apply ended with status " + std::to_string(answer.status),
              "it changes nothing then; its own words are above");
}

std::vector<Declaration> declare_profiles(const OpenclawProgram& openclaw, const std::vector<Declaration>& declarations,
                                          const fs::path& state_dir, bool dry_run) {
  bool content = true;
  for (auto words : declaring_commands(declarations)) {
    if (dry_run) words.emplace_back("--dry-run");
    content = openclaw.run(words).status == 0 && content;
  }
  return content ? std::vector<Declaration>() : still_undeclared(declarations, state_dir);
}

void wire_shared_store(const WirePlan& plan, const fs::path& state_dir) {
  std::vector<formats::ProfileEdit> edits;
  for (const auto& target : plan.targets) {
    if (target.in_shared_store) edits.push_back({target.id, target.kind, target.ref, &target.secret, vault::Expiry::invalid("")});
  }
  formats::edit_shared_store(state_dir / "state" / "openclaw.sqlite", edits);
}

std::vector<fs::path> clear_remains(const WirePlan& plan, const fs::path& state_dir) {
  const auto secrets = secrets_of(plan);
  auto found = files_with(secrets, state_dir);
  bool rebuilt = false;
  for (const auto& path : found) {
    const auto name = path.filename().string();
    const auto database = name.find(".sqlite-wal") != name.npos ? path.parent_path() / name.substr(0, name.size() - 4) : path;
    if (!formats::is_openclaw_store(database, state_dir)) continue;
    const auto is_wanted = [&](std::string_view text) {
      return std::ranges::any_of(secrets, [&](const auto* secret) { return text.find(secret->reveal()) != text.npos; });
    };
    rebuilt = formats::forget_free_space(database, is_wanted) == formats::Rebuilt::done || rebuilt;
  }
  return rebuilt ? files_with(secrets, state_dir) : found;
}

AuditVerdict audit(const OpenclawProgram& openclaw) {
  const auto answer = openclaw.run({"secrets", "audit", "--allow-exec", "--check", "--json"});
  auto document = object_in(answer.output);
  return {answer.status, document.is_object() ? std::move(document) : Json(nullptr)};
}

}  // namespace cli
