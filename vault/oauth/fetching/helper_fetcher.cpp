// SPDX-License-Identifier: Apache-2.0
#include "vault/oauth/fetching/helper_fetcher.h"

#include <array>

#include "vault/helper/helper_process.h"
#include "vault/oauth/fetching/messages.h"

namespace vault {
namespace {

using namespace fetching;

static_assert(vault::kLongestReply == fetching::kLongestReply);

constexpr std::array<std::string_view, 6> kVariables = {"HTTPS_PROXY", "https_proxy",   "NO_PROXY",
                                                        "no_proxy",    "SSL_CERT_FILE", "SSL_CERT_DIR"};
// The helper has clocks of its own, and knows more about a time that is over.
constexpr std::chrono::milliseconds kSpeaksFirst{500};

NoReply::Phase phase_in(const Failure& failure) noexcept {
  switch (failure.phase) {
    case HelperPhase::name: return NoReply::Phase::name;
    case HelperPhase::connecting: return NoReply::Phase::connecting;
    case HelperPhase::tls: return NoReply::Phase::tls;
    case HelperPhase::speaking: return NoReply::Phase::speaking;
    default: return NoReply::Phase::none;
  }
}

fetching::Request request_of(const EndpointRequest& request, const Fetching& how) {
  if (request.endpoint.size() > kLongestEndpoint || request.body.size() > kLongestBody) {
    throw Error(ErrorCode::bad_input, "a request to a token endpoint is too long");
  }
  const bool is_json = request.body_kind == EndpointRequest::Body::json;
  const auto now = boot_time_ms();
  return {request.endpoint, is_json ? fetching::Request::Body::json : fetching::Request::Body::form,
          request.body.size(), now + how.send_within.count(), now + (how.reply_within - kSpeaksFirst).count()};
}

HttpReply reply_in(const Frame& frame) {
  const auto reply = decode_reply(frame);
  HttpReply out{reply.status, {}, SecretBytes::copy_of(reply.body)};
  if (reply.retry_after_s) out.retry_after_s = *reply.retry_after_s;
  return out;
}

// Empty: connected. From here to there nobody but us has the body.
std::optional<NoReply> connect(HelperProcess& helper, const fetching::Request& request, Deadline deadline) {
  try {
    helper.send(encode(request), deadline);
    const auto answer = helper.receive(deadline);
    if (answer.kind == frame_kind::failure) {
      return NoReply{NoReply::Sent::nothing, phase_in(decode_failure(answer))};
    }
    require_connected(answer);
    if (boot_time_ms() < request.send_by_ms) return {};
  } catch (const Error&) {  // it says nothing or nonsense, or it is gone
  }
  return NoReply{NoReply::Sent::nothing, NoReply::Phase::none};
}

FetchOutcome hand_over(HelperProcess& helper, const SecretString& body, Deadline deadline) noexcept {
  try {
    helper.send(encode_body(body.reveal()), deadline);
    const auto answer = helper.receive(deadline);
    if (answer.kind != frame_kind::failure) return reply_in(answer);
    const auto failure = decode_failure(answer);
    if (failure.nothing_sent) return NoReply{NoReply::Sent::nothing, phase_in(failure)};
  } catch (const std::exception&) {  // memory may have run out, too
  }
  return NoReply{NoReply::Sent::unknown, NoReply::Phase::speaking};
}

FetchOutcome ask(const EndpointRequest& request, const Fetching& how) {
  const auto begun = std::chrono::steady_clock::now();
  const auto asked = request_of(request, how);
  const auto program = how.program.empty() ? open_helper(kProgram, kPackage) : judge_helper(how.program);
  const auto connected_by = begun + how.send_within + kSpeaksFirst;
  HelperProcess helper(program, {kVariables.begin(), kVariables.end()}, connected_by);
  const auto none = connect(helper, asked, connected_by);
  auto outcome = none ? FetchOutcome(*none) : hand_over(helper, request.body, begun + how.reply_within);
  helper.kill();  // it has nothing to finish
  return outcome;
}

}  // namespace

FetchOutcome HelperFetcher::post(const EndpointRequest& request) {
  trouble_.reset();
  try {
    return ask(request, how_);
  } catch (const Error& error) {
    trouble_ = error;
  } catch (const std::exception&) {
    trouble_ = Error(ErrorCode::io, "the system has no memory for a helper program");
  }
  return NoReply{NoReply::Sent::nothing, NoReply::Phase::none};
}

void require_fetching_program() { open_helper(kProgram, kPackage); }

}  // namespace vault
