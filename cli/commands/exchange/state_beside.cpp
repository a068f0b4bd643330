// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/exchange/state_beside.h"

#include <unistd.h>

#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;
using vault::Existing;

constexpr std::string_view kSaysNothing = "{\n  \"version\": 1\n}\n";
constexpr std::size_t kLongestFormer = 64 << 20;  // bytes; OpenClaw's are some kilobytes

bool is_there(const std::filesystem::path& path) { return ::access(path.c_str(), F_OK) == 0; }

std::unique_ptr<vault::AtomicFile> prepared(const std::filesystem::path& place, std::string_view text, Existing rule) {
  auto file = std::make_unique<vault::AtomicFile>(place, rule);
  file->write(text);
  return file;
}

vault::SecretBytes former_state(const std::filesystem::path& place) {
  try {
    return vault::read_secret_file(place, kLongestFormer, vault::Links::refuse, vault::Privacy::any);
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

StateBeside::StateBeside(std::filesystem::path place, std::string_view state, Existing existing)
    : place_(std::move(place)) {
  const bool replaces = is_there(place_);
  if (state.empty() && !replaces) return;
  const auto text = state.empty() ? kSaysNothing : state;
  last_ = prepared(place_, text, existing);
  if (!replaces) return;
  former_ = former_state(place_);
  if (vault::text_of(former_.reveal()) != text) first_ = prepared(place_, kSaysNothing, existing);
}

StateBeside::~StateBeside() = default;

void StateBeside::commit_around(const std::function<void()>& commit_profiles) {
  bool at_profiles = false;
  try {
    if (first_) first_->commit();
    at_profiles = true;
    commit_profiles();
  } catch (const Error& error) {
    const bool written = at_profiles && error.code() == ErrorCode::committed_unverified;
    written ? commit_last() : put_back();
    if (!written && error.code() == ErrorCode::committed_unverified) throw Error(ErrorCode::io, error.what());
    throw;
  }
  commit_last();
}

void StateBeside::commit_last() {
  if (!last_) return;
  try {
    last_->commit();
  } catch (const Error& error) {
    throw Error(
        ErrorCode::committed_unverified,
        std::string("the profiles are written, but not for certain the order and usage beside them: ") + error.what(),
        "export once more, with --force");
  }
}

void StateBeside::put_back() noexcept {
  if (!first_ || former_.reveal().empty()) return;
  try {
    vault::write_file_atomically(place_, vault::text_of(former_.reveal()), Existing::replace);
  } catch (...) {
    // What says nothing stays, which misleads nobody.
  }
}

}  // namespace cli
