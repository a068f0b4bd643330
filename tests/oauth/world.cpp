// SPDX-License-Identifier: Apache-2.0
#include "tests/oauth/world.h"

#include <algorithm>

namespace vault::testing {
namespace {

constexpr std::int64_t kStartMs = 1'800'000'000'000;

int number_behind(std::string_view text, std::string_view mark) {
  return std::stoi(std::string(text.substr(text.find(mark) + mark.size())));
}

HttpReply reply_of(int status, const std::string& body) { return {status, {}, SecretBytes::copy_of(bytes_of(body))}; }

}  // namespace

std::size_t EndpointModel::posts() const {
  std::size_t all = 0;
  for (const auto& [token, posts] : posts_) all += posts.size();
  return all;
}

// Claims end 90 s after they begin, and nothing is sent in their last 35.
void EndpointModel::judge_against_the_invariant(int token) {
  constexpr std::int64_t kClaimantMayLiveMs = kLeftToAskMs;
  for (const auto& post : posts_[token]) {
    if (post.answered_unspent) continue;
    const bool access_is_over = time_ >= access_ends_.at(token);
    const bool claimant_is_gone = gone_.contains(post.claimant) || time_ >= post.time + kClaimantMayLiveMs;
    if (access_is_over && claimant_is_gone) continue;
    faults_.push_back(refresh_token(token) + " was sent again at " + std::to_string(time_) + ", first at " +
                      std::to_string(post.time));
  }
}

FetchOutcome EndpointModel::post(const EndpointRequest& request) {
  const int token = number_behind(request.body.reveal(), "refresh_token=refresh-");
  judge_against_the_invariant(token);
  auto behaviour = Behaviour::rotates;
  if (!behaviours_.empty()) {
    behaviour = behaviours_.front();
    behaviours_.erase(behaviours_.begin());
  }
  const bool unspent = behaviour == Behaviour::refuses || behaviour == Behaviour::is_not_reached ||
                       behaviour == Behaviour::is_set_up_wrongly;
  if (behaviour != Behaviour::is_not_reached) posts_[token].push_back({time_, claimant_, unspent});
  switch (behaviour) {
    case Behaviour::is_not_reached: return NoReply{NoReply::Sent::nothing, NoReply::Phase::connecting};
    case Behaviour::refuses: return reply_of(429, "");
    case Behaviour::is_set_up_wrongly: return reply_of(400, "!invalid_client");
    case Behaviour::says_final: return reply_of(400, "!invalid_grant");
    case Behaviour::breaks: return reply_of(502, "");
    case Behaviour::loses_answer:
    case Behaviour::rotates: break;
  }
  if (!spent_.insert(token).second) return reply_of(400, "!refresh_token_reused");
  access_ends_[++last_grant_] = time_ + kAccessLivesMs;
  if (behaviour == Behaviour::loses_answer) return NoReply{NoReply::Sent::unknown, NoReply::Phase::speaking};
  return reply_of(200, std::to_string(last_grant_));
}

OAuthReply PlainReplies::read_token(const SecretBytes& body) const {
  const std::string text(text_of(body.reveal()));
  if (text.empty() || text.find_first_not_of("0123456789") != text.npos) return NotAToken{};
  NewTokens tokens;
  tokens.fields.set(SecretField::access, SecretString::copy_of(access_token(std::stoi(text))));
  tokens.fields.set(SecretField::refresh, SecretString::copy_of(refresh_token(std::stoi(text))));
  tokens.lives_s = kAccessLivesMs / 1000;
  return tokens;
}

EndpointError PlainReplies::read_error(const SecretBytes& body) const {
  const std::string text(text_of(body.reveal()));
  return {text.starts_with('!') ? text.substr(1) : ""};
}

void FilesInMemory::make_room(const VaultId&, const AttemptId& attempt, std::size_t) {
  if (is_full) throw Error(ErrorCode::io, "the disk is full");
  files_[attempt];
}

void FilesInMemory::keep(const VaultId&, const KeptReply& reply) {
  if (breaks || !files_.contains(reply.attempt)) throw Error(ErrorCode::io, "the disk is broken");
  files_[reply.attempt] = decode_kept_reply(encode(reply));
}

std::vector<KeptReply> FilesInMemory::all(const VaultId&) {
  std::vector<KeptReply> replies;
  for (const auto& [attempt, reply] : files_) {
    if (reply) replies.push_back(*reply);
  }
  return replies;
}

World::World() {
  entry = {.name = "test", .token_endpoint = "http://127.0.0.1:8080/token", .client_id = "client"};
  vault.add_agent(kWorker);
  auto opened = open(here);
  auto writing = opened.write();
  ProfileSheet sheet{.id = kLogin, .provider = ProviderId("openai"), .kind = CredentialKind::oauth};
  sheet.expiry = Expiry::at({kStartMs + kFirstAccessLivesMs});
  Credential credential;
  credential.set(SecretField::access, SecretString::copy_of(access_token(0)));
  credential.set(SecretField::refresh, SecretString::copy_of(refresh_token(0)));
  const auto stored = writing.put_profile(kWorker, sheet, credential);
  Custody custody{.profile = kLogin, .owner = CustodyOwner::claviger, .entry = "test"};
  custody.endpoint = "http://127.0.0.1:8080";
  custody.secret = stored.secret_revision;
  put_custody(writing, kWorker, custody);
  writing.commit();
}

UnlockedVault World::open(const Host& host) {
  vault.adjust([this, &host](VaultOptions& options) {
    options.clock = [this, &host] { return Timestamp{kStartMs + time_ms_ + host.clock_off_ms}; };
  });
  auto storage = make_memory_storage(vault.medium(), std::chrono::milliseconds(0));  // nobody waits for a turn
  return Vault::open(std::move(storage), vault.options()).unlock(KeyFileUnlocker({vault.id(), vault.slot_key()}));
}

World::Process World::start(Host& host, std::int64_t wait_ms) {
  Process process{&host, std::make_unique<UnlockedVault>(open(host)), nullptr, 0};
  const auto seen = process.vault->read().own_profile(kWorker, kLogin)->secret_revision;
  const RefreshMeans means{*process.vault, host.files, endpoint, replies, host.holder, [this] { return time_ms_; }};
  RefreshWish wish{.agent = kWorker, .login = kLogin, .seen = seen, .entry = entry};
  wish.wait_ms = wait_ms;
  process.refresh = std::make_unique<Refresh>(means, std::move(wish));
  return process;
}

void World::step(Process& process) {
  time_ms_ = std::max(time_ms_, process.wakes_ms);
  const bool keeps = process.refresh->next() == Refresh::Step::keep;
  endpoint.posts_for(process.refresh->attempt());
  const auto pause = process.refresh->step();
  if (process.is_over()) endpoint.is_gone(process.refresh->attempt());
  process.wakes_ms = time_ms_ + pause;
  if (!keeps) return;
  for (const auto& reply : process.host->files.all(vault.id())) {
    if (reply.attempt == process.refresh->attempt()) newest_kept_ = std::max(newest_kept_, endpoint.grants());
  }
}

void World::kill(Process& process) {
  endpoint.is_gone(process.refresh->attempt());
  process.refresh.reset();
}

bool World::take_new_keys() {
  auto opened = open(here);
  RekeyPlan plan;
  plan.root = true;
  plan.held.push_back(hold(opened, KeyFileUnlocker({vault.id(), vault.slot_key()})));
  try {
    rekey(opened, plan);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::busy) return false;
    throw;
  }
  newest_kept_ = grant();
  return true;
}

Custody World::custody() {
  auto opened = open(here);
  auto reading = opened.read();
  return custody_of(reading, kWorker, kLogin).value();
}

ProfileSheet World::sheet() {
  auto opened = open(here);
  return opened.read().own_profile(kWorker, kLogin).value();
}

int World::grant() {
  auto opened = open(here);
  auto reading = opened.read();
  const auto seen = reading.find_profile(kWorker, kLogin);
  const auto credential = reading.credential_of(*seen);
  const int grant = number_behind(credential.find(SecretField::refresh)->reveal(), "refresh-");
  // One login, never halves of two.
  EXPECT_EQ(credential.find(SecretField::access)->reveal(), access_token(grant));
  return grant;
}

}  // namespace vault::testing
