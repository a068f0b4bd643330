// SPDX-License-Identifier: Apache-2.0
#include "tests/postgres/relay.h"

#include <array>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

namespace vault::test {
namespace {

sockaddr_un address_in(const std::string& folder) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto path = folder + "/.s.PGSQL.5432";
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  return address;
}

Descriptor local_socket() { return Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

// One direction. A message is a letter and a length that counts itself; a client's first one has no letter.
class Stream {
 public:
  Stream(int from, int into, bool has_a_start) : from_(from), into_(into), at_start_(has_a_start) {}

  // False: the other end is gone, or `stops` says so of the message whose turn it is (1, 2, ...).
  template <class Stops>
  bool pass_on(Stops&& stops) {
    std::array<char, 8192> part;
    const auto count = ::read(from_, part.data(), part.size());
    if (count <= 0) return false;
    waiting_.append(part.data(), static_cast<std::size_t>(count));
    while (const auto size = next_size()) {
      if (!at_start_ && stops(++messages_)) return false;
      at_start_ = false;
      for (std::size_t sent = 0; sent < size;) {
        const auto step = ::send(into_, waiting_.data() + sent, size - sent, MSG_NOSIGNAL);
        if (step <= 0) return false;
        sent += static_cast<std::size_t>(step);
      }
      waiting_.erase(0, size);
    }
    return true;
  }

 private:
  std::size_t next_size() const {
    const std::size_t letter = at_start_ ? 0 : 1;
    if (waiting_.size() < letter + 4) return 0;
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(waiting_[letter + i]);
    return waiting_.size() >= letter + size ? letter + size : 0;
  }

  int from_, into_;
  bool at_start_;
  int messages_ = 0;
  std::string waiting_;
};

}  // namespace

Relay::Relay(const std::string& server_folder) : server_(server_folder), listening_(local_socket()) {
  const auto address = address_in(folder());
  if (::bind(listening_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listening_.get(), 8) != 0) {
    throw std::runtime_error("cannot listen for the test");
  }
  thread_ = std::jthread([this] { accept_connections(); });
}

Relay::~Relay() {
  ended_ = true;
  thread_.join();
}

void Relay::cut_before(Way way, int message) {
  way_ = way;
  cut_ = false;
  message_ = message;
}

void Relay::accept_connections() {
  std::vector<std::jthread> served;
  while (!ended_) {
    pollfd watched{listening_.get(), POLLIN, 0};
    if (::poll(&watched, 1, 20) <= 0) continue;
    Descriptor client(::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    served.emplace_back([this, fd = std::make_shared<Descriptor>(std::move(client))] { serve(std::move(*fd)); });
  }
}

void Relay::serve(Descriptor client) {
  const int last = message_.exchange(0);
  const Way way = way_;
  const auto server = local_socket();
  const auto address = address_in(server_);
  if (::connect(server.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return;
  Stream out(client.get(), server.get(), true), in(server.get(), client.get(), false);
  const auto stops = [&](Way which) {
    return [&, which](int message) {
      const bool now = which == way && message == last;
      cut_ = cut_ || now;
      return now;
    };
  };
  while (!ended_) {
    std::array<pollfd, 2> watched{{{client.get(), POLLIN, 0}, {server.get(), POLLIN, 0}}};
    if (::poll(watched.data(), watched.size(), 20) <= 0) continue;
    if (watched[0].revents != 0 && !out.pass_on(stops(Way::to_server))) return;
    if (watched[1].revents != 0 && !in.pass_on(stops(Way::to_client))) return;
  }
}

}  // namespace vault::test
