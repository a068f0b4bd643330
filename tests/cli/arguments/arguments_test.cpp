// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/arguments/provider_choice.h"
#include "tests/support/throws.h"

namespace {

using cli::Arguments;
using cli::testing::error_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using vault::ErrorCode;

constexpr const char* kSecret = "sk-ant-test-canary-0123456789";

// One of everything.
struct Declared {
  explicit Declared(std::vector<std::string> words) : arguments("add", "add a profile", std::move(words)) {
    arguments.positional("PROFILE-ID", id, "the profile");
    arguments.positional("NOTE", note, "a note");
    arguments.option("--provider", "P", &provider, "its provider");
    arguments.option("--only", "P", &only, "only these");
    arguments.option("--limit", "N", &limit, "how many");
    arguments.choice("--type", "KIND", {"api_key", "token"}, &type, "its kind");
    arguments.flag("--yes", yes, "do not ask");
  }
  Arguments arguments;
  std::string id;
  std::optional<std::string> note;
  std::optional<std::string> provider;
  std::vector<std::string> only;
  std::int64_t limit = 10;
  std::optional<std::string> type;
  bool yes = false;
};

vault::Error refusal_of(std::vector<std::string> words) {
  Declared declared(std::move(words));
  return error_of([&] { declared.arguments.parse(); });
}

TEST(Arguments, FillWhatWasDeclaredInBothSpellings) {
  Declared declared({"--provider", "openai", "work", "--type=token", "--limit=3", "--yes"});
  declared.arguments.parse();
  EXPECT_EQ(declared.id, "work");
  EXPECT_EQ(declared.note, std::nullopt);
  EXPECT_EQ(declared.provider, "openai");
  EXPECT_EQ(declared.type, "token");
  EXPECT_EQ(declared.limit, 3);
  EXPECT_TRUE(declared.yes);
}

// K05: what an unset variable in a script leaves behind is no path, and no bug of ours.
TEST(Arguments, RefuseAnEmptyPathAndNameItsOption) {
  for (const auto& [name, value] : {std::pair{"--output", "FILE"}, {"--state-dir", "DIR"}}) {
    std::optional<std::string> path;
    Arguments arguments("export", "writes", {name, ""});
    arguments.option(name, value, &path, "where to");
    const auto refusal = error_of([&] { arguments.parse(); });
    EXPECT_EQ(refusal.code(), ErrorCode::usage);
    EXPECT_STREQ(refusal.what(), (std::string(name) + " is empty").c_str());
  }
}

TEST(Arguments, KeepDefaultsOfWhatWasNotGiven) {
  Declared declared({"work"});
  declared.arguments.parse();
  EXPECT_EQ(declared.limit, 10);
  EXPECT_EQ(declared.provider, std::nullopt);
  EXPECT_FALSE(declared.yes);
  EXPECT_FALSE(declared.arguments.given("--limit"));
  EXPECT_TRUE(declared.arguments.given("PROFILE-ID"));
}

TEST(Arguments, KnowTheShortFormsOfTheGlobalFlags) {
  std::string id;
  Arguments arguments("show", "", {"-j", "work", "-q", "-a", "ops"});
  arguments.positional("ID", id, "").parse();
  EXPECT_TRUE(arguments.global().json && arguments.global().quiet);
  EXPECT_EQ(arguments.global().agent, "ops");
  EXPECT_TRUE(arguments.given("--json"));
}

TEST(Arguments, KnowTheGlobalFlags) {
  Declared declared(
      {"--vault", "/v/vault.db", "work", "--json", "--quiet", "--no-input", "--agent=ops", "--passphrase-fd", "7"});
  declared.arguments.parse();
  const auto& global = declared.arguments.global();
  EXPECT_EQ(global.vault, "/v/vault.db");
  EXPECT_EQ(global.agent, "ops");
  EXPECT_EQ(global.passphrase_fd, 7);
  EXPECT_TRUE(global.json && global.quiet && global.no_input);
  EXPECT_EQ(global.key_file, std::nullopt);
}

TEST(Arguments, TakeAnEmptyValueBehindTheEqualsSignAsEmpty) {
  Declared declared({"--provider=", "work"});
  declared.arguments.parse();
  EXPECT_EQ(declared.provider, "");
  EXPECT_EQ(declared.id, "work");
}

TEST(Arguments, KeepValuesThatLookLikeListsWhole) {
  Declared declared({"[a,b]", "--only", "[c,d]", "--only=%%", "--only", "e,f", "--provider={}"});
  declared.arguments.parse();
  EXPECT_EQ(declared.id, "[a,b]");
  EXPECT_THAT(declared.only, ElementsAre("[c,d]", "%%", "e,f"));
  EXPECT_EQ(declared.provider, "{}");
}

// C11
TEST(Arguments, TakeDashedWordsBehindTheDoubleDashAsData) {
  Declared declared({"--yes", "--", "-rf", "--help"});
  declared.arguments.parse();
  EXPECT_EQ(declared.id, "-rf");
  EXPECT_EQ(declared.note, "--help");
}

TEST(Arguments, TakeALoneDashAsAnArgument) {
  Declared declared({"-"});
  declared.arguments.parse();
  EXPECT_EQ(declared.id, "-");
}

TEST(Arguments, TakeAValueThatBeginsWithADash) {
  Declared declared({"work", "--provider", "-5", "--type=token"});
  declared.arguments.parse();
  EXPECT_EQ(declared.provider, "-5");
}

TEST(Arguments, NameTheMissingArgument) {
  const auto error = refusal_of({"--yes"});
  EXPECT_EQ(error.code(), ErrorCode::usage);
  EXPECT_STREQ(error.what(), "missing PROFILE-ID");
}

TEST(Arguments, NameTheMissingOption) {
  std::string provider;
  Arguments arguments("which", "explain", {});
  arguments.option("--provider", "P", &provider, "the provider");
  EXPECT_STREQ(error_of([&] { arguments.parse(); }).what(), "missing --provider P");
}

TEST(Arguments, SuggestTheOptionThatWasMeant) {
  const auto error = refusal_of({"work", "--provder", "openai"});
  EXPECT_EQ(error.code(), ErrorCode::usage);
  EXPECT_STREQ(error.what(), "unknown option --provder");
  EXPECT_EQ(error.hint().words(), "did you mean --provider?");
}

TEST(Arguments, SayThatASecretTypedAfterAnUnknownOptionIsInTheHistoryNow) {
  for (const auto* const name : {"--key", "--token", "--secret", "--password", "--api-key"}) {
    for (const auto& words : {std::vector<std::string>{"work", name, kSecret},
                              std::vector<std::string>{"work", std::string(name) + "=" + kSecret}}) {
      const auto error = refusal_of(words);
      EXPECT_EQ(error.code(), ErrorCode::usage);
      EXPECT_THAT(error.what(), HasSubstr("is in the shell's history now"));
      EXPECT_THAT(error.what(), HasSubstr(name));
      EXPECT_THAT(std::string(error.what()) + error.hint().words(), Not(HasSubstr("canary")));
    }
  }
  EXPECT_STREQ(refusal_of({"work", "--token"}).what(), "unknown option --token");
  EXPECT_STREQ(refusal_of({"work", "--token", "--yes"}).what(), "unknown option --token");
}

TEST(Arguments, RefuseAnOptionWithoutItsValue) {
  EXPECT_STREQ(refusal_of({"work", "--provider"}).what(), "--provider needs a value");
  EXPECT_STREQ(refusal_of({"work", "--provider", "--yes"}).what(), "--provider needs a value, but --yes follows");
}

TEST(Arguments, RefuseAFlagWithAValue) {
  EXPECT_STREQ(refusal_of({"work", "--yes=no"}).what(), "--yes takes no value");
  EXPECT_STREQ(refusal_of({"work", "--yes=false"}).what(), "--yes takes no value");
}

TEST(Arguments, RefuseASingleOptionGivenTwice) {
  EXPECT_STREQ(refusal_of({"work", "--provider", "a", "--provider", "b"}).what(), "--provider is given twice");
}

TEST(Arguments, ListTheWordsOfAChoice) {
  const auto error = refusal_of({"work", "--type", kSecret});
  EXPECT_STREQ(error.what(), "--type takes one of: api_key, token");
}

TEST(Arguments, RefuseNumbersThatAreNone) {
  for (const auto* const text : {"x", "-1", "1.5", "", "99999999999999999999", "3 "}) {
    EXPECT_STREQ(refusal_of({"work", "--limit=" + std::string(text)}).what(), "--limit needs a whole number, 0 or more")
        << text;
  }
}

TEST(Arguments, RefuseTwoWaysOfUnlocking) {
  const auto error = refusal_of({"work", "--key-file", "a", "--passphrase-fd", "3"});
  EXPECT_STREQ(error.what(), "--key-file and --passphrase-fd are two ways of unlocking");
}

TEST(Arguments, RefuseMoreThanTheyTake) {
  EXPECT_STREQ(refusal_of({"a", "b", "c"}).what(), "too many arguments: 'add' takes PROFILE-ID NOTE");
}

TEST(Arguments, RepeatNoValueInAnyRefusal) {
  const std::vector<std::vector<std::string>> lines = {
      {"work", "note", kSecret},
      {"work", "--type", kSecret},
      {"work", "--limit", kSecret},
      {"work", std::string("--apikey=") + kSecret},
      {"work", std::string("--") + kSecret},
      {"work", std::string("-") + kSecret},
      {"work", std::string("--yes=") + kSecret},
      {"work", "--provider", kSecret, "--provider", kSecret},
      {"work", "--key-file", kSecret, "--token-file", kSecret},
      {"--provider", kSecret},
  };
  for (const auto& line : lines) {
    const auto error = refusal_of(line);
    EXPECT_EQ(error.code(), ErrorCode::usage);
    EXPECT_THAT(error.what(), Not(HasSubstr("canary")));
    EXPECT_THAT(error.hint().words(), Not(HasSubstr("canary")));
  }
}

// D01
TEST(Arguments, SayWhereASecretGoesInsteadOfTheCommandLine) {
  std::string id;
  bool from_stdin = false;
  Arguments arguments("add", "add a profile", {"work", kSecret});
  arguments.positional("PROFILE-ID", id, "the profile").flag("--stdin", from_stdin, "read the secret from stdin");
  EXPECT_THAT(error_of([&] { arguments.parse(); }).hint().words(), HasSubstr("--stdin"));
}

TEST(Arguments, HandTheRestOverVerbatim) {
  std::vector<std::string> child;
  bool quiet = false;
  Arguments arguments("run", "run a program", {"--verbose", "--", "env", "--json", "--", "-x"});
  arguments.flag("--verbose", quiet, "more words").rest("PROGRAM", child, "what to run");
  arguments.parse();
  EXPECT_THAT(child, ElementsAre("env", "--json", "--", "-x"));
  EXPECT_FALSE(arguments.global().json);
}

TEST(Arguments, RequireARestAndSayHowToWriteIt) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{}, {"--"}, {"env"}}) {
    std::vector<std::string> child;
    Arguments arguments("run", "run a program", words);
    arguments.rest("PROGRAM", child, "what to run");
    EXPECT_EQ(error_of([&] { arguments.parse(); }).hint().words(), "put the program and its arguments after --");
  }
}

