// SPDX-License-Identifier: Apache-2.0
#include "cli/process/bounded_run.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vault/base/error.h"
#include "vault/base/file.h"

namespace cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using vault::Descriptor;
using vault::Error;
using vault::ErrorCode;

constexpr int kNotStarted = 127;
// It is written before anybody reads: a pipe holds 64 KiB, and up to 1 MiB where it is told to.
constexpr std::size_t kUsualInput = 32 * 1024, kMostInput = 1024 * 1024;
constexpr milliseconds kBetweenLooks{20};
constexpr milliseconds kForTheRest{500};  // after its end, for what is still in the pipes

struct Pipe {
  Descriptor reading;
  Descriptor writing;
};

Pipe open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw Error(ErrorCode::io, "the system grants no pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Descriptor input_of(std::string_view input) {
  if (input.empty()) return Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  auto pipe = open_pipe();
  const bool fits = input.size() <= kUsualInput ||
                    (input.size() <= kMostInput && ::fcntl(pipe.writing.get(), F_SETPIPE_SZ, int(kMostInput)) > 0);
  if (!fits) throw Error(ErrorCode::io, "the input for the other program is more than a pipe holds");
  vault::write_all(pipe.writing.get(), input);
  return std::move(pipe.reading);
}

// One bounded stream. Reads what is there without waiting.
class Stream {
 public:
  Stream(Descriptor fd, std::size_t most) : fd_(std::move(fd)), most_(most) { ::fcntl(fd_.get(), F_SETFL, O_NONBLOCK); }

  template <class Take>
  void read(Take&& take) {
    std::array<char, 16 * 1024> part;
    while (fd_) {
      const auto count = ::read(fd_.get(), part.data(), part.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0 && errno == EAGAIN) return;
      if (count <= 0) return fd_.reset();  // nothing of it in `part`
      const auto fits = std::min(static_cast<std::size_t>(count), most_ - taken_);
      take(std::string_view(part.data(), fits));
      vault::wipe(part.data(), part.size());
      taken_ += fits;
      too_much_ = too_much_ || fits < static_cast<std::size_t>(count);
      if (count == static_cast<ssize_t>(part.size())) return;  // there may be more without end: others want their turn
    }
  }
  bool is_open() const noexcept { return static_cast<bool>(fd_); }
  bool too_much() const noexcept { return too_much_; }
  int fd() const noexcept { return fd_.get(); }

 private:
  Descriptor fd_;
  std::size_t most_;
  std::size_t taken_ = 0;
  bool too_much_ = false;
};

class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { end(); }

  // Not reaped yet: as long as it is a zombie, its number and its group's belong to nobody else.
  bool has_ended() const {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0;
  }
  // Ends the group, the child with it. Its status, once.
  int end() {
    if (pid_ == 0) return 0;
    ::kill(-pid_, SIGKILL);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t pid_;
};

void wait_for(const Stream& output, const Stream& words) {
  std::array<pollfd, 2> watched{{{output.fd(), POLLIN, 0}, {words.fd(), POLLIN, 0}}};
  if (!output.is_open()) watched[0].fd = -1;
  if (!words.is_open()) watched[1].fd = -1;
  ::poll(watched.data(), watched.size(), static_cast<int>(kBetweenLooks.count()));
}

RunAnswer listen(Child& child, Stream output, Stream words, const RunLimits& limits) {
  RunAnswer answer;
  auto until = steady_clock::now() + limits.time;
  bool ended = false;
  while (output.is_open() || words.is_open() || !ended) {
    wait_for(output, words);
    output.read([&](std::string_view part) { answer.output += part; });
    words.read([&](std::string_view part) {
      if (limits.words == Words::passed_on) [[maybe_unused]]
        const auto written = ::write(STDERR_FILENO, part.data(), part.size());
      if (limits.words == Words::kept) answer.words += part;
    });
    if (output.too_much()) {
      answer.end = RunEnd::too_much_output;
      break;
    }
    if (!ended && child.has_ended()) {
      ended = true;
      until = steady_clock::now() + kForTheRest;
    }
    if (steady_clock::now() < until) continue;
    if (!ended) answer.end = RunEnd::out_of_time;
    break;
  }
  answer.status = child.end();
  return answer;
}

}  // namespace

RunAnswer run_bounded(const std::vector<std::string>& words, ChildEnvironment& environment, const Environment& ours,
                      std::string_view input, const RunLimits& limits) {
  const auto in = input_of(input);
  auto out = open_pipe();
  auto err = open_pipe();
  const pid_t pid = ::fork();
  if (pid < 0) throw Error(ErrorCode::io, "the system starts no further process");
  if (pid == 0) {
    // Nothing may leave this branch: it is a second copy of the caller.
    ::setpgid(0, 0);
    const bool ready = ::dup2(in.get(), STDIN_FILENO) >= 0 && ::dup2(out.writing.get(), STDOUT_FILENO) >= 0 &&
                       ::dup2(err.writing.get(), STDERR_FILENO) >= 0;
    if (ready) become(words, environment, ours);
    ::_exit(kNotStarted);
  }
  ::setpgid(pid, pid);  // whoever is first: the group must exist before it may be ended
  Child child(pid);
  out.writing.reset();
  err.writing.reset();
  return listen(child, Stream(std::move(out.reading), limits.most_output),
                Stream(std::move(err.reading), limits.most_output), limits);
}

}  // namespace cli
