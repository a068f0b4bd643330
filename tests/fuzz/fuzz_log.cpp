// SPDX-License-Identifier: Apache-2.0
// Any bytes as an entry of the log, as a checkpoint, and as a name on its way into one (K05, I05): refused, or bounded,
// without control characters, and written again the same to the byte.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "vault/base/error.h"
#include "vault/seal/log_codec.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

template <class Decoded>
void read_and_write(vault::ByteView bytes, Decoded (*decode)(vault::ByteView)) {
  try {
    const auto again = encode(decode(bytes));
    require(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));
  } catch (const vault::Error& error) {
    using vault::ErrorCode;
    require(error.code() == ErrorCode::damaged_record || error.code() == ErrorCode::newer_format);
  }
}

vault::LogEntry bounded(const vault::LogEntry& entry) {
  require(entry.names.size() <= vault::kMostLogNames && entry.names.size() <= entry.count);
  for (const auto& name : entry.names) require(vault::is_log_text(name));
  require(vault::is_log_text(entry.caller.program, vault::kLongestProgramName));
  return entry;
}

vault::LogEntry decode_bounded(vault::ByteView bytes) { return bounded(vault::decode_log_entry(bytes)); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const vault::ByteView bytes(data, size);
  read_and_write(bytes, decode_bounded);
  read_and_write(bytes, vault::decode_log_checkpoint);
  for (const std::size_t longest : {vault::kLongestLogName, vault::kLongestProgramName}) {
    require(vault::is_log_text(vault::log_text(vault::text_of(bytes), longest), longest));
  }
  return 0;
}
