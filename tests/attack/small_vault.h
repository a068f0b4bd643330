// SPDX-License-Identifier: Apache-2.0
#pragma once
// A small vault in a file, and what a reader gets out of it after somebody was at its bytes. A key file opens it, so
// that thousands of openings take seconds.

#include <fcntl.h>
#include <string>
#include <unistd.h>

#include "tests/support/temporary_folder.h"
#include "tests/support/vault_builder.h"
#include "vault/vault_file.h"

namespace vault::testing {

// What one attempt ended in: what was read, or the error's code.
struct Outcome {
  std::optional<ErrorCode> error;
  std::string secret;            // of "openai:a", as get prints it
  std::vector<std::string> ids;  // as list prints them
  bool names_damage = false;     // beside them
};

class SmallVault {
 public:
  SmallVault() : path_(folder_ / "vault.db") {
    auto vault = create_vault_file(path_, id_, key_slots());
    auto writing = vault.write();
    writing.add_agent(kWorker, Inheritance::linked);
    writing.put_profile(kMain, sheet_of("openai:a"), key_credential(kSecret));
    writing.put_profile(kMain, sheet_of("openai:b"), key_credential("sk-test-b"));
    writing.put_variable(kMain, "NAME", SecretString::copy_of("value"));
    writing.commit();
  }

  const std::filesystem::path& path() const { return path_; }
  std::string bytes() const { return contents_of(path_); }

  Outcome read() const { return asked(true); }
  Outcome read_listing_only() const { return asked(false); }

  static constexpr const char* kSecret = "sk-test-right";

 private:
  static std::vector<NewSlot> key_slots() {
    std::vector<NewSlot> slots;
    slots.push_back({SlotKind::key_file, test_key<SlotKey>(7), {}});
    return slots;
  }
  UnlockedVault open() const {
    return open_vault_file(path_, Access::read).unlock(KeyFileUnlocker({id_, test_key<SlotKey>(7)}));
  }
  // What is no Error leaves the test program as it should: as a failure.
  Outcome asked(bool secret) const {
    Outcome outcome;
    try {
      auto vault = open();
      auto reading = vault.read();
      if (secret) {
        outcome.secret = TestVault::key_in(reading, kMain, "openai:a").value_or("absent");
      } else {
        for (const auto& seen : reading.view(kMain).profiles) outcome.ids.push_back(seen.sheet.id.text());
        outcome.names_damage = !reading.damaged().empty();
      }
    } catch (const Error& error) {
      outcome.error = error.code();
    }
    return outcome;
  }

  TemporaryFolder folder_;
  std::filesystem::path path_;
  VaultId id_ = test_id<VaultId>(1);
};

}  // namespace vault::testing
