// SPDX-License-Identifier: Apache-2.0
// A13: one flipped bit at every byte of the file. A reader gets the right answer or an error with a code, never another
// plaintext, never another set of profiles, and never a crash.
#include <algorithm>
#include <gmock/gmock.h>
#include <map>

#include "tests/attack/small_vault.h"
#include "vault/base/file.h"

namespace vault::testing {
namespace {

using ::testing::AnyOf;
using ::testing::Each;
using ::testing::ElementsAre;

// A descriptor of the vault must not be closed while SQLite has it open in this process, or SQLite's locks are gone:
// this one outlives every attempt.
class Flipper {
 public:
  explicit Flipper(const std::filesystem::path& path)
      : bytes_(contents_of(path)), file_(::open(path.c_str(), O_RDWR | O_CLOEXEC)) {}
  std::size_t size() const { return bytes_.size(); }
  void flip(std::size_t offset, unsigned bit) { put(offset, static_cast<char>(bytes_[offset] ^ (1 << bit))); }
  void restore(std::size_t offset) { put(offset, bytes_[offset]); }

 private:
  void put(std::size_t offset, char byte) {
    if (::pwrite(file_.get(), &byte, 1, static_cast<off_t>(offset)) != 1) throw std::runtime_error("cannot write");
  }
  const std::string bytes_;
  const Descriptor file_;
};

// Another bit at each byte, so that all eight come up.
unsigned bit_at(std::size_t offset) { return static_cast<unsigned>(offset * 5 % 8); }

bool is_damage(ErrorCode code) {
  switch (code) {
    case ErrorCode::damaged_record:
    case ErrorCode::damaged_slot:
    case ErrorCode::state_mismatch:
    case ErrorCode::tampered_schema:
    case ErrorCode::parameters_out_of_bounds:
    case ErrorCode::not_a_vault:      // magic, application id, the vault row's place
    case ErrorCode::newer_format:     // user_version
    case ErrorCode::wrong_key:        // the slot's id, kind or commitment, or the vault's id
    case ErrorCode::io: return true;  // pages that the header claims and the file does not have
    default: return false;
  }
}

TEST(OneFlippedBit, AnywhereNeverYieldsAnotherSecret) {
  const SmallVault vault;
  Flipper flipper(vault.path());
  std::map<std::optional<ErrorCode>, std::size_t> counts;
  for (std::size_t offset = 0; offset < flipper.size(); ++offset) {
    flipper.flip(offset, bit_at(offset));
    const auto outcome = vault.read();
    flipper.restore(offset);
    ++counts[outcome.error];
    if (outcome.error) {
      ASSERT_TRUE(is_damage(*outcome.error)) << name_of(*outcome.error) << " at byte " << offset;
    } else {
      ASSERT_EQ(outcome.secret, SmallVault::kSecret) << "at byte " << offset;
    }
  }
  EXPECT_EQ(vault.read().secret, SmallVault::kSecret);
  EXPECT_GT(counts[ErrorCode::damaged_record], 100U);  // the flips did reach what is sealed
  for (const auto& [code, count] : counts) RecordProperty(code ? std::string(name_of(*code)) : "right", int(count));
}

TEST(OneFlippedBit, AnywhereNeverYieldsAnotherList) {
  const SmallVault vault;
  Flipper flipper(vault.path());
  std::size_t right = 0, refused = 0;
  for (std::size_t offset = 0; offset < flipper.size(); ++offset) {
    flipper.flip(offset, bit_at(offset));
    const auto outcome = vault.read_listing_only();
    flipper.restore(offset);
    ++(outcome.error || outcome.names_damage ? refused : right);
    if (outcome.error) {
      ASSERT_TRUE(is_damage(*outcome.error)) << name_of(*outcome.error) << " at byte " << offset;
    } else if (outcome.names_damage) {
      ASSERT_THAT(outcome.ids, Each(AnyOf("openai:a", "openai:b"))) << "at byte " << offset;
    } else {
      ASSERT_THAT(outcome.ids, ElementsAre("openai:a", "openai:b")) << "at byte " << offset;
    }
  }
  EXPECT_GT(right, 0U);
  EXPECT_GT(refused, 100U);
}

}  // namespace
}  // namespace vault::testing
