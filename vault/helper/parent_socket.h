// SPDX-License-Identifier: Apache-2.0
#pragma once
// A helper program's side of the socket: what the parent asks comes in on descriptor 0, answers go out on 1.

#include <chrono>
#include <optional>

#include "vault/helper/frame.h"

namespace vault {

class ParentSocket {
 public:
  // Waits for the parent's hello and says ours: who is of another age finds out by that. False: the parent is gone.
  bool greet();
  // The next frame. Empty: the parent has closed the socket, or said nothing whole for so long.
  std::optional<Frame> next(std::chrono::milliseconds patience = kAnyTime);
  void say(const Frame& frame);

 private:
  static constexpr std::chrono::milliseconds kAnyTime{-1};
  FrameQueue heard_;
};

}  // namespace vault
