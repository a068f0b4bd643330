// SPDX-License-Identifier: Apache-2.0
#include "cli/process/masked_run.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/matching/mask_stream.h"
#include "cli/process/pseudo_terminal.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Descriptor;
using vault::Error;
using vault::ErrorCode;

constexpr std::size_t kPart = 64 * 1024, kMostTyped = 4096;
constexpr int kSilenceMs = 100;           // then what is held back is a person's typing, and what is over is over
constexpr std::size_t kMostReleased = 3;  // bytes of what may be a secret's beginning
constexpr int kPassedOn[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGCONT};

struct Pipe {
  Descriptor reading, writing;
};

Pipe open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw Error(ErrorCode::io, "the system grants no pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

// The signals come as bytes to be read, until this is destroyed.
class Signals {
 public:
  Signals() {
    ::sigset_t wanted;
    ::sigemptyset(&wanted);
    for (const int signal : kPassedOn) ::sigaddset(&wanted, signal);
    for (const int signal : {SIGCHLD, SIGWINCH}) ::sigaddset(&wanted, signal);
    ::sigprocmask(SIG_BLOCK, &wanted, &before_);
    descriptor_ = Descriptor(::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!descriptor_) throw Error(ErrorCode::io, "the system grants no descriptor for signals");
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals() { give_back(); }
  void give_back() const noexcept { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }
  int fd() const noexcept { return descriptor_.get(); }
  std::optional<signalfd_siginfo> next() const {
    signalfd_siginfo info{};
    if (::read(descriptor_.get(), &info, sizeof info) != sizeof info) return std::nullopt;
    return info;
  }

 private:
  ::sigset_t before_{};
  Descriptor descriptor_;
};

bool wait_until_writable(int fd) {
  struct pollfd watched {
    fd, POLLOUT, 0
  };
  return ::poll(&watched, 1, -1) >= 0 || errno == EINTR;
}

// 0, or what went wrong.
int write_everything(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(fd, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN ? !wait_until_writable(fd) : errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

// One stream of the program's, masked on its way to one of ours.
class Stream {
 public:
  Stream(Descriptor owned, int from, int to, const Matcher& secrets)
      : owned_(std::move(owned)), from_(from), to_(to), mask_(secrets, kMaskMarker) {}

  int fd() const noexcept { return from_; }  // -1: it is over
  bool holds_little() const noexcept { return mask_.held() > 0 && mask_.held() <= kMostReleased; }
  int failure() const noexcept { return failure_; }
  void release() { mask_.release(sink()); }

  void pass_on(vault::SecretBytes& buffer) {
    const auto count = ::read(from_, buffer.writable().data(), buffer.size());
    if (count > 0) {
      mask_.feed(vault::text_of(buffer.reveal().first(static_cast<std::size_t>(count))), sink());
      if (failure_ != 0) close();  // the program learns it as it would have without us
    } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
      close();  // EIO: nobody has the terminal open any more
    }
  }
  void close() {
    if (from_ < 0) return;
    mask_.finish(sink());
    owned_.reset();
    from_ = -1;
  }

 private:
  MaskStream::Sink sink() {
    return [this](std::string_view bytes) {
      if (failure_ == 0) failure_ = write_everything(to_, bytes);
    };
  }

  Descriptor owned_;
  int from_, to_;
  MaskStream mask_;
  int failure_ = 0;
};

class MaskedRun {
 public:
  explicit MaskedRun(const Matcher& secrets) : secrets_(secrets), buffer_(kPart) {
    if (::isatty(STDOUT_FILENO) == 1) terminal_.emplace();
    typed_.reserve(kMostTyped);
  }

  int run(const std::vector<std::string>& words, ChildEnvironment& environment, const Environment& ours) {
    start(words, environment, ours);
    std::optional<RawInput> raw;
    if (terminal_ && ::isatty(STDIN_FILENO) == 1) raw.emplace();
    types_ = raw && raw->is_raw();
    while (!is_over()) step();
    for (auto& stream : streams_) stream.close();
    require_written();
    return *status_;
  }

 private:
  // In the child, between fork and exec: nothing may leave it but _exit.
  [[noreturn]] void become_child(const std::vector<std::string>& words, ChildEnvironment& environment,
                                 const Environment& ours, const Pipe& report, const Pipe& out, const Pipe& err) {
    signals_.give_back();
    const bool their_output = terminal_.has_value();
    const bool their_input = their_output && ::isatty(STDIN_FILENO) == 1;
    bool ready = !their_output || terminal_->take_as_controlling();
    if (their_input) ready = ready && ::dup2(terminal_->theirs(), STDIN_FILENO) >= 0;
    const bool same_errors = their_output && ::isatty(STDERR_FILENO) == 1;
    ready = ready && ::dup2(their_output ? terminal_->theirs() : out.writing.get(), STDOUT_FILENO) >= 0;
    ready = ready && ::dup2(same_errors ? terminal_->theirs() : err.writing.get(), STDERR_FILENO) >= 0;
    auto why = NotStarted::not_executable;
    if (ready) why = become(words, environment, ours);
    [[maybe_unused]] const auto told = ::write(report.writing.get(), &why, sizeof why);
    ::_exit(1);
  }

  void start(const std::vector<std::string>& words, ChildEnvironment& environment, const Environment& ours) {
    auto report = open_pipe(), out = open_pipe(), err = open_pipe();
    child_ = ::fork();
    if (child_ < 0) throw Error(ErrorCode::io, "the system starts no further process");
    if (child_ == 0) become_child(words, environment, ours, report, out, err);
    for (auto* pipe : {&report, &out, &err}) pipe->writing.reset();
    if (terminal_) terminal_->leave_it_to_the_child();
    NotStarted why{};
    if (::read(report.reading.get(), &why, sizeof why) == sizeof why) {
      ::waitpid(child_, nullptr, 0);
      throw NotStarted(why);
    }
    const int from_out = terminal_ ? terminal_->ours() : out.reading.get();
    streams_.emplace_back(std::move(out.reading), from_out, STDOUT_FILENO, secrets_);
    const int from_err = err.reading.get();
    streams_.emplace_back(std::move(err.reading), from_err, STDERR_FILENO, secrets_);
  }

  bool is_over() const {
    if (!status_) return false;
    return silent_ || (streams_[0].fd() < 0 && streams_[1].fd() < 0);
  }

  // Waits for whatever comes first. Nothing for a while lets go of what a person may be typing, and ends what is over.
  void step() {
    std::array<pollfd, 5> watched{{{signals_.fd(), POLLIN, 0},
                                   {streams_[0].fd(), POLLIN, 0},
                                   {streams_[1].fd(), POLLIN, 0},
                                   {types_ && typed_.empty() ? STDIN_FILENO : -1, POLLIN, 0},
                                   {typed_.empty() ? -1 : terminal_->ours(), POLLOUT, 0}}};
    const bool may_release = terminal_ && streams_[0].holds_little();
    const int ready = ::poll(watched.data(), watched.size(), status_ || may_release ? kSilenceMs : -1);
    if (ready == 0) return be_silent(may_release);
    if (watched[0].revents != 0) heed_signals();
    for (const std::size_t i : {0U, 1U}) {
      if (watched[i + 1].revents != 0) streams_[i].pass_on(buffer_);
    }
    if (watched[3].revents != 0) take_typed();
    if (watched[4].revents != 0) type();
  }

  void be_silent(bool may_release) {
    if (may_release) streams_[0].release();
    silent_ = status_.has_value();
  }

  void heed_signals() {
    while (const auto info = signals_.next()) {
      const int signal = static_cast<int>(info->ssi_signo);
      if (signal == SIGWINCH) {
        if (terminal_) terminal_->follow_window_size();
      } else if (signal == SIGCHLD) {
        int status = 0;
        if (!status_ && ::waitpid(child_, &status, WNOHANG) == child_) status_ = status;
      } else if (!status_) {
        pass_on_signal(signal, info->ssi_code == SI_KERNEL);
      }
    }
  }

  // What was typed on our own terminal has reached the program already, unless it has a terminal of its own.
  void pass_on_signal(int signal, bool typed) const {
    if (!typed || signal == SIGHUP) {
      ::kill(child_, signal);
    } else if (terminal_) {
      terminal_->send_signal(signal);
    }
  }

  void take_typed() {
    const auto count = ::read(STDIN_FILENO, buffer_.writable().data(), kMostTyped);
    if (count > 0)
      typed_.assign(reinterpret_cast<const char*>(buffer_.reveal().data()), static_cast<std::size_t>(count));
    if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN)) types_ = false;
    if (!typed_.empty()) type();
  }

  void type() {
    const auto written = ::write(terminal_->ours(), typed_.data(), typed_.size());
    if (written > 0) typed_.erase(0, static_cast<std::size_t>(written));
    if (written < 0 && errno != EAGAIN && errno != EINTR) typed_.clear();
  }

  void require_written() const {
    for (const auto& stream : streams_) {
      const bool readers_went_away = stream.failure() == 0 || stream.failure() == EPIPE;
      if (readers_went_away || *status_ != 0) continue;
      throw Error(ErrorCode::io, "what the program wrote could not be passed on in full");
    }
  }

  const Matcher& secrets_;
  vault::SecretBytes buffer_;
  Signals signals_;
  std::optional<PseudoTerminal> terminal_;
  std::vector<Stream> streams_;  // its stdout, its stderr
  pid_t child_ = -1;
  std::optional<int> status_;  // once it has ended
  bool silent_ = false;        // for a while, behind its end
  bool types_ = false;         // our keys are its keys
  std::basic_string<char, std::char_traits<char>, vault::WipingAllocator<char>> typed_;
};

}  // namespace

int run_masked(const std::vector<std::string>& words, ChildEnvironment& environment, const Environment& ours,
               const Matcher& secrets) {
  return MaskedRun(secrets).run(words, environment, ours);
}

void end_like(int status) {
  if (WIFSIGNALED(status)) {
    ::signal(WTERMSIG(status), SIG_DFL);
    ::sigset_t one;
    ::sigemptyset(&one);
    ::sigaddset(&one, WTERMSIG(status));
    ::sigprocmask(SIG_UNBLOCK, &one, nullptr);
    ::kill(::getpid(), WTERMSIG(status));
    ::_exit(128 + WTERMSIG(status));
  }
  ::_exit(WEXITSTATUS(status));
}

}  // namespace cli
