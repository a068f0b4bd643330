// SPDX-License-Identifier: Apache-2.0
#include "vault/oauth/provider_entry.h"

#include <algorithm>

#include "vault/base/error.h"
#include "vault/base/ids.h"
#include "vault/model/custody.h"

namespace vault {
namespace {

constexpr std::size_t kLongestUrl = 2048, kLongestClientId = 512;

using WipedText = std::basic_string<char, std::char_traits<char>, WipingAllocator<char>>;

bool is_visible_ascii(std::string_view text) noexcept {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; });
}

std::string_view host_of(std::string_view authority) noexcept {
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

bool is_port(std::string_view text) noexcept {
  return !text.empty() && text.size() <= 5 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_authority(std::string_view authority) noexcept {
  const auto host = host_of(authority);
  if (host.empty() || host == "[]") return false;
  const auto rest = authority.substr(host.size());
  return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
}

bool is_loopback(std::string_view host) noexcept {
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

void append_encoded(WipedText& text, std::string_view value) {
  constexpr std::string_view kDigits = "0123456789ABCDEF", kPlain = "-._~";
  for (const char c : value) {
    const bool plain =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || kPlain.find(c) != kPlain.npos;
    if (plain) {
      text += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    text += '%';
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
}

void append_json_string(WipedText& text, std::string_view value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  text += '"';
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (byte < 0x20) {
      text += "\\u00";
      text += kDigits[byte >> 4];
      text += kDigits[byte & 15];
    } else {
      text += c;
    }
  }
  text += '"';
}

// One request's members, in either dress. Grown once: what a text outgrows is wiped, but not before it was copied.
class Body {
 public:
  explicit Body(EndpointRequest::Body kind) : json_(kind == EndpointRequest::Body::json) { text_.reserve(16384); }
  void add(std::string_view name, std::string_view value) {
    text_ += !json_ ? (text_.empty() ? "" : "&") : (text_.empty() ? "{" : ",");
    if (json_) append_json_string(text_, name);
    if (!json_) append_encoded(text_, name);
    text_ += json_ ? ':' : '=';
    if (json_) append_json_string(text_, value);
    if (!json_) append_encoded(text_, value);
  }
  SecretString take() {
    if (json_) text_ += '}';
    return SecretString::copy_of(text_);
  }

 private:
  bool json_;
  WipedText text_;
};

[[noreturn]] void fail_on(const char* member, const char* why) {
  throw Error(ErrorCode::bad_input, std::string("a provider's ") + member + " " + why);
}

void require_endpoint(const char* member, const std::optional<std::string>& url) {
  if (url && !origin_of_endpoint(*url)) fail_on(member, "is to be an https address, or http on this host");
}

}  // namespace

std::span<const ProviderEntry> shipped_entries() {
  static const std::vector<ProviderEntry> entries = {
      {.name = "openai",
       .token_endpoint = "https://auth.openai.com/oauth/token",
       .client_id = "app_EMoamEEZ73f0CkXaXp7hrann"},
  };
  return entries;
}

std::optional<std::string> origin_of_endpoint(std::string_view url) {
  // A backslash ends the host for some who read addresses and not for others.
  if (url.size() > kLongestUrl || !is_visible_ascii(url) || url.find('\\') != url.npos) return std::nullopt;
  const auto scheme_end = url.find("://");
  if (scheme_end == url.npos) return std::nullopt;
  const auto scheme = ascii_lower(url.substr(0, scheme_end));
  const auto rest = url.substr(scheme_end + 3);
  const auto authority = ascii_lower(rest.substr(0, rest.find_first_of("/?#")));
  if (!is_authority(authority)) return std::nullopt;
  if (scheme != "https" && !(scheme == "http" && is_loopback(host_of(authority)))) return std::nullopt;
  auto origin = scheme + "://" + authority;
  return is_custody_endpoint(origin) ? std::optional(std::move(origin)) : std::nullopt;
}

void require_bounds(const ProviderEntry& entry) {
  if (!is_custody_entry(entry.name)) fail_on("name", "is to be a-z, 0-9, '.', '_' and '-', at most 64 of them");
  require_endpoint("tokenEndpoint", entry.token_endpoint);
  require_endpoint("deviceEndpoint", entry.device_endpoint);
  require_endpoint("authorizeEndpoint", entry.authorize_endpoint);
  const bool sound = !entry.client_id.empty() && entry.client_id.size() <= kLongestClientId;
  if (!sound || !is_visible_ascii(entry.client_id)) fail_on("clientId", "is to be 1 to 512 characters without blanks");
}

EndpointRequest refresh_request(const ProviderEntry& entry, const SecretString& refresh_token,
                                const SecretString& client_secret) {
  Body body(entry.body);
  body.add("grant_type", "refresh_token");
  body.add("client_id", entry.client_id);
  if (!client_secret.empty()) body.add("client_secret", client_secret.reveal());
  body.add("refresh_token", refresh_token.reveal());
  return {entry.token_endpoint, entry.body, body.take()};
}

}  // namespace vault
