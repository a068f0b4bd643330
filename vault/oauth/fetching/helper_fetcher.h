// SPDX-License-Identifier: Apache-2.0
#pragma once
// A Fetcher over the helper program claviger-fetch, one process for one request. It is the parent who tells "nothing
// was sent" from "unknown": the helper gets the body only once it is connected, and whoever has not had it cannot have
// sent it.

#include <chrono>
#include <filesystem>
#include <optional>

#include "vault/base/error.h"
#include "vault/oauth/fetcher.h"

namespace vault {

struct Fetching {
  std::filesystem::path program{};  // empty: the one that is installed
  std::chrono::milliseconds send_within{kConnectWithinMs};
  std::chrono::milliseconds reply_within{kReplyWithinMs};
};

class HelperFetcher : public Fetcher {
 public:
  explicit HelperFetcher(Fetching how = {}) : how_(std::move(how)) {}
  // Throws nothing: a helper that is not installed, unfit, of another version or not to be started has sent nothing.
  FetchOutcome post(const EndpointRequest& request) override;
  // Of the last post, where it was the helper program that failed and not the way to the endpoint: not_found,
  // unsafe_file, io, bad_input for a request that is too long.
  const std::optional<Error>& trouble() const noexcept { return trouble_; }

 private:
  Fetching how_;
  std::optional<Error> trouble_;
};

// For who wants to know before anything is claimed. not_found, unsafe_file.
void require_fetching_program();

}  // namespace vault
