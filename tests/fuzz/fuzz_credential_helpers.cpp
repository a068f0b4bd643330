// SPDX-License-Identifier: Apache-2.0
// Any bytes as what git or docker asks for, and as a value that Hermes is to read: requests stay within their bounds,
// an answer never has a line of somebody else's, and what is written for Hermes is one line or refused.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "import/dotenv/dotenv_writer.h"
#include "import/hosts/docker_credential.h"
#include "import/hosts/git_credential.h"
#include "vault/base/error.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void ask_for_git(std::string_view text) {
  const auto request = formats::read_git_request(text);
  static_cast<void>(formats::is_whole_git_request(text));
  const auto providers = formats::git_providers(request);
  for (const auto& provider : providers) require(provider.starts_with("git:" + request.host));
  std::string answer;
  const bool is_written = formats::write_git_answer({"me", text, {}}, [&](std::string_view part) { answer += part; });
  require(is_written == !answer.empty());
  require(!is_written || std::ranges::count(answer, '\n') == 2);
}

void ask_for_docker(std::string_view text) {
  const auto server = formats::docker_server(formats::read_docker_request(text));
  require(server.find('/') == std::string::npos);
  require(formats::docker_server(formats::docker_address(server)) == server || server.find(':') != std::string::npos);
}

void write_for_hermes(std::string_view text) {
  const auto value = vault::SecretString::copy_of(text);
  const formats::NamedSecret variable{"NAME", &value};
  try {
    const auto written = formats::write_variables({&variable, 1}, formats::Dialect::hermes);
    require(std::ranges::count(written.reveal(), '\n') == 1);
  } catch (const vault::Error& error) {
    require(error.code() == vault::ErrorCode::bad_input);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  ask_for_git(text);
  ask_for_docker(text);
  write_for_hermes(text);
  return 0;
}
