// SPDX-License-Identifier: Apache-2.0
#include "vault/oauth/program/conversation.h"

#include <algorithm>

#include "vault/helper/parent_socket.h"
#include "vault/oauth/program/transfer.h"

namespace vault::fetching {
namespace {

constexpr int kUnderstood = 0, kNotUnderstood = 65;

Frame answer_to(const Request& request, ParentSocket& parent) {
  const auto hand_over = [&]() -> std::optional<FrameBytes> {
    parent.say(connected_frame());
    const auto patience = std::chrono::milliseconds(std::max<std::int64_t>(request.send_by_ms - boot_time_ms(), 0));
    const auto frame = parent.next(patience);
    return frame ? std::optional(decode_body(*frame)) : std::nullopt;
  };
  try {
    return encode(Transfer(request, hand_over).run());
  } catch (const Failed& failed) {
    return encode(failed.failure);
  }
}

}  // namespace

int converse() noexcept {
  try {
    ParentSocket parent;
    if (!parent.greet()) return kUnderstood;
    const auto asked = parent.next();
    if (asked) parent.say(answer_to(decode_request(*asked), parent));
    return kUnderstood;
  } catch (...) {
    return kNotUnderstood;
  }
}

}  // namespace vault::fetching
