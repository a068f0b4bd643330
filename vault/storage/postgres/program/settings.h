// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a place says about its servers, judged before anybody is asked: one set of libpq's settings a host, with what is
// added where the user said nothing. Nothing connects here.

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace vault::postgres {

using Settings = std::map<std::string, std::string>;  // libpq's keywords

struct Host {
  Settings settings;
  bool is_local = false;         // a socket's path, or loopback
  bool has_to_be_found = false;  // its name has to be looked up
};

enum class Primary { any_role, writes_by_default };  // target_session_attrs: primary, read-write

struct Servers {
  std::vector<Host> hosts;  // in the order given; at least one
  Primary wanted = Primary::any_role;
  std::chrono::milliseconds patience{2000};  // a host
};

// `connection`: a place's URI. `passfile`: where the user names none; empty: libpq's own. Throws Failed, usage: libpq
// cannot read it, it holds a password, target_session_attrs asks for anything but a primary.
Servers servers_of(const std::string& connection, const std::string& passfile);

// A weaker sslmode than verify-full towards a host that is not this one.
bool is_weak(const Host& host);

}  // namespace vault::postgres
