// SPDX-License-Identifier: Apache-2.0
#include "vault/oauth/program/transfer.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace vault::fetching {
namespace {

constexpr std::size_t kMostHeaders = std::size_t{64} << 10;  // bytes
constexpr curl_off_t kLongestWait = 0x7FFFFFFF;              // seconds, in a Retry-After

// An option that this libcurl does not have is no option to leave out.
template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
  if (curl_easy_setopt(handle, option, value) != CURLE_OK) throw Error(ErrorCode::internal, "libcurl lacks an option");
}

long milliseconds_until(std::int64_t moment_ms) {
  return static_cast<long>(std::clamp<std::int64_t>(moment_ms - boot_time_ms(), 1, 3'600'000));
}

}  // namespace

void Transfer::Headers::add(const char* line) {
  auto* const longer = curl_slist_append(list, line);
  if (longer == nullptr) throw std::bad_alloc();
  list = longer;
}

Transfer::Transfer(const Request& request, HandOver hand_over)
    : request_(request), hand_over_(std::move(hand_over)), endpoint_(endpoint_of(request.endpoint)) {
  reply_.body.reserve(kLongestReply);
  handle_.reset(curl_easy_init());
  if (!handle_) throw std::bad_alloc();
  set_up();
  set_trust();
  set_callbacks();
}

void Transfer::set_up() {
  auto* const handle = handle_.get();
  set(handle, CURLOPT_CURLU, endpoint_.url.get());
  set(handle, CURLOPT_PROTOCOLS_STR, endpoint_.scheme.c_str());
  set(handle, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  set(handle, CURLOPT_FOLLOWLOCATION, 0L);
  set(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(handle, CURLOPT_FRESH_CONNECT, 1L);
  set(handle, CURLOPT_FORBID_REUSE, 1L);
  set(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  if (endpoint_.on_this_host) set(handle, CURLOPT_PROXY, "");
  set(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_QUICK_EXIT, 1L);  // a name that is still looked up is not waited for
  set(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds_until(request_.send_by_ms));
  set(handle, CURLOPT_TIMEOUT_MS, milliseconds_until(request_.answer_by_ms));
  set(handle, CURLOPT_POST, 1L);
  set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body_size));
  const bool is_json = request_.body_kind == Request::Body::json;
  headers_.add(is_json ? "Content-Type: application/json" : "Content-Type: application/x-www-form-urlencoded");
  headers_.add("Accept: application/json");
  headers_.add("Expect:");  // nobody is asked whether the body may come
  set(handle, CURLOPT_HTTPHEADER, headers_.list);
  const auto name = "claviger/" + std::string(helper_version());
  set(handle, CURLOPT_USERAGENT, name.c_str());
}

// Beside the system's own authorities, which libcurl was built to know, those that the environment names.
void Transfer::set_trust() {
  auto* const handle = handle_.get();
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(handle, CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  set(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  const char* const file = std::getenv("SSL_CERT_FILE");
  const char* const folder = std::getenv("SSL_CERT_DIR");
  for (const auto option : {CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO}) {
    if (file != nullptr && *file != '\0') set(handle, option, file);
  }
  for (const auto option : {CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH}) {
    if (folder != nullptr && *folder != '\0') set(handle, option, folder);
  }
}

void Transfer::set_callbacks() {
  auto* const handle = handle_.get();
  set(handle, CURLOPT_PREREQFUNCTION, &before_request);
  set(handle, CURLOPT_PREREQDATA, this);
  set(handle, CURLOPT_READFUNCTION, &give);
  set(handle, CURLOPT_READDATA, this);
  set(handle, CURLOPT_HEADERFUNCTION, &take_header);
  set(handle, CURLOPT_HEADERDATA, this);
  set(handle, CURLOPT_WRITEFUNCTION, &take);
  set(handle, CURLOPT_WRITEDATA, this);
}

// libcurl calls this when the connection stands - through a proxy and TLS, too - and before the first byte of the
// request. A second time would be a second request.
bool Transfer::may_begin(std::string_view ip) {
  if (std::exchange(asked_, true)) return false;
  if (endpoint_.scheme != "https" && !is_loopback(ip)) return false;
  auto body = hand_over_();
  if (!body || body->size() != request_.body_size || boot_time_ms() >= request_.send_by_ms) return false;
  body_ = std::move(*body);
  begun_ = true;
  return true;
}

int Transfer::before_request(void* self, char* ip, char* /*own_ip*/, int /*port*/, int /*own_port*/) noexcept {
  try {
    const bool may = static_cast<Transfer*>(self)->may_begin(ip == nullptr ? "" : ip);
    return may ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
  } catch (...) {
    return CURL_PREREQFUNC_ABORT;
  }
}

std::size_t Transfer::give(char* into, std::size_t size, std::size_t count, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  const auto part = std::min(size * count, transfer.body_.size() - transfer.given_);
  std::memcpy(into, transfer.body_.data() + transfer.given_, part);
  transfer.given_ += part;
  return part;
}

std::size_t Transfer::take_header(char* /*from*/, std::size_t size, std::size_t count, void* self) noexcept {
  auto& seen = static_cast<Transfer*>(self)->header_bytes_;
  seen += size * count;
  return seen <= kMostHeaders ? size * count : 0;
}

std::size_t Transfer::take(char* from, std::size_t size, std::size_t count, void* self) noexcept {
  auto& body = static_cast<Transfer*>(self)->reply_.body;
  const auto part = size * count;
  if (body.size() + part > kLongestReply) return 0;
  body.insert(body.end(), from, from + part);  // reserved
  return part;
}

bool Transfer::has_reached(CURLINFO moment) const {
  curl_off_t microseconds = 0;
  return curl_easy_getinfo(handle_.get(), moment, &microseconds) == CURLE_OK && microseconds > 0;
}

HelperPhase Transfer::phase_of(CURLcode code) const {
  if (asked_) return HelperPhase::speaking;
  if (code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY) return HelperPhase::name;
  long proxy_status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_HTTP_CONNECTCODE, &proxy_status);
  if (code == CURLE_COULDNT_CONNECT || code == CURLE_PROXY || proxy_status >= 300) return HelperPhase::connecting;
  if (!has_reached(CURLINFO_NAMELOOKUP_TIME_T)) return HelperPhase::name;
  const char* ip = nullptr;  // of who has accepted the connection
  curl_easy_getinfo(handle_.get(), CURLINFO_PRIMARY_IP, &ip);
  return ip != nullptr && *ip != '\0' ? HelperPhase::tls : HelperPhase::connecting;
}

void Transfer::fail(CURLcode code) {
  Failure failure{ErrorCode::io, phase_of(code)};
  failure.nothing_sent = !begun_;
  failure.outcome_unknown = begun_;
  throw Failed{failure};
}

Reply Transfer::run() {
  const auto code = curl_easy_perform(handle_.get());
  long status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  if (code != CURLE_OK || !begun_ || status < 100 || status > 999) fail(code);
  reply_.status = static_cast<std::uint16_t>(status);
  curl_off_t wait = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RETRY_AFTER, &wait);
  if (wait > 0) reply_.retry_after_s = static_cast<std::uint32_t>(std::min(wait, kLongestWait));
  return std::move(reply_);
}

}  // namespace vault::fetching
