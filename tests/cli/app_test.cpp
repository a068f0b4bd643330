// SPDX-License-Identifier: Apache-2.0
#include "cli/app.h"

#include <algorithm>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <new>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/arguments/help.h"
#include "cli/process/hardening.h"
#include "tests/support/child.h"

namespace cli {

// The test program's own; the product's is beside its commands.
class Context : public Surroundings {
 public:
  explicit Context(const Surroundings& all) : Surroundings(all) {}
};

}  // namespace cli

namespace {

using cli::Action;
using cli::Arguments;
using cli::Command;
using cli::Context;
using cli::ExitCode;
using cli::testing::Finished;
using cli::testing::in_child;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

struct Greet final : Action {
  std::string name;
  bool loud = false;

  void declare(Arguments& arguments) override {
    arguments.about("Greets somebody.")
        .positional("NAME", name, "who is greeted")
        .flag("--loud", loud, "greet so that everybody hears it")
        .example("claviger greet Ada");
  }
  ExitCode run(Context& context) override {
    context.out().write("hello " + name + (loud ? "!\n" : "\n"));
    context.terminal().note("greeted");
    return ExitCode::done;
  }
};

// Fails in the way that its argument names, after having written something.
struct Fail : Action {
  std::string how;

  void declare(Arguments& arguments) override { arguments.positional("HOW", how, "how to fail"); }
  ExitCode run(Context& context) override {
    context.out().write("half of the data");
    if (how == "ours")
      throw vault::Error(vault::ErrorCode::damaged_record, "it is broken\nreally \x1b[31mbroken", "mend it");
    if (how == "memory") throw std::bad_alloc();
    if (how == "foreign") throw std::runtime_error("sk-test-canary");
    throw 42;  // NOLINT: not even an exception
  }
};

struct FailLikeRun final : Fail {
  ExitCode failed(ExitCode) const override { return ExitCode::run_failed; }
};

struct OrderSet final : Action {
  void declare(Arguments&) override {}
  ExitCode run(Context&) override { return ExitCode::expiring; }
};

struct Flood final : Action {
  void declare(Arguments&) override {}
  ExitCode run(Context& context) override {
    for (int i = 0; i < 100; ++i) context.out().write(std::string(4096, 'x'));
    return ExitCode::done;
  }
};

template <typename T>
std::unique_ptr<Action> make() {
  return std::make_unique<T>();
}

constexpr Command kCommands[] = {
    {"greet", "say hello", make<Greet>, cli::Group::everyday, cli::kFinds}, {"fail", "go wrong", make<Fail>},
    {"fail as run", "go wrong by numbers of its own", make<FailLikeRun>},   {"order set", "set it", make<OrderSet>},
    {"flood", "write much", make<Flood>, cli::Group::other, 0, true},       {"help", "explain", nullptr},
};

ExitCode launch(Action& action, const cli::Surroundings& surroundings) {
  Context context(surroundings);
  return action.run(context);
}

int run_app(std::vector<std::string> words) {
  words.insert(words.begin(), "claviger");
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  auto environment = cli::Environment::containing({{"TERM", "xterm"}});
  return cli::run(static_cast<int>(words.size()), argv.data(), environment, {kCommands, launch});
}

Finished app(const std::vector<std::string>& words) {
  return in_child([&] { return run_app(words); });
}

TEST(App, RunsACommandWithDataOnStdoutAndWordsOnStderr) {
  const auto finished = app({"greet", "Ada", "--loud"});
  EXPECT_EQ(finished.status, 0);
  EXPECT_EQ(finished.out, "hello Ada!\n");
  EXPECT_EQ(finished.err, "greeted\n");
}

TEST(App, IsSilentWhenAskedToBe) { EXPECT_EQ(app({"--quiet", "greet", "Ada"}).err, ""); }

TEST(App, ReturnsWhatTheCommandReturns) { EXPECT_EQ(app({"order", "set"}).status, 2); }

TEST(App, TurnsOurErrorsIntoThreeSafeLines) {
  const auto finished = app({"fail", "ours"});
  EXPECT_EQ(finished.status, 72);
  EXPECT_EQ(finished.err, "claviger: it is broken\nreally \\x1b[31mbroken\nhint: mend it\n");
  EXPECT_EQ(finished.out, "");
}

TEST(App, NeverPassesOnForeignTexts) {
  const auto foreign = app({"fail", "foreign"});
  EXPECT_EQ(foreign.status, 70);
  EXPECT_THAT(foreign.err, AllOf(StartsWith("claviger: internal error\n"), Not(HasSubstr("canary"))));
  EXPECT_EQ(app({"fail", "number"}).status, 70);
}

TEST(App, TellsMissingMemoryFromABug) {
  const auto finished = app({"fail", "memory"});
  EXPECT_EQ(finished.status, 74);
  EXPECT_EQ(finished.err, "claviger: out of memory\n");
}

// T10: with --json an error is one object on stderr, whoever noticed it and however early.
TEST(App, TellsAnErrorAsOneJsonObjectWhenAskedForJson) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"fail", "ours", "--json"}, {"--json", "fail", "ours"}}) {
    const auto finished = app(words);
    EXPECT_EQ(finished.status, 72);
    EXPECT_EQ(finished.out, "");
    const auto document = nlohmann::json::parse(finished.err);
    EXPECT_EQ(document.at("schemaVersion"), 1);
    EXPECT_EQ(document.at("error").at("code"), "damaged_record");
    EXPECT_EQ(document.at("error").at("exitCode"), 72);
    EXPECT_EQ(document.at("error").at("message"), "it is broken\nreally \x1b[31mbroken");
    EXPECT_EQ(document.at("error").at("hint"), "mend it");
  }
}

