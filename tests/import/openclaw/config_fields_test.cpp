// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/config/config_fields.h"

#include <gmock/gmock.h>
#include <set>

#include "tests/import/openclaw/support.h"

namespace formats::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string type_at(const ConfigFields& fields, const std::string& path) {
  const auto* field = fields.match(*config_path_segments(path));
  return field ? field->type : "(none)";
}

std::string matrix_of(const std::string& entries) { return "{\"version\":1,\"entries\":[" + entries + "]}"; }

std::string entry_of(const std::string& path) {
  return R"({"id":"x","configFile":"openclaw.json","path":")" + path + R"(","secretShape":"secret_input"})";
}

TEST(ConfigFields, KnowsTheFieldsOfBothGenerations) {
  const auto& known = ConfigFields::known();
  EXPECT_GE(known.all().size(), 120U);
  EXPECT_EQ(type_at(known, "gateway.auth.token"), "gateway.auth.token");
  EXPECT_EQ(type_at(known, "channels.slack.accounts.work.botToken"), "channels.slack.accounts.*.botToken");
  EXPECT_EQ(type_at(known, "agents.entries.ops.tts.personas.bob.providers.x.apiKey"),
            "agents.entries.*.tts.personas.*.providers.*.apiKey");
  EXPECT_EQ(type_at(known, "agents.list.12.tts.providers.x.apiKey"), "agents.list[].tts.providers.*.apiKey");
}

// As `openclaw secrets apply` of 2026.4.29 and 2026.9.6 has them.
TEST(ConfigFields, CallsThemAsOpenclawsPlansDo) {
  const auto& known = ConfigFields::known();
  EXPECT_EQ(type_at(known, "models.providers.z\\.ai.apiKey"), "models.providers.apiKey");
  EXPECT_EQ(type_at(known, "models.providers.x.headers.X-Key"), "models.providers.headers");
  EXPECT_EQ(type_at(known, "models.providers.x.request.proxy.tls.key"), "models.providers.request.proxy.tls.key");
  EXPECT_EQ(type_at(known, "skills.entries.weather.apiKey"), "skills.entries.apiKey");
  EXPECT_EQ(type_at(known, "channels.googlechat.serviceAccount"), "channels.googlechat.serviceAccount");
  EXPECT_EQ(type_at(known, "channels.googlechat.accounts.a.serviceAccount"), "channels.googlechat.serviceAccount");
  EXPECT_EQ(type_at(known, "plugins.entries.codex.config.appServer.headers.X"),
            "plugins.entries.codex.config.appServer.headers.*");
}

TEST(ConfigFields, HasNoPlaceForAReferenceElsewhere) {
  const auto& known = ConfigFields::known();
  for (const char* path :
       {"env.vars.X", "skills.entries.w.env.X", "hooks.token", "gateway.auth", "gateway.auth.token.x",
        "agents.list.x.tts.providers.x.apiKey", "agents.list.01.tts.providers.x.apiKey", "channels.telegram.botToken2",
        "profiles.x.key", "models.providers.apiKey"}) {
    EXPECT_EQ(type_at(known, path), "(none)") << path;
  }
  EXPECT_EQ(known.match({}), nullptr);
  EXPECT_EQ(known.match({"models", "providers", "", "apiKey"}), nullptr);
}

TEST(ConfigFields, KnowsEachPatternOnce) {
  std::set<ConfigSegments> patterns;
  for (const auto& field : ConfigFields::known().all())
    EXPECT_TRUE(patterns.insert(field.pattern).second) << field.type;
}

TEST(ConfigFields, NamesTheMemberThatTakesTheReferenceIn2026_4) {
  const auto* field = ConfigFields::known().match({"channels", "googlechat", "serviceAccount"});
  ASSERT_NE(field, nullptr);
  EXPECT_EQ(field->ref_member, "serviceAccountRef");
}

TEST(ConfigFieldsOfAPackage, TakesTheEntriesForTheConfigurationAlone) {
  const auto fields = ConfigFields::from_matrix(matrix_of(
      entry_of("new.thing[].*.secret") +
      R"(,{"configFile":"auth-profile-store","path":"profiles.*.key","refPath":"profiles.*.keyRef"})"
      R"(,{"configFile":"openclaw.json","path":"a.accounts.*.s","refPath":"a.accounts.*.sRef","when":{"type":[7]},)"
      R"("later":null})"
      R"(,{"configFile":"openclaw.json","path":7},{"path":"b.c"},"d",[])"));
  ASSERT_EQ(fields.all().size(), 2U);
  EXPECT_EQ(fields.all()[0].ref_member, "sRef");
  EXPECT_THAT(fields.all()[1].pattern, ElementsAre("new", "thing", "[]", "*", "secret"));
  EXPECT_EQ(fields.all()[1].type, "new.thing[].*.secret");
  EXPECT_NE(fields.match({"new", "thing", "0", "x", "secret"}), nullptr);
  EXPECT_EQ(fields.match({"gateway", "auth", "token"}), nullptr);
}

