// SPDX-License-Identifier: Apache-2.0
#pragma once
// Files that may hold secrets: opened once, judged through the descriptor, never through the name again.
// Every failure is an Error: not_found, unsafe_file, bad_input (too large) or io.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <sys/types.h>

namespace vault {

enum class Links { follow, refuse };
enum class Privacy { any, owner_only };  // owner_only: ours (or root's), no bits for group and others

// An open descriptor, closed on destruction and on exec.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int get() const noexcept { return fd_; }
  explicit operator bool() const noexcept { return fd_ >= 0; }
  void reset() noexcept;

 private:
  int fd_ = -1;
};

struct RegularFile {
  Descriptor descriptor;
  std::uint64_t size = 0;  // bytes, when it was opened
};

// Opens for reading. A FIFO, device, socket or folder is unsafe_file and never blocks.
RegularFile open_regular_file(const std::filesystem::path& path, Links links, Privacy privacy);

// Reads until `into` is full or the file ends; returns the number of bytes read.
std::size_t read_up_to(int fd, std::span<std::uint8_t> into);
void write_all(int fd, std::string_view bytes);

// Do both names lead to one file?
bool same_file(const std::filesystem::path& one, const std::filesystem::path& other) noexcept;

// The path as seen from the root folder, without "." and "..". io when the working folder is gone.
std::filesystem::path absolute_path(const std::filesystem::path& path);

// Makes the folder and its missing parents, each 0700 whatever the umask. Existing ones are left as they are.
void make_private_folders(const std::filesystem::path& folder);

}  // namespace vault
