// SPDX-License-Identifier: Apache-2.0
#include "import/hosts/git_credential.h"

#include "vault/base/ids.h"

namespace formats {
namespace {

constexpr std::size_t kDeepestPath = 32;  // folders that are looked for; no forge nests as deep

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

void take(GitRequest& request, std::string_view name, std::string_view value) {
  if (name == "protocol") request.protocol = value;
  if (name == "host") request.host = vault::ascii_lower(value);
  if (name == "path") request.path = value;
  if (name == "username") request.username = std::string(value);
}

}  // namespace

GitRequest read_git_request(std::string_view text) {
  GitRequest request;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = without_line_end(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) break;
    const auto equals = line.find('=');
    if (equals != std::string_view::npos) take(request, line.substr(0, equals), line.substr(equals + 1));
  }
  return request;
}

bool is_whole_git_request(std::string_view text) noexcept {
  return text.starts_with("\n") || text.starts_with("\r\n") || text.find("\n\n") != std::string_view::npos ||
         text.find("\n\r\n") != std::string_view::npos;
}

std::vector<std::string> git_providers(const GitRequest& request) {
  std::vector<std::string> providers;
  if (request.protocol != "https" || request.host.empty()) return providers;
  const std::string host = "git:" + request.host;
  std::string_view path = request.path;
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  for (std::size_t depth = 0; !path.empty() && depth < kDeepestPath; ++depth) {
    providers.push_back(host + "/" + std::string(path));
    if (path.ends_with(".git")) providers.push_back(host + "/" + std::string(path.substr(0, path.size() - 4)));
    const auto slash = path.rfind('/');
    path = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
  }
  providers.push_back(host);
  return providers;
}

bool write_git_answer(const GitAnswer& answer, const Sink& sink) {
  constexpr std::string_view kUnfit("\n\0", 2);
  if (answer.username.find_first_of(kUnfit) != std::string_view::npos) return false;
  if (answer.password.find_first_of(kUnfit) != std::string_view::npos) return false;
  sink("username=");
  sink(answer.username);
  sink("\npassword=");
  sink(answer.password);
  sink("\n");
  if (answer.expires) sink("password_expiry_utc=" + std::to_string(answer.expires->ms / 1000) + "\n");
  return true;
}

}  // namespace formats
