// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/exec_protocol.h"

#include <unordered_set>

#include "import/json/json_writer.h"
#include "import/json/secret_json.h"

namespace formats {
namespace {

constexpr std::string_view kProtocolVersion = "1";

struct Words {
  std::string_view code;
  std::string_view message;
};

Words words_of(ExecError error) noexcept {
  switch (error) {
    case ExecError::not_found: return {"NOT_FOUND", "not found"};
    case ExecError::ambiguous: return {"AMBIGUOUS_DUPLICATE_KEY", "more than one secret has this id"};
    case ExecError::locked: return {"LOCKED", "the vault is locked"};
    case ExecError::busy: return {"BUSY", "the vault is busy"};
    case ExecError::vault_missing: return {"VAULT_MISSING", "there is no vault"};
    case ExecError::damaged: return {"DAMAGED", "the vault is damaged"};
    case ExecError::unavailable: return {"UNAVAILABLE", "the vault cannot be read"};
    case ExecError::invalid_request: break;
  }
  return {"INVALID_REQUEST", "the request is not one of protocol version 1"};
}

// Only a list that holds nothing but strings is a list of ids; the strings of another are still answered.
void read_ids(JsonValue list, ExecRequest& request) {
  std::unordered_set<std::string_view> seen;
  if (!list.is(JsonKind::array)) request.fault = "ids is not a list";
  for (const JsonValue id : list) {
    if (!id.is(JsonKind::string)) {
      request.fault = "an id is not a string";
    } else if (seen.insert(id.text()).second) {
      request.ids.emplace_back(id.text());
    }
  }
}

void read_members(JsonValue root, ExecRequest& request) {
  if (!root.is(JsonKind::object)) {
    request.fault = "the request is not an object";
    return;
  }
  if (const auto ids = root.find("ids")) {
    read_ids(*ids, request);
  } else {
    request.fault = "the request has no ids";
  }
  const auto version = root.find("protocolVersion");
  if (!version || !version->is(JsonKind::number) || version->text() != kProtocolVersion) {
    request.fault = "protocolVersion is not the number 1";
  }
}

void write_error(JsonWriter& writer, ExecError error) {
  const auto words = words_of(error);
  writer.begin_object();
  writer.string_member("code", words.code);
  writer.string_member("message", words.message);
  writer.end_object();
}

void begin_answer(JsonWriter& writer) {
  writer.begin_object();
  writer.name("protocolVersion");
  writer.literal(kProtocolVersion);
  writer.name("values");
  writer.begin_object();
}

// OpenClaw takes an entry for failed whatever stands in it: no error, no object of errors.
void write_errors(JsonWriter& writer, std::span<const std::string> ids, std::span<const ExecOutcome> outcomes) {
  bool any = false;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto* const error = std::get_if<ExecError>(&outcomes[i]);
    if (error == nullptr) continue;
    if (!any) {
      writer.name("errors");
      writer.begin_object();
      any = true;
    }
    writer.name(ids[i]);
    write_error(writer, *error);
  }
  if (any) writer.end_object();
}

}  // namespace

std::string_view code_of(ExecError error) noexcept { return words_of(error).code; }

ExecError exec_error_for(vault::ErrorCode code) noexcept {
  using vault::ErrorCode;
  switch (code) {
    case ErrorCode::not_found: return ExecError::not_found;
    case ErrorCode::key_needed:
    case ErrorCode::wrong_key: return ExecError::locked;
    case ErrorCode::busy: return ExecError::busy;
    case ErrorCode::vault_missing: return ExecError::vault_missing;
    case ErrorCode::damaged_slot:
    case ErrorCode::damaged_record:
    case ErrorCode::state_mismatch:
    case ErrorCode::rolled_back:
    case ErrorCode::tampered_schema:
    case ErrorCode::parameters_out_of_bounds: return ExecError::damaged;
    default: return ExecError::unavailable;
  }
}

ExecRequest read_exec_request(std::string_view json) {
  ExecRequest request;
  try {
    const JsonDocument document(json);
    read_members(document.root(), request);
  } catch (const vault::Error& error) {
    request.fault = error.what();
  }
  return request;
}

void write_exec_answer(std::span<const std::string> ids, std::span<const ExecOutcome> outcomes,
                       const std::function<void(std::string_view)>& sink) {
  JsonWriter writer(sink, JsonLayout::compact);
  begin_answer(writer);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (const auto* const value = std::get_if<vault::SecretString>(&outcomes[i])) {
      writer.string_member(ids[i], value->reveal());
    }
  }
  writer.end_object();
  write_errors(writer, ids, outcomes);
  writer.end_object();
  writer.finish();
}

std::string exec_failure(std::span<const std::string> ids, ExecError error) {
  std::string text;
  JsonWriter writer([&text](std::string_view part) { text += part; }, JsonLayout::compact);
  begin_answer(writer);
  writer.end_object();
  if (ids.empty()) {
    writer.name("error");
    write_error(writer, error);
  } else {
    std::vector<ExecOutcome> outcomes;
    for (std::size_t i = 0; i < ids.size(); ++i) outcomes.emplace_back(error);
    write_errors(writer, ids, outcomes);
  }
  writer.end_object();
  writer.finish();
  return text;
}

}  // namespace formats
