// SPDX-License-Identifier: Apache-2.0
#pragma once
// A helper program that runs: started for the one who holds this object, spoken to over a socket pair, gone with it.
//
// The child has the socket as descriptors 0 and 1, /dev/null as 2, nothing above, only the variables that it was to
// have, no core dumps, umask 077 and default signals; it is killed when the thread that started it ends, so one thread
// uses it throughout. Every call that waits has a deadline: when that passes the helper is killed, and the call is io.
// After any error no more than end() is of use.

#include <chrono>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

#include "vault/helper/frame.h"
#include "vault/helper/helper_program.h"

namespace vault {

using Deadline = std::chrono::steady_clock::time_point;
inline Deadline after(std::chrono::milliseconds time) { return std::chrono::steady_clock::now() + time; }

class HelperProcess {
 public:
  // `variables`: the names that it gets of this process's environment. Ends with both hellos exchanged; another
  // protocol or another version's text is io.
  HelperProcess(const HelperProgram& program, const std::vector<std::string_view>& variables, Deadline deadline);
  ~HelperProcess() { end(); }
  HelperProcess(const HelperProcess&) = delete;
  HelperProcess& operator=(const HelperProcess&) = delete;

  // Takes in what the helper says meanwhile, so that neither waits for the other.
  void send(const Frame& frame, Deadline deadline);
  // Whether anything is there to receive by then; nothing ends when it is not.
  bool speaks_before(Deadline deadline);
  // The next frame, in the order they came.
  Frame receive(Deadline deadline);

  // Closes the socket; a helper that is not gone after `patience` is killed. Reaps it in any case.
  void end(std::chrono::milliseconds patience = std::chrono::seconds(1)) noexcept;
  // At once: for a helper that is not to be waited for.
  void kill() noexcept { end(std::chrono::milliseconds(0)); }
  pid_t pid() const noexcept { return pid_; }  // 0 once it was reaped

 private:
  void greet(const HelperProgram& program, Deadline deadline);
  // Waits until one of `events` is possible on the socket. io when the deadline passes, or the helper ends unheard.
  short wait_for(short events, Deadline deadline);
  bool read_some();  // false: the helper has closed its end
  [[noreturn]] void fail(const std::string& why);

  pid_t pid_ = 0;
  Descriptor socket_;
  Descriptor life_;  // of the process: readable once it has ended
  FrameQueue heard_;
};

}  // namespace vault
