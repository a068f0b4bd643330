// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/server_facts.h"

#include <algorithm>
#include <charconv>

#include "vault/base/error.h"
#include "vault/storage/postgres/link.h"

namespace vault {
namespace {

constexpr std::size_t kFacts = 9;
constexpr std::size_t kLongestText = 64;

[[noreturn]] void fail_as_odd() {
  throw Error(ErrorCode::damaged_record, "the database server says odd things of itself");
}

std::string printable(std::string text) {
  text.resize(std::min(text.size(), kLongestText));
  std::ranges::replace_if(
      text, [](char c) { return c < 0x20 || c > 0x7e; }, '?');
  return text;
}

std::int64_t number(const std::string& text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) fail_as_odd();
  return value;
}

ServerRole role_of(const std::string& text) {
  if (text == "superuser") return ServerRole::superuser;
  if (text == "owner") return ServerRole::owner;
  if (text == "writer") return ServerRole::writer;
  return ServerRole::reader;
}

}  // namespace

ServerFacts examine_server(const PostgresPlace& place, const PostgresOpening& opening) {
  const auto begun = std::chrono::steady_clock::now();
  postgres::Link link(place, opening, after(std::chrono::seconds(60)));
  const auto texts = link.examine();
  if (texts.size() != kFacts) fail_as_odd();
  const auto took = std::chrono::steady_clock::now() - begun;
  return {.version = printable(texts[0]),
          .role = role_of(texts[1]),
          .fsync = texts[2] != "off",
          .full_page_writes = texts[3] != "off",
          .synchronous_commit = printable(texts[4]),
          .foreign_triggers = number(texts[5]),
          .clock = {number(texts[6])},
          .tls = texts[7] == "on",
          .verified = texts[8] == "verified",
          .answered_in = std::chrono::duration_cast<std::chrono::milliseconds>(took)};
}

}  // namespace vault
