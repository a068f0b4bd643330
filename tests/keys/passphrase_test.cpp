// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/keys/slots.h"
#include "tests/support/error_of.h"

namespace vault::testing {
namespace {

constexpr Argon2Cost kCheap{2, 64};

std::string from_file(std::string_view contents) {
  return std::string(text_of(passphrase_from_file(SecretBytes::copy_of(bytes_of(contents))).reveal()));
}

Bytes parameters_with(std::uint32_t operations, std::uint32_t memory) {
  auto parameters = passphrase_parameters(kCheap);
  for (std::size_t i = 0; i < 4; ++i) {
    parameters[i] = static_cast<std::uint8_t>(operations >> (8 * i));
    parameters[4 + i] = static_cast<std::uint8_t>(memory >> (8 * i));
  }
  return parameters;
}

std::optional<ErrorCode> deriving_with(const Bytes& parameters) {
  return code_of([&] { return passphrase_slot_key(bytes_of("x"), parameters); });
}

// A22: one line end is the file's, everything else is the passphrase.
TEST(PassphraseFromFile, LosesOneLineEndAndNothingElse) {
  EXPECT_EQ(from_file("correct horse"), "correct horse");
  EXPECT_EQ(from_file("correct horse\n"), "correct horse");
  EXPECT_EQ(from_file("correct horse\r\n"), "correct horse");
  EXPECT_EQ(from_file("correct horse\n\n"), "correct horse\n");
  EXPECT_EQ(from_file(" blanks \t"), " blanks \t");
  EXPECT_EQ(from_file(std::string_view("nul\0in", 6)), std::string_view("nul\0in", 6));
}

TEST(PassphraseFromFile, RefusesEmptyAndEndlessOnes) {
  for (const std::string& contents :
       {std::string(), std::string("\n"), std::string("\r\n"), std::string(kLongestPassphrase + 1, 'x')}) {
    EXPECT_EQ(code_of([&] { return from_file(contents); }), ErrorCode::bad_input);
  }
  EXPECT_EQ(from_file(std::string(kLongestPassphrase, 'x') + "\n").size(), kLongestPassphrase);
}

// A23: the cost that was asked for is the cost that is stored.
TEST(PassphraseParameters, HoldTheCostAndAFreshSalt) {
  const auto one = passphrase_parameters({3, 256});
  const auto two = passphrase_parameters({3, 256});
  ASSERT_EQ(one.size(), 24U);
  EXPECT_EQ(to_hex(ByteView(one).first(8)), "0300000000010000");
  EXPECT_NE(one, two);
}

TEST(PassphraseParameters, AreMadeWithinTheBoundsOnly) {
  for (const Argon2Cost cost : {kLeastArgon2Cost, kMostArgon2Cost, kDefaultArgon2Cost}) {
    EXPECT_EQ(passphrase_parameters(cost).size(), 24U);
  }
  for (const Argon2Cost cost :
       {Argon2Cost{1, 64}, Argon2Cost{11, 64}, Argon2Cost{2, 63}, Argon2Cost{2, 1025}, Argon2Cost{}}) {
    EXPECT_EQ(code_of([&] { return passphrase_parameters(cost); }), ErrorCode::parameters_out_of_bounds);
  }
}

// A08, A09: lowered below the floor, raised beyond all reason; the work is never begun.
TEST(PassphraseSlotKey, RefusesCostsBeyondTheBoundsBeforeAnyWork) {
  for (const auto& [operations, memory] : {std::pair{0U, 64U},
                                           {1U, 64U},
                                           {11U, 64U},
                                           {UINT32_MAX, 64U},
                                           {2U, 0U},
                                           {2U, 1U},
                                           {2U, 63U},
                                           {2U, 1025U},
                                           {2U, 4096U},
                                           {2U, UINT32_MAX},
                                           {0U, 0U},
                                           {UINT32_MAX, UINT32_MAX},
                                           {0x02000000U, 64U}}) {
    EXPECT_EQ(deriving_with(parameters_with(operations, memory)), ErrorCode::parameters_out_of_bounds)
        << operations << ' ' << memory;
  }
}

TEST(PassphraseSlotKey, RefusesParametersOfAnotherLength) {
  const auto parameters = passphrase_parameters(kCheap);
  for (std::size_t size = 0; size < parameters.size(); ++size) {
    EXPECT_EQ(deriving_with({parameters.begin(), parameters.begin() + std::ptrdiff_t(size)}),
              ErrorCode::parameters_out_of_bounds);
  }
  auto longer = parameters;
  longer.push_back(0);
  EXPECT_EQ(deriving_with(longer), ErrorCode::parameters_out_of_bounds);
}

TEST(PassphraseUnlocking, OpensItsSlotAndNoOther) {
  const auto parameters = passphrase_parameters(kCheap);
  const auto slot =
      made_slot(SlotKind::passphrase, passphrase_slot_key(bytes_of("correct horse"), parameters), 1, parameters);
  const std::vector<KeySlot> slots{made_slot(SlotKind::recovery, test_key<SlotKey>(1), 2), slot};
  const auto unlock = [&](std::string_view passphrase) {
    return unlock_any(slots, kVault, PassphraseUnlocker(SecretBytes::copy_of(bytes_of(passphrase))));
  };
  EXPECT_EQ(unlock("correct horse")->index, 1U);
  EXPECT_FALSE(unlock("Correct horse"));
  EXPECT_FALSE(unlock("correct horse\n"));
}

// A08: within the bounds, but not as it was made.
TEST(PassphraseUnlocking, FailsWhenTheStoredCostOrSaltWasChanged) {
  const auto parameters = passphrase_parameters({3, 64});
  auto slot = made_slot(SlotKind::passphrase, passphrase_slot_key(bytes_of("x"), parameters), 1, parameters);
  const PassphraseUnlocker unlocker(SecretBytes::copy_of(bytes_of("x")));
  slot.parameters[0] = 2;
  EXPECT_FALSE(unlock_any(std::span(&slot, 1), kVault, unlocker));
  slot.parameters = parameters;
  slot.parameters[23] ^= 1;
  EXPECT_FALSE(unlock_any(std::span(&slot, 1), kVault, unlocker));
}

// A12: parameters out of bounds are neither a wrong key nor damage.
TEST(PassphraseUnlocking, TellsBadParametersFromAWrongPassphrase) {
  auto slot = made_slot(SlotKind::passphrase, test_key<SlotKey>(1), 1, parameters_with(1, 64));
  const PassphraseUnlocker unlocker(SecretBytes::copy_of(bytes_of("x")));
  EXPECT_EQ(code_of([&] { return unlock_any(std::span(&slot, 1), kVault, unlocker); }),
            ErrorCode::parameters_out_of_bounds);
}

}  // namespace
}  // namespace vault::testing
