// SPDX-License-Identifier: Apache-2.0
#pragma once
// An endpoint's address as curl reads it, so that what was judged is what is spoken to.

#include <curl/curl.h>

#include <memory>
#include <string>
#include <string_view>

#include "vault/helper/frame.h"

namespace vault::fetching {

// Ends a request inside the helper program: caught where it is answered, and told to the parent.
struct Failed {
  Failure failure;
};

struct Endpoint {
  std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url{nullptr, curl_url_cleanup};
  std::string scheme;
  bool on_this_host = false;  // by its name; no proxy is asked for it
};

// Throws Failed, usage: neither https nor http on this host, a user or password in it, or no address at all.
Endpoint endpoint_of(const std::string& address);

bool is_loopback(std::string_view ip) noexcept;

}  // namespace vault::fetching
