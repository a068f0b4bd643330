// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/unwire/unwiring_patch.h"

#include <algorithm>
#include <map>

#include "cli/openclaw/program_answer.h"
#include "cli/openclaw/wire/plaintext_search.h"
#include "cli/terminal/text.h"
#include "import/json/json_writer.h"
#include "import/json/secret_json.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace cli {
namespace {

constexpr std::size_t kLongestReason = 2000;

// A document by members: what each holds, or what lies below it.
struct Member {
  std::map<std::string, Member> below{};
  const vault::SecretString* secret = nullptr;
};

void write_members(formats::JsonWriter& writer, const Member& member) {
  writer.begin_object();
  for (const auto& [name, inner] : member.below) {
    writer.name(name);
    if (inner.secret != nullptr) {
      writer.string(inner.secret->reveal());
    } else if (inner.below.empty()) {
      writer.literal("null");
    } else {
      write_members(writer, inner);
    }
  }
  writer.end_object();
}

Member& member_at(Member& root, const formats::ConfigSegments& segments) {
  auto* at = &root;
  for (const auto& name : segments) at = &at->below[name];
  return *at;
}

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

vault::SecretString text_of(const UnwiringPatch& patch) {
  Member root;
  for (const auto* const field : patch.fields) {
    member_at(root, field->segments).secret = &field->secret;
    if (const auto beside = reference_beside(*field)) member_at(root, *beside);
  }
  for (const auto& alias : patch.providers) member_at(root, {"secrets", "providers", alias});
  if (patch.default_goes) member_at(root, {"secrets", "defaults", "exec"});
  formats::SecretText text;
  formats::JsonWriter writer(text.sink(), formats::JsonLayout::compact);
  write_members(writer, root);
  writer.finish();
  return text.take();
}

void apply_patch(const OpenclawProgram& openclaw, const UnwiringPatch& patch, PatchMode mode) {
  if (patch.empty()) return;
  std::vector<std::string> words = {"config", "patch", "--stdin"};
  if (mode == PatchMode::check) words.emplace_back("--dry-run");
  const auto text = text_of(patch);
  const auto answer = openclaw.run(words, text.reveal(), Words::kept);
  if (answer.end == RunEnd::by_itself && answer.status == 0) return;
  throw vault::Error(vault::ErrorCode::io, "openclaw config patch refused the change: " + why_refused(answer, patch));
}

}  // namespace cli
