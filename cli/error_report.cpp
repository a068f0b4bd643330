// SPDX-License-Identifier: Apache-2.0
#include "cli/error_report.h"

#include <new>
#include <nlohmann/json.hpp>

#include "cli/process/out_of_memory.h"
#include "cli/terminal/text.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::ErrorCode;

// Where the library names no way on: what has to be looked at before anything is put in the vault's place.
std::string hint_for(ErrorCode code) {
  switch (code) {
    case ErrorCode::damaged_record:
    case ErrorCode::state_mismatch:
      return "`claviger verify --deep` names what is damaged, `claviger repair` gives it up";
    case ErrorCode::busy: return "try again";
    default: return {};
  }
}

constexpr const char* kBug = "this is a bug: please report what you did, and 'claviger --version --json'";

}  // namespace

ErrorReport current_failure() {
  try {
    throw;
  } catch (const vault::Error& error) {
    const auto hint = error.hint().empty() ? hint_for(error.code()) : error.hint();
    return {name_of(error.code()), error.what(), hint, exit_code_for(error.code())};
  } catch (const std::bad_alloc&) {
    if (!a_change_is_kept()) return {name_of(ErrorCode::io), "out of memory", "", ExitCode::io};
    const auto code = ErrorCode::committed_unverified;
    return {name_of(code), "the change is made, but memory ran out before it could be told",
            "`claviger verify` examines it", exit_code_for(code)};
  } catch (...) {
    return {name_of(ErrorCode::internal), "internal error", kBug, ExitCode::internal};
  }
}

std::string failure_words(const ErrorReport& failure, Colour colour) {
  const std::string_view message = failure.message;
  const auto line_end = message.find('\n');
  std::string text = styled("claviger:", Style::red, colour) + " " + line_safe(message.substr(0, line_end)) + "\n";
  // A second line of our own; whatever else is in it stays on it.
  if (line_end != std::string_view::npos) text += line_safe(message.substr(line_end + 1)) + "\n";
  if (!failure.hint.empty()) text += styled("hint:", Style::cyan, colour) + " " + line_safe(failure.hint) + "\n";
  return text;
}

std::string failure_json(const ErrorReport& failure) {
  using Json = nlohmann::ordered_json;
  Json error{{"code", failure.code}, {"exitCode", static_cast<int>(failure.exit_code)}, {"message", failure.message}};
  error["hint"] = failure.hint.empty() ? Json(nullptr) : Json(failure.hint);
  const Json document{{"schemaVersion", 1}, {"error", std::move(error)}};
  return json_safe(document.dump(-1, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace cli
