// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/config/config_patch.h"

#include <algorithm>
#include <unistd.h>
#include <vector>

#include "cli/openclaw/program_answer.h"
#include "cli/openclaw/wire/plaintext_search.h"
#include "cli/terminal/text.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

constexpr std::size_t kLongestReason = 2000;
constexpr std::size_t kShortestOfLists = 16;  // bytes: most names are shorter, secrets are not

vault::SecretBytes contents_of(const std::filesystem::path& config) {
  if (::access(config.c_str(), F_OK) != 0) return vault::SecretBytes::copy_of(vault::bytes_of("{}"));
  return vault::read_secret_file(config, formats::kLargestJson, vault::Links::follow, vault::Privacy::any);
}

void collect_secrets(const PatchTree& tree, std::vector<const vault::SecretString*>& found) {
  if (tree.secret != nullptr) found.push_back(tree.secret);
  for (const auto& member : tree.below) collect_secrets(member.second, found);
}

// One as short as to stand there by chance hides the words as well.
bool holds_a_secret(std::string_view words, const PatchTree& patch) {
  std::vector<const vault::SecretString*> secrets;
  collect_secrets(patch, secrets);
  const auto stands_there = [&](const auto* secret) { return words.find(secret->reveal()) != words.npos; };
  return KnownSecrets(secrets).any_in(words) || std::ranges::any_of(secrets, stands_there);
}

// Of a list all of it is sent, and nobody knows what in it is a secret.
bool holds_text_of_a_list(std::string_view words, formats::JsonValue value, bool in_list) {
  if (value.is(formats::JsonKind::string)) {
    return in_list && value.text().size() >= kShortestOfLists && words.find(value.text()) != words.npos;
  }
  const bool below = in_list || value.is(formats::JsonKind::array);
  return std::any_of(value.begin(), value.end(),
                     [&](formats::JsonValue part) { return holds_text_of_a_list(words, part, below); });
}

std::string why_refused(const RunAnswer& answer, const PatchTree& patch, const PatchText& sent) {
  std::string words(vault::trimmed(std::string_view(answer.words).substr(0, kLongestReason)));
  std::ranges::replace(words, '\n', ' ');
  const formats::JsonDocument document(sent.text.reveal());
  for (const std::string_view said : {std::string_view(answer.words), std::string_view(answer.output)}) {
    if (holds_a_secret(said, patch) || (sent.has_lists && holds_text_of_a_list(said, document.root(), false)))
      return "its words hold a secret and are not shown";
  }
  auto reason = reason_of(answer);
  return words.empty() ? reason : line_safe(words) + " (" + reason + ")";
}

}  // namespace

void patch_config(const OpenclawProgram& openclaw, const PatchTree& patch, const std::filesystem::path& config,
                  PatchMode mode) {
  std::vector<std::string> words = {"config", "patch", "--stdin"};
  if (mode == PatchMode::check) words.emplace_back("--dry-run");
  const auto bytes = contents_of(config);
  const formats::JsonDocument document(vault::text_of(bytes.reveal()), formats::JsonDialect::json5);
  const auto sent = text_of(patch, document.root());
  const auto answer = openclaw.run(words, sent.text.reveal(), Words::kept);
  if (answer.end == RunEnd::by_itself && answer.status == 0) return;
  throw vault::Error(vault::ErrorCode::io,
                     "openclaw config patch refused the change: " + why_refused(answer, patch, sent));
}

}  // namespace cli
