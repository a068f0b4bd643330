// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the AWS SDKs take from a program named by credential_process: one JSON object, version 1.
// Source: the SDKs' reference guide, "Process credential provider".

#include <optional>
#include <string>
#include <string_view>

#include "import/json/json_writer.h"
#include "vault/base/clock.h"

namespace formats {

struct AwsAnswer {
  std::string_view access_key_id;
  std::string_view secret_access_key;
  std::optional<std::string_view> session_token;
  std::optional<vault::Timestamp> expiration;  // without one the SDKs never ask again
};

void write_aws_answer(const AwsAnswer& answer, const Sink& sink);

}  // namespace formats
