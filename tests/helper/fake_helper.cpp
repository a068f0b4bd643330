// SPDX-License-Identifier: Apache-2.0
// A helper program that does what its own name says: the tests copy it under the name of a behaviour.
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/base/file.h"
#include "vault/helper/frame.h"

namespace {

using namespace vault;

constexpr std::uint8_t kReport = 16;

void say(const Frame& frame) { write_all(1, text_of(encode(frame))); }
void say_hello(const std::string& version, std::uint64_t protocol = kHelperProtocol) {
  say(encode(Hello{protocol, version}));
}
void say_hello() { say_hello(std::string(helper_version())); }

[[noreturn]] void wait_for_ever() {
  for (;;) ::pause();
}

std::string open_descriptors() {
  std::string open;
  for (int fd = 0; fd < 1024; ++fd) {
    struct stat status {};
    if (::fstat(fd, &status) != 0) continue;
    const char* const kind = S_ISSOCK(status.st_mode) ? "socket" : S_ISCHR(status.st_mode) ? "device" : "other";
    open += std::to_string(fd) + ' ' + kind + '\n';
  }
  return open;
}

std::string signals() {
  sigset_t mask;
  ::sigprocmask(SIG_SETMASK, nullptr, &mask);
  std::string odd;
  for (int signal = 1; signal < 32; ++signal) {
    struct sigaction action {};
    ::sigaction(signal, nullptr, &action);
    if (action.sa_handler != SIG_DFL || ::sigismember(&mask, signal) == 1) odd += std::to_string(signal) + '\n';
  }
  return odd;
}

// environment | arguments | descriptors | signals | umask, core limit, the signal of the parent's death
void report(int argc, char** argv) {
  std::string environment, arguments;
  for (char** entry = environ; *entry != nullptr; ++entry) environment += std::string(*entry) + '\n';
  for (int i = 0; i < argc; ++i) arguments += std::string(argv[i]) + '\n';
  struct rlimit core {};
  ::getrlimit(RLIMIT_CORE, &core);
  int death = 0;
  ::prctl(PR_GET_PDEATHSIG, &death);
  FrameWriter writer(kReport);
  writer.text(environment).text(arguments).text(open_descriptors()).text(signals());
  say(writer.number(::umask(0)).number(core.rlim_max).number(static_cast<std::uint64_t>(death)).take());
}

void answer_all(int argc, char** argv) {
  FrameQueue heard;
  std::uint8_t part[4096];
  bool greeted = false;
  for (ssize_t count = 0; (count = ::read(0, part, sizeof part)) > 0;) {
    heard.append({part, static_cast<std::size_t>(count)});
    while (auto frame = heard.next()) {
      if (!std::exchange(greeted, true)) {
        say_hello();
      } else if (frame->kind == kReport) {
        report(argc, argv);
      } else {
        say(*frame);
      }
    }
  }
}

void flood() {
  say_hello();
  const auto bytes = encode(Frame{17, FrameBytes(60'000, 'x')});
  for (;;) write_all(1, text_of(bytes));
}

void flood_with_zeros() {
  for (;;) write_all(1, std::string_view("\x01\0\0\0\0", 5));
}

void leave_a_child() {
  say_hello();
  if (::fork() == 0) {
    ::alarm(30);
    wait_for_ever();
  }
}

void say_a_part(std::size_t size) {
  write_all(1, text_of(encode(encode(Hello{kHelperProtocol, std::string(helper_version())}))).substr(0, size));
}

void ignore_the_end() {
  ::signal(SIGTERM, SIG_IGN);
  ::signal(SIGHUP, SIG_IGN);
  say_hello();
  wait_for_ever();
}

int behave(std::string_view name, int argc, char** argv) {
  const auto dash = name.find('-');
  const std::string number(dash == std::string_view::npos ? "0" : name.substr(dash + 1));
  const auto what = name.substr(0, dash);
  if (what == "echo") answer_all(argc, argv);
  if (what == "silent") wait_for_ever();
  if (what == "flood") flood();
  if (what == "zeros") flood_with_zeros();
  if (what == "part") say_a_part(std::stoul(number));
  if (what == "child") leave_a_child();
  if (what == "stubborn") ignore_the_end();
  if (what == "version") say_hello("9.9.9\x1b[31m");
  if (what == "protocol") say_hello(std::string(helper_version()), 2);
  if (what == "unasked") say(Frame{17, {}});
  if (what == "long") write_all(1, "\xff\xff\xff\xff\x01");
  if (what == "exit") return std::stoi(number);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return argc == 1 ? behave(argv[0], argc, argv) : 64;
  } catch (const std::exception&) {
    return 70;
  }
}
