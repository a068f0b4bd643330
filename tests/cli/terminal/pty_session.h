// SPDX-License-Identifier: Apache-2.0
#pragma once
// A program on a terminal of its own, with a test at its keyboard.

#include <functional>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace cli::testing {

class PtySession {
 public:
  // Runs the body as the foreground job of a new terminal, below a session leader that plays the shell.
  explicit PtySession(const std::function<int()>& body);
  PtySession(const PtySession&) = delete;
  PtySession& operator=(const PtySession&) = delete;
  ~PtySession();

  void type(std::string_view keys);
  // Reads the screen until it shows the text; false after ten seconds or when the terminal is closed without it.
  bool shows(std::string_view text);
  const std::string& screen() const noexcept { return screen_; }

  bool echo_is_on() const;
  bool stopped();           // waits until the job has stopped; false when it ended instead
  void signal(int signal);  // to the job
  void hang_up();           // closes the terminal, as a lost connection does
  int wait();               // exit status of the job; 128 + signal when killed

 private:
  int terminal_ = -1;  // our end
  int reports_ = -1;   // what the shell tells: 'S' stopped, 'E' and a status byte
  pid_t shell_ = -1;
  pid_t job_ = -1;
  std::string screen_;
};

}  // namespace cli::testing
