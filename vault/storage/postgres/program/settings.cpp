// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/program/settings.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <libpq-fe.h>
#include <memory>
#include <unistd.h>

#include "vault/storage/postgres/messages.h"
#include "vault/storage/postgres/program/failed.h"

namespace vault::postgres {
namespace {

using Options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

constexpr const char* kSystemCertificates = "/etc/ssl/certs/ca-certificates.crt";

Settings settings_in(const PQconninfoOption* option) {
  Settings settings;
  for (; option != nullptr && option->keyword != nullptr; ++option) {
    if (option->val != nullptr) settings[option->keyword] = option->val;
  }
  return settings;
}

Settings parsed(const std::string& connection) {
  char* message = nullptr;
  const Options options(PQconninfoParse(connection.c_str(), &message), PQconninfoFree);
  if (message != nullptr) PQfreemem(message);  // it repeats what it could not read
  if (!options) fail(ErrorCode::usage, HelperPhase::none, state::no_place);
  return settings_in(options.get());
}

Settings usual() { return settings_in(Options(PQconndefaults(), PQconninfoFree).get()); }

// What the service says beyond libpq's own defaults.
Settings of_service(const std::string& name) {
  const Settings without = usual();
  ::setenv("PGSERVICE", name.c_str(), 1);
  Settings with = usual();
  ::unsetenv("PGSERVICE");
  std::erase_if(with, [&](const auto& entry) {
    return without.contains(entry.first) && without.at(entry.first) == entry.second;
  });
  with.erase("service");
  return with;
}

std::vector<std::string> listed(const Settings& settings, const char* keyword) {
  const auto found = settings.find(keyword);
  std::vector<std::string> items;
  if (found == settings.end()) return items;
  std::string_view rest = found->second;
  for (;;) {
    const auto comma = rest.find(',');
    items.emplace_back(rest.substr(0, comma));
    if (comma == std::string_view::npos) return items;
    rest.remove_prefix(comma + 1);
  }
}

bool is_local(const std::string& name, const std::string& address) {
  const auto& judged = address.empty() ? name : address;
  const bool is_socket = judged.empty() || judged.front() == '/' || judged.front() == '@';
  return is_socket || judged == "localhost" || judged == "::1" || judged.starts_with("127.");
}

Host host_of(const Settings& common, const std::string& name, const std::string& address, const std::string& port) {
  Host host{common, is_local(name, address), false};
  const auto set = [&](const char* keyword, const std::string& value) {
    host.settings.erase(keyword);
    if (!value.empty()) host.settings[keyword] = value;
  };
  set("host", name), set("hostaddr", address), set("port", port);
  host.has_to_be_found = address.empty() && !name.empty() && name.front() != '/' && name.front() != '@';
  return host;
}

std::vector<Host> hosts_of(const Settings& settings) {
  const auto names = listed(settings, "host"), addresses = listed(settings, "hostaddr"),
             ports = listed(settings, "port");
  const auto count = std::max({names.size(), addresses.size(), std::size_t{1}});
  const auto fits = [&](const auto& list) { return list.empty() || list.size() == count; };
  if (!fits(names) || !fits(addresses) || (ports.size() != 1 && !fits(ports))) {
    fail(ErrorCode::usage, HelperPhase::none, state::no_place);
  }
  const auto at = [](const auto& list, std::size_t i) {
    return list.empty() ? "" : list[std::min(i, list.size() - 1)];
  };
  std::vector<Host> hosts;
  for (std::size_t i = 0; i < count; ++i)
    hosts.push_back(host_of(settings, at(names, i), at(addresses, i), at(ports, i)));
  return hosts;
}

std::string own_root_certificate() {
  const char* const home = ::getenv("HOME");
  return home == nullptr ? "" : std::string(home) + "/.postgresql/root.crt";
}

void add_verification(Settings& settings, bool all_local) {
  if (!all_local) settings.try_emplace("sslmode", "verify-full");
  const auto mode = settings.find("sslmode");
  if (mode == settings.end() || !mode->second.starts_with("verify-") || settings.contains("sslrootcert")) return;
  if (::access(own_root_certificate().c_str(), R_OK) == 0) return;
  const char* const bundle = ::getenv("SSL_CERT_FILE");
  settings["sslrootcert"] = bundle == nullptr ? kSystemCertificates : bundle;
}

// What the user said nothing about. The session's attributes are looked at here, host by host.
void complete(Settings& settings, bool all_local, const std::string& passfile) {
  for (const auto& [keyword, value] : {std::pair{"gssencmode", "disable"},
                                       {"keepalives_idle", "10"},
                                       {"tcp_user_timeout", "5000"},
                                       {"application_name", "claviger"}}) {
    settings.try_emplace(keyword, value);
  }
  if (!passfile.empty()) settings.try_emplace("passfile", passfile);
  add_verification(settings, all_local);
  settings["target_session_attrs"] = "any";
}

Primary wanted_by(const Settings& settings) {
  const auto found = settings.find("target_session_attrs");
  if (found == settings.end() || found->second == "primary") return Primary::any_role;
  if (found->second == "read-write") return Primary::writes_by_default;
  fail(ErrorCode::usage, HelperPhase::none, state::session_attributes);
}

std::chrono::milliseconds patience_of(const Settings& settings) {
  const auto found = settings.find("connect_timeout");
  if (found == settings.end()) return std::chrono::seconds(2);
  int seconds = 0;
  const auto& text = found->second;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) {
    fail(ErrorCode::usage, HelperPhase::none, state::no_place);
  }
  return std::chrono::seconds(seconds <= 0 ? 30 : std::min(seconds, 30));
}

}  // namespace

Servers servers_of(const std::string& connection, const std::string& passfile) {
  Settings settings = parsed(connection);
  if (settings.contains("password") || settings.contains("sslpassword")) {
    fail(ErrorCode::usage, HelperPhase::none, state::password_in_place);
  }
  if (const auto service = settings.find("service"); service != settings.end()) {
    const Settings said = of_service(service->second);
    settings.erase("service");
    settings.insert(said.begin(), said.end());
  }
  Servers servers{hosts_of(settings), wanted_by(settings), patience_of(settings)};
  const bool all_local = std::ranges::all_of(servers.hosts, &Host::is_local);
  for (auto& host : servers.hosts) {
    host.settings.erase("connect_timeout");  // the clock is ours
    complete(host.settings, all_local, passfile);
  }
  return servers;
}

bool is_weak(const Host& host) {
  const auto mode = host.settings.find("sslmode");
  return !host.is_local && (mode == host.settings.end() || mode->second != "verify-full");
}

}  // namespace vault::postgres
