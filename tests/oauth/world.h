// SPDX-License-Identifier: Apache-2.0
#pragma once
// Hosts, processes and a token endpoint around one vault in memory, under one clock: a refresh token is good for one
// request, and the endpoint counts. Nothing runs on its own; whoever tests says who does the next step.

#include <map>
#include <set>

#include "tests/support/vault_builder.h"
#include "vault/access/rekey.h"
#include "vault/oauth/refresh.h"

namespace vault::testing {

inline const ProfileId kLogin{"openai:work"};
inline constexpr std::int64_t kMinuteMs = 60'000, kHourMs = 60 * kMinuteMs;
inline constexpr std::int64_t kFirstAccessLivesMs = 10 * kMinuteMs, kAccessLivesMs = 30 * kMinuteMs;

// What becomes of a request. `loses_answer`: the token is spent, and nobody hears of it.
enum class Behaviour { rotates, loses_answer, refuses, is_not_reached, says_final, is_set_up_wrongly, breaks };

// Grants are numbered: refresh-2 is spent for access-3 and refresh-3.
class EndpointModel : public Fetcher {
 public:
  explicit EndpointModel(const std::int64_t& time) : time_(time) {}
  FetchOutcome post(const EndpointRequest& request) override;
  void next(Behaviour behaviour) { behaviours_.push_back(behaviour); }  // of the next requests; then it rotates

  int grants() const { return last_grant_; }
  std::size_t posts_of(int token) const { return posts_.contains(token) ? posts_.at(token).size() : 0; }
  std::size_t posts() const;
  const std::vector<std::string>& faults() const { return faults_; }  // against the invariant
  // Who posts from now on, and who is gone for good: its claim does not count any more.
  void posts_for(const AttemptId& claimant) { claimant_ = claimant; }
  void is_gone(const AttemptId& claimant) { gone_.insert(claimant); }

 private:
  struct Post {
    std::int64_t time;
    AttemptId claimant;
    bool answered_unspent;
  };
  void judge_against_the_invariant(int token);
  const std::int64_t& time_;
  std::vector<Behaviour> behaviours_;
  std::map<int, std::vector<Post>> posts_;
  std::map<int, std::int64_t> access_ends_{{0, kFirstAccessLivesMs}};
  std::set<int> spent_;
  int last_grant_ = 0;
  AttemptId claimant_{};
  std::set<AttemptId> gone_;
  std::vector<std::string> faults_;
};

// The replies' few words: "3" is a grant, "!code" an error.
class PlainReplies : public ReplyReader {
 public:
  OAuthReply read_token(const SecretBytes& body) const override;
  EndpointError read_error(const SecretBytes& body) const override;
  bool are_of_two_accounts(const Credential&, const Credential&) const override { return other_account; }
  bool other_account = false;
};

class FilesInMemory : public KeptFiles {
 public:
  void make_room(const VaultId& vault, const AttemptId& attempt, std::size_t bytes) override;
  void keep(const VaultId& vault, const KeptReply& reply) override;
  std::vector<KeptReply> all(const VaultId& vault) override;
  void remove(const VaultId&, const AttemptId& attempt) noexcept override { files_.erase(attempt); }
  std::size_t size() const { return files_.size(); }
  bool is_full = false, breaks = false;

 private:
  std::map<AttemptId, std::optional<KeptReply>> files_;
};

struct Host {
  std::int64_t clock_off_ms = 0;
  HolderId holder;
  FilesInMemory files{};
};

class World {
 public:
  World();

  // A process that has looked at the login just now and finds that it should be refreshed.
  struct Process {
    Host* host;
    std::unique_ptr<UnlockedVault> vault;
    std::unique_ptr<Refresh> refresh;
    std::int64_t wakes_ms = 0;
    bool is_over() const { return !refresh || refresh->next() == Refresh::Step::over; }
  };
  Process start(Host& host, std::int64_t wait_ms = 0);
  void step(Process& process);  // at the time it wakes, or now
  void kill(Process& process);
  void run(Process& process) {
    while (!process.is_over()) step(process);
  }
  RefreshEnd run_one(Host& host) {
    auto process = start(host);
    run(process);
    return process.refresh->result().end;
  }

  bool take_new_keys();  // false: refused
  void pass(std::int64_t ms) { time_ms_ += ms; }
  std::int64_t time() const { return time_ms_; }

  Custody custody();
  int grant();  // the number of the tokens that the vault holds
  ProfileSheet sheet();
  // The newest answer that was kept, but for those that went with old keys.
  int newest_kept() const { return newest_kept_; }

  EndpointModel endpoint{time_ms_};
  PlainReplies replies;
  TestVault vault;
  ProviderEntry entry;
  Host here{.holder = test_id<HolderId>(1)}, there{.holder = test_id<HolderId>(2)};

 private:
  UnlockedVault open(const Host& host);
  std::int64_t time_ms_ = 0;
  int newest_kept_ = 0;
};

inline std::string access_token(int grant) { return "access-" + std::to_string(grant); }
inline std::string refresh_token(int grant) { return "refresh-" + std::to_string(grant); }

}  // namespace vault::testing
