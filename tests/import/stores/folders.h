// SPDX-License-Identifier: Apache-2.0
#pragma once
// Folders and databases as OpenClaw leaves them, made for a test.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <vector>

#include "import/stores/state_dir.h"
#include "tests/import/openclaw/support.h"

namespace formats::test {

// A folder of its own for each test, gone afterwards.
class StateDir : public testing::Test {
 protected:
  StateDir() {
    std::string name = (std::filesystem::temp_directory_path() / "claviger-openclaw-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
  }
  ~StateDir() override { std::filesystem::remove_all(root_); }

  void write(const std::filesystem::path& name, std::string_view text) {
    std::filesystem::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  void key(const std::filesystem::path& name, const std::string& id, const std::string& secret_text) {
    write(name, R"({"version":1,"profiles":{")" + id + R"(":{"type":"api_key","provider":"p","key":")" + secret_text +
                    "\"}}}");
  }
  vault::ImportBatch imported() { return read_openclaw_state_dir(root_, "/home/nobody"); }

  std::filesystem::path root_;
};

inline const vault::AgentBatch& agent(const vault::ImportBatch& batch, std::string_view name) {
  for (const auto& each : batch.agents) {
    if (each.agent.text() == name) return each;
  }
  throw std::runtime_error("no agent " + std::string(name));
}

inline std::string key_of(const vault::ImportBatch& batch, std::string_view name, std::string_view id) {
  return secret(profile(agent(batch, name), id), vault::SecretField::key);
}

class Db {
 public:
  explicit Db(const std::filesystem::path& path) { sqlite3_open(path.c_str(), &handle_); }
  ~Db() { sqlite3_close(handle_); }
  void run(const std::string& sql) {
    ASSERT_EQ(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle_);
  }

 private:
  sqlite3* handle_ = nullptr;
};

inline std::string store_json(const std::string& id, const std::string& secret_text) {
  return R"({"version":1,"profiles":{")" + id + R"(":{"type":"api_key","provider":"p","key":")" + secret_text + "\"}}}";
}

inline void make_agent_db(Db& db, const std::string& store, const std::string& state, int version = 23,
                          const char* role = "agent") {
  db.run("PRAGMA journal_mode=WAL; PRAGMA user_version=" + std::to_string(version));
  db.run("CREATE TABLE schema_meta(meta_key TEXT PRIMARY KEY, role TEXT)");
  db.run("CREATE TABLE auth_profile_store(store_key TEXT PRIMARY KEY, store_json TEXT, updated_at INTEGER) STRICT");
  db.run("CREATE TABLE auth_profile_state(state_key TEXT PRIMARY KEY, state_json TEXT, updated_at INTEGER) STRICT");
  db.run("INSERT INTO schema_meta VALUES('primary','" + std::string(role) + "')");
  if (!store.empty()) db.run("INSERT INTO auth_profile_store VALUES('primary','" + store + "',1)");
  if (!state.empty()) db.run("INSERT INTO auth_profile_state VALUES('primary','" + state + "',1)");
}

inline void make_shared_db(Db& db, const std::string& location, const std::string& store, int version = 18) {
  db.run("PRAGMA journal_mode=WAL; PRAGMA user_version=" + std::to_string(version));
  db.run(
      "CREATE TABLE schema_meta(meta_key TEXT PRIMARY KEY, role TEXT); INSERT INTO schema_meta "
      "VALUES('primary','global')");
  db.run(
      "CREATE TABLE config_machine_state(state_key TEXT PRIMARY KEY, value_json TEXT, updated_at_ms INTEGER) STRICT");
  if (!location.empty()) db.run("INSERT INTO config_machine_state VALUES('auth.sharedStore','" + location + "',1)");
  if (!store.empty()) db.run("INSERT INTO config_machine_state VALUES('authProfiles.store','" + store + "',1)");
}

inline std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}

}  // namespace formats::test