TEST(App, TellsRefusedWordsAsJsonToo) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"gret", "--json"},
                                                {"greet", "--json"},
                                                {"greet", "Ada", "--lout", "--json"},
                                                {"help", "greeet", "--json"},
                                                {"order", "--json"}}) {
    const auto finished = app(words);
    EXPECT_EQ(finished.status, 64);
    const auto error = nlohmann::json::parse(finished.err).at("error");
    EXPECT_EQ(error.at("code"), "usage");
    EXPECT_EQ(error.at("exitCode"), 64);
  }
}

TEST(App, KeepsForeignTextsOutOfJsonErrors) {
  const auto finished = app({"fail", "foreign", "--json"});
  EXPECT_EQ(nlohmann::json::parse(finished.err).at("error").at("code"), "internal");
  EXPECT_THAT(finished.err, Not(HasSubstr("canary")));
}

TEST(App, LetsACommandKeepExitCodesOfItsOwn) {
  EXPECT_EQ(app({"fail", "as", "run", "ours"}).status, 125);
  EXPECT_EQ(app({"fail", "as", "run"}).status, 125);
  const auto error = nlohmann::json::parse(app({"--json", "fail", "as", "run", "ours"}).err).at("error");
  EXPECT_EQ(error.at("exitCode"), 125);
}

TEST(App, HasNoWordsBesideAJsonDocument) { EXPECT_EQ(app({"greet", "Ada", "--json"}).err, ""); }

TEST(App, SuggestsCommandsAndOptions) {
  const auto command = app({"gret"});
  EXPECT_EQ(command.status, 64);
  EXPECT_EQ(command.err, "claviger: unknown command 'gret'\nhint: did you mean `claviger greet`?\n");
  EXPECT_THAT(app({"greet", "Ada", "--lout"}).err, HasSubstr("did you mean --loud?"));
}

TEST(App, ExplainsItselfWithoutACommand) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"help"}, {"--help"}, {"-h"}, {"help", "--json"}}) {
    const auto finished = app(words);
    EXPECT_EQ(finished.status, 0);
    EXPECT_THAT(finished.out, AllOf(HasSubstr("greet"), HasSubstr("exit-codes"), HasSubstr("--passphrase-fd N")));
    EXPECT_THAT(finished.out, Not(HasSubstr("flood")));
    EXPECT_THAT(finished.err, IsEmpty());
  }
}

TEST(App, ShowsOneScreenWhenNothingIsAsked) {
  const auto finished = app({});
  EXPECT_EQ(finished.status, 0);
  EXPECT_THAT(finished.out, AllOf(HasSubstr("  Everyday "), HasSubstr("greet"), HasSubstr("`claviger help`")));
  EXPECT_LT(std::ranges::count(finished.out, '\n'), 24);
}

TEST(App, ExplainsACommandInTheSameWordsBothWays) {
  const auto by_flag = app({"greet", "--help"});
  EXPECT_EQ(by_flag.status, 0);
  EXPECT_EQ(by_flag.out,
            "claviger greet - say hello\n"
            "\n"
            "Usage: claviger greet NAME [options]\n"
            "\n"
            "Greets somebody.\n"
            "\n"
            "Arguments:\n"
            "  NAME                      who is greeted\n"
            "\n"
            "Options:\n"
            "  --loud                    greet so that everybody hears it\n"
            "\n"
            "Examples:\n"
            "  claviger greet Ada\n"
            "\n"
            "Exit codes:\n"
            "    0  done\n"
            "   64  the command line makes no sense\n"
            "   66  not found\n"
            "   74  the system refused to read or write\n"
            "\n"
            "Global options: `claviger help`. Exit codes: `claviger help exit-codes`.\n");
  EXPECT_EQ(app({"help", "greet"}).out, by_flag.out);
}