TEST(Arguments, GiveAVectorAllThatIsLeft) {
  std::string provider;
  std::vector<std::string> ids;
  Arguments arguments("order set", "set the order", {"anthropic", "a", "b", "a"});
  arguments.positional("PROVIDER", provider, "").positional("PROFILE-ID", ids, "");
  arguments.parse();
  EXPECT_EQ(provider, "anthropic");
  EXPECT_THAT(ids, ElementsAre("a", "b", "a"));
}

TEST(Arguments, NoticeThatHelpIsAskedForAmongWrongWords) {
  EXPECT_TRUE(Declared({"--nonsense", "a", "b", "c", "--help"}).arguments.ask_for_help());
  EXPECT_TRUE(Declared({"-h"}).arguments.ask_for_help());
  EXPECT_FALSE(Declared({"work", "--", "--help"}).arguments.ask_for_help());
}

TEST(Arguments, DescribeWithoutParsing) {
  std::string id;
  Arguments arguments("get", "print one secret");
  arguments.about("Prints it.").positional("PROFILE-ID", id, "the profile").example("claviger get work");
  const auto description = arguments.describe();
  EXPECT_EQ(description.command, "get");
  EXPECT_THAT(description.examples, ElementsAre("claviger get work"));
  ASSERT_EQ(description.parameters.size(), 1 + cli::kGlobalFlags.size());
  EXPECT_EQ(description.parameters.front().name, "PROFILE-ID");
  EXPECT_TRUE(description.parameters.front().required());
  EXPECT_TRUE(description.parameters.back().global);
}

