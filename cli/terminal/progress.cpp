// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/progress.h"

#include <unistd.h>

#include "cli/terminal/surroundings.h"
#include "vault/base/file.h"

namespace cli {
namespace {

constexpr std::size_t kWorthShowing = 2000;  // records
constexpr std::size_t kEvery = 500;
constexpr std::size_t kCells = 30;

}  // namespace

Progress::Progress(const Surroundings& around, std::string what)
    : wanted_(around.terminal().is_terminal(Stream::err) && !around.flags().quiet), what_(std::move(what)) {}

Progress::~Progress() {
  if (shown_) vault::write_all(STDERR_FILENO, "\r\x1b[K");
}

void Progress::operator()(std::size_t done, std::size_t all) {
  if (!wanted_ || all < kWorthShowing || done % kEvery != 0) return;
  const std::size_t full = done * kCells / all;
  vault::write_all(STDERR_FILENO, "\r" + what_ + " [" + std::string(full, '#') + std::string(kCells - full, '.') +
                                      "] " + std::to_string(done) + "/" + std::to_string(all));
  shown_ = true;
}

}  // namespace cli
