// SPDX-License-Identifier: Apache-2.0
// Whatever a fetching program does: in bounded time a reply, or an answer to the one question that counts - was
// anything sent? - and no zombie.
#include "vault/oauth/fetching/helper_fetcher.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/helper/fake_place.h"
#include "vault/oauth/fetching/messages.h"

namespace vault::test {
namespace {

using Phase = NoReply::Phase;
using Sent = NoReply::Sent;
using std::chrono::milliseconds;

class HelperFetcherTest : public testing::Test {
 protected:
  void TearDown() override { EXPECT_FALSE(has_children()) << "a zombie, or a helper that runs on"; }

  FetchOutcome outcome_of(const std::string& behaviour, milliseconds within = milliseconds(20'000)) {
    HelperFetcher fetcher({place_.copy(behaviour), within, within});
    const auto body = EndpointRequest::Body::json;
    EndpointRequest request{"https://tokens.test/t", body, SecretString::copy_of("rt-test-body")};
    auto outcome = fetcher.post(request);
    trouble_ = fetcher.trouble();
    return outcome;
  }

  void expect_none(const std::string& behaviour, Sent sent, Phase phase, milliseconds within = milliseconds(20'000)) {
    const auto begun = std::chrono::steady_clock::now();
    const auto outcome = outcome_of(behaviour, within);
    const auto* const none = std::get_if<NoReply>(&outcome);
    ASSERT_NE(none, nullptr) << behaviour;
    EXPECT_EQ(none->sent, sent) << behaviour;
    EXPECT_EQ(none->phase, phase) << behaviour;
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(15)) << behaviour;
  }

  FakePlace place_;
  std::optional<Error> trouble_;
};

constexpr milliseconds kSoon{700};

TEST_F(HelperFetcherTest, GivesTheReplyAsItCame) {
  const auto outcome = outcome_of("good");
  const auto& reply = std::get<HttpReply>(outcome);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.retry_after_s, 7);
  EXPECT_EQ(text_of(reply.body.reveal()), "{\"access_token\":\"at-test-fake\"}");
  EXPECT_FALSE(trouble_);
}

TEST_F(HelperFetcherTest, GivesTheHelperTheRequestAndTheVariablesOfItsListAlone) {
  for (const char* const name : {"HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_DIR"})
    ::unsetenv(name);
  ::setenv("CLAVIGER_TEST_SECRET", "test-secret", 1);
  ::setenv("SSL_CERT_FILE", "/test/ca.pem", 1);
  ::setenv("all_proxy", "http://127.0.0.1:1", 1);
  const auto outcome = outcome_of("echo");
  ::unsetenv("SSL_CERT_FILE");
  EXPECT_EQ(text_of(std::get<HttpReply>(outcome).body.reveal()),
            "https://tokens.test/t\njson\nrt-test-body\nSSL_CERT_FILE=/test/ca.pem\n");
}

TEST_F(HelperFetcherTest, OneThatFailsBeforeItHasTheBodyHasSentNothing) {
  expect_none("gone", Sent::nothing, Phase::none);
  expect_none("early", Sent::nothing, Phase::none);
  expect_none("nonsense", Sent::nothing, Phase::none);
  expect_none("floodearly", Sent::nothing, Phase::none);
  expect_none("liar", Sent::nothing, Phase::speaking);
  expect_none("deaf", Sent::nothing, Phase::none, kSoon);
}

TEST_F(HelperFetcherTest, AConnectionThatIsCutOffAtAnyByteOfItsFrameHasSentNothing) {
  const auto whole = encode(fetching::connected_frame()).size();
  for (std::size_t size = 0; size < whole; ++size) {
    expect_none("cutconnected-" + std::to_string(size), Sent::nothing, Phase::none);
  }
}

TEST_F(HelperFetcherTest, TellsHowFarItCame) {
  expect_none("refused-0", Sent::nothing, Phase::none);
  expect_none("refused-1", Sent::nothing, Phase::name);
  expect_none("refused-2", Sent::nothing, Phase::connecting);
  expect_none("refused-3", Sent::nothing, Phase::tls);
}

TEST_F(HelperFetcherTest, OneThatFailsAfterItHasTheBodyMayHaveSentIt) {
  expect_none("dies", Sent::unknown, Phase::speaking);
  expect_none("lost", Sent::unknown, Phase::speaking);
  expect_none("flood", Sent::unknown, Phase::speaking);
  expect_none("long", Sent::unknown, Phase::speaking);
  expect_none("silent", Sent::unknown, Phase::speaking, kSoon);
}

TEST_F(HelperFetcherTest, AReplyThatIsCutOffAtAnyByteIsUnknown) {
  fetching::Reply reply{200, 7, {}};
  reply.body.resize(std::string_view("{\"access_token\":\"at-test-fake\"}").size());
  const auto whole = encode(encode(reply)).size();
  for (std::size_t size = 0; size < whole; ++size) {
    expect_none("cut-" + std::to_string(size), Sent::unknown, Phase::speaking);
  }
}

TEST_F(HelperFetcherTest, BelievesAHelperThatSaysItHasNotBegun) {
  expect_none("unsent", Sent::nothing, Phase::speaking);
}

TEST_F(HelperFetcherTest, KeepsWhyAHelperThatIsMissingUnfitOrMuteCouldNotEvenTry) {
  HelperFetcher missing({place_.folder() / "none"});
  const auto outcome = missing.post({"https://tokens.test/", EndpointRequest::Body::form, {}});
  EXPECT_EQ(std::get<NoReply>(outcome).sent, Sent::nothing);
  EXPECT_EQ(missing.trouble()->code(), ErrorCode::not_found);
  expect_none("mute", Sent::nothing, Phase::none, kSoon);
  EXPECT_EQ(trouble_->code(), ErrorCode::io);
}

TEST_F(HelperFetcherTest, ARequestThatIsTooLongIsNotBegun) {
  HelperFetcher fetcher({place_.copy("good")});
  const auto outcome = fetcher.post({"https://" + std::string(5'000, 'a'), EndpointRequest::Body::form, {}});
  EXPECT_EQ(std::get<NoReply>(outcome).sent, Sent::nothing);
  EXPECT_EQ(fetcher.trouble()->code(), ErrorCode::bad_input);
}

}  // namespace
}  // namespace vault::test
