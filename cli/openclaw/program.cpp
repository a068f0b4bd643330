// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/program.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/process/child_process.h"
#include "cli/context.h"
#include "cli/terminal/text.h"
#include "vault/base/error.h"
#include "vault/base/file.h"

namespace cli {
namespace {

using vault::Descriptor;
using vault::Error;
using vault::ErrorCode;

constexpr std::size_t kLongestOutput = std::size_t{4} << 20;
constexpr int kNotStarted = 127;

struct Pipe {
  Descriptor reading;
  Descriptor writing;
};

Pipe open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw Error(ErrorCode::io, "the system grants no pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

// Reads to the end even when it is too much, so that the writer is not stopped.
std::string read_all(int fd) {
  std::string text;
  std::array<char, 16 * 1024> part;
  for (;;) {
    const auto count = ::read(fd, part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    if (text.size() < kLongestOutput) text.append(part.data(), static_cast<std::size_t>(count));
  }
}

int status_of(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) throw Error(ErrorCode::io, "the started program cannot be waited for");
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

OpenclawProgram::OpenclawProgram(const Context& context, std::string command, std::filesystem::path state_dir)
    : context_(context), command_(std::move(command)), state_dir_(std::move(state_dir)) {}

ProgramAnswer OpenclawProgram::run(const std::vector<std::string>& words) const {
  std::vector<std::string> all = {command_};
  all.insert(all.end(), words.begin(), words.end());
  auto environment = ChildEnvironment::inherited_from(context_.environment());
  environment.set("OPENCLAW_STATE_DIR", state_dir_.string());
  auto pipe = open_pipe();
  const pid_t child = ::fork();
  if (child < 0) throw Error(ErrorCode::io, "the system starts no further process");
  if (child == 0) {
    // Nothing may leave this branch: it is a second copy of the caller.
    if (::dup2(pipe.writing.get(), STDOUT_FILENO) == STDOUT_FILENO) become(all, environment, context_.environment());
    ::_exit(kNotStarted);
  }
  pipe.writing.reset();
  ProgramAnswer answer;
  answer.output = read_all(pipe.reading.get());
  answer.status = status_of(child);
  if (answer.status == kNotStarted && answer.output.empty()) {
    throw Error(ErrorCode::not_found, in_quotes(command_) + " cannot be started", "say --openclaw COMMAND");
  }
  return answer;
}

}  // namespace cli
