// SPDX-License-Identifier: Apache-2.0
#include "vault/helper/helper_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vault/helper/start_program.h"

namespace vault {
namespace {

constexpr std::size_t kMostUnread = 4 * kLongestFrame;  // bytes, of a helper that talks while nobody listens

int milliseconds_until(Deadline deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
  if (left <= 0) return 0;
  return left > 3'600'000 ? 3'600'000 : static_cast<int>(left);
}

std::array<Descriptor, 2> socket_pair() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw Error(ErrorCode::io, "the system grants no socket for a helper program");
  }
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

}  // namespace

HelperProcess::HelperProcess(const HelperProgram& program, const std::vector<std::string_view>& variables,
                             Deadline deadline) {
  auto ends = socket_pair();
  pid_ = start_program(program, ends[1].get(), variables);
  socket_ = std::move(ends[0]);
  life_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  try {
    greet(program, deadline);
  } catch (...) {
    kill();
    throw;
  }
}

void HelperProcess::greet(const HelperProgram& program, Deadline deadline) {
  send(encode(Hello{kHelperProtocol, std::string(helper_version())}), deadline);
  const auto hello = decode_hello(receive(deadline));
  if (hello.protocol == kHelperProtocol && hello.version == helper_version()) return;
  std::string theirs = hello.version.substr(0, 40);
  for (char& c : theirs) {
    if (c < 0x21 || c > 0x7e) c = '?';
  }
  throw Error(ErrorCode::io,
              "the helper '" + program.path.string() + "' is version " + theirs + ", and this program is " +
                  std::string(helper_version()),
              "they belong together: install both anew, or copy the helper of this version there");
}

void HelperProcess::fail(const std::string& why) {
  kill();
  throw Error(ErrorCode::io, why);
}

short HelperProcess::wait_for(short events, Deadline deadline) {
  for (;;) {
    std::array<pollfd, 2> watched{{{socket_.get(), events, 0}, {life_.get(), POLLIN, 0}}};
    const int ready = ::poll(watched.data(), watched.size(), milliseconds_until(deadline));
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) fail("cannot wait for a helper program");
    if (watched[0].revents != 0) return watched[0].revents;
    // One that ended may have left its socket to a child of its own, which nobody waits for.
    if (watched[1].revents != 0) fail("a helper program ended before it answered");
    if (milliseconds_until(deadline) == 0) fail("a helper program did not answer in time");
  }
}

bool HelperProcess::read_some() {
  std::array<std::uint8_t, 64 * 1024> part;
  const auto count = ::recv(socket_.get(), part.data(), part.size(), MSG_DONTWAIT);
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return true;
  if (count <= 0) return false;
  heard_.append(ByteView(part).first(static_cast<std::size_t>(count)));
  ::explicit_bzero(part.data(), static_cast<std::size_t>(count));
  if (heard_.waiting() > kMostUnread) fail("a helper program says more than it was asked");
  return true;
}

void HelperProcess::send(const Frame& frame, Deadline deadline) {
  if (pid_ == 0) throw Error(ErrorCode::io, "the helper program is gone");
  const auto bytes = encode(frame);
  auto rest = ByteView(bytes);
  while (!rest.empty()) {
    const auto ready = wait_for(POLLIN | POLLOUT, deadline);
    if ((ready & POLLIN) != 0 && !read_some()) fail("a helper program ended before it answered");
    if ((ready & (POLLOUT | POLLERR | POLLHUP)) == 0) continue;
    const auto count = ::send(socket_.get(), rest.data(), rest.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) fail("a helper program ended before it answered");
    rest = rest.subspan(static_cast<std::size_t>(count));
  }
}

bool HelperProcess::speaks_before(Deadline deadline) {
  std::array<pollfd, 2> watched{{{socket_.get(), POLLIN, 0}, {life_.get(), POLLIN, 0}}};
  if (heard_.waiting() > 0) return true;
  while (milliseconds_until(deadline) > 0) {
    if (::poll(watched.data(), watched.size(), milliseconds_until(deadline)) > 0) return true;
  }
  return false;
}

Frame HelperProcess::receive(Deadline deadline) {
  if (pid_ == 0) throw Error(ErrorCode::io, "the helper program is gone");
  for (;;) {
    try {
      if (auto frame = heard_.next()) return std::move(*frame);
    } catch (const Error&) {
      kill();
      throw;
    }
    wait_for(POLLIN, deadline);
    if (!read_some()) fail("a helper program ended before it answered");
  }
}

void HelperProcess::end(std::chrono::milliseconds patience) noexcept {
  if (pid_ == 0) return;
  socket_.reset();
  pollfd gone{life_.get(), POLLIN, 0};
  const auto deadline = after(patience);
  // Without a descriptor of the process (an old kernel) there is nothing to wait on: it is killed at once.
  while (gone.fd >= 0 && gone.revents == 0 && milliseconds_until(deadline) > 0) {
    ::poll(&gone, 1, milliseconds_until(deadline));
  }
  if (gone.revents == 0) ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = 0;
}

}  // namespace vault
