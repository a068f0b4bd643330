// SPDX-License-Identifier: Apache-2.0
#include "cli/scan/scan_report.h"

#include <map>
#include <set>

#include "cli/terminal/shell_word.h"
#include "cli/terminal/text.h"

namespace cli {
namespace {

constexpr std::size_t kPlacesNamed = 5;   // of one secret in one file; --json names them all
constexpr std::size_t kUnreadNamed = 20;  // likewise

std::string counted(std::uint64_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string size_in_words(std::uint64_t bytes) {
  constexpr std::string_view kUnits[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  for (; bytes >= 10240 && unit + 1 < std::size(kUnits); ++unit) bytes /= 1024;
  return std::to_string(bytes) + " " + std::string(kUnits[unit]);
}

std::string place_of(const Sighting& sighting) {
  return sighting.line ? std::to_string(*sighting.line) : std::to_string(sighting.offset);
}

std::string places_in_words(const std::vector<const Sighting*>& sightings) {
  const bool lines = sightings.front()->line.has_value();
  std::string words = lines ? "line" : "byte";
  if (sightings.size() > 1) words += 's';
  for (std::size_t i = 0; i < sightings.size() && i < kPlacesNamed; ++i) {
    words += (i == 0 ? " " : ", ") + place_of(*sightings[i]);
  }
  if (sightings.size() > kPlacesNamed) words += " and " + std::to_string(sightings.size() - kPlacesNamed) + " more";
  return words;
}

std::string form_in_words(Spelling spelling) {
  if (spelling == Spelling::raw) return "";
  return spelling == Spelling::line ? " (lines of it)" : " (as " + std::string(name_of(spelling)) + ")";
}

std::string names_in_words(const KnownSecret& secret) {
  std::string words = words_for(secret.names.front());
  if (secret.names.size() > 1) words += " and " + std::to_string(secret.names.size() - 1) + " more with this value";
  return words;
}

void print_file(Output& out, const SearchedFile& file, const SecretIndex& known) {
  out.write(display_safe(file.path.native()) + "\n");
  std::map<std::pair<std::size_t, Spelling>, std::vector<const Sighting*>> grouped;
  for (const auto& one : file.sightings) grouped[{one.secret, one.spelling}].push_back(&one);
  for (const auto& [what, where] : grouped) {
    out.write("  " + places_in_words(where) + ": " + names_in_words(known.all()[what.first]) +
              form_in_words(what.second) + "\n");
  }
}

Json name_json(const SecretName& name) {
  Json json{{"agent", name.agent}, {"kind", name.kind}, {"id", name.id}};
  if (!name.field.empty()) json["field"] = name.field;
  return json;
}

Json sighting_json(const SearchedFile& file, const Sighting& sighting, const KnownSecret& secret) {
  Json json{{"file", file.path.native()},
            {"line", or_null(sighting.line)},
            {"offset", sighting.offset},
            {"encoding", name_of(sighting.spelling)}};
  json.update(name_json(secret.names.front()));
  for (std::size_t i = 1; i < secret.names.size(); ++i) json["also"].push_back(name_json(secret.names[i]));
  return json;
}

void tell_passed_over(const Surroundings& around, const SecretIndex& known) {
  for (const auto& one : known.passed_over()) {
    around.terminal().note("Not searched for: " + words_for(one.name) + ", " + std::string(one.reason) + ".");
  }
}

void tell_unread(const Surroundings& around, const ScanResult& result) {
  for (std::size_t i = 0; i < result.unread.size() && i < kUnreadNamed; ++i) {
    const auto& one = result.unread[i];
    around.terminal().warn("not searched: '" + display_safe(one.path.native()) + "': " + one.reason);
  }
  if (result.unread.size() > kUnreadNamed) {
    around.terminal().warn("not searched: " + std::to_string(result.unread.size() - kUnreadNamed) +
                           " more; `--json` names them all");
  }
}

std::string scope_in_words(const ScanResult& result) {
  std::string words = "Searched " + counted(result.files, "file", "files") + ", " + size_in_words(result.bytes);
  if (!result.unread.empty()) words += "; " + std::to_string(result.unread.size()) + " could not be searched in full";
  if (result.links > 0) words += "; " + counted(result.links, "link was", "links were") + " not followed";
  return words + ".";
}

std::string verdict_in_words(const ScanResult& result, const SecretIndex& known) {
  if (!result.found_any()) return "No copy of " + counted(known.all().size(), "secret", "secrets") + " was found.";
  std::set<std::size_t> secrets;
  for (const auto& file : result.found) {
    for (const auto& one : file.sightings) secrets.insert(one.secret);
  }
  std::string words = "Found " + counted_copies(result.copies()) + " of " +
                      counted(secrets.size(), "secret", "secrets") + " in " +
                      counted(result.found.size(), "file", "files");
  if (!result.fields.empty()) {
    words += ", and " + counted(result.fields.size(), "field", "fields") + " of openclaw.json in plain text";
  }
  return words + ".";
}

}  // namespace

std::string words_for(const SecretName& name) {
  std::string words = "'" + display_safe(name.id) + "'";
  if (name.field == "refresh" || name.field == "idToken") words += " (" + name.field + ")";
  const bool usual = name.agent == "main" || name.kind == "config";
  return usual ? words : words + " of agent " + in_quotes(name.agent);
}

std::string counted_copies(std::size_t count) { return counted(count, "copy", "copies"); }

void print_findings(const Surroundings& around, const ScanResult& result, const SecretIndex& known) {
  for (const auto& file : result.found) print_file(around.out(), file, known);
  std::filesystem::path last;
  for (const auto& field : result.fields) {
    if (field.file != last) around.out().write(display_safe(field.file.native()) + "\n");
    last = field.file;
    around.out().write("  " + display_safe(field.path) + ": plain text where a reference can stand\n");
  }
  around.out().flush();  // the verdict stands below
}

void tell_verdict(const Surroundings& around, const ScanResult& result, const SecretIndex& known) {
  tell_passed_over(around, known);
  tell_unread(around, result);
  around.terminal().note(scope_in_words(result));
  around.terminal().note(verdict_in_words(result, known));
}

Json scan_json(const ScanResult& result, const SecretIndex& known) {
  Json document = json_document();
  auto& findings = document["findings"] = Json::array();
  for (const auto& file : result.found) {
    for (const auto& one : file.sightings) findings.push_back(sighting_json(file, one, known.all()[one.secret]));
  }
  auto& fields = document["fields"] = Json::array();
  for (const auto& field : result.fields) fields.push_back({{"file", field.file.native()}, {"path", field.path}});
  auto& unread = document["unread"] = Json::array();
  for (const auto& one : result.unread) unread.push_back({{"file", one.path.native()}, {"reason", one.reason}});
  auto& not_searched = document["notSearched"] = Json::array();
  for (const auto& one : known.passed_over()) {
    not_searched.push_back(name_json(one.name));
    not_searched.back()["reason"] = one.reason;
  }
  document["linksNotFollowed"] = result.links;
  document["secrets"] = known.all().size();
  document["searched"] = {{"files", result.files}, {"bytes", result.bytes}};
  return document;
}

}  // namespace cli
