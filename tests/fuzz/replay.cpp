// SPDX-License-Identifier: Apache-2.0
// What libFuzzer's own main does, for builds without it: runs a target over its seeds, over each seed cut off at every
// byte and with every byte changed, and over a fixed number of random changes. Ends with a signal when the target does.
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;
constexpr std::size_t kRandomChanges = 2'000;  // per seed

std::size_t runs = 0;

void run(const Input& input) {
  ++runs;
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

Input read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void run_cut_off(const Input& seed) {
  for (std::size_t size = 0; size < seed.size(); ++size) run({seed.begin(), seed.begin() + std::ptrdiff_t(size)});
}

void run_with_each_byte_changed(Input input) {
  for (auto& byte : input) {
    const auto kept = byte;
    for (const unsigned change : {0x01U, 0x20U, 0x80U, 0xffU}) {
      byte = static_cast<std::uint8_t>(kept ^ change);
      run(input);
    }
    byte = kept;
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
  for (int i = 1; i < count; ++i) {
    const Input seed = read(words[i]);
    run(seed);
    run_cut_off(seed);
    run_with_each_byte_changed(seed);
    run_changed_at_random(seed);
  }
  std::printf("%d seeds, %zu inputs\n", count - 1, runs);
  return count > 1 ? 0 : 1;
}
