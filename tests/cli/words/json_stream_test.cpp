// SPDX-License-Identifier: Apache-2.0
#include "cli/words/json_stream.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "vault/base/encoding.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

// What is written to a pipe by `write`.
std::string written(const std::function<void(Output&)>& write) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  {
    Output out(ends[1]);
    write(out);
    out.flush();
  }
  ::close(ends[1]);
  const auto bytes = vault::read_secret_stream(ends[0], 1 << 16);
  ::close(ends[0]);
  return std::string(vault::text_of(bytes.reveal()));
}

Json element(int number) {
  return {
      {"id", "line\nend \u202e"}, {"number", number}, {"none", nullptr}, {"list", {1, 2}}, {"empty", Json::array()}};
}

TEST(JsonStream, WritesWhatTheWholeDocumentWouldRead) {
  for (int count = 0; count < 3; ++count) {
    Json whole = json_document();
    whole["profiles"] = Json::array();
    for (int i = 0; i < count; ++i) whole["profiles"].push_back(element(i));
    whole["damaged"] = Json::array({element(7)});
    const auto streamed = written([&](Output& out) {
      JsonStream stream(out);
      stream.begin_array("profiles");
      for (int i = 0; i < count; ++i) stream.element(element(i));
      stream.end_array();
      stream.member("damaged", Json::array({element(7)}));
      stream.finish();
    });
    EXPECT_EQ(streamed, written([&](Output& out) { print_json(out, whole); }));
  }
}

TEST(JsonStream, WritesObjectsInArraysAsTheWholeDocumentWould) {
  Json whole = json_document();
  whole["agents"] = Json::array({{{"agent", "main"}, {"added", {"a", "b"}}, {"lost", Json::array()}}, Json::object()});
  const auto streamed = written([&](Output& out) {
    JsonStream stream(out);
    stream.begin_array("agents");
    stream.begin_object();
    stream.member("agent", "main");
    stream.begin_array("added");
    stream.element("a");
    stream.element("b");
    stream.end_array();
    stream.begin_array("lost");
    stream.end_array();
    stream.end_object();
    stream.begin_object();
    stream.end_object();
    stream.end_array();
    stream.finish();
  });
  EXPECT_EQ(streamed, written([&](Output& out) { print_json(out, whole); }));
}

}  // namespace
}  // namespace cli
