// SPDX-License-Identifier: Apache-2.0
#include "import/hosts/docker_credential.h"

#include <gtest/gtest.h>

#include "import/hosts/aws_credential.h"

namespace formats {
namespace {

TEST(DockerServer, GoesByOneNameHoweverItIsWritten) {
  for (const auto* address : {"ghcr.io", "https://ghcr.io", "http://GHCR.io/v2/", " ghcr.io\n"})
    EXPECT_EQ(docker_server(address), "ghcr.io") << address;
  EXPECT_EQ(docker_server("localhost:5000/x"), "localhost:5000");
}

TEST(DockerServer, KnowsTheDefaultOneByAllItsNames) {
  for (const auto* address : {"docker.io", "index.docker.io", "https://index.docker.io/v1/", "registry-1.docker.io"})
    EXPECT_EQ(docker_server(address), "docker.io") << address;
  EXPECT_EQ(docker_address("docker.io"), "https://index.docker.io/v1/");
  EXPECT_EQ(docker_address("ghcr.io"), "ghcr.io");
}

TEST(DockerRequest, IsTheFirstLine) {
  EXPECT_EQ(read_docker_request("ghcr.io\r\nmore"), "ghcr.io");
  EXPECT_EQ(read_docker_request("  \n"), "");
  EXPECT_EQ(read_docker_request(""), "");
}

template <typename Write>
std::string text_of(const Write& write) {
  std::string text;
  write([&](std::string_view part) { text += part; });
  return text;
}

TEST(DockerAnswer, EscapesWhatItCarries) {
  EXPECT_EQ(text_of([](const Sink& sink) {
              write_docker_answer({"ghcr.io", "me", "a\"b"}, sink);
            }),
            "{\"ServerURL\":\"ghcr.io\",\"Username\":\"me\",\"Secret\":\"a\\\"b\"}\n");
  EXPECT_EQ(text_of([](const Sink& sink) { write_docker_list({}, sink); }), "{}\n");
}

TEST(AwsAnswer, LeavesOutWhatIsNotThere) {
  EXPECT_EQ(text_of([](const Sink& sink) {
              write_aws_answer({"AKIA", "s", {}, {}}, sink);
            }),
            "{\"Version\":1,\"AccessKeyId\":\"AKIA\",\"SecretAccessKey\":\"s\"}\n");
  EXPECT_EQ(text_of([](const Sink& sink) {
              write_aws_answer({"A", "s", "t", vault::Timestamp{0}}, sink);
            }),
            "{\"Version\":1,\"AccessKeyId\":\"A\",\"SecretAccessKey\":\"s\",\"SessionToken\":\"t\","
            "\"Expiration\":\"1970-01-01T00:00:00Z\"}\n");
}

}  // namespace
}  // namespace formats
