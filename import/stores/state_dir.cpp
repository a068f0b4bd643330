// SPDX-License-Identifier: Apache-2.0
#include "import/stores/state_dir.h"

#include <algorithm>
#include <set>

#include "import/dotenv/dotenv.h"
#include "import/openclaw/config/config.h"
#include "import/openclaw/profiles.h"
#include "import/stores/agent_dir.h"
#include "import/stores/agent_store.h"
#include "import/stores/config_drafts.h"
#include "import/stores/leftovers.h"
#include "vault/base/error.h"

namespace formats {
namespace {

namespace fs = std::filesystem;

struct AgentFolder {
  vault::AgentName name;
  fs::path folder;
};

class StateDirReader {
 public:
  StateDirReader(fs::path state_dir, fs::path home, OnBadFile on_bad, const ConfigFields& fields)
      : root_(std::move(state_dir)), home_(std::move(home)), fields_(fields), bad_(on_bad) {
    result_.format = "openclaw-state-dir";
  }

  vault::ImportBatch read() {
    read_config();
    find_agents();
    for (const auto& agent : agents_) read_agent(agent);
    add_to_main();
    drop_false_alarms();
    add_config_secrets();
    report_leftovers();
    std::ranges::move(bad_.take_warnings(), std::back_inserter(result_.warnings));
    result_.default_orders = std::move(config_.orders);
    return std::move(result_);
  }

 private:
  void warn(std::string reason, std::string subject, std::string text) {
    result_.warnings.push_back({std::move(reason), std::move(subject), std::move(text), false});
  }

  // Where the agents' folders lie is only said there, so a bad one is told in any case; it stops nothing.
  void read_config() {
    const auto path = root_ / "openclaw.json";
    if (!has_file(path)) return;
    BadFiles lenient(OnBadFile::skip);
    lenient.with_file(path, JsonDialect::json5, [&](std::string_view text) {
      auto secrets = read_config_secrets(text, fields_);
      config_ = read_openclaw_config(text);
      config_secrets_ = std::move(secrets);
    });
    for (auto& warning : lenient.take_warnings()) {
      if (warning.rejected) {
        warn("unreadable_config", path.string(), "the configuration was skipped: " + warning.text);
      } else {
        result_.warnings.push_back(std::move(warning));
      }
    }
    std::ranges::move(config_.warnings, std::back_inserter(result_.warnings));
  }

  // main first: the others may see its profiles.
  void find_agents() {
    add_agent(vault::AgentName::shared(), root_ / "agents" / "main" / "agent");
    for (const auto& agent : config_.agents) {
      const auto folder = agent.folder.empty() ? root_ / "agents" / agent.name.text() / "agent" : resolved(agent);
      bad_.with_store(folder, [&] { add_agent(agent.name, folder); });
    }
    for (const auto& folder : folders_of_agents()) {
      const auto name = vault::AgentName::normalised(folder.filename().string());
      if (is_taken(folder / "agent")) continue;
      if (folder.filename() == name.text()) {
        add_agent(name, folder / "agent");
      } else {
        result_.warnings.push_back(
            {"other_folder", folder.string(),
             "left out: OpenClaw reads the folder '" + name.text() + "' for an agent of this name, and never this one",
             true});
      }
    }
  }

  // In the order of their names. What cannot be looked into is not passed over in silence.
  std::set<fs::path> folders_of_agents() {
    std::set<fs::path> found;
    const auto all = root_ / "agents";
    bad_.with_store(all, [&] {
      if (!has_file(all)) return;
      std::error_code error;
      fs::directory_iterator entry(all, error);
      for (const fs::directory_iterator end; !error && entry != end; entry.increment(error)) {
        bad_.with_store(entry->path(), [&] {
          if (has_file(entry->path() / "agent")) found.insert(entry->path());
        });
      }
      if (error) throw vault::Error(vault::ErrorCode::io, "the folder cannot be read");
    });
    return found;
  }

  // By an agent of another name, through the configuration.
  bool is_taken(const fs::path& folder) const {
    std::error_code error;
    return std::ranges::any_of(agents_,
                               [&](const AgentFolder& agent) { return fs::equivalent(agent.folder, folder, error); });
  }

  // An agentDir of the configuration for main replaces the usual one.
  void add_agent(vault::AgentName name, fs::path folder) {
    const auto same = [&name](const AgentFolder& agent) { return agent.name == name; };
    const auto at = std::ranges::find_if(agents_, same);
    if (at == agents_.end()) {
      agents_.push_back({std::move(name), std::move(folder)});
    } else if (at->folder.lexically_normal() == folder.lexically_normal() || !has_file(folder)) {
      return;
    } else if (!has_file(at->folder)) {
      at->folder = std::move(folder);
    } else {
      warn("same_agent_twice", folder.string(), "another folder of agent '" + name.text() + "' was read instead");
    }
  }

  fs::path resolved(const ConfiguredAgent& agent) {
    if (agent.folder != "~" && !agent.folder.starts_with("~/")) return root_ / agent.folder;
    if (!home_.empty()) return home_ / fs::path(agent.folder.substr(std::min<std::size_t>(2, agent.folder.size())));
    warn("unknown_home", agent.name.text(), "its folder is below a home folder that is not known");
    return root_ / "agents" / agent.name.text() / "agent";
  }

