// SPDX-License-Identifier: Apache-2.0
// Preloaded into the program, it counts what is taken from the heap and lets one request fail, once. The environment
// says what: FAULT_PROGRAM names the program that is meant, FAULT_AT the number (1, 2, 3 ...; 0 or absent: none), and
// FAULT_LOG the file that gets the whole count when the program ends.
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
}

namespace {

std::atomic<bool> counting{false};
std::atomic<int> count{0};
int fails_at = 0;
char log_path[4096] = {};

const char* setting(const char* name) {
  const char* const value = ::getenv(name);
  return value != nullptr ? value : "";
}

[[gnu::constructor]] void start() {
  if (std::strcmp(program_invocation_short_name, setting("FAULT_PROGRAM")) != 0) return;
  fails_at = std::atoi(setting("FAULT_AT"));
  std::snprintf(log_path, sizeof log_path, "%s", setting("FAULT_LOG"));
}

using Main = int(int, char**, char**);
Main* real_main = nullptr;

// What static objects take before main() cannot be refused: nobody could catch it.
int counted_main(int argc, char** argv, char** environment) {
  counting = log_path[0] != '\0';
  return real_main(argc, argv, environment);
}

[[gnu::destructor]] void tell() {
  if (!counting.exchange(false)) return;
  char text[32];
  const int length = std::snprintf(text, sizeof text, "%d\n", count.load());
  const int descriptor = ::open(log_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  [[maybe_unused]] const auto written = ::write(descriptor, text, std::size_t(length));
}

bool fails() {
  if (!counting || ++count != fails_at) return false;
  errno = ENOMEM;
  return true;
}

}  // namespace

// NOLINTBEGIN: the C library's own names and shapes
extern "C" {
void* malloc(std::size_t size) { return fails() ? nullptr : __libc_malloc(size); }
void* calloc(std::size_t number, std::size_t size) { return fails() ? nullptr : __libc_calloc(number, size); }
void* realloc(void* memory, std::size_t size) { return fails() ? nullptr : __libc_realloc(memory, size); }

int __libc_start_main(Main* main, int argc, char** argv, Main* init, void (*fini)(), void (*end)(), void* stack) {
  using Start = int(Main*, int, char**, Main*, void (*)(), void (*)(), void*);
  real_main = main;
  const auto next = reinterpret_cast<Start*>(::dlsym(RTLD_NEXT, "__libc_start_main"));
  return next(counted_main, argc, argv, init, fini, end, stack);
}
}
// NOLINTEND
