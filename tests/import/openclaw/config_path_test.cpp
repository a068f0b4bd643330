// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/config/config_path.h"

#include <gmock/gmock.h>

#include "vault/model/config_secret.h"

namespace formats::test {
namespace {

using testing::Optional;

TEST(ConfigPath, JoinsNamesByDots) {
  EXPECT_THAT(config_path_text({"channels", "telegram", "botToken"}),
              Optional(std::string("channels.telegram.botToken")));
  EXPECT_THAT(config_path_segments("gateway.auth.token"), Optional(ConfigSegments{"gateway", "auth", "token"}));
}

TEST(ConfigPath, MarksTheDotsAndBackslashesOfAName) {
  EXPECT_THAT(config_path_text({"models", "providers", "z.ai", "apiKey"}),
              Optional(std::string("models.providers.z\\.ai.apiKey")));
  EXPECT_THAT(config_path_text({"a\\", ".", "b"}), Optional(std::string("a\\\\.\\..b")));
}

TEST(ConfigPath, ComesBackAsItWent) {
  const std::vector<ConfigSegments> all = {{"a"},
                                           {"."},
                                           {"\\"},
                                           {"a.b", "c\\d", "e"},
                                           {"\\.\\", "."},
                                           {"na\xC3\xAFve", "\xE2\x9C\x93"},
                                           {" ", "a b/c:d"},
                                           {"x[0]", "$include"}};
  for (const auto& segments : all) {
    const auto text = config_path_text(segments);
    ASSERT_TRUE(text);
    EXPECT_TRUE(vault::is_config_path(*text));
    EXPECT_THAT(config_path_segments(*text), Optional(segments)) << *text;
  }
}

TEST(ConfigPath, HasNoTextForNamesThatNoPathCanHold) {
  const std::vector<ConfigSegments> all = {{},          {""},     {"a", ""}, {"", "a"},
                                           {"a", "\n"}, {"\x7f"}, {"a\xFF"}, {std::string(1025, 'x')}};
  for (const auto& segments : all) EXPECT_FALSE(config_path_text(segments)) << testing::PrintToString(segments);
  EXPECT_FALSE(config_path_text({std::string(600, '.')}));  // 1200 bytes once they are marked
}

TEST(ConfigPath, TakesNoTextThatWasNotWrittenByIt) {
  for (const std::string text : {"", ".", "a.", ".a", "a..b", "a\\", "a\\b", "a.\\b", "\\", "a\nb", "a\xFF"}) {
    EXPECT_FALSE(config_path_segments(text)) << text;
  }
  EXPECT_FALSE(config_path_segments(std::string(1025, 'x')));
}

}  // namespace
}  // namespace formats::test
