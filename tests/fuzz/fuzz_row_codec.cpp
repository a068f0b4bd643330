// SPDX-License-Identifier: Apache-2.0
// Any bytes as the plaintext of every kind of row (K05): refused as damage or as newer, or read and written again the
// same to the byte.
#include <cstdint>
#include <cstdlib>

#include "tests/seal/samples.h"
#include "vault/base/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto codecs = vault::testing::all_codecs();
  const vault::Bytes bytes(data, data + size);
  for (const auto& codec : codecs) {
    try {
      if (codec.reencode(bytes) != bytes) std::abort();
    } catch (const vault::Error& error) {
      using vault::ErrorCode;
      if (error.code() != ErrorCode::damaged_record && error.code() != ErrorCode::newer_format) std::abort();
    }
  }
  return 0;
}
