// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/config/config_secrets.h"

#include <gmock/gmock.h>
#include <map>

#include "tests/import/openclaw/support.h"

namespace formats::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;

using State = ConfigState;

std::vector<std::string> paths_of(const ConfigReading& reading, State state) {
  std::vector<std::string> paths;
  for (const auto& entry : reading.fields) {
    if (entry.state == state) paths.push_back(entry.path);
  }
  return paths;
}

std::map<std::string, std::string> secrets_of(const ConfigReading& reading) {
  std::map<std::string, std::string> secrets;
  for (const auto& entry : reading.fields) {
    EXPECT_EQ(entry.value.empty(), entry.state != State::secret) << entry.path;
    if (entry.state == State::secret) secrets.emplace(entry.path, entry.value.reveal());
  }
  return secrets;
}

std::vector<std::string> variables_of(const ConfigReading& reading) {
  std::vector<std::string> variables;
  for (const auto& variable : reading.variables) {
    variables.push_back(variable.path + "=" + std::string(variable.value.reveal()) +
                        (variable.of_skill ? " skill" : ""));
  }
  return variables;
}

// The state of models.providers.p.<member> with this JSON5 text.
State state_of(const std::string& value, const std::string& member = "apiKey") {
  const auto reading = read_config_secrets("{models:{providers:{p:{" + member + ":" + value + "}}}}");
  EXPECT_THAT(reading.fields, SizeIs(1)) << value;
  return reading.fields.empty() ? State::blank : reading.fields[0].state;
}

TEST(ConfigSecretsSample, HaveEverySecretOfTheConfiguration) {
  const auto reading = read_config_secrets(sample("config-2026.9.json"));
  EXPECT_THAT(secrets_of(reading),
              UnorderedElementsAre(Pair("gateway.auth.token", "test-gateway-0001"),
                                   Pair("models.providers.mock.apiKey", "sk-test-mock-0001"),
                                   Pair("models.providers.mock.headers.X-Team-Token", "test-team-0001"),
                                   Pair("models.providers.z\\.ai.apiKey", "sk-test-zai-0001"),
                                   Pair("channels.telegram.botToken", "100200300:test-telegram-0001"),
                                   Pair("channels.slack.botToken", "xoxb-test-0001"),
                                   Pair("channels.slack.appToken", "xapp-test-0001"),
                                   Pair("channels.slack.accounts.work.botToken", "xoxb-test-0002"),
                                   Pair("skills.entries.weather.apiKey", "test-weather-0001")));
  EXPECT_THAT(reading.warnings, IsEmpty());
}

TEST(ConfigSecretsSample, TellReferencesAndMarkersFromSecrets) {
  const auto reading = read_config_secrets(sample("config-2026.9.json"));
  EXPECT_THAT(paths_of(reading, State::reference),
              ElementsAre("models.providers.spare.apiKey", "channels.discord.token"));
  EXPECT_THAT(paths_of(reading, State::placeholder), ElementsAre("channels.slack.accounts.work.appToken"));
  EXPECT_THAT(paths_of(reading, State::marker), ElementsAre("models.providers.local.apiKey"));
  EXPECT_THAT(paths_of(reading, State::not_secret), ElementsAre("models.providers.mock.headers.User-Agent"));
  EXPECT_THAT(paths_of(reading, State::blank), ElementsAre("channels.telegram.webhookSecret"));
}

TEST(ConfigSecretsSample, HaveItsVariables) {
  EXPECT_THAT(variables_of(read_config_secrets(sample("config-2026.9.json"))),
              ElementsAre("env.vars.TAVILY_API_KEY=tvly-test-0001", "env.vars.LOG_LEVEL=debug",
                          "skills.entries.weather.env.WEATHER_REGION=eu skill",
                          "skills.entries.weather.env.WEATHER_TOKEN=test-weather-0002 skill"));
}

TEST(ConfigSecrets, SayWhichFieldTheyStandIn) {
  const auto reading = read_config_secrets("{channels:{slack:{accounts:{'a.b':{botToken:' xoxb-test \\n'}}}}}");
  ASSERT_THAT(reading.fields, SizeIs(1));
  const auto& entry = reading.fields[0];
  EXPECT_THAT(entry.segments, ElementsAre("channels", "slack", "accounts", "a.b", "botToken"));
  EXPECT_EQ(entry.path, "channels.slack.accounts.a\\.b.botToken");
  EXPECT_EQ(entry.field->type, "channels.slack.accounts.*.botToken");
  EXPECT_EQ(entry.value.reveal(), "xoxb-test");
}

