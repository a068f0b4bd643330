// SPDX-License-Identifier: Apache-2.0
#include "cli/process/request_input.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>
#include <unistd.h>

#include "vault/base/error.h"

namespace cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

bool is_readable_until(int fd, steady_clock::time_point until) {
  const auto left = std::chrono::ceil<milliseconds>(until - steady_clock::now()).count();
  struct pollfd watched {
    fd, POLLIN, 0
  };
  return left > 0 && ::poll(&watched, 1, static_cast<int>(left)) > 0;
}

}  // namespace

RequestText read_request(int fd, std::size_t limit, steady_clock::time_point until,
                         bool (*is_whole)(std::string_view) noexcept) {
  RequestText request;
  std::array<char, 16 * 1024> part;
  while (request.text.size() <= limit) {
    if (!is_readable_until(fd, until)) {
      if (steady_clock::now() < until) continue;  // a signal
      request.ended = false;
      return request;
    }
    const auto count = ::read(fd, part.data(), part.size());
    if (count == 0) return request;
    if (count < 0 && errno != EINTR && errno != EAGAIN) {
      throw vault::Error(vault::ErrorCode::io, "the request on standard input cannot be read");
    }
    request.text.append(part.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (is_whole != nullptr && request.text.size() <= limit && is_whole(request.text)) return request;
  }
  request.text.resize(limit);
  request.too_large = true;
  return request;
}

}  // namespace cli
