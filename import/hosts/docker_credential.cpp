// SPDX-License-Identifier: Apache-2.0
#include "import/hosts/docker_credential.h"

#include "vault/base/ids.h"

namespace formats {
namespace {

constexpr std::string_view kDefaultServer = "docker.io", kDefaultAddress = "https://index.docker.io/v1/";

}  // namespace

std::string docker_server(std::string_view address) {
  address = vault::trimmed(address);
  const auto scheme = address.find("://");
  if (scheme != std::string_view::npos) address.remove_prefix(scheme + 3);
  auto server = vault::ascii_lower(vault::trimmed(address.substr(0, address.find('/'))));
  const bool is_default = server == "index.docker.io" || server == "registry-1.docker.io";
  return is_default ? std::string(kDefaultServer) : server;
}

std::string docker_address(std::string_view server) {
  return std::string(server == kDefaultServer ? kDefaultAddress : server);
}

std::string_view read_docker_request(std::string_view text) noexcept {
  return vault::trimmed(text.substr(0, text.find('\n')));
}

void write_docker_answer(const DockerAnswer& answer, const Sink& sink) {
  JsonWriter writer(sink, JsonLayout::compact);
  writer.begin_object();
  writer.string_member("ServerURL", answer.server);
  writer.string_member("Username", answer.username);
  writer.string_member("Secret", answer.secret);
  writer.end_object();
  writer.finish();
  sink("\n");
}

void write_docker_list(const std::map<std::string, std::string>& usernames, const Sink& sink) {
  JsonWriter writer(sink, JsonLayout::compact);
  writer.begin_object();
  for (const auto& [server, username] : usernames) writer.string_member(server, username);
  writer.end_object();
  writer.finish();
  sink("\n");
}

}  // namespace formats