TEST(ConfigSecrets, AreFoundInListsOfAgents) {
  const auto reading = read_config_secrets(
      "{agents:{list:['x',{memorySearch:{remote:{apiKey:'sk-test-1'}}},{tts:{providers:{o:{apiKey:'sk-test-2'}}}}]}}");
  EXPECT_THAT(secrets_of(reading), UnorderedElementsAre(Pair("agents.list.1.memorySearch.remote.apiKey", "sk-test-1"),
                                                        Pair("agents.list.2.tts.providers.o.apiKey", "sk-test-2")));
  EXPECT_THAT(read_config_secrets("{agents:{list:{'0':{memorySearch:{remote:{apiKey:'sk-test'}}}}}}").fields,
              IsEmpty());
}

TEST(ConfigSecrets, AreNoReferences) {
  for (const char* value : {"{source:'exec',provider:'vault',id:'x'}", "{source:'env',id:'X'}", "'${OPENAI_API_KEY}'",
                            "' $OPENAI_API_KEY '", "{source:'store',provider:'default',id:'X'}"}) {
    EXPECT_EQ(state_of(value), State::reference) << value;
  }
  const auto reading =
      read_config_secrets("{gateway:{auth:{token:'${GATE}',password:{source:'file',provider:'f',id:'/a'}}}}");
  ASSERT_THAT(reading.fields, SizeIs(2));
  EXPECT_EQ(reading.fields[0].ref, (vault::SecretRef{"env", std::nullopt, "GATE"}));
  EXPECT_EQ(reading.fields[1].ref, (vault::SecretRef{"file", "f", "/a"}));
}

TEST(ConfigSecrets, AreNotTakenFromTextThatOpenclawFillsIn) {
  for (const char* value : {"'Bearer ${TOKEN}'", "'${A}${B}'", "'x${_a}${_A}'", "'${lower}${UPPER}'"}) {
    EXPECT_EQ(state_of(value), State::templated) << value;
  }
  EXPECT_EQ(state_of("'sk-test-$${NAME}'"), State::escaped);
  EXPECT_EQ(state_of("'$${NAME}-${NAME}'"), State::templated);
  for (const char* value : {"'sk-test-${lower}'", "'sk-test-${'", "'sk-test-${}'", "'sk-test-$$'", "'sk-test-$A'",
                            "'sk-test-${NAME'", "'sk$test'"}) {
    EXPECT_EQ(state_of(value), State::secret) << value;
  }
}

TEST(ConfigSecrets, AreNoPlaceholders) {  // E09
  for (const char* value : {"'__OPENCLAW_REDACTED__'", "'***'", "'[REDACTED]'", "'REDACTED'", "'xoxb-REDACTED'",
                            "'secretref-env:X'", "'__env__:X'", "'op://a/b/c'"}) {
    EXPECT_EQ(state_of(value), State::placeholder) << value;
  }
  for (const char* value : {"'AKIATEST000000000000'", "'my:manual'", "'REDACTED1'"}) {
    EXPECT_EQ(state_of(value), State::secret) << value;
  }
}

TEST(ConfigSecrets, AreNoMarkersInThePlaceOfAModelsKey) {
  for (const char* value :
       {"'secretref-managed'", "'ollama-local'", "'oauth:x'", "'OPENAI_API_KEY'", "'AWS_PROFILE'"}) {
    EXPECT_EQ(state_of(value), State::marker) << value;
  }
  EXPECT_EQ(state_of("'xOPENAI_API_KEY'"), State::secret);
  EXPECT_THAT(secrets_of(read_config_secrets("{gateway:{auth:{password:'MY_API_KEY'}}}")), SizeIs(1));
}

