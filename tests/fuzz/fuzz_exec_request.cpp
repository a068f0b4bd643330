// SPDX-License-Identifier: Apache-2.0
// Any bytes as a request of OpenClaw's secret provider (K05): read with or without a fault, or refused with bad_input;
// every id comes once, and what is answered is JSON again.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

#include "import/json/secret_json.h"
#include "import/openclaw/exec_protocol.h"
#include "vault/base/error.h"

namespace {

void answer(const std::vector<std::string>& ids) {
  std::vector<formats::ExecOutcome> outcomes;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i % 2 == 0) {
      outcomes.emplace_back(formats::ExecError::not_found);
    } else {
      outcomes.emplace_back(vault::SecretString::copy_of("sk-test-\"\\\n"));
    }
  }
  std::string text;
  formats::write_exec_answer(ids, outcomes, [&text](std::string_view piece) { text += piece; });
  static_cast<void>(formats::JsonDocument(text));
  static_cast<void>(formats::JsonDocument(formats::exec_failure(ids, formats::ExecError::locked)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto request = formats::read_exec_request({reinterpret_cast<const char*>(data), size});
    if (std::set<std::string>(request.ids.begin(), request.ids.end()).size() != request.ids.size()) std::abort();
    answer(request.ids);
  } catch (const vault::Error& error) {
    if (error.code() != vault::ErrorCode::bad_input) std::abort();
  }
  return 0;
}
