// SPDX-License-Identifier: Apache-2.0
#include "vault/oauth/program/endpoint.h"

namespace vault::fetching {
namespace {

[[noreturn]] void refuse() {
  Failure failure{ErrorCode::usage};
  failure.nothing_sent = true;
  throw Failed{failure};
}

std::string part_of(CURLU* url, CURLUPart which) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, 0) != CURLUE_OK || text == nullptr) refuse();
  const std::unique_ptr<char, decltype(&curl_free)> owned(text, curl_free);
  return text;
}

}  // namespace

bool is_loopback(std::string_view ip) noexcept { return ip.starts_with("127.") || ip == "::1"; }

Endpoint endpoint_of(const std::string& address) {
  Endpoint endpoint;
  endpoint.url.reset(curl_url());
  auto* const url = endpoint.url.get();
  if (url == nullptr || curl_url_set(url, CURLUPART_URL, address.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK) refuse();
  endpoint.scheme = part_of(url, CURLUPART_SCHEME);
  const auto host = part_of(url, CURLUPART_HOST);
  endpoint.on_this_host = host == "localhost" || host == "127.0.0.1" || host == "[::1]";
  if (endpoint.scheme != "https" && !(endpoint.scheme == "http" && endpoint.on_this_host)) refuse();
  return endpoint;
}

}  // namespace vault::fetching