TEST(ConfigSecrets, AreTexts) {
  for (const char* value : {"7", "true", "[]", "['sk-test']", "{}", "{source:'exec'}", "{source:'exec',id:'x',more:1}",
                            "{source:'unknown',id:'x'}", "0x10", "-1.5"}) {
    EXPECT_EQ(state_of(value), State::not_text) << value;
  }
  for (const char* value : {"null", "''", "' \\t '", "Infinity"}) EXPECT_EQ(state_of(value), State::blank) << value;
}

TEST(ConfigSecrets, AreNoHeadersThatNameTheCaller) {
  EXPECT_EQ(state_of("{'user-agent':'x'}", "headers"), State::not_secret);
  EXPECT_EQ(state_of("{'X-Anything':'x'}", "headers"), State::secret);
  EXPECT_EQ(state_of("{headers:{Referer:'x'}}", "request"), State::not_secret);
}

TEST(ConfigSecrets, AreOfABoundedLength) {
  const std::string longest(kLongestConfigSecret, 'k');
  EXPECT_EQ(state_of("' " + longest + " '"), State::secret);
  EXPECT_EQ(state_of("'" + longest + "k'"), State::too_long);
}

TEST(ConfigSecrets, CanHaveTheirReferenceBesideThem) {
  const auto reading = read_config_secrets(
      "{channels:{googlechat:{serviceAccount:'test-plain',serviceAccountRef:{source:'env',provider:'default',id:'A'},"
      "accounts:{x:{serviceAccountRef:{source:'env',provider:'default',id:'B'}},y:{serviceAccount:{type:'account'}}}}}"
      "}");
  ASSERT_THAT(reading.fields, SizeIs(3));
  EXPECT_EQ(reading.fields[0].state, State::secret);
  EXPECT_EQ(reading.fields[0].ref->id, "A");
  EXPECT_EQ(reading.fields[1].path, "channels.googlechat.accounts.x.serviceAccount");
  EXPECT_EQ(reading.fields[1].state, State::reference);
  EXPECT_EQ(reading.fields[1].ref->id, "B");
  EXPECT_EQ(reading.fields[2].path, "channels.googlechat.accounts.y.serviceAccount");
}

// OpenClaw takes its JSON as a text there as well.
TEST(ConfigSecrets, TakeAnAccountOfGoogleChatThatIsAnObjectAsItsJson) {
  const auto reading = read_config_secrets(
      "{channels:{googlechat:{serviceAccount:{type: 'service_account', n: 1, private_key: 'test-\\u0041\\n'},accounts:{"
      "a:{serviceAccount:{}},b:{serviceAccount:{private_key:'${KEY}'}},c:{serviceAccount:['x']},"
      "d:{serviceAccount:{k:'" +
      std::string(kLongestConfigSecret, 'k') + "'}}}}}}");
  ASSERT_THAT(reading.fields, SizeIs(5));
  EXPECT_EQ(reading.fields[0].state, State::secret);
  EXPECT_EQ(reading.fields[0].value.reveal(), R"({"type":"service_account","n":1,"private_key":"test-A\n"})");
  EXPECT_EQ(reading.fields[1].state, State::blank);
  EXPECT_EQ(reading.fields[2].state, State::templated);
  EXPECT_EQ(reading.fields[3].state, State::not_text);
  EXPECT_EQ(reading.fields[4].state, State::too_long);
}

TEST(ConfigSecrets, AreThoseOfTheListThatWasGiven) {
  const auto fields =
      ConfigFields::from_matrix(R"({"entries":[{"configFile":"openclaw.json","path":"later.*.secret"}]})");
  const auto reading = read_config_secrets("{gateway:{auth:{token:'t'}},later:{x:{secret:'test-later'}}}", fields);
  EXPECT_THAT(secrets_of(reading), ElementsAre(Pair("later.x.secret", "test-later")));
}

TEST(ConfigSecrets, AreLeftOutWhereNoPathLeads) {
  for (const std::string& name :
       {std::string("__proto__"), std::string("constructor"), std::string("a\\nb"), std::string(1025, 'x')}) {
    const auto reading = read_config_secrets("{models:{providers:{'" + name + "':{apiKey:'sk-test-canary'}}}}");
    EXPECT_THAT(reading.fields, IsEmpty()) << name;
    EXPECT_THAT(rejected(reading.warnings), ElementsAre("config_path apiKey"));
  }
  EXPECT_THAT(read_config_secrets("{models:{providers:{'':{apiKey:'sk-test'}}}}").fields, IsEmpty());
}

