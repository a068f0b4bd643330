// SPDX-License-Identifier: Apache-2.0
#include "vault/helper/parent_socket.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <unistd.h>

#include "vault/base/file.h"

namespace vault {

bool ParentSocket::greet() {
  const auto hello = next();
  if (!hello) return false;
  decode_hello(*hello);
  say(encode(Hello{kHelperProtocol, std::string(helper_version())}));
  return true;
}

std::optional<Frame> ParentSocket::next(std::chrono::milliseconds patience) {
  std::array<std::uint8_t, 64 * 1024> part;
  for (;;) {
    if (auto frame = heard_.next()) return frame;
    pollfd parent{0, POLLIN, 0};
    if (patience >= patience.zero() && ::poll(&parent, 1, static_cast<int>(patience.count())) <= 0) return {};
    const auto count = ::read(0, part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return {};
    heard_.append(ByteView(part).first(static_cast<std::size_t>(count)));
    ::explicit_bzero(part.data(), static_cast<std::size_t>(count));
  }
}

void ParentSocket::say(const Frame& frame) { write_all(1, text_of(encode(frame))); }

}  // namespace vault
