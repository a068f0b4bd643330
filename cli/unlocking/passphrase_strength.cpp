// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/passphrase_strength.h"

#include <algorithm>
#include <cerrno>
#include <sys/wait.h>
#include <unistd.h>
#include <zxcvbn.h>

namespace cli {
namespace {

constexpr std::size_t kMostLookedAt = 128;  // bytes; the estimate grows quadratically with the length
constexpr int kGoodEnough = 50;             // bits: at a guess a millisecond, some thirty thousand years
constexpr int kMostBits = 200;

// Bits of guessing, by the way of an exit status. Empty when no child could be had.
std::optional<int> bits_of(std::string_view passphrase) {
  const pid_t child = ::fork();
  if (child < 0) return std::nullopt;
  if (child == 0) {
    const std::string text(passphrase.substr(0, kMostLookedAt));
    const char* our_words[] = {"claviger", "openclaw", "vault", nullptr};
    const double bits = ZxcvbnMatch(text.c_str(), our_words, nullptr);
    ::_exit(static_cast<int>(std::clamp(bits, 0.0, double(kMostBits))));
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return std::nullopt;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) <= kMostBits ? std::optional(WEXITSTATUS(status)) : std::nullopt;
}

}  // namespace

std::optional<std::string> weakness_of(std::string_view passphrase) {
  const auto bits = bits_of(passphrase);
  if (!bits || *bits >= kGoodEnough) return std::nullopt;
  const std::string_view how = *bits < 20 ? "at once" : *bits < 35 ? "easily" : "with patience";
  return "this passphrase can be guessed " + std::string(how) + " by whoever gets the file (about 2^" +
         std::to_string(*bits) + " tries); six words chosen at random are much better";
}

}  // namespace cli
