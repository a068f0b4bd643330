// SPDX-License-Identifier: Apache-2.0
#pragma once
// The protocol of docker's credential helpers, which podman speaks too: the server's address on standard input, JSON or
// one sentence on standard output. Source: the documentation and sources of docker's credential helpers.

#include <map>
#include <string>
#include <string_view>

#include "import/json/json_writer.h"

namespace formats {

inline constexpr std::size_t kLargestDockerRequest = 1u << 20;  // bytes

// docker and podman compare this sentence: with it they go on without a login, with any other they stop.
inline constexpr std::string_view kDockerNotFound = "credentials not found in native keychain";

// One name for the many that a server goes by: no scheme, path or letter case, and of the default registry's
// (index.docker.io/v1/, registry-1.docker.io) always "docker.io".
std::string docker_server(std::string_view address);
// What docker itself calls it.
std::string docker_address(std::string_view server);

// The address asked for: the first line, without blanks around it. Empty when there is none.
std::string_view read_docker_request(std::string_view text) noexcept;

struct DockerAnswer {
  std::string_view server;  // as it was asked for
  std::string_view username;
  std::string_view secret;
};

void write_docker_answer(const DockerAnswer& answer, const Sink& sink);
void write_docker_list(const std::map<std::string, std::string>& usernames, const Sink& sink);

}  // namespace formats