  void read_agent(const AgentFolder& agent) {
    std::optional<vault::AgentBatch> shared;
    const auto database = root_ / "state" / "openclaw.sqlite";
    if (agent.name.is_shared() && has_file(database)) {
      bad_.with_store(database, [&] {
        auto secrets = read_openclaw_secret_store(database);
        shared = read_openclaw_shared_db(database);
        secret_store_ = std::move(secrets);
      });
    }
    vault::AgentBatch batch(agent.name);
    bad_.with_store(agent.folder,
                    [&] { batch = read_openclaw_agent_dir(agent.folder, agent.name, std::move(shared), bad_); });
    result_.agents.push_back(std::move(batch));
  }

  void add_to_main() {
    auto& main = result_.agents.front();
    const auto logins = root_ / "credentials" / "oauth.json";
    if (has_file(logins)) {
      bad_.with_file(logins, JsonDialect::strict, [&](std::string_view text) {
        auto older = read_openclaw_oauth(text, main.agent);
        std::ranges::move(older.warnings, std::back_inserter(main.warnings));
        add_older_profiles(main, std::move(older.profiles), "credentials/oauth.json");
      });
    }
    add_older_profiles(main, std::move(config_.credentials), "openclaw.json");
    read_dotenv_of(main);
    add_config_variables(main, std::move(config_secrets_.variables));
    add_store_variables(main, std::move(secret_store_.variables));
  }

  void read_dotenv_of(vault::AgentBatch& main) {
    const auto variables = root_ / ".env";
    if (!has_file(variables)) return;
    bad_.with_file(variables, JsonDialect::strict, [&](std::string_view text) {
      auto reading = read_dotenv_reporting(text);
      main.variables = std::move(reading.variables);
      std::ranges::move(reading.warnings, std::back_inserter(main.warnings));
    });
  }

  // A file's order may name profiles of another file, or of main.
  void drop_false_alarms() {
    std::set<std::string> shared;
    for (auto& batch : result_.agents) {
      std::set<std::string> known = shared;
      for (const auto& draft : batch.profiles) known.insert(draft.sheet.id.text());
      if (batch.agent.is_shared()) shared = known;
      std::erase_if(batch.warnings, [&known](const vault::ImportWarning& warning) {
        return warning.reason == "dangling_order" && known.contains(warning.subject);
      });
    }
  }

  // How the configuration prefers a profile is an order here. The secrets stand behind all of OpenClaw's own agents.
  void add_config_secrets() {
    const auto is_profile = [this](std::string_view text) {
      return std::ranges::any_of(result_.agents, [&](const vault::AgentBatch& batch) {
        return std::ranges::any_of(batch.profiles, [&](const auto& draft) { return draft.sheet.id.text() == text; });
      });
    };
    auto drafts = draft_config_secrets(config_secrets_, is_profile);
    std::ranges::move(drafts.warnings, std::back_inserter(result_.warnings));
    std::ranges::move(secret_store_.warnings, std::back_inserter(result_.warnings));
    std::ranges::move(secret_store_.secrets, std::back_inserter(drafts.batch.config_secrets));
    if (!drafts.batch.config_secrets.empty()) result_.agents.push_back(std::move(drafts.batch));
  }

  void report_leftovers() {
    std::vector<fs::path> folders = {root_, root_ / "credentials", root_ / "state"};
    for (const auto& agent : agents_) folders.push_back(agent.folder);
    for (const auto& folder : folders) {
      std::ranges::move(find_openclaw_leftovers(folder), std::back_inserter(result_.warnings));
    }
  }

  fs::path root_;
  fs::path home_;
  const ConfigFields& fields_;
  OpenclawConfig config_;
  ConfigReading config_secrets_;
  SecretStoreReading secret_store_;
  std::vector<AgentFolder> agents_;
  BadFiles bad_;
  vault::ImportBatch result_;
};

}  // namespace

vault::ImportBatch read_openclaw_state_dir(const fs::path& state_dir, const fs::path& home, OnBadFile on_bad,
                                           const ConfigFields& fields) {
  std::error_code error;
  if (!fs::is_directory(state_dir, error)) {
    throw vault::Error(vault::ErrorCode::not_found, "no such folder: '" + state_dir.string() + "'");
  }
  if (!is_openclaw_state_dir(state_dir)) {
    throw vault::Error(vault::ErrorCode::bad_input, "'" + state_dir.string() + "' is not an OpenClaw state directory",
                       "name the folder that holds openclaw.json or agents/, usually ~/.openclaw");
  }
  return StateDirReader(state_dir, home, on_bad, fields).read();
}

bool is_openclaw_state_dir(const fs::path& folder) {
  for (const char* name : {"openclaw.json", "agents", "state/openclaw.sqlite", "credentials/oauth.json"}) {
    if (has_file(folder / name)) return true;
  }
  return false;
}

}  // namespace formats
