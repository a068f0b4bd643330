// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/seal/samples.h"
#include "tests/support/error_of.h"

namespace vault::testing {
namespace {

// A plaintext taken apart: its version, and each field with its header.
struct Parts {
  std::uint8_t version = 1;
  std::vector<Bytes> fields;
};

Parts parts_of(const Bytes& plaintext) {
  Parts parts{plaintext[0], {}};
  for (std::size_t at = 1; at < plaintext.size();) {
    const std::size_t length = 5 + plaintext[at + 1] + (std::size_t{plaintext[at + 2]} << 8);
    parts.fields.push_back(copy_of(ByteView(plaintext).subspan(at, length)));
    at += length;
  }
  return parts;
}

Bytes joined(const Parts& parts) {
  Bytes bytes{parts.version};
  for (const auto& field : parts.fields) bytes.insert(bytes.end(), field.begin(), field.end());
  return bytes;
}

Bytes field(std::uint8_t tag, std::string_view value) {
  FieldWriter writer(1);
  writer.text(tag, value);
  return copy_of(ByteView(writer.take()).subspan(1));
}

// The same plaintext with another value under one tag.
Bytes with(const Bytes& plaintext, std::uint8_t tag, std::string_view value) {
  auto parts = parts_of(plaintext);
  for (auto& part : parts.fields) {
    if (part[0] == tag) part = field(tag, value);
  }
  return joined(parts);
}

Bytes without(const Bytes& plaintext, std::uint8_t tag) {
  auto parts = parts_of(plaintext);
  std::erase_if(parts.fields, [&](const Bytes& part) { return part[0] == tag; });
  return joined(parts);
}

std::optional<ErrorCode> decoding(const Codec& codec, const Bytes& bytes) {
  return code_of([&] { return codec.reencode(bytes); });
}

TEST(CodecStrictness, RefusesANewerVersionByName) {
  for (const auto& codec : all_codecs()) {
    auto parts = parts_of(codec.plaintext);
    parts.version = 2;
    EXPECT_EQ(decoding(codec, joined(parts)), ErrorCode::newer_format) << codec.name;
    parts.version = 0;
    EXPECT_EQ(decoding(codec, joined(parts)), ErrorCode::damaged_record) << codec.name;
  }
}

TEST(CodecStrictness, RefusesAFieldThatComesTwice) {
  for (const auto& codec : all_codecs()) {
    const auto parts = parts_of(codec.plaintext);
    for (std::size_t i = 0; i < parts.fields.size(); ++i) {
      auto doubled = parts;
      doubled.fields.insert(doubled.fields.begin() + std::ptrdiff_t(i), parts.fields[i]);
      EXPECT_EQ(decoding(codec, joined(doubled)), ErrorCode::damaged_record) << codec.name << ' ' << i;
    }
  }
}

TEST(CodecStrictness, RefusesFieldsOutOfOrder) {
  for (const auto& codec : all_codecs()) {
    const auto parts = parts_of(codec.plaintext);
    for (std::size_t i = 0; i + 1 < parts.fields.size(); ++i) {
      auto swapped = parts;
      std::swap(swapped.fields[i], swapped.fields[i + 1]);
      EXPECT_EQ(decoding(codec, joined(swapped)), ErrorCode::damaged_record) << codec.name << ' ' << i;
    }
  }
}

TEST(CodecStrictness, RefusesTagsItDoesNotKnow) {
  for (const auto& codec : all_codecs()) {
    for (const unsigned tag : {0U, 40U, 255U}) {
      auto parts = parts_of(codec.plaintext);
      const auto unknown = field(static_cast<std::uint8_t>(tag), "x");
      parts.fields.insert(tag == 0 ? parts.fields.begin() : parts.fields.end(), unknown);
      EXPECT_EQ(decoding(codec, joined(parts)), ErrorCode::damaged_record) << codec.name << ' ' << tag;
    }
  }
}

// A14: cut off at every byte. What lies between two fields may be a shorter entry, but then it is exactly that.
TEST(CodecStrictness, RefusesOrExactlyReadsWhatIsCutOffAtAnyByte) {
  for (const auto& codec : all_codecs()) {
    for (std::size_t size = 0; size < codec.plaintext.size(); ++size) {
      const auto cut = copy_of(ByteView(codec.plaintext).first(size));
      std::optional<Bytes> again;
      const auto code = code_of([&] { return again = codec.reencode(cut), 0; });
      EXPECT_TRUE(again ? *again == cut : code == ErrorCode::damaged_record) << codec.name << ' ' << size;
    }
  }
}

TEST(CodecStrictness, RefusesTrailingBytes) {
  for (const auto& codec : all_codecs()) {
    for (const unsigned byte : {0U, 1U, 255U}) {
      auto longer = codec.plaintext;
      longer.push_back(static_cast<std::uint8_t>(byte));
      EXPECT_EQ(decoding(codec, longer), ErrorCode::damaged_record) << codec.name;
    }
  }
}

TEST(ProfileSheetStrictness, RefusesValuesThatItDoesNotWrite) {
  const Codec codec = all_codecs()[0];
  const std::vector<std::pair<std::uint8_t, std::string>> bad = {{3, std::string(1, '\0')},
                                                                 {3, "\x04"},
                                                                 {4, "\x03"},
                                                                 {6, ""},
                                                                 {11, "\x02"},
                                                                 {12, "\x20"},
                                                                 {13, "\x10"},
                                                                 {17, "short"},
                                                                 {18, "1234567"},
                                                                 {18, "123456789"},
                                                                 {9, ""},
                                                                 {9, std::string(4, '\0')},
                                                                 {9, std::string(16, '\0')}};
  for (const auto& [tag, value] : bad) {
    EXPECT_EQ(decoding(codec, with(codec.plaintext, tag, value)), ErrorCode::damaged_record)
        << int(tag) << ' ' << value.size();
  }
}

TEST(ProfileSheetStrictness, MissesEveryRequiredField) {
  const Codec codec = all_codecs()[0];
  for (const unsigned tag : {1U, 2U, 3U, 4U, 5U, 12U, 13U, 14U, 15U, 16U, 17U, 18U}) {
    EXPECT_EQ(decoding(codec, without(codec.plaintext, std::uint8_t(tag))), ErrorCode::damaged_record) << tag;
  }
}

TEST(ProfileSheetStrictness, RefusesATimeWithoutAFormThatHasOne) {
  const Codec codec = all_codecs()[0];
  EXPECT_EQ(decoding(codec, with(codec.plaintext, 4, std::string(1, '\0'))), ErrorCode::damaged_record);
}

// Reason and count in turn, reasons ascending, numbers in their one decimal form.
TEST(UsageStrictness, RefusesCountsOutOfForm) {
  const Codec codec = all_codecs()[6];
  const auto counts = [](const std::vector<std::string>& flat) {
    FieldWriter writer(1);
    writer.texts(9, flat);
    return std::string(text_of(ByteView(writer.take()).subspan(6)));
  };
  EXPECT_EQ(decoding(codec, with(codec.plaintext, 9, counts({"a", "1", "b", "-2"}))), std::nullopt);
  for (const std::vector<std::string>& flat : {std::vector<std::string>{},
                                               {"a"},
                                               {"a", "1", "a", "2"},
                                               {"b", "1", "a", "2"},
                                               {"a", "01"},
                                               {"a", "-0"},
                                               {"a", "+1"},
                                               {"a", ""},
                                               {"a", "1 "},
                                               {"a", "9223372036854775808"},
                                               {"a", "1e3"}}) {
    EXPECT_EQ(decoding(codec, with(codec.plaintext, 9, counts(flat))), ErrorCode::damaged_record);
  }
  EXPECT_EQ(decoding(codec, with(codec.plaintext, 13, "")), ErrorCode::damaged_record);
}

TEST(OtherStrictness, RefusesValuesThatAreNeverWritten) {
  const auto all = all_codecs();
  EXPECT_EQ(decoding(all[2], with(all[2].plaintext, 32, "")), ErrorCode::damaged_record);         // no foreign members
  EXPECT_EQ(decoding(all[8], with(all[8].plaintext, 1, "no name")), ErrorCode::damaged_record);   // of a variable
  EXPECT_EQ(decoding(all[8], with(all[8].plaintext, 2, "\x03")), ErrorCode::damaged_record);      // its standing
  EXPECT_EQ(decoding(all[11], with(all[11].plaintext, 2, "\x02")), ErrorCode::damaged_record);    // inheritance
  EXPECT_EQ(decoding(all[11], with(all[11].plaintext, 1, "WORKER")), ErrorCode::damaged_record);  // not lower case
  EXPECT_EQ(decoding(all[13], with(all[13].plaintext, 3, std::string(31, 'k'))), ErrorCode::damaged_record);
  EXPECT_EQ(decoding(all[13], without(all[13].plaintext, 5)), ErrorCode::damaged_record);  // half of a shared part
  EXPECT_EQ(decoding(all[13], without(all[13].plaintext, 4)), ErrorCode::damaged_record);
  EXPECT_EQ(decoding(all[15], with(all[15].plaintext, 3, std::string(31, 'd'))), ErrorCode::damaged_record);
  for (const std::string_view path : {"", "a\nb", "a\xff"}) {  // of a config secret
    EXPECT_EQ(decoding(all.back(), with(all.back().plaintext, 1, path)), ErrorCode::damaged_record);
  }
}

// Ids and names out of form were not written by us either.
TEST(NameStrictness, IsDamageLikeEverythingElse) {
  const auto all = all_codecs();
  const std::string too_long(1025, 'x');
  const std::vector<std::tuple<std::size_t, std::uint8_t, std::string>> bad = {
      {0, 1, ""}, {0, 1, too_long}, {0, 2, " "}, {4, 1, ""},    {4, 2, std::string(4, '\0')}, {4, 3, ""}, {6, 1, ""},
      {9, 2, ""}, {11, 1, "a b"},   {12, 1, ""}, {13, 2, "a b"}};
  for (const auto& [index, tag, value] : bad) {
    EXPECT_EQ(decoding(all[index], with(all[index].plaintext, tag, value)), ErrorCode::damaged_record)
        << all[index].name << ' ' << int(tag);
  }
}

TEST(NameStrictness, TakesAKeyringsNameOnlyInItsStoredForm) {
  const auto codec = all_codecs()[13];
  EXPECT_EQ(decoding(codec, with(codec.plaintext, 2, "WORKER")), ErrorCode::damaged_record);
}

}  // namespace
}  // namespace vault::testing