TEST(ConfigFieldsOfAPackage, KeepsItsFieldsWhenItIsMoved) {
  auto fields = ConfigFields::from_matrix(matrix_of(entry_of("a.b")));
  const auto* field = fields.match({"a", "b"});
  const auto moved = std::move(fields);
  EXPECT_EQ(moved.match({"a", "b"}), field);
}

TEST(ConfigFieldsOfAPackage, RefusesWhatIsNoSuchList) {
  for (const std::string& text :
       {std::string("["), std::string("{}"), std::string("[]"), std::string(R"({"entries":{}})"), matrix_of(""),
        matrix_of(R"({"configFile":"auth-profiles.json","path":"profiles.*.key"})"), matrix_of(entry_of("")),
        matrix_of(entry_of("a..b")), matrix_of(entry_of(".a")), matrix_of(entry_of("a.")), matrix_of(entry_of("[].a")),
        matrix_of(entry_of("*.token")), matrix_of(entry_of("secrets.providers.*.command")),
        matrix_of(entry_of(std::string(1025, 'x')))}) {
    EXPECT_THAT(refusal([&] { ConfigFields::from_matrix(text); }), testing::Not(testing::IsEmpty())) << text;
  }
}

TEST(ConfigFieldsOfAPackage, AddsToOursWhatOnlyItHasAndLeavesOursAsTheyAre) {
  const auto fields = ConfigFields::known_and(ConfigFields::from_matrix(
      matrix_of(entry_of("later.*.secret") + "," + entry_of("channels.googlechat.serviceAccount"))));
  EXPECT_EQ(fields.all().size(), ConfigFields::known().all().size() + 1);
  EXPECT_EQ(type_at(fields, "later.x.secret"), "later.*.secret");
  EXPECT_EQ(type_at(fields, "gateway.auth.token"), "gateway.auth.token");
  EXPECT_EQ(fields.match({"channels", "googlechat", "serviceAccount"})->ref_member, "serviceAccountRef");
}

TEST(ConfigFieldsOfAPackage, TakesAwayWhatItExcludesByName) {
  const auto excluding = [](const std::string& excluded) {
    return ConfigFields::known_and(ConfigFields::from_matrix(R"({"excludedMutableOrRuntimeManaged":)" + excluded +
                                                             R"(,"entries":[)" + entry_of("a.b") + "]}"));
  };
  const auto fields = excluding(R"(["gateway.auth.token","channels.slack.accounts.*.botToken",7])");
  EXPECT_EQ(type_at(fields, "gateway.auth.token"), "(none)");
  EXPECT_EQ(type_at(fields, "gateway.auth.password"), "gateway.auth.password");
  EXPECT_EQ(type_at(fields, "channels.slack.accounts.work.botToken"), "(none)");
  EXPECT_EQ(type_at(fields, "channels.slack.botToken"), "channels.slack.botToken");
  EXPECT_EQ(excluding("7").all().size(), ConfigFields::known().all().size() + 1);
}

TEST(ConfigFieldsOfAPackage, RefusesMoreThanAnyPackageHas) {
  std::string deep = "a";
  for (int i = 0; i < 32; ++i) deep += ".a";
  EXPECT_THAT(refusal([&] { ConfigFields::from_matrix(matrix_of(entry_of(deep))); }), HasSubstr("too many names"));
  std::string many = R"({"configFile":"openclaw.json","path":"a"})";
  for (int i = 0; i < 4096; ++i) many += R"(,{"configFile":"openclaw.json","path":"a"})";
  EXPECT_THAT(refusal([&] { ConfigFields::from_matrix(matrix_of(many)); }), HasSubstr("too many entries"));
  EXPECT_THAT(refusal([&] { ConfigFields::from_matrix(std::string((1 << 20) + 1, ' ')); }), HasSubstr("1 MiB"));
}

}  // namespace
}  // namespace formats::test
