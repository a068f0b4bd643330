// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/program_answer.h"

#include <algorithm>

#include "cli/terminal/text.h"

namespace cli {
namespace {

constexpr int kDeepest = 64;
constexpr std::size_t kLongestReason = 2000;

// Counted before it is parsed: what is parsed is also freed and printed, each of which goes as deep.
bool is_too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\') ++i;
    if (c == '"') in_string = !in_string;
    if (in_string) continue;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth > kDeepest) return true;
  }
  return false;
}

const Json* member(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

std::string string_in(const Json& object, const char* name) {
  const auto* const found = member(object, name);
  return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

std::string own_words(const Json& document) {
  const auto* const error = member(document, "error");
  if (error == nullptr) return {};
  return error->is_string() ? error->get<std::string>() : string_in(*error, "message");
}

std::string how_it_ended(const RunAnswer& answer) {
  switch (answer.end) {
    case RunEnd::out_of_time: return "it did not end in time and was stopped";
    case RunEnd::too_much_output: return "it printed without end and was stopped";
    case RunEnd::by_itself: return "it ended with status " + std::to_string(answer.status);
  }
  return {};
}

AuditVerdict unverified(std::string why, Json summary = nullptr) {
  return {AuditVerdict::Kind::unverified, std::move(why), 0, std::move(summary)};
}

}  // namespace

Json object_in(std::string_view output) {
  const auto start = output.find('{');
  if (start == output.npos || is_too_deep(output.substr(start))) return nullptr;
  auto document = Json::parse(output.begin() + start, output.end(), nullptr, false);
  return document.is_object() ? document : Json(nullptr);
}

std::string reason_of(const RunAnswer& answer) {
  const auto words = own_words(object_in(answer.output));
  if (answer.end != RunEnd::by_itself || words.empty()) return how_it_ended(answer);
  return line_safe(words.substr(0, kLongestReason));
}

AuditVerdict verdict_of(const RunAnswer& answer, bool references) {
  if (answer.end != RunEnd::by_itself) return unverified(how_it_ended(answer));
  auto summary = object_in(answer.output);
  if (summary.is_null()) return unverified("it printed no result (" + how_it_ended(answer) + ")");
  const auto status = string_in(summary, "status");
  const auto* const resolution = member(summary, "resolution");
  const auto* const checked = resolution == nullptr ? nullptr : member(*resolution, "refsChecked");
  const bool counts = checked != nullptr && checked->is_number_integer();
  const auto refs = counts ? checked->get<std::int64_t>() : 0;
  if (answer.status == 2) return {AuditVerdict::Kind::unresolved, {}, refs, std::move(summary)};
  if (answer.status > 2 || status.empty() || !counts)
    return unverified("its result is not one we know", std::move(summary));
  if ((answer.status == 0) != (status == "clean"))
    return unverified("its result contradicts its exit status", std::move(summary));
  if (references && refs <= 0) return unverified("it checked no reference", std::move(summary));
  return {answer.status == 0 ? AuditVerdict::Kind::clean : AuditVerdict::Kind::findings, {}, refs, std::move(summary)};
}

const char* name_of(AuditVerdict::Kind kind) noexcept {
  switch (kind) {
    case AuditVerdict::Kind::clean: return "clean";
    case AuditVerdict::Kind::findings: return "findings";
    case AuditVerdict::Kind::unresolved: return "unresolved";
    case AuditVerdict::Kind::unverified: return "unverified";
  }
  return "unverified";
}

}  // namespace cli
