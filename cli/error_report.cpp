// SPDX-License-Identifier: Apache-2.0
#include "cli/error_report.h"

#include <new>

#include "cli/process/out_of_memory.h"
#include "cli/terminal/terminal.h"
#include "cli/terminal/text.h"
#include "cli/words/hint_words.h"
#include "cli/words/json_output.h"
#include "cli/words/plain_failure.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::ErrorCode;

constexpr const char* kBug = "this is a bug: please report what you did, and `claviger --version --json`";

}  // namespace

ErrorReport current_failure() {
  try {
    throw;
  } catch (const PlainFailure& failure) {
    return {name_of(failure.code()), failure.what(), "", exit_code_for(failure.code())};
  } catch (const vault::Error& error) {
    return {name_of(error.code()), error.what(), hint_of(error), exit_code_for(error.code()), outcome_of(error)};
  } catch (const std::bad_alloc&) {
    if (!a_change_is_kept()) return {name_of(ErrorCode::io), "out of memory", "", ExitCode::io};
    const auto code = ErrorCode::committed_unverified;
    return {name_of(code), "the change is made, but memory ran out before it could be reported",
            "`claviger verify` examines it", exit_code_for(code), vault::Outcome::kept};
  } catch (...) {
    return {name_of(ErrorCode::internal), "internal error", kBug, ExitCode::internal};
  }
}

std::string failure_words(const ErrorReport& failure, const Terminal& terminal) {
  const auto labelled = [&](std::string_view label, Style style, std::string_view words) {
    const auto text = terminal.fitted(std::string(label) + " " + line_safe(words));
    return styled(label, style, terminal.colour(Stream::err)) + text.substr(label.size()) + "\n";
  };
  const std::string_view message = failure.message;
  const auto line_end = message.find('\n');
  std::string text = labelled("claviger:", Style::red, message.substr(0, line_end));
  // A second line of our own; whatever else is in it stays on it.
  if (line_end != std::string_view::npos) text += terminal.fitted(line_safe(message.substr(line_end + 1))) + "\n";
  if (!failure.hint.empty()) text += labelled("hint:", Style::cyan, failure.hint);
  return text;
}

std::string failure_json(const ErrorReport& failure) {
  Json error{{"code", failure.code}, {"exitCode", static_cast<int>(failure.exit_code)}, {"message", failure.message}};
  error["hint"] = failure.hint.empty() ? Json(nullptr) : Json(failure.hint);
  if (failure.outcome) error["outcome"] = name_of(*failure.outcome);
  Json document = json_document();
  document["error"] = std::move(error);
  return json_text(document, JsonLines::one) + "\n";
}

}  // namespace cli
