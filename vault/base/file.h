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

enum class Existing { refuse, replace };

// A file that appears under its name complete or not at all: written beside its target under a random name, mode set
// at creation whatever the umask, synced, then linked or renamed, and the folder synced. Destroyed uncommitted, it
// leaves nothing. A target that is a symbolic link or not a regular file is refused even when replacing.
class AtomicFile {
 public:
  AtomicFile(std::filesystem::path target, Existing existing, mode_t mode = 0600);
  AtomicFile(AtomicFile&&) = delete;
  ~AtomicFile();
  void write(std::string_view bytes);
  void commit();

 private:
  std::filesystem::path target_;
  std::filesystem::path temporary_;
  Existing existing_;
  Descriptor descriptor_;
};

void write_file_atomically(const std::filesystem::path& target, std::string_view bytes, Existing existing,
                           mode_t mode = 0600);

// Makes the folder and its missing parents, each 0700 whatever the umask. Existing ones are left as they are.
void make_private_folders(const std::filesystem::path& folder);

}  // namespace vault
