// SPDX-License-Identifier: Apache-2.0
#include "cli/onboarding/onboarding_report.h"

#include "cli/terminal/surroundings.h"
#include "cli/terminal/text.h"
#include "cli/words/hint_words.h"
#include "cli/words/reports/import_receipt_json.h"
#include "vault/base/error.h"

namespace cli {
namespace {

Json source_json(const KnownPlace& place) {
  return {{"source", name_of(place.kind)},
          {"path", place.path.empty() ? Json(nullptr) : Json(place.path.string())},
          {"format", import_format_of(place.kind)},
          {"found", true},
          {"agents", Json::array()},
          {"warnings", Json::array()},
          {"rejected", Json::array()}};
}

}  // namespace

std::vector<std::string> notes_of(const OfferedSource& source) {
  std::vector<std::string> notes;
  const auto add = [&](const std::vector<vault::ImportWarning>& warnings) {
    for (const auto& warning : warnings) {
      if (warning.rejected) continue;
      const std::string subject = warning.subject.empty() ? "" : "'" + display_safe(warning.subject) + "': ";
      notes.push_back(subject + display_safe(warning.text));
    }
  };
  if (!source.batch) return notes;
  for (const auto& agent : source.batch->agents) add(agent.warnings);
  add(source.batch->warnings);
  return notes;
}

OnboardingReport::OnboardingReport(const vault::VaultPlace& vault, bool dry_run)
    : vault_({{"path", display_of(vault)}, {"created", false}, {"keyFile", nullptr}}), dry_run_(dry_run) {}

OnboardingReport::~OnboardingReport() {
  if (!open_) return;
  try {
    open_->finish({{"sources", sources_}});
  } catch (const vault::Error&) {
    // An error is on its way already, or stdout has gone: either is told elsewhere.
  }
}

void OnboardingReport::vault_is_made_with(const std::optional<std::filesystem::path>& key_file) {
  vault_["created"] = true;
  if (key_file) vault_["keyFile"] = key_file->string();
}

Json OnboardingReport::begun() const {
  Json document = json_document();
  document["dryRun"] = dry_run_;
  document["vault"] = vault_;
  document["recoveryCode"] = nullptr;
  return document;
}

void OnboardingReport::begin_with(const Surroundings& around, const vault::SecretString& code) {
  open_.emplace(around, begun(), code);
}

void OnboardingReport::add(const OfferedSource& source, const vault::ApplyReport& report) {
  auto json = source_json(source.place);
  auto receipt = receipt_parts_json({*source.batch, report, dry_run_});
  json["agents"] = std::move(receipt["agents"]);
  json["warnings"] = std::move(receipt["warnings"]);
  json["rejected"] = std::move(receipt["rejected"]);
  sources_.push_back(std::move(json));
}

void OnboardingReport::add_trouble(const KnownPlace& place) {
  auto json = source_json(place);
  json["error"] = {{"code", vault::name_of(place.trouble->code())},
                   {"message", place.trouble->what()},
                   {"hint", hint_of(*place.trouble)}};
  sources_.push_back(std::move(json));
}

void OnboardingReport::add_absent(SourceKind kind) {
  auto json = source_json({kind, {}, {}});
  json["found"] = false;
  sources_.push_back(std::move(json));
}

void OnboardingReport::finish(const Surroundings& around, const After& after) {
  const Json rest = {{"sources", sources_}, {"wired", after.wired}, {"monitor", after.monitor}, {"next", after.next}};
  if (open_) {
    open_->finish(rest);
    open_.reset();
    return;
  }
  Json document = begun();
  document.update(rest);
  print_json(around.out(), document);
}

}  // namespace cli
