// SPDX-License-Identifier: Apache-2.0
// Every block of memory is searched for a token in the moment before it is freed.
#include <gtest/gtest.h>
#include <malloc.h>

#include <cstdlib>
#include <new>

#include "tests/helper/fake_place.h"
#include "vault/oauth/fetching/helper_fetcher.h"
#include "vault/oauth/fetching/messages.h"

namespace {

// Never whole in the program's own constants.
constexpr std::string_view kFront = "rt-test-canary-", kBack = "0123456789abcdef";
std::size_t found = 0;
bool searching = false;

void search(const void* memory) {
  if (!searching || memory == nullptr) return;
  const std::string_view block(static_cast<const char*>(memory), ::malloc_usable_size(const_cast<void*>(memory)));
  for (auto at = block.find(kFront); at != block.npos; at = block.find(kFront, at + 1)) {
    if (block.substr(at + kFront.size()).starts_with(kBack)) ++found;
  }
}

}  // namespace

void* operator new(std::size_t size) {
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  search(memory);
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

namespace vault::test {
namespace {

class Search {
 public:
  Search() {
    found = 0;
    searching = true;
  }
  ~Search() { searching = false; }
};

SecretString token() {
  SecretBytes bytes(kFront.size() + kBack.size());
  auto* const end = std::copy(kFront.begin(), kFront.end(), bytes.writable().data());
  std::copy(kBack.begin(), kBack.end(), end);
  return SecretString(std::move(bytes));
}

TEST(FetchingWiping, NoticesATokenThatIsFreedAsItIs) {
  const auto secret = token();
  const Search search;
  { const Bytes careless(bytes_of(secret.reveal()).begin(), bytes_of(secret.reveal()).end()); }
  EXPECT_GT(found, 0U);
}

TEST(FetchingWiping, LeavesNothingOfABodyThatGoesOverASocketInPieces) {
  const auto secret = token();
  const Search search;
  {
    const auto sent = encode(fetching::encode_body(secret.reveal()));
    FrameQueue queue;
    for (const auto byte : sent) queue.append(ByteView(&byte, 1));
    const auto body = fetching::decode_body(queue.next().value());
    EXPECT_TRUE(text_of(body) == secret.reveal());
    const auto reply = fetching::decode_reply(encode(fetching::Reply{200, {}, body}));
    EXPECT_EQ(reply.body.size(), body.size());
  }
  EXPECT_EQ(found, 0U);
}

TEST(FetchingWiping, LeavesNothingOfTheRequestAndTheReplyWhereItWasAsked) {
  const FakePlace place;
  HelperFetcher fetcher({place.copy("echo")});
  const EndpointRequest request{"https://tokens.test/t", EndpointRequest::Body::form, token()};
  const Search search;
  {
    const auto outcome = fetcher.post(request);
    const auto said = text_of(std::get<HttpReply>(outcome).body.reveal());
    EXPECT_NE(said.find(request.body.reveal()), said.npos);
  }
  EXPECT_EQ(found, 0U);
}

}  // namespace
}  // namespace vault::test
