// SPDX-License-Identifier: Apache-2.0
// D12, E06, E07, E08: questions on a real terminal, and every way out of them.
#include "cli/terminal/prompt.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"
#include "tests/cli/terminal/pty_session.h"
#include "tests/support/child.h"
#include "tests/support/throws.h"

namespace {

using cli::Environment;
using cli::GlobalFlags;
using cli::Terminal;
using cli::testing::error_of;
using cli::testing::PtySession;
using testing::HasSubstr;
using testing::Not;

const cli::Unattended kUnattended = {vault::ErrorCode::key_needed, "nobody to ask", "use --passphrase-file"};

// A process that asks, then shows the answer's length; its exit status is the error's.
int asking(const std::function<std::size_t(const Terminal&)>& question) {
  const auto environment = Environment::containing({{"TERM", "xterm"}});
  const GlobalFlags flags;
  const Terminal terminal(environment, flags);
  try {
    const std::size_t length = question(terminal);
    terminal.note("length " + std::to_string(length) + ".");
    return 0;
  } catch (const vault::Error& error) {
    return static_cast<int>(cli::exit_code_for(error.code()));
  }
}

int ask_secret() {
  return asking([](const Terminal& terminal) { return terminal.ask_secret("Secret: ", kUnattended).size(); });
}

TEST(AskSecret, ShowsNothingOfWhatIsTyped) {
  PtySession session(ask_secret);
  ASSERT_TRUE(session.shows("Secret: "));
  EXPECT_FALSE(session.echo_is_on());
  session.type("sk-test-canary\r");
  ASSERT_TRUE(session.shows("length 14."));
  EXPECT_EQ(session.wait(), 0);
  EXPECT_THAT(session.screen(), Not(HasSubstr("canary")));
  EXPECT_TRUE(session.echo_is_on());
}

// The kernel's own line editing would stop at 4095 bytes.
TEST(AskSecret, TakesALongPasteWhole) {
  PtySession session(ask_secret);
  ASSERT_TRUE(session.shows("Secret: "));
  for (int i = 0; i < 20; ++i) session.type(std::string(1000, 'k'));
  session.type("\r");
  EXPECT_TRUE(session.shows("length 20000."));
}

TEST(AskSecret, TakesTheMarkersOffABracketedPaste) {
  PtySession session(ask_secret);
  ASSERT_TRUE(session.shows("Secret: "));
  session.type("\x1b[200~12345678\x1b[201~\r");
  EXPECT_TRUE(session.shows("length 8."));
}

TEST(AskSecret, ThrowsTheRestOfAPasteAway) {
  PtySession session([] {
    const int status = ask_secret();
    // What a shell would read and run after us.
    ::fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
    char letter = 0;
    return ::read(STDIN_FILENO, &letter, 1) > 0 ? 1 : status;
  });
  ASSERT_TRUE(session.shows("Secret: "));
  // More than one read takes, so that the rest still lies in the terminal when the line has ended.
  session.type("first\r" + std::string(2000, 'x') + "\r");
  EXPECT_EQ(session.wait(), 0);
}

TEST(AskSecret, RestoresEchoAfterControlC) {
  PtySession session(ask_secret);
  ASSERT_TRUE(session.shows("Secret: "));
  session.type("abc\x03");
  EXPECT_EQ(session.wait(), 130);
  EXPECT_TRUE(session.echo_is_on());
}

TEST(AskSecret, RestoresEchoAfterEverySignalThatEnds) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    PtySession session(ask_secret);
    ASSERT_TRUE(session.shows("Secret: "));
    session.signal(signal);
    EXPECT_EQ(session.wait(), 130) << signal;
    EXPECT_TRUE(session.echo_is_on()) << signal;
  }
}

TEST(AskSecret, IsCancelledByControlDOnAnEmptyLine) {
  PtySession session(ask_secret);
  ASSERT_TRUE(session.shows("Secret: "));
  session.type("\x04");
  EXPECT_EQ(session.wait(), 130);
  EXPECT_TRUE(session.echo_is_on());
}

TEST(AskSecret, RestoresEchoWhileStoppedAndAsksAgain) {
  PtySession session(ask_secret);
  ASSERT_TRUE(session.shows("Secret: "));
  session.type("lost");
  session.type("\x1a");
  ASSERT_TRUE(session.stopped());
  EXPECT_TRUE(session.echo_is_on());
  session.signal(SIGCONT);
  ASSERT_TRUE(session.shows("Secret: Secret: "));
  EXPECT_FALSE(session.echo_is_on());
  session.type("-kept\r");
  EXPECT_TRUE(session.shows("length "));
  EXPECT_EQ(session.wait(), 0);
  EXPECT_TRUE(session.echo_is_on());
}

TEST(AskSecret, EndsWhenTheTerminalGoesAway) {
  PtySession session(ask_secret);
  ASSERT_TRUE(session.shows("Secret: "));
  session.hang_up();
  EXPECT_EQ(session.wait(), 130);
}

