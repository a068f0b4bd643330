// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/progress.h"

#include <algorithm>
#include <unistd.h>

#include "cli/terminal/surroundings.h"
#include "vault/base/file.h"

namespace cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kWorthShowing = 1s;
constexpr auto kEvery = 100ms;
constexpr std::size_t kCells = 30;

}  // namespace

Progress::Progress(const Surroundings& around, std::string what, Now now)
    : wanted_(around.terminal().is_terminal(Stream::err) && !around.flags().quiet),
      what_(std::move(what)),
      now_(now),
      next_(now() + kWorthShowing) {}

Progress::~Progress() {
  if (shown_) vault::write_all(STDERR_FILENO, "\r\x1b[K");
}

void Progress::operator()(std::size_t done, std::size_t all) {
  if (!wanted_ || all == 0) return;
  const auto now = now_();
  if (now < next_) return;
  next_ = now + kEvery;
  const std::size_t full = std::min(done, all) * kCells / all;
  vault::write_all(STDERR_FILENO, "\r" + what_ + " [" + std::string(full, '#') + std::string(kCells - full, '.') +
                                      "] " + std::to_string(done) + "/" + std::to_string(all));
  shown_ = true;
}

}  // namespace cli
