// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/program_answer.h"

#include <gtest/gtest.h>

namespace cli {
namespace {

using Kind = AuditVerdict::Kind;

RunAnswer answer(const std::string& output, int status = 0, RunEnd end = RunEnd::by_itself) {
  return {end, status, WipedText(output.begin(), output.end())};
}

Kind verdict(const std::string& output, int status = 0, bool references = true) {
  return verdict_of(answer(output, status), references).kind;
}

TEST(AuditVerdicts, AreBelievedWhenStatusAndWordsAgree) {
  EXPECT_EQ(verdict(R"(words before {"status":"clean","resolution":{"refsChecked":2}})"), Kind::clean);
  EXPECT_EQ(verdict(R"({"status":"findings","resolution":{"refsChecked":2}})", 1), Kind::findings);
  EXPECT_EQ(verdict(R"({"status":"unresolved","resolution":{"refsChecked":2}})", 2), Kind::unresolved);
}

// R9
TEST(AuditVerdicts, AreUnverifiedWhenMissingOddOrContradictory) {
  for (const char* output :
       {"", "no object", "{", R"({"status":3,"resolution":{"refsChecked":2}})", R"({"status":"clean"})",
        R"({"status":"clean","resolution":7})", R"({"status":"clean","resolution":{"refsChecked":"2"}})",
        R"({"status":"findings","resolution":{"refsChecked":2}})"}) {
    EXPECT_EQ(verdict(output), Kind::unverified) << output;
  }
  EXPECT_EQ(verdict(R"({"status":"clean","resolution":{"refsChecked":2}})", 1), Kind::unverified);
  EXPECT_EQ(verdict(R"({"status":"clean","resolution":{"refsChecked":2}})", 137), Kind::unverified);
  EXPECT_EQ(
      verdict_of(answer(R"({"status":"clean","resolution":{"refsChecked":2}})", 0, RunEnd::out_of_time), true).kind,
      Kind::unverified);
}

TEST(AuditVerdicts, AreUnverifiedWhenNoReferenceWasCheckedThoughThereAreSome) {
  EXPECT_EQ(verdict(R"({"status":"clean","resolution":{"refsChecked":0}})"), Kind::unverified);
  EXPECT_EQ(verdict(R"({"status":"clean","resolution":{"refsChecked":0}})", 0, false), Kind::clean);
}

// R9: 400,000 levels ended the program on its stack.
TEST(ProgramAnswers, AreNotParsedWhenTheyAreNestedTooDeep) {
  EXPECT_TRUE(object_in("{\"status\":" + std::string(400'000, '[') + std::string(400'000, ']') + "}").is_null());
  EXPECT_FALSE(object_in("{\"text\":\"" + std::string(400, '[') + "\\\"[\"}").is_null());
}

// O7
TEST(ProgramAnswers, GiveTheProgramsOwnReasonMadeSafe) {
  EXPECT_EQ(reason_of(answer(R"({"error":{"message":"X is \u001b[31mmissing"}})", 1)), "X is \\x1b[31mmissing");
  EXPECT_EQ(reason_of(answer(R"({"ok":false,"error":"no"})", 1)), "no");
  EXPECT_EQ(reason_of(answer("", 3)), "it ended with status 3");
  EXPECT_EQ(reason_of(answer(R"({"error":{"message":7}})", 1)), "it ended with status 1");
}

}  // namespace
}  // namespace cli
