// SPDX-License-Identifier: Apache-2.0
#include "vault/base/own_files.h"

#include <gtest/gtest.h>
#include <string>

namespace vault {
namespace {

std::string database(std::string_view application_id) {
  std::string front("SQLite format 3\0", 16);
  front.resize(68, '\1');
  return front.append(application_id);
}

// C14, fault D2
TEST(OwnFiles, AreKnownByWhatTheyBeginWith) {
  EXPECT_EQ(own_file_with(database("CLVG")), OwnFile::vault);
  EXPECT_EQ(own_file_with("CLAVIGER-KEY-1 00 AA\n"), OwnFile::key_file);
  EXPECT_EQ(own_file_with("clv1_test"), OwnFile::token);
}

TEST(OwnFiles, AreNotWhatOthersMake) {
  EXPECT_EQ(own_file_with(database("ABCD")), OwnFile::none);
  EXPECT_EQ(own_file_with(database("CLV")), OwnFile::none);
  EXPECT_EQ(own_file_with(""), OwnFile::none);
  EXPECT_EQ(own_file_with("A=clv1_test"), OwnFile::none);
}

}  // namespace
}  // namespace vault
