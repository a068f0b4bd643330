// SPDX-License-Identifier: Apache-2.0
#pragma once
// Stands between a client and a PostgreSQL server's socket, and cuts the connection at a message of the test's choice.

#include <atomic>
#include <string>
#include <thread>

#include "tests/storage/private_folder.h"
#include "vault/base/file.h"

namespace vault::test {

enum class Way { to_server, to_client };

class Relay {
 public:
  explicit Relay(const std::string& server_folder);
  ~Relay();

  std::string folder() const { return folder_.path().string(); }
  // The first connection from now on ends before this message of that way is passed on (1: the first one). Later ones
  // are left whole.
  void cut_before(Way way, int message);
  bool has_cut() const { return cut_; }

 private:
  void accept_connections();
  void serve(Descriptor client);

  PrivateFolder folder_;
  std::string server_;
  Descriptor listening_;
  std::atomic<int> message_ = 0;  // 0: nothing is to be cut
  std::atomic<Way> way_ = Way::to_client;
  std::atomic<bool> cut_ = false;
  std::atomic<bool> ended_ = false;
  std::jthread thread_;
};

}  // namespace vault::test
