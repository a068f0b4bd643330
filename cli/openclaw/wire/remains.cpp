// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/remains.h"

#include <cerrno>
#include <cstring>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/terminal/text.h"
#include "cli/unlocking/paths.h"
#include "cli/words/hint_words.h"
#include "import/stores/agent_store.h"
#include "import/stores/database/foreign_database_rewrite.h"
#include "vault/base/error.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

// The database that a file is, or is the log of.
fs::path database_of(const fs::path& path) {
  const auto& name = path.native();
  for (const std::string_view ending : {"-wal", "-journal"}) {
    if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  }
  return path;
}

std::set<fs::path> stores_among(const std::vector<fs::path>& found, const fs::path& state_dir, StepFailures& failures) {
  std::set<fs::path> stores;
  for (const auto& path : found) {
    const auto database = database_of(path);
    attempt("remains", failures, [&] {
      if (formats::is_openclaw_store(database, state_dir)) stores.insert(database);
    });
  }
  return stores;
}

}  // namespace

Json failures_json(const StepFailures& failures) {
  Json list = Json::array();
  for (const auto& failure : failures) {
    list.push_back({{"step", failure.step},
                    {"message", failure.message},
                    {"hint", failure.hint.empty() ? Json(nullptr) : Json(failure.hint)}});
  }
  return list;
}

bool attempt(const char* step, StepFailures& failures, const std::function<void()>& action) {
  try {
    action();
    return true;
  } catch (const vault::Error& error) {
    failures.push_back({step, line_safe(error.what()), hint_of(error)});
  } catch (const std::exception&) {
    failures.push_back({step, "something unforeseen went wrong"});
  }
  return false;
}

KnownSecrets secrets_to_search_for(const std::vector<const WireTarget*>& replaced,
                                   const std::vector<const ServedField*>& fields, const WirePlan& plan) {
  std::vector<const vault::SecretString*> secrets;
  for (const auto* const target : replaced) secrets.push_back(&target->secret);
  for (const auto* const field : fields) secrets.push_back(&field->secret);
  for (const auto& profile : plan.wired) secrets.push_back(&profile.secret);
  for (const auto& field : plan.config.wired) secrets.push_back(&field.secret);
  return KnownSecrets(secrets);
}

SearchResult clear_remains(const KnownSecrets& secrets, const fs::path& state_dir, StepFailures& failures) {
  auto result = files_with(secrets, state_dir);
  bool rebuilt = false;
  for (const auto& store : stores_among(result.found, state_dir, failures)) {
    attempt("remains", failures, [&] {
      const auto is_wanted = [&](std::string_view text) { return secrets.any_in(text); };
      rebuilt = formats::forget_free_space(store, is_wanted) == formats::Rebuilt::done || rebuilt;
    });
  }
  return rebuilt ? files_with(secrets, state_dir) : result;
}

std::vector<fs::path> remove_copies(const std::vector<fs::path>& copies, StepFailures& failures) {
  std::vector<fs::path> removed;
  for (const auto& path : copies) {
    struct stat status {};
    const bool is_file = ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
    if (is_file && ::unlink(path.c_str()) == 0) {
      removed.push_back(path);
    } else {
      failures.push_back({"remove-leftovers", "cannot delete " + path_in_quotes(path) + ": " + std::strerror(errno)});
    }
  }
  return removed;
}

}  // namespace cli
