// SPDX-License-Identifier: Apache-2.0
#include "import/hosts/aws_credential.h"

namespace formats {

void write_aws_answer(const AwsAnswer& answer, const Sink& sink) {
  JsonWriter writer(sink, JsonLayout::compact);
  writer.begin_object();
  writer.name("Version");
  writer.integer(1);
  writer.string_member("AccessKeyId", answer.access_key_id);
  writer.string_member("SecretAccessKey", answer.secret_access_key);
  if (answer.session_token) writer.string_member("SessionToken", *answer.session_token);
  if (answer.expiration) writer.string_member("Expiration", to_rfc3339(*answer.expiration));
  writer.end_object();
  writer.finish();
  sink("\n");
}

}  // namespace formats
