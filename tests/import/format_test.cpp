// SPDX-License-Identifier: Apache-2.0
#include "import/format.h"

#include <gmock/gmock.h>

#include "tests/import/openclaw/support.h"

namespace formats::test {
namespace {

using testing::HasSubstr;

Format detected(std::string_view text, const char* path = "") {
  return detect_format(text, std::filesystem::path(path));
}

TEST(FormatNames, AreThoseOfTheCommandLine) {
  for (const char* name : {"openclaw", "openclaw-state-dir", "openclaw-sqlite", "dotenv", "environment", "claude",
                           "codex", "qwen", "minimax", "gemini"}) {
    ASSERT_TRUE(format_named(name)) << name;
    EXPECT_EQ(name_of(*format_named(name)), name);
  }
  EXPECT_FALSE(format_named("OpenClaw"));
  EXPECT_FALSE(format_named(""));
}

TEST(FormatDetection, KnowsEveryOpenclawDocument) {
  for (const char* name :
       {"store-2026.2.json", "store-2026.4.json", "store-2026.4.auth-state.json", "store-2026.9-export.json",
        "flat-legacy.json", "auth.json", "oauth.json", "aliases.json", "names.json", "odd-values.json"}) {
    EXPECT_EQ(detected(sample(name), name), Format::openclaw) << name;
    EXPECT_EQ(detected(sample(name)), Format::openclaw) << name;
  }
  EXPECT_EQ(detected("\xEF\xBB\xBF \n{}"), Format::openclaw);
}

TEST(FormatDetection, LooksAtContentBeforeNames) {
  EXPECT_EQ(detected("A=1\n", ".env"), Format::dotenv);
  EXPECT_EQ(detected("", ".env"), Format::dotenv);
  EXPECT_EQ(detected("{\"profiles\":{}}", ".env"), Format::openclaw);
  EXPECT_EQ(detected(std::string_view("SQLite format 3\0rest", 20), "x.json"), Format::openclaw_sqlite);
  EXPECT_EQ(detected(R"({"claudeAiOauth":{"accessToken":"x"}})"), Format::claude);
  EXPECT_EQ(detected(R"({"OPENAI_API_KEY":null,"tokens":{"access_token":"x"}})", "auth.json"), Format::codex);
  EXPECT_EQ(detected(R"({"OPENAI_API_KEY":"x"})", "auth.json"), Format::codex);
}

TEST(FormatDetection, TellsLoginFilesApartByTheirFolder) {
  const char* login = R"({"access_token":"a","refresh_token":"r","expiry_date":1})";
  EXPECT_EQ(detected(login, "/home/x/.qwen/oauth_creds.json"), Format::qwen);
  EXPECT_EQ(detected(login, "/home/x/.minimax/oauth_creds.json"), Format::minimax);
  EXPECT_EQ(detected(login, "/home/x/.gemini/oauth_creds.json"), Format::gemini);
  EXPECT_EQ(detected(R"({"access_token":"a","expiry_date":1,"id_token":"i"})"), Format::gemini);
  EXPECT_THAT(refusal([&] { detected(login); }), HasSubstr("Qwen, MiniMax and Gemini"));
}

TEST(FormatDetection, RefusesWhatItDoesNotKnow) {
  EXPECT_THAT(refusal([] { detected(R"({"name":"x","version":1})"); }), HasSubstr("no format we know"));
  EXPECT_THAT(refusal([] { detected("{ broken"); }), HasSubstr("line 1, column 3"));
  EXPECT_THAT(refusal([] { detected("A=1", "auth-profiles.json"); }), HasSubstr("line 1, column 1"));
  EXPECT_THAT(refusal([] { detected("\xFF\xFE\x01", "x.env"); }), HasSubstr("neither JSON nor text"));
  EXPECT_THAT(refusal([] { detected("A=\xFF\n"); }), HasSubstr("neither JSON nor text"));
}

// Fault T11: documents of each sort that a JSON reader must refuse, as they come through a pipe without a name.
TEST(FormatDetection, NamesWhatIsNoJsonAsSuchThroughAPipeToo) {
  const std::string_view documents[] = {"[1,]",
                                        "[1 true]",
                                        "[,1]",
                                        "[1",
                                        "[\"a\"",
                                        "[\"\t\"]",
                                        "[0x1]",
                                        "[+1]",
                                        "[1.]",
                                        "[-01]",
                                        "[NaN]",
                                        "[Infinity]",
                                        "{\"a\":1,}",
                                        "{a:1}",
                                        "{'a':1}",
                                        "{\"a\" 1}",
                                        "{\"a\":1}}",
                                        "{\"a\":1}#",
                                        "{",
                                        "}",
                                        "]",
                                        "[",
                                        "\"",
                                        "\"a",
                                        "\"a\"b",
                                        "'a'",
                                        "nul",
                                        "tru",
                                        "TRUE",
                                        "1 2",
                                        "2@",
                                        "1]",
                                        "-",
                                        ".5",
                                        "*",
                                        "<null>",
                                        "a\xE5",
                                        "\xE5",
                                        "\xEF\xBB{}",
                                        "[\"\\x\"]",
                                        "[\"\\u00A\"]",
                                        "[\"\\uD800\"]",
                                        "[1\f]",
                                        "[a\xE5]",
                                        "// comment",
                                        "/**/[]",
                                        "[]x",
                                        "\\u0041",
                                        "aå",
                                        std::string_view("1\0", 2),
                                        std::string_view("[\0]", 3),
                                        "\xE2\x81\xA0[]"};
  for (const auto document : documents) {
    EXPECT_THAT(refusal([&] { detected(document); }), HasSubstr("JSON")) << document;
    EXPECT_EQ(refusal([&] { detected(document); }), refusal([&] { detected(document, "x.json"); })) << document;
  }
}

TEST(FormatDetection, TakesVariablesAndCommentsThroughAPipe) {
  EXPECT_EQ(detected("# nothing yet\n\n"), Format::dotenv);
  EXPECT_EQ(detected("no assignment\nexport A=1\n"), Format::dotenv);
  EXPECT_EQ(detected("A: 1\n"), Format::dotenv);
}

TEST(FormatDetection, KnowsFolders) {
  const std::filesystem::path samples = std::filesystem::path(CLAVIGER_SAMPLES) / "openclaw";
  EXPECT_EQ(detect_format(samples / "state-dir"), Format::openclaw_state_dir);
  EXPECT_EQ(detect_format(samples / "state-dir" / ".env"), Format::dotenv);
  EXPECT_EQ(detect_format(samples / "auth.json"), Format::openclaw);
  EXPECT_THAT(refusal([&] { detect_format(samples); }), HasSubstr("not an OpenClaw state directory"));
}

TEST(FormatDetection, DoesNotWaitForAPipe) {
  EXPECT_THROW(detect_format(std::filesystem::path("/dev/null")), vault::Error);
  EXPECT_THROW(detect_format(std::filesystem::path("/no/such/file")), vault::Error);
}

}  // namespace
}  // namespace formats::test
