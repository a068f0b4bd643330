// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/unwire/unwiring_patch.h"

#include <algorithm>

#include "cli/openclaw/program_answer.h"
#include "cli/openclaw/unwire/patch_tree.h"
#include "cli/openclaw/wire/plaintext_search.h"
#include "cli/terminal/text.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace cli {
namespace {

constexpr std::size_t kLongestReason = 2000;

// One as short as to stand there by chance hides the words as well.
bool holds_a_secret(std::string_view words, const UnwiringPatch& patch) {
  std::vector<const vault::SecretString*> secrets;
  for (const auto* const field : patch.fields) secrets.push_back(&field->secret);
  const auto stands_there = [&](const auto* secret) { return words.find(secret->reveal()) != words.npos; };
  return KnownSecrets(secrets).any_in(words) || std::ranges::any_of(secrets, stands_there);
}

std::string why_refused(const RunAnswer& answer, const UnwiringPatch& patch) {
  std::string words(vault::trimmed(std::string_view(answer.words).substr(0, kLongestReason)));
  std::ranges::replace(words, '\n', ' ');
  if (holds_a_secret(answer.words, patch) || holds_a_secret(answer.output, patch))
    return "its words hold a secret and are not shown";
  auto reason = reason_of(answer);
  return words.empty() ? reason : line_safe(words) + " (" + reason + ")";
}

}  // namespace

void apply_patch(const OpenclawProgram& openclaw, const UnwiringPatch& patch, PatchMode mode) {
  if (patch.empty()) return;
  std::vector<std::string> words = {"config", "patch", "--stdin"};
  if (mode == PatchMode::check) words.emplace_back("--dry-run");
  const auto text = text_of(tree_of(patch));
  const auto answer = openclaw.run(words, text.reveal(), Words::kept);
  if (answer.end == RunEnd::by_itself && answer.status == 0) return;
  throw vault::Error(vault::ErrorCode::io, "openclaw config patch refused the change: " + why_refused(answer, patch));
}

}  // namespace cli
