// SPDX-License-Identifier: Apache-2.0
// What libFuzzer's own main does, for builds without it: runs a target over its seeds, over each seed cut off at every
// byte and with every byte changed (a large one at every few), and over a fixed number of random changes. Inputs behind
// "--once" are run as they are. Ends with a signal when the target does, and tells in hexadecimal which input that was.
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>
#include <string_view>
#include <unistd.h>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;
constexpr std::size_t kRandomChanges = 2'000;  // per seed

std::size_t runs = 0;
const Input* running = nullptr;

// For a handler of signals: nothing but write(2).
void tell_the_input(int signal) {
  constexpr char digits[] = "0123456789abcdef";
  for (const auto byte : *running) {
    const char two[] = {digits[byte >> 4U], digits[byte & 15U]};
    if (::write(STDERR_FILENO, two, sizeof two) < 0) break;
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void run(const Input& input) {
  ++runs;
  running = &input;
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

Input read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// At how many bytes apart a seed is changed: a large one coarsely.
std::size_t stride(const Input& seed) { return 1 + seed.size() / 1024; }

void run_cut_off(const Input& seed) {
  for (std::size_t size = 0; size < seed.size(); size += stride(seed))
    run({seed.begin(), seed.begin() + std::ptrdiff_t(size)});
}

void run_with_each_byte_changed(Input input) {
  for (std::size_t at = 0; at < input.size(); at += stride(input)) {
    const auto kept = input[at];
    for (const unsigned change : {0x01U, 0x20U, 0x80U, 0xffU}) {
      input[at] = static_cast<std::uint8_t>(kept ^ change);
      run(input);
    }
    input[at] = kept;
  }
}

void run_changed_at_random(const Input& seed) {
  std::mt19937 random(20'261'121);
  for (std::size_t i = 0; i < kRandomChanges; ++i) {
    Input input = seed;
    for (auto changes = 1 + random() % 4; changes > 0 && !input.empty(); --changes) {
      const auto at = input.begin() + std::ptrdiff_t(random() % input.size());
      switch (random() % 3) {
        case 0: input.erase(at); break;
        case 1: input.insert(at, static_cast<std::uint8_t>(random())); break;
        default: *at = static_cast<std::uint8_t>(random());
      }
    }
    run(input);
  }
}

}  // namespace

int main(int count, char** words) {
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) std::signal(signal, tell_the_input);
  char** const end = words + count;
  char** const once = std::find_if(words, end, [](const char* word) { return std::string_view(word) == "--once"; });
  for (char** word = words + 1; word < once; ++word) {
    const Input seed = read(*word);
    run(seed);
    run_cut_off(seed);
    run_with_each_byte_changed(seed);
    run_changed_at_random(seed);
  }
  for (char** word = std::min(once + 1, end); word < end; ++word) run(read(*word));
  std::printf("%zu inputs\n", runs);
  return runs > 0 ? 0 : 1;
}