TEST(ConfigSecrets, PassOverWhatHasAnotherShape) {
  for (const char* text : {"{}", "{channels:[]}", "{gateway:'x'}", "{gateway:{auth:['t']}}", "{models:{providers:7}}",
                           "{env:[]}", "{env:{vars:'x'}}", "{skills:{entries:[{env:{A:'x'}}]}}",
                           "{unknown:{token:'x'}}", "{skills:{entries:{w:{env:'x'}}}}"}) {
    const auto reading = read_config_secrets(text);
    EXPECT_TRUE(reading.fields.empty() && reading.warnings.empty()) << text;
    EXPECT_THAT(reading.variables, SizeIs(std::string_view(text) == "{env:{vars:'x'}}" ? 1U : 0U)) << text;
  }
}

TEST(ConfigSecrets, NeedAnObjectOfJson5) {  // K05
  for (const char* text : {"", "[]", "7", "{gateway:", "{a:1,a:2}"}) {
    EXPECT_THAT(refusal([&] { read_config_secrets(text); }), Not(IsEmpty())) << text;
  }
}

TEST(ConfigSecrets, AreReadToTheDepthThatJsonHas) {
  const auto nested = [](int levels) {
    std::string text = "{gateway:{auth:{token:'test'}},x:";
    for (int i = 1; i < levels; ++i) text += "{x:";
    return text + "1" + std::string(std::size_t(levels), '}');
  };
  EXPECT_THAT(secrets_of(read_config_secrets(nested(64))), SizeIs(1));
  EXPECT_THAT(refusal([&] { read_config_secrets(nested(65)); }), HasSubstr("64"));
}

TEST(ConfigSecrets, AreNoMoreThanAConfigurationCanHave) {
  std::string text = "{models:{providers:{p:{headers:{";
  for (int i = 0; i <= 1 << 16; ++i) text += "h" + std::to_string(i) + ":'x',";
  EXPECT_THAT(refusal([&] { read_config_secrets(text + "}}}}}"); }), HasSubstr("65536"));
}

TEST(ConfigSecrets, AreNotLookedForInIncludedFiles) {
  const auto reading = read_config_secrets(
      "{$include:'./base.json5',channels:{$include:['a','b'],telegram:{botToken:'1:test'}},"
      "agents:{list:[{$include:'c'}]}}");
  EXPECT_THAT(noted(reading.warnings), ElementsAre("config_include $include"));
  EXPECT_THAT(
      reading.warnings[0].text,
      HasSubstr(
          "'./base.json5' at its top, 'a' 'b' in 'channels', 'c' in 'agents.list.0': what they hold was not read"));
  EXPECT_THAT(secrets_of(reading), SizeIs(1));
}

TEST(ConfigVariables, ComeInTheOrderOfTheirRank) {
  const auto reading = read_config_secrets(
      "{skills:{entries:{s:{env:{A:'skill'}}}},env:{vars:{A:'vars',B:' v '},shellEnv:{enabled:true},A:'direct'}}");
  EXPECT_THAT(variables_of(reading),
              ElementsAre("env.A=direct", "env.vars.A=vars", "env.vars.B= v ", "skills.entries.s.env.A=skill skill"));
}

TEST(ConfigVariables, AreTakenOnlyWhenTheyHaveAValueOfTheirOwn) {
  const auto reading = read_config_secrets(
      "{env:{vars:{BLANK:' ',NOTHING:null,FILLED:'${OTHER}',PART:'x-${OTHER}',SHORT:'$OTHER',NUMBER:7,LIST:['x'],"
      "'NO-NAME':'test-canary','':'x',MASKED:'[REDACTED]'}}}");
  EXPECT_THAT(reading.variables, IsEmpty());
  EXPECT_THAT(rejected(reading.warnings),
              ElementsAre("config_variable NUMBER", "config_variable LIST", "config_variable NO-NAME",
                          "config_variable ", "config_variable MASKED"));
  for (const auto& warning : reading.warnings) EXPECT_THAT(warning.text, Not(HasSubstr("canary")));
}

}  // namespace
}  // namespace formats::test
