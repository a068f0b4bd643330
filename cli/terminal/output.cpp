// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/output.h"

#include <algorithm>
#include <cstdint>
#include <fcntl.h>

#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/base/file.h"

namespace cli {
namespace {

constexpr std::size_t kBufferBytes = 16 * 1024;

}  // namespace

Output::Output(int fd) : fd_(fd), buffer_(kBufferBytes) {}

void Output::write(std::string_view bytes) {
  if (bytes.size() > buffer_.size() - used_) flush();
  if (bytes.size() > buffer_.size()) return send(bytes);
  std::ranges::copy(vault::bytes_of(bytes), buffer_.writable().begin() + static_cast<std::ptrdiff_t>(used_));
  used_ += bytes.size();
}

void Output::flush() {
  // Forgotten first: after a failure nobody may write the same bytes again.
  const std::size_t count = used_;
  used_ = 0;
  if (count > 0) send(vault::text_of(buffer_.reveal().first(count)));
}

bool Output::take_back() noexcept {
  if (!sent_) used_ = 0;
  return !sent_;
}

void Output::send(std::string_view bytes) {
  sent_ = true;
  try {
    vault::write_all(fd_, bytes);
  } catch (const vault::Error& error) {
    const int flags = ::fcntl(fd_, F_GETFL);
    if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY) throw;
    throw vault::Error(error.code(), "standard output is closed: nobody gets what there is to print");
  }
}

}  // namespace cli
