// SPDX-License-Identifier: Apache-2.0
// Any bytes at all either decode to something that encodes to the same bytes again, or are refused. The seed is fixed:
// a failure comes back.
#include <gtest/gtest.h>
#include <random>

#include "tests/seal/samples.h"
#include "tests/support/error_of.h"

namespace vault::testing {
namespace {

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  Bytes mutated(Bytes bytes) {
    for (std::size_t changes = 1 + below(3); changes > 0; --changes) change(bytes);
    return bytes;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::uint8_t byte() { return static_cast<std::uint8_t>(below(4) == 0 ? below(20) : below(256)); }
  std::ptrdiff_t place(const Bytes& bytes) { return static_cast<std::ptrdiff_t>(below(bytes.size() + 1)); }

  void change(Bytes& bytes) {
    const auto at = place(bytes);
    switch (below(5)) {
      case 0: bytes.insert(bytes.begin() + at, byte()); break;
      case 1: bytes.resize(std::size_t(at)); break;
      case 2: repeat(bytes, at); break;
      default:
        if (at < std::ptrdiff_t(bytes.size())) bytes[std::size_t(at)] = byte();
    }
  }

  void repeat(Bytes& bytes, std::ptrdiff_t at) {
    const Bytes piece(bytes.begin() + at,
                      bytes.begin() + at + std::min<std::ptrdiff_t>(12, std::ptrdiff_t(bytes.size()) - at));
    const auto to = place(bytes);
    bytes.insert(bytes.begin() + to, piece.begin(), piece.end());
  }

  std::mt19937 random_;
};

void expect_same_or_refused(const Codec& codec, const Bytes& bytes) {
  std::optional<Bytes> again;
  const auto code = code_of([&] { return again = codec.reencode(bytes), 0; });
  const bool refused = code == ErrorCode::damaged_record || code == ErrorCode::newer_format;
  EXPECT_TRUE(again ? *again == bytes : refused)
      << codec.name << ' ' << to_hex(bytes) << ' ' << (code ? name_of(*code) : "");
}

TEST(CodecMutations, DecodeToTheSameBytesOrAreRefused) {
  Mutator mutator(20'261'121);
  for (const auto& codec : all_codecs()) {
    for (int i = 0; i < 2'000 && !HasFailure(); ++i) expect_same_or_refused(codec, mutator.mutated(codec.plaintext));
  }
}

// Every bit, and the values that lengths, tags and flags take most.
TEST(CodecMutations, OfASingleByteAreRefusedOrMeanTheSame) {
  for (const auto& codec : all_codecs()) {
    auto bytes = codec.plaintext;
    for (std::size_t i = 0; i < bytes.size() && !HasFailure(); ++i) {
      for (const unsigned change : {0x01U, 0x02U, 0x04U, 0x08U, 0x10U, 0x20U, 0x40U, 0x80U, 0xffU}) {
        bytes[i] = static_cast<std::uint8_t>(codec.plaintext[i] ^ change);
        expect_same_or_refused(codec, bytes);
      }
      bytes[i] = codec.plaintext[i];
    }
  }
}

TEST(CodecMutations, OfOneCodecAreRefusedByTheOthersOrMeanTheSame) {
  const auto all = all_codecs();
  for (const auto& reader : all) {
    for (const auto& writer : all) expect_same_or_refused(reader, writer.plaintext);
  }
}

}  // namespace
}  // namespace vault::testing
