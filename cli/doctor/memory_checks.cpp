// SPDX-License-Identifier: Apache-2.0
// Memory and clock: what the system grants this process.
#include <algorithm>
#include <array>
#include <sys/stat.h>

#include "cli/doctor/checks.h"
#include "vault/base/file.h"
#include "vault/crypto/key.h"

namespace cli {
namespace {

constexpr vault::Timestamp kFirstRelease{1'767'225'600'000};  // 2026-01-01: no vault is older
constexpr std::int64_t kTolerated = 5 * 60 * 1000;

// The devices in /proc/swaps, and whether there is anything to tell.
std::optional<std::vector<std::string>> swap_devices() {
  std::array<std::uint8_t, 4096> buffer{};
  std::string_view text;
  try {
    const auto file = vault::open_regular_file("/proc/swaps", vault::Links::refuse, vault::Privacy::any);
    text = vault::text_of(vault::ByteView(buffer).first(vault::read_up_to(file.descriptor.get(), buffer)));
  } catch (const vault::Error&) {
    return std::nullopt;
  }
  std::vector<std::string> devices;
  for (auto line = text.find('\n'); line != text.npos && line + 1 < text.size(); line = text.find('\n', line + 1)) {
    const auto rest = text.substr(line + 1);
    devices.emplace_back(rest.substr(0, rest.find_first_of(" \t")));
  }
  return devices;
}

void check_swap(Checks& into) {
  const auto devices = swap_devices();
  if (!devices) {
    into.push_back({"swap", Rating::skipped, "the system does not say whether it swaps"});
    return;
  }
  const auto on_disk =
      std::ranges::find_if(*devices, [](const std::string& device) { return device.find("zram") == device.npos; });
  if (on_disk == devices->end()) {
    into.push_back(
        {"swap", Rating::secure, devices->empty() ? "no swap space" : "swap space is in memory only (zram)"});
    return;
  }
  into.push_back({"swap", Rating::weak,
                  "memory may be swapped out to " + *on_disk + "; keys are not, secrets on their way may be",
                  "encrypt the swap space, or turn it off"});
}

}  // namespace

void check_memory(Checks& into) {
  const vault::SlotKey probe;
  if (vault::keys_are_locked()) {
    into.push_back({"memory", Rating::secure, "keys are locked into memory"});
  } else {
    into.push_back({"memory", Rating::weak, "the system refuses to lock keys into memory: they may be swapped out",
                    "raise the limit on locked memory (ulimit -l, LimitMEMLOCK=)"});
  }
  check_swap(into);
}

void check_clock(vault::Timestamp now, const std::optional<std::filesystem::path>& vault, Checks& into) {
  struct stat status {};
  if (now < kFirstRelease) {
    into.push_back({"clock", Rating::broken, "the clock says " + to_rfc3339(now) + ": what expires cannot be judged",
                    "set the clock"});
  } else if (vault && ::stat(vault->c_str(), &status) == 0 &&
             std::int64_t{status.st_mtim.tv_sec} * 1000 > now.ms + kTolerated) {
    into.push_back({"clock", Rating::weak,
                    "the vault was last changed in the future: the clock was set back, or was wrong then",
                    "compare the clock with another one"});
  } else {
    into.push_back({"clock", Rating::secure, "the clock says " + to_rfc3339(now).substr(0, 10)});
  }
}

}  // namespace cli
