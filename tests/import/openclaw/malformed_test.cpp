// SPDX-License-Identifier: Apache-2.0
// Broken documents: never a crash, never a half-read store, never a secret in a message (F01, E03).
#include <gmock/gmock.h>

#include "tests/import/openclaw/support.h"

namespace formats::test {
namespace {

constexpr std::string_view kCanary = "canary";

std::string small_store() {
  return R"({"version":1,"profiles":{"p:a":{"type":"api_key","provider":"p","key":"sk-test-canary-1",)"
         R"("x":"canary\u0041"}},)"
         R"("order":{"p":["p:a"]},"lastGood":{"p":"p:a"},"usageStats":{"p:a":{"lastUsed":1}}})";
}

// What reading says, or "" when it takes the text; a canary in any of it fails the test.
std::string outcome(std::string_view text) {
  try {
    const auto batch = read(text);
    for (const auto& warning : batch.warnings) {
      EXPECT_EQ((warning.reason + warning.subject + warning.text).find(kCanary), std::string::npos);
    }
    return "";
  } catch (const vault::Error& error) {
    EXPECT_EQ(error.code(), vault::ErrorCode::bad_input);
    EXPECT_EQ((error.what() + error.hint().words()).find(kCanary), std::string::npos) << error.what();
    return error.what();
  }
}

TEST(OpenclawMalformed, TruncatedAnywhereIsRefused) {
  const std::string text = small_store();
  EXPECT_EQ(outcome(text), "");
  for (std::size_t size = 0; size < text.size(); ++size) EXPECT_NE(outcome(text.substr(0, size)), "") << size;
}

TEST(OpenclawMalformed, EveryByteReplacedIsReadOrRefused) {
  const std::string text = small_store();
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char byte : {'\0', '"', '\\', '{', '}', '[', ',', '\n', '\x80', '\xFF', '7', ' '}) {
      std::string changed = text;
      changed[at] = byte;
      outcome(changed);
    }
  }
}

TEST(OpenclawMalformed, EveryByteLeftOutIsReadOrRefused) {
  const std::string text = small_store();
  for (std::size_t at = 0; at < text.size(); ++at) outcome(text.substr(0, at) + text.substr(at + 1));
}

TEST(OpenclawMalformed, TwoCredentialsUnderOneNameAreNotLostInSilence) {
  const std::string text = R"({"version":1,"profiles":{
  "p:a":{"type":"api_key","provider":"p","key":"sk-test-canary-1"},
  "p:a":{"type":"api_key","provider":"p","key":"sk-test-canary-2"}}})";
  EXPECT_THAT(outcome(text), testing::HasSubstr("line 3, column 3: the same name twice"));
}

TEST(OpenclawMalformed, MembersOfEveryWrongTypeAreKept) {
  const char* members[] = {"type",        "mode",         "provider", "key",      "token",    "access",
                           "refresh",     "idToken",      "keyRef",   "tokenRef", "expires",  "email",
                           "displayName", "copyToAgents", "setup",    "oauthRef", "metadata", "apiKey"};
  for (const std::string type : {"api_key", "token", "oauth"}) {
    for (const std::string member : members) {
      for (const char* value :
           {"null", "true", "7", "-1.5", "\"canary\"", "[]", "[\"canary\"]", "{}", "{\"canary\":{}}"}) {
        std::string head = member == "type" ? "" : "\"type\":\"" + type + "\",";
        head += member == "provider" ? "" : "\"provider\":\"p\",";
        const std::string text = store_of(head + "\"" + member + "\":" + value);
        const bool renamed = member == "apiKey" && type == "api_key" && value == std::string("\"canary\"");
        const std::string kept = renamed ? store_of(head + "\"key\":" + value) : text;
        EXPECT_EQ(outcome(text), "") << text;
        const auto batch = read(text);
        if (batch.profiles.empty()) continue;
        EXPECT_EQ(json_missing(exported(batch), kept), "") << text;
      }
    }
  }
}

TEST(OpenclawMalformed, StateOfEveryWrongTypeIsKept) {
  for (const std::string member : {"order", "lastGood", "usageStats", "unknown"}) {
    for (const std::string value :
         {"null", "true", "7", "\"x\"", "[]", "[{}]", "{}", "{\"p\":null}", "{\"p\":7}", "{\"p\":\"\"}", "{\"p\":{}}",
          "{\"p\":{\"lastUsed\":\"x\"}}", "{\"\":[\"x\"]}", "{\"p\":[[]]}"}) {
      const std::string text = R"({"version":1,"profiles":{},")" + member + "\":" + value + "}";
      const std::string written = exported(read(text));
      if (value == "{}" && member != "unknown") continue;  // an empty table says nothing and is not written
      EXPECT_EQ(json_difference(written, text), "") << text;
    }
  }
}

TEST(OpenclawMalformed, DeepNestingIsRefusedBeforeItHurts) {
  std::string text = R"({"version":1,"profiles":{"p:a":{"type":"api_key","provider":"p","x":)";
  text += std::string(100'000, '[');
  EXPECT_THAT(outcome(text), testing::HasSubstr("nested deeper than 64 levels"));
}

TEST(OpenclawMalformed, AcceptsAByteOrderMarkAndCarriageReturns) {
  std::string text = sample("store-2026.2.json");
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(json_difference(exported(read(windows)), text), "");
}

TEST(OpenclawMalformed, KeepsSixtyLevelsOfForeignJson) {
  const std::string text =
      store_of(R"("type":"api_key","provider":"p","x":)" + std::string(60, '[') + std::string(60, ']'));
  EXPECT_EQ(json_difference(exported(read(text)), text), "");
}

}  // namespace
}  // namespace formats::test
