// SPDX-License-Identifier: Apache-2.0
// Any bytes as what came over a helper's socket: refused as io, or whole frames that go out again the same to the byte;
// and each frame as a hello, as a failure and as fields.
#include <cstdint>
#include <cstdlib>
#include <functional>

#include "vault/helper/frame.h"

namespace {

using namespace vault;

void refused_as_io(const std::function<void()>& decode) {
  try {
    decode();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::io) std::abort();
  }
}

void read_fields(const Frame& frame) {
  FrameReader reader(frame);
  while (!reader.at_end()) {
    switch (reader.byte() % 3) {
      case 0: reader.number(); break;
      case 1: reader.bytes(); break;
      default: reader.optional_bytes();
    }
  }
}

void judge(const Frame& frame) {
  refused_as_io([&] {
    if (encode(decode_failure(frame)) != frame) std::abort();
  });
  refused_as_io([&] {
    if (encode(decode_hello(frame)) != frame) std::abort();
  });
  refused_as_io([&] { read_fields(frame); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView all(data, size);
  FrameQueue queue;
  queue.append(all);
  std::size_t done = 0;
  refused_as_io([&] {
    while (const auto frame = queue.next()) {
      const auto again = encode(*frame);
      if (!std::equal(again.begin(), again.end(), data + done)) std::abort();
      done += again.size();
      judge(*frame);
    }
  });
  if (done > size) std::abort();
  return 0;
}
