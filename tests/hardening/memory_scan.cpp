// SPDX-License-Identifier: Apache-2.0
#include "tests/hardening/memory_scan.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <span>
#include <stdexcept>
#include <sys/mman.h>
#include <unistd.h>

namespace vault::testing {
namespace {

struct Mapping {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::string name;
};

std::vector<Mapping> writable_mappings() {
  std::vector<Mapping> mappings;
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    Mapping mapping;
    char mode[5] = {};
    int name = 0;
    if (std::sscanf(line.c_str(), "%lx-%lx %4s %*s %*s %*s %n", &mapping.begin, &mapping.end, mode, &name) != 3)
      continue;
    mapping.name = name > 0 ? line.substr(static_cast<std::size_t>(name)) : "";
    if (mode[1] == 'w') mappings.push_back(std::move(mapping));
  }
  return mappings;
}

// The window lies in memory of its own, which the scan leaves out: what it shows was seen where it came from.
class Window {
 public:
  static constexpr std::size_t kSize = std::size_t{1} << 20;
  Window()
      : data_(static_cast<std::uint8_t*>(
            ::mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
    if (data_ == MAP_FAILED) throw std::runtime_error("no memory for the scan");
  }
  Window(const Window&) = delete;
  ~Window() { ::munmap(data_, kSize); }
  std::uint8_t* data() const { return data_; }
  bool within(const Mapping& mapping) const {
    const auto place = reinterpret_cast<std::uint64_t>(data_);
    return mapping.begin <= place && place < mapping.end;
  }
  std::uint64_t begin() const { return reinterpret_cast<std::uint64_t>(data_); }

 private:
  std::uint8_t* data_;
};

void scan(const Needle& needle, const Window& window, int memory, const Mapping& mapping,
          std::vector<std::string>& found) {
  for (std::uint64_t at = mapping.begin; at < mapping.end; at += Window::kSize - needle.size()) {
    // The kernel may have put the window into a mapping beside others.
    if (at >= window.begin() && at < window.begin() + Window::kSize) continue;
    const auto size = std::min<std::uint64_t>(Window::kSize, mapping.end - at);
    const auto got = ::pread(memory, window.data(), size, static_cast<off_t>(at));
    for (ssize_t i = 0; i + static_cast<ssize_t>(needle.size()) <= got; ++i) {
      const std::uint64_t place = at + static_cast<std::uint64_t>(i);
      const bool in_window = place >= window.begin() && place < window.begin() + Window::kSize;
      if (window.data()[i] != needle.first() || in_window || !needle.lies_at(window.data() + i)) continue;
      found.push_back((mapping.name.empty() ? "anonymous" : mapping.name) + " +" +
                      std::to_string(place - mapping.begin));
    }
  }
}

}  // namespace

Needle Needle::of(std::string_view text) {
  Needle needle;
  for (const char c : text) needle.inverted_.push_back(static_cast<std::uint8_t>(~static_cast<unsigned char>(c)));
  return needle;
}

void Needle::write_to(char* place) const {
  for (const auto byte : inverted_) *place++ = static_cast<char>(~byte);
}

bool Needle::lies_at(const std::uint8_t* place) const {
  return std::ranges::equal(
      inverted_, std::span(place, inverted_.size()),
      [](std::uint8_t inverted, std::uint8_t byte) { return static_cast<std::uint8_t>(~inverted) == byte; });
}

std::vector<std::string> places_of(const Needle& needle) {
  const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  if (memory < 0) throw std::runtime_error("this process may not read its own memory");
  const Window window;
  std::vector<std::string> found;
  for (const auto& mapping : writable_mappings()) scan(needle, window, memory, mapping, found);
  ::close(memory);
  return found;
}

}  // namespace vault::testing
