// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/seal/samples.h"
#include "tests/support/error_of.h"

namespace vault::testing {
namespace {

TEST(Codecs, ReadWhatTheyWroteAndWriteItAgainTheSame) {
  for (const auto& codec : all_codecs())
    EXPECT_EQ(to_hex(codec.reencode(codec.plaintext)), to_hex(codec.plaintext)) << codec.name;
}

TEST(ProfileSheetCodec, KeepsEveryMember) {
  EXPECT_EQ(decode_profile_sheet(encode(full_profile_sheet())), full_profile_sheet());
  EXPECT_EQ(decode_profile_sheet(encode(full_profile_sheet())).provider.text(), " OpenAI ");
  EXPECT_EQ(decode_profile_sheet(encode(bare_profile_sheet())), bare_profile_sheet());
}

TEST(ProfileSheetCodec, KeepsEveryFormOfExpiry) {
  for (const auto& expiry :
       {Expiry::none(), Expiry::at({0}), Expiry::at({-1}), Expiry::at({INT64_MAX}), Expiry::at({INT64_MIN}),
        Expiry::invalid("\"soon\""), Expiry{Expiry::Form::at, {5}, "5.0"}}) {
    auto sheet = bare_profile_sheet();
    sheet.expiry = expiry;
    EXPECT_EQ(decode_profile_sheet(encode(sheet)).expiry, expiry);
  }
}

TEST(ProfileSheetCodec, TellsAbsentFromEmptyAndFalse) {
  auto sheet = bare_profile_sheet();
  sheet.email = "";
  sheet.copy_to_agents = false;
  sheet.key_ref = SecretRef{"env", "", ""};
  EXPECT_EQ(decode_profile_sheet(encode(sheet)), sheet);
}

TEST(CredentialCodec, KeepsEverySetOfFields) {
  for (unsigned bits = 0; bits < 1U << std::size(kSecretFields); ++bits) {
    Credential credential;
    for (const auto field : kSecretFields) {
      if ((bits >> unsigned(field) & 1U) != 0) credential.set(field, SecretString::copy_of("v"));
    }
    EXPECT_TRUE(decode_credential(encode(credential)).same_as(credential)) << bits;
  }
  EXPECT_TRUE(decode_credential(encode(full_credential())).same_as(full_credential()));
}

TEST(CredentialCodec, TellsAnAbsentFieldFromAnEmptyOne) {
  Credential credential;
  credential.set(SecretField::token, SecretString());
  const auto decoded = decode_credential(encode(credential));
  ASSERT_NE(decoded.find(SecretField::token), nullptr);
  EXPECT_EQ(decoded.find(SecretField::key), nullptr);
}

TEST(OrderCodec, TellsNoOrderFromAnEmptyOne) {
  ProviderOrder order{ProviderId("p")};
  EXPECT_EQ(decode_order(encode(order)), order);
  order.ids.emplace();
  EXPECT_EQ(decode_order(encode(order)), order);
  EXPECT_EQ(decode_order(encode(full_order())), full_order());
}

TEST(UsageCodec, KeepsEveryMember) { EXPECT_EQ(decode_usage(encode(full_usage())), full_usage()); }

TEST(OtherCodecs, KeepEveryMember) {
  EXPECT_EQ(decode_variable_sheet(encode(full_variable_sheet())), full_variable_sheet());
  EXPECT_EQ(decode_config_secret_sheet(encode(full_config_secret_sheet())), full_config_secret_sheet());
  auto placeholder = full_variable_sheet();
  placeholder.blank = false;
  placeholder.placeholder = true;
  EXPECT_EQ(decode_variable_sheet(encode(placeholder)), placeholder);
  const SessionPin pin{std::string("s\0\xff", 3), ProfileId("p"), {-5}};
  EXPECT_EQ(decode_pin(encode(pin)), pin);
  const ForeignSheet foreign{"openclaw", test_id<Revision>(3)};
  EXPECT_EQ(decode_foreign_sheet(encode(foreign)), foreign);
  const AgentSheet agent{AgentName("a"), Inheritance::isolated, {7}};
  EXPECT_EQ(decode_agent_sheet(encode(agent)), agent);
  const VaultSettings settings{AgentName("worker")};
  EXPECT_EQ(decode_settings(encode(settings)), settings);
  EXPECT_EQ(decode_agent_state(encode(full_agent_state())), full_agent_state());
  EXPECT_EQ(decode_vault_state(encode(VaultState{3, {1}})), (VaultState{3, {1}}));
}

TEST(KeyringCodec, KeepsEveryKey) {
  const auto keyring = full_keyring();
  const auto decoded = decode_agent_keyring(encode(keyring));
  EXPECT_EQ(decoded.id, keyring.id);
  EXPECT_EQ(decoded.name, keyring.name);
  EXPECT_EQ(copy_of(decoded.key.reveal()), copy_of(keyring.key.reveal()));
  ASSERT_TRUE(decoded.shared);
  EXPECT_EQ(decoded.shared->id, keyring.shared->id);
  EXPECT_EQ(copy_of(decoded.shared->keys.index.reveal()), copy_of(keyring.shared->keys.index.reveal()));
  EXPECT_EQ(copy_of(decoded.shared->keys.sheet.reveal()), copy_of(keyring.shared->keys.sheet.reveal()));
  EXPECT_EQ(copy_of(decoded.shared->keys.secret.reveal()), copy_of(keyring.shared->keys.secret.reveal()));
}

// F13: bytes of every kind and length, as far as the format goes.
TEST(SecretTextCodec, KeepsAnyBytesUpToTheLimit) {
  const std::string longest(kLongestPlaintext - 6, 'x');
  for (const std::string& text : {std::string(), std::string(1, '\0'), std::string("\xff\xfe"), longest}) {
    EXPECT_EQ(decode_secret_text(encode_secret_text(SecretString::copy_of(text))).reveal(), text);
  }
  EXPECT_EQ(code_of([&] { return encode_secret_text(SecretString::copy_of(longest + "x")); }), ErrorCode::bad_input);
}

}  // namespace
}  // namespace vault::testing