TEST(Arguments, NeverAskWhereTheCommandSaysSo) {
  Arguments arguments("resolve", "answer");
  arguments.never_asks().parse();
  EXPECT_TRUE(arguments.global().no_input);
}

TEST(Arguments, DeclareWhatManyCommandsTakeInTheSameWords) {
  bool dry_run = false, yes = false;
  Arguments arguments("remove", "remove", {"--dry-run", "--yes"});
  arguments.dry_run(dry_run).yes(yes).parse();
  EXPECT_TRUE(dry_run);
  EXPECT_TRUE(yes);
}

TEST(ProviderChoice, TakesTheArgumentOrTheOption) {
  const auto chosen = [](std::vector<std::string> words) {
    cli::ProviderChoice choice;
    Arguments arguments("which", "explain", std::move(words));
    arguments.with(choice).parse();
    return choice.value();
  };
  EXPECT_EQ(chosen({"openai"}), "openai");
  EXPECT_EQ(chosen({"--provider", "openai"}), "openai");
  EXPECT_EQ(chosen({"openai", "--provider=openai"}), "openai");
  EXPECT_EQ(chosen({}), std::nullopt);
  EXPECT_EQ(error_of([&] { chosen({"openai", "--provider", "groq"}); }).code(), ErrorCode::usage);
  EXPECT_EQ(error_of([] { cli::ProviderChoice().required(); }).code(), ErrorCode::usage);
}

TEST(Arguments, TreatADoubleDeclarationAsABug) {
  bool json = false;
  Arguments arguments("list", "list", {});
  EXPECT_EQ(error_of([&] { arguments.flag("--json", json, "again"); }).code(), ErrorCode::internal);
  EXPECT_EQ(error_of([&] { static_cast<void>(arguments.given("--nonsense")); }).code(), ErrorCode::internal);
}

}  // namespace