TEST(App, ExplainsAGroup) {
  const auto alone = app({"order"});
  EXPECT_EQ(alone.status, 64);
  EXPECT_EQ(alone.out, "");
  EXPECT_THAT(alone.err, HasSubstr("order set"));
  const auto asked = app({"order", "--help"});
  EXPECT_EQ(asked.status, 0);
  EXPECT_EQ(asked.out, alone.err);
  EXPECT_EQ(app({"help", "order"}).out, alone.err);
}

TEST(App, ExplainsEveryTopicWithinEightyColumns) {
  for (const auto& topic : cli::help_topics()) {
    const auto finished = app({"help", std::string(topic.name)});
    EXPECT_EQ(finished.status, 0);
    EXPECT_EQ(finished.out, topic.text);
    for (std::size_t start = 0; start < topic.text.size();) {
      const auto end = topic.text.find('\n', start);
      EXPECT_LE(end - start, 80U) << topic.text.substr(start, end - start);
      start = end + 1;
    }
  }
}

TEST(App, SaysWhenThereIsNoHelp) {
  const auto finished = app({"help", "greeet"});
  EXPECT_EQ(finished.status, 64);
  EXPECT_THAT(finished.err, HasSubstr("did you mean `claviger help greet`?"));
}

TEST(App, TellsItsVersionAndWhatItIsMadeOf) {
  EXPECT_EQ(app({"-V"}).out, app({"--version"}).out);
  EXPECT_THAT(app({"--version"}).out, testing::MatchesRegex("claviger [0-9]+\\.[0-9]+\\.[0-9]+\n"));
  const auto json = nlohmann::json::parse(app({"--version", "--json"}).out);
  EXPECT_EQ(json.at("schemaVersion"), 1);
  for (const auto* const library : {"libsodium", "sqlite", "SQLiteCpp", "nlohmann_json"}) {
    EXPECT_THAT(json.at("libraries").at(library).get<std::string>(), testing::ContainsRegex("^[0-9]+\\.[0-9]"));
  }
  EXPECT_TRUE(json.at("executable").at("stackNotExecutable").get<bool>());
  EXPECT_TRUE(json.at("process").at("coreDumpsOff").get<bool>());
  EXPECT_TRUE(json.at("process").at("notDumpable").get<bool>());
}

TEST(App, SurvivesAnEmptyArgumentVector) {
  const auto finished = in_child([] {
    char* nothing[] = {nullptr};
    auto environment = cli::Environment::containing({});
    return cli::run(0, nothing, environment, {kCommands, launch});
  });
  EXPECT_EQ(finished.status, 0);
}

TEST(App, ReportsAClosedPipeInsteadOfDying) {
  const auto finished = in_child([] {
    int ends[2];
    if (::pipe(ends) != 0) return 1;
    ::close(ends[0]);
    ::dup2(ends[1], STDOUT_FILENO);
    return run_app({"flood"});
  });
  EXPECT_EQ(finished.status, 74);
  EXPECT_THAT(finished.err, StartsWith("claviger: cannot write"));
}

TEST(App, ReportsAFullDevice) {
  const auto finished = in_child([] {
    ::dup2(::open("/dev/full", O_WRONLY), STDOUT_FILENO);
    return run_app({"greet", "Ada"});
  });
  EXPECT_EQ(finished.status, 74);
}

// D13: a file that is opened next must not take a standard descriptor's number.
TEST(HardenProcess, FillsClosedStandardDescriptors) {
  const auto finished = in_child([] {
    ::close(STDIN_FILENO);
    ::close(STDOUT_FILENO);
    cli::harden_process();
    const int next = ::open("/dev/null", O_RDONLY);
    const bool taken = ::fcntl(STDIN_FILENO, F_GETFD) != -1 && ::fcntl(STDOUT_FILENO, F_GETFD) != -1;
    return taken && next > STDERR_FILENO ? 0 : 1;
  });
  EXPECT_EQ(finished.status, 0);
}

// D05
TEST(HardenProcess, TurnsDumpsOffAndReportsThat) {
  const auto finished = in_child([] {
    ::umask(022);
    cli::harden_process();
    const auto report = cli::examine_process();
    return report.core_dumps_off && report.not_dumpable && report.umask == 077 ? 0 : 1;
  });
  EXPECT_EQ(finished.status, 0);
}

TEST(HardenProcess, GivesAChildItsFormerLimitsBack) {
  const auto finished = in_child([] {
    ::umask(022);
    struct rlimit before {};
    ::getrlimit(RLIMIT_CORE, &before);
    cli::harden_process();
    cli::restore_inherited_process();
    struct rlimit after {};
    ::getrlimit(RLIMIT_CORE, &after);
    return after.rlim_cur == before.rlim_cur && ::umask(0) == 022 ? 0 : 1;
  });
  EXPECT_EQ(finished.status, 0);
}

}  // namespace
