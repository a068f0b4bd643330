// SPDX-License-Identifier: Apache-2.0
#pragma once
// One POST over one connection, never sent twice: nothing is reused, followed, retried or rewound. The bodies lie in
// memory that is cleared; libcurl's and OpenSSL's own copies go with the process, which does nothing else.

#include <functional>
#include <optional>

#include "vault/oauth/fetching/messages.h"
#include "vault/oauth/program/endpoint.h"

namespace vault::fetching {

class Transfer {
 public:
  // Asked once, when the connection stands and the certificate is good. Empty: nothing is to be sent.
  using HandOver = std::function<std::optional<FrameBytes>()>;

  Transfer(const Request& request, HandOver hand_over);
  // Throws Failed; its nothing_sent is true exactly as long as libcurl was not told to begin with the request.
  Reply run();

 private:
  struct Headers {
    curl_slist* list = nullptr;
    ~Headers() { curl_slist_free_all(list); }
    void add(const char* line);
  };

  void set_up();
  void set_trust();
  void set_callbacks();
  bool may_begin(std::string_view ip);
  [[noreturn]] void fail(CURLcode code);
  HelperPhase phase_of(CURLcode code) const;
  bool has_reached(CURLINFO moment) const;

  static int before_request(void* self, char* ip, char* own_ip, int port, int own_port) noexcept;
  static std::size_t give(char* into, std::size_t size, std::size_t count, void* self) noexcept;
  static std::size_t take_header(char* from, std::size_t size, std::size_t count, void* self) noexcept;
  static std::size_t take(char* from, std::size_t size, std::size_t count, void* self) noexcept;

  const Request& request_;
  HandOver hand_over_;
  Endpoint endpoint_;
  Headers headers_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle_{nullptr, curl_easy_cleanup};
  bool asked_ = false;  // for the body
  bool begun_ = false;  // with the request
  FrameBytes body_;
  std::size_t given_ = 0;         // of the body
  std::size_t header_bytes_ = 0;  // of all replies', 100 and its like among them
  Reply reply_;
};

}  // namespace vault::fetching
