// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <gtest/gtest.h>

#include "tests/support/bytes.h"
#include "tests/support/error_of.h"
#include "vault/seal/fields.h"

namespace vault::testing {
namespace {

std::string written(const std::function<void(FieldWriter&)>& write) {
  FieldWriter writer(1);
  write(writer);
  return to_hex(writer.take());
}

// The error of reading these bytes with version 1.
template <class Read>
std::optional<ErrorCode> reading(std::string_view bytes, Read read) {
  const auto all = hex(bytes);
  return code_of([&] {
    FieldReader reader(all, 1);
    read(reader);
    reader.finish();
    return 0;
  });
}

constexpr auto kNothing = [](FieldReader&) {};

TEST(FieldWriting, HasOneFormForEachKindOfValue) {
  EXPECT_EQ(written([](FieldWriter&) {}), "01");
  EXPECT_EQ(written([](FieldWriter& w) { w.text(7, "ab"); }),
            "0107"
            "02000000"
            "6162");
  EXPECT_EQ(written([](FieldWriter& w) { w.byte(1, 0xff); }),
            "0101"
            "01000000"
            "ff");
  EXPECT_EQ(written([](FieldWriter& w) { w.number(2, 1); }),
            "0102"
            "08000000"
            "0100000000000000");
  EXPECT_EQ(written([](FieldWriter& w) { w.number(2, -2); }),
            "0102"
            "08000000"
            "feffffffffffffff");
  EXPECT_EQ(written([](FieldWriter& w) {
              w.texts(3, {"a", ""});
            }),
            "0103"
            "09000000"
            "01000000"
            "61"
            "00000000");
  EXPECT_EQ(written([](FieldWriter& w) { w.texts(3, {}); }),
            "0103"
            "00000000");
  EXPECT_EQ(written([](FieldWriter& w) { w.id(4, test_id<AgentId>(0)); }),
            "0104"
            "10000000"
            "000102030405060708090a0b0c0d0e0f");
  EXPECT_EQ(written([](FieldWriter& w) { w.optional_text(1, std::nullopt), w.optional_number(2, std::nullopt); }),
            "01");
}

TEST(FieldWriting, RefusesMoreThanOneMebibyte) {
  FieldWriter writer(1);
  writer.bytes(1, Bytes(kLongestPlaintext - 6));
  EXPECT_EQ(code_of([&] { return writer.bytes(2, {}), 0; }), ErrorCode::bad_input);
  EXPECT_EQ(writer.take().size(), kLongestPlaintext);
}

TEST(FieldReading, GivesBackEachKindOfValue) {
  const auto bytes =
      hex("01"
          "0101000000ff"
          "0208000000feffffffffffffff"
          "0309000000010000006100000000"
          "0500000000");
  FieldReader reader(bytes, 1);
  EXPECT_EQ(reader.byte(1), 0xff);
  EXPECT_EQ(reader.number(2), -2);
  EXPECT_EQ(reader.texts(3), (std::vector<std::string>{"a", ""}));
  EXPECT_FALSE(reader.bytes(4));
  EXPECT_EQ(reader.text(5), "");
  reader.finish();
}

TEST(FieldReading, TellsANewerFormatFromDamage) {
  EXPECT_EQ(reading("02", kNothing), ErrorCode::newer_format);
  EXPECT_EQ(reading("ff01", kNothing), ErrorCode::newer_format);
  EXPECT_EQ(reading("00", kNothing), ErrorCode::damaged_record);  // A15: no way back to a version before the first
  EXPECT_EQ(reading("", kNothing), ErrorCode::damaged_record);
  EXPECT_EQ(reading("01", kNothing), std::nullopt);
}

TEST(FieldReading, RefusesTrailingBytesAndUnknownTags) {
  EXPECT_EQ(reading("0100", kNothing), ErrorCode::damaged_record);
  EXPECT_EQ(reading("010900000000", kNothing), ErrorCode::damaged_record);
  EXPECT_EQ(reading("010900000000", [](FieldReader& r) { r.bytes(8); }), ErrorCode::damaged_record);
  EXPECT_EQ(reading("010900000000", [](FieldReader& r) { r.bytes(10); }), ErrorCode::damaged_record);
  EXPECT_EQ(reading("010900000000", [](FieldReader& r) { r.bytes(9); }), std::nullopt);
}

TEST(FieldReading, RefusesTheSameTagTwiceAndTagsThatDescend) {
  const auto both = [](FieldReader& r) { r.bytes(1), r.bytes(2); };
  EXPECT_EQ(reading("01"
                    "0100000000"
                    "0200000000",
                    both),
            std::nullopt);
  EXPECT_EQ(reading("01"
                    "0100000000"
                    "0100000000",
                    both),
            ErrorCode::damaged_record);
  EXPECT_EQ(reading("01"
                    "0200000000"
                    "0100000000",
                    both),
            ErrorCode::damaged_record);
}

TEST(FieldReading, RefusesLengthsThatReachBeyondTheEnd) {
  const auto one = [](FieldReader& r) { r.bytes(1); };
  for (const auto* bytes : {"0101", "010100", "01010000", "0101000000", "010101000000", "0101ffffffff",
                            "0101ffffffff00", "01010200000000"}) {
    EXPECT_EQ(reading(bytes, one), ErrorCode::damaged_record) << bytes;
  }
}

TEST(FieldReading, RefusesNumbersBytesAndIdsOfAnotherLength) {
  EXPECT_EQ(reading("010107000000"
                    "00000000000000",
                    [](FieldReader& r) { r.number(1); }),
            ErrorCode::damaged_record);
  EXPECT_EQ(reading("010109000000"
                    "000000000000000000",
                    [](FieldReader& r) { r.number(1); }),
            ErrorCode::damaged_record);
  EXPECT_EQ(reading("010100000000", [](FieldReader& r) { r.byte(1); }), ErrorCode::damaged_record);
  EXPECT_EQ(reading("010102000000"
                    "0000",
                    [](FieldReader& r) { r.byte(1); }),
            ErrorCode::damaged_record);
  EXPECT_EQ(reading("010101000000"
                    "00",
                    [](FieldReader& r) { r.required_id<AgentId>(1); }),
            ErrorCode::damaged_record);
}

TEST(FieldReading, RefusesBytesBeyondTheirHighestValue) {
  const auto at_most_two = [](FieldReader& r) { r.required_byte(1, 2); };
  EXPECT_EQ(reading("010101000000"
                    "02",
                    at_most_two),
            std::nullopt);
  EXPECT_EQ(reading("010101000000"
                    "03",
                    at_most_two),
            ErrorCode::damaged_record);
  EXPECT_EQ(reading("010101000000"
                    "02",
                    [](FieldReader& r) { r.required_flag(1); }),
            ErrorCode::damaged_record);
}

TEST(FieldReading, RefusesListsThatDoNotAddUp) {
  const auto list = [](FieldReader& r) { r.texts(1); };
  EXPECT_EQ(reading("010100000000", list), std::nullopt);
  EXPECT_EQ(reading("010104000000"
                    "00000000",
                    list),
            std::nullopt);
  for (const auto* bytes : {"010103000000"
                            "000000",
                            "010104000000"
                            "01000000",
                            "010106000000"
                            "010000006161",
                            "010104000000"
                            "ffffffff"}) {
    EXPECT_EQ(reading(bytes, list), ErrorCode::damaged_record) << bytes;
  }
}

TEST(FieldReading, MissesRequiredFields) {
  EXPECT_EQ(reading("01", [](FieldReader& r) { r.required(1); }), ErrorCode::damaged_record);
  EXPECT_EQ(reading("01", [](FieldReader& r) { r.required_number(1); }), ErrorCode::damaged_record);
  EXPECT_EQ(reading("01", [](FieldReader& r) { r.required_text(1); }), ErrorCode::damaged_record);
  EXPECT_EQ(reading("01", [](FieldReader& r) { r.bytes(1), r.number(2), r.byte(3), r.texts(4); }), std::nullopt);
}

TEST(FieldReading, RefusesMoreThanOneMebibyteBeforeLookingAtIt) {
  Bytes bytes(kLongestPlaintext + 1);
  bytes[0] = 1;
  EXPECT_EQ(code_of([&] { return FieldReader(bytes, 1); }), ErrorCode::damaged_record);
}

// E03
TEST(FieldReading, NamesNoContentInItsErrors) {
  const auto bytes = hex("0101ffffffff" + to_hex(bytes_of("sk-test-secret")));
  const Error error = error_of([&] { return FieldReader(bytes, 1).required(1); });
  EXPECT_EQ(std::string(error.what()).find("sk-test"), std::string::npos);
}

}  // namespace
}  // namespace vault::testing
