// SPDX-License-Identifier: Apache-2.0
#include "vault/oauth/provider_entry.h"
#include "tests/oauth/world.h"

namespace vault::testing {
namespace {

TEST(OriginOfAnEndpoint, IsSchemeHostAndPortInLowerCase) {
  EXPECT_EQ(origin_of_endpoint("https://Auth.Example.com/oauth/token?x=1"), "https://auth.example.com");
  EXPECT_EQ(origin_of_endpoint("HTTPS://auth.example.com:8443/token"), "https://auth.example.com:8443");
  EXPECT_EQ(origin_of_endpoint("http://127.0.0.1:8080/token"), "http://127.0.0.1:8080");
  EXPECT_EQ(origin_of_endpoint("http://[::1]:8080"), "http://[::1]:8080");
}

TEST(OriginOfAnEndpoint, IsNoneWhereNoTokenMayBeSent) {
  for (const auto* const url :
       {"http://auth.example.com/token", "http://127.0.0.1.example.com/", "ftp://auth.example.com/", "auth.example.com",
        "https://", "https://user@auth.example.com/", "https://user:pass@auth.example.com/",
        "https://auth.example.com\\@other.example/", "https://auth.example.com:port/", "https://auth example.com/",
        "https://[::1/", "https://:443/"}) {
    EXPECT_EQ(origin_of_endpoint(url), std::nullopt) << url;
  }
  EXPECT_EQ(origin_of_endpoint("https://a.example/" + std::string(2048, 'a')), std::nullopt);
}

TEST(ShippedEntries, AreSoundAndNameOpenai) {
  ASSERT_FALSE(shipped_entries().empty());
  EXPECT_EQ(shipped_entries().front().name, "openai");
  for (const auto& entry : shipped_entries()) {
    EXPECT_EQ(code_of([&] { return require_bounds(entry), 0; }), std::nullopt) << entry.name;
    EXPECT_TRUE(entry.token_endpoint.starts_with("https://")) << entry.name;
  }
}

TEST(AProviderEntry, IsRefusedWithANameEndpointOrClientThatCannotBe) {
  const ProviderEntry sound{.name = "test", .token_endpoint = "https://a.example/", .client_id = "client"};
  auto entry = sound;
  entry.name = "Test";
  EXPECT_EQ(code_of([&] { return require_bounds(entry), 0; }), ErrorCode::bad_input);
  entry = sound;
  entry.token_endpoint = "http://a.example/";
  EXPECT_EQ(code_of([&] { return require_bounds(entry), 0; }), ErrorCode::bad_input);
  entry = sound;
  entry.client_id = "";
  EXPECT_EQ(code_of([&] { return require_bounds(entry), 0; }), ErrorCode::bad_input);
}

TEST(ARefreshRequest, IsWrittenAsAFormOrAsJson) {
  ProviderEntry entry{.name = "test", .token_endpoint = "https://a.example/token", .client_id = "my client"};
  const auto token = SecretString::copy_of("r\"+&\n\xC3\xA9");
  EXPECT_EQ(refresh_request(entry, token, {}).body.reveal(),
            "grant_type=refresh_token&client_id=my%20client&refresh_token=r%22%2B%26%0A%C3%A9");
  entry.body = EndpointRequest::Body::json;
  EXPECT_EQ(refresh_request(entry, token, SecretString::copy_of("s")).body.reveal(),
            R"({"grant_type":"refresh_token","client_id":"my client","client_secret":"s",)"
            R"("refresh_token":"r\"+&\u000a)"
            "\xC3\xA9\"}");
  EXPECT_EQ(refresh_request(entry, token, {}).endpoint, "https://a.example/token");
}

}  // namespace
}  // namespace vault::testing