TEST(AskSecret, LeavesAnIgnoredHangUpIgnored) {
  PtySession session([] {
    ::signal(SIGHUP, SIG_IGN);
    return ask_secret();
  });
  ASSERT_TRUE(session.shows("Secret: "));
  session.signal(SIGHUP);
  session.type("abc\r");
  EXPECT_TRUE(session.shows("length 3."));
}

// E02
TEST(AskSecret, MakesForeignTextInThePromptSafe) {
  PtySession session([] {
    return asking([](const Terminal& terminal) { return terminal.ask_secret("For a\x1b[2Jb: ", kUnattended).size(); });
  });
  EXPECT_TRUE(session.shows("For a\\x1b[2Jb: "));
}

TEST(AskLine, ShowsWhatIsTypedAndTakesIt) {
  PtySession session(
      [] { return asking([](const Terminal& terminal) { return terminal.ask_line("Name: ", kUnattended).size(); }); });
  ASSERT_TRUE(session.shows("Name: "));
  session.type("Ada\r");
  EXPECT_TRUE(session.shows("length 3."));
  EXPECT_THAT(session.screen(), HasSubstr("Ada"));
}

TEST(AskLine, IsCancelledByControlCAndControlD) {
  for (const auto* const keys : {"\x03", "\x04"}) {
    PtySession session([] {
      return asking([](const Terminal& terminal) { return terminal.ask_line("Name: ", kUnattended).size(); });
    });
    ASSERT_TRUE(session.shows("Name: "));
    session.type(keys);
    EXPECT_EQ(session.wait(), 130);
  }
}

TEST(ConfirmByTyping, WantsTheVeryWord) {
  for (const auto& [typed, length] : {std::pair{"anthropic:work\r", "length 1."}, std::pair{"yes\r", "length 0."}}) {
    PtySession session([] {
      return asking([](const Terminal& terminal) {
        return terminal.confirm_by_typing("anthropic:work", "Type the id: ", kUnattended) ? 1U : 0U;
      });
    });
    ASSERT_TRUE(session.shows("Type the id: "));
    session.type(typed);
    EXPECT_TRUE(session.shows(length));
  }
}

TEST(Unattended, FailsAtOnceWithoutATerminal) {
  const auto finished = cli::testing::in_child(ask_secret);
  EXPECT_EQ(finished.status, 69);
}

TEST(Unattended, FailsAtOnceWithNoInput) {
  PtySession session([] {
    const auto environment = Environment::containing({});
    GlobalFlags flags;
    flags.no_input = true;
    const auto error = error_of([&] { Terminal(environment, flags).ask_line("Name: ", kUnattended); });
    return error.hint().words() == kUnattended.hint ? static_cast<int>(cli::exit_code_for(error.code())) : 1;
  });
  EXPECT_EQ(session.wait(), 69);
}

TEST(HiddenTypingRefusal, HappensWhereEchoCannotBeTurnedOff) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  EXPECT_EQ(error_of([&] { const cli::HiddenTyping hidden(ends[0]); }).code(), vault::ErrorCode::io);
  const cli::TerminalEnds no_terminal{vault::Descriptor(ends[0]), vault::Descriptor(ends[1])};
  EXPECT_EQ(error_of([&] { cli::read_hidden_line(no_terminal, "Secret: "); }).code(), vault::ErrorCode::io);
}

TEST(TerminalLook, FollowsTheEnvironment) {
  const GlobalFlags flags;
  const auto width = [&](std::map<std::string, std::string> variables) {
    const auto environment = Environment::containing(std::move(variables));
    return Terminal(environment, flags).width();
  };
  EXPECT_EQ(width({{"COLUMNS", "132"}, {"TERM", "xterm"}}), 132U);
  EXPECT_EQ(width({{"COLUMNS", "3"}, {"TERM", "xterm"}}), 20U);
  const auto glyphs = [&](const std::string& locale) {
    const auto environment = Environment::containing({{"LANG", locale}, {"TERM", "xterm"}});
    return Terminal(environment, flags).glyphs();
  };
  EXPECT_EQ(glyphs("de_DE.UTF-8"), cli::Glyphs::unicode);
  EXPECT_EQ(glyphs("C.utf8"), cli::Glyphs::unicode);
  EXPECT_EQ(glyphs("de_DE.ISO-8859-1"), cli::Glyphs::ascii);
  EXPECT_EQ(glyphs("C"), cli::Glyphs::ascii);
}

// E12
TEST(TerminalLook, IsColouredOnlyOnACapableTerminalThatWantsIt) {
  const auto coloured = [](std::map<std::string, std::string> variables) {
    PtySession session([&] {
      const auto environment = Environment::containing(variables);
      const GlobalFlags flags;
      return Terminal(environment, flags).colour(cli::Stream::out) == cli::Colour::on ? 1 : 0;
    });
    return session.wait() == 1;
  };
  EXPECT_TRUE(coloured({{"TERM", "xterm"}, {"LANG", "C"}}));
  EXPECT_FALSE(coloured({{"TERM", "xterm"}, {"NO_COLOR", "1"}}));
  EXPECT_FALSE(coloured({{"TERM", "dumb"}, {"LANG", "C"}}));
  EXPECT_FALSE(coloured({}));
}

}  // namespace
