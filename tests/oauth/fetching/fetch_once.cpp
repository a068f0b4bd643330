// SPDX-License-Identifier: Apache-2.0
// fetch_once PROGRAM SEND_WITHIN_MS REPLY_WITHIN_MS form|json ENDPOINT: posts what comes on standard input through the
// helper program, once. "reply STATUS RETRY_AFTER" and the body, or "none SENT PHASE"; "trouble" and why on stderr.
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>
#include <unistd.h>

#include "vault/oauth/fetching/helper_fetcher.h"

namespace {

using namespace vault;

SecretString standard_input() {
  SecretBytes bytes(std::size_t{1} << 20);
  std::size_t size = 0;
  for (ssize_t count = 0; (count = ::read(0, bytes.writable().data() + size, bytes.size() - size)) > 0;) {
    size += static_cast<std::size_t>(count);
  }
  bytes.truncate(size);
  return SecretString(std::move(bytes));
}

void tell(const HttpReply& reply) {
  const auto wait = reply.retry_after_s ? std::to_string(*reply.retry_after_s) : "-";
  std::printf("reply %d %s\n", reply.status, wait.c_str());
  std::fwrite(reply.body.reveal().data(), 1, reply.body.size(), stdout);
}

void tell(const NoReply& none) {
  constexpr const char* kPhases[] = {"none", "name", "connecting", "tls", "speaking"};
  std::printf("none %s %s\n", none.sent == NoReply::Sent::nothing ? "nothing" : "unknown",
              kPhases[static_cast<std::size_t>(none.phase)]);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) return 64;
  const auto kind = argv[4] == std::string_view("json") ? EndpointRequest::Body::json : EndpointRequest::Body::form;
  HelperFetcher fetcher(
      {argv[1], std::chrono::milliseconds(std::atoi(argv[2])), std::chrono::milliseconds(std::atoi(argv[3]))});
  const auto outcome = fetcher.post({argv[5], kind, standard_input()});
  std::visit([](const auto& what) { tell(what); }, outcome);
  if (fetcher.trouble()) std::fprintf(stderr, "trouble %s\n", fetcher.trouble()->what());
  return 0;
}
