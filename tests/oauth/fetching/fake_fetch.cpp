// SPDX-License-Identifier: Apache-2.0
// A fetching program that does what its own name says: the tests copy it under the name of a behaviour.
#include <cstdlib>
#include <string>
#include <string_view>
#include <unistd.h>

#include "vault/base/file.h"
#include "vault/helper/parent_socket.h"
#include "vault/oauth/fetching/messages.h"

namespace {

using namespace vault;
using namespace vault::fetching;

constexpr std::string_view kSecret = "{\"access_token\":\"at-test-fake\"}";

fetching::Reply reply_of(std::string_view text) {
  fetching::Reply reply{200, 7, {}};
  reply.body.assign(text.begin(), text.end());
  return reply;
}

[[noreturn]] void wait_for_ever() {
  for (;;) ::pause();
}

Frame failure(HelperPhase phase, bool nothing_sent) {
  Failure failure{ErrorCode::io, phase};
  failure.nothing_sent = nothing_sent;
  failure.outcome_unknown = !nothing_sent;
  return encode(failure);
}

void say_a_part(const Frame& frame, std::size_t size) { write_all(1, text_of(encode(frame)).substr(0, size)); }

void flood() {
  const auto bytes = encode(Frame{frame::reply, FrameBytes(60'000, 'x')});
  for (;;) write_all(1, text_of(bytes));
}

// Before the body has been given.
bool before(std::string_view what, std::size_t number, ParentSocket& parent) {
  if (what == "deaf") wait_for_ever();
  if (what == "early") parent.say(encode(reply_of(kSecret)));
  if (what == "nonsense") parent.say({frame::connected, {1}});
  if (what == "cutconnected") say_a_part(connected_frame(), number);
  if (what == "refused") parent.say(failure(static_cast<HelperPhase>(number), true));
  if (what == "liar") parent.say(failure(HelperPhase::speaking, false));
  if (what == "floodearly") flood();
  return what == "gone" || what == "early" || what == "nonsense" || what == "cutconnected" || what == "refused" ||
         what == "liar";
}

void afterwards(std::string_view what, std::size_t number, ParentSocket& parent) {
  if (what == "silent") wait_for_ever();
  if (what == "flood") flood();
  if (what == "cut") say_a_part(encode(reply_of(kSecret)), number);
  if (what == "unsent") parent.say(failure(HelperPhase::speaking, true));
  if (what == "lost") parent.say(failure(HelperPhase::speaking, false));
  if (what == "long") {
    auto reply = reply_of("");
    reply.body.assign(kLongestReply + 1, 'x');
    parent.say(encode(reply));
  }
  if (what == "good") parent.say(encode(reply_of(kSecret)));
}

// Says in the reply what it was asked, so that the test sees what goes over.
void echo(const fetching::Request& asked, const FrameBytes& body, ParentSocket& parent) {
  const auto kind = asked.body_kind == fetching::Request::Body::json ? "json" : "form";
  std::string text = asked.endpoint + '\n' + kind + '\n' + std::string(text_of(body)) + '\n';
  for (char** entry = environ; *entry != nullptr; ++entry) text += std::string(*entry) + '\n';
  parent.say(encode(reply_of(text)));
}

int behave(std::string_view name) {
  const auto dash = name.find('-');
  const std::string number(dash == std::string_view::npos ? "0" : name.substr(dash + 1));
  const auto what = name.substr(0, dash);
  ParentSocket parent;
  if (what == "mute") wait_for_ever();
  if (!parent.greet()) return 0;
  const auto asked = decode_request(parent.next().value());
  if (before(what, std::stoul(number), parent)) return 0;
  parent.say(connected_frame());
  if (what == "dies") return 1;
  const auto body = decode_body(parent.next().value());
  if (body.size() != asked.body_size) return 65;
  what == "echo" ? echo(asked, body, parent) : afterwards(what, std::stoul(number), parent);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return argc == 1 ? behave(argv[0]) : 64;
  } catch (const std::exception&) {
    return 70;
  }
}
