// SPDX-License-Identifier: Apache-2.0
#include "vault/vault_file.h"

#include <array>
#include <span>

#include "vault/base/atomic_file.h"
#include "vault/base/error.h"
#include "vault/base/own_files.h"
#include "vault/crypto/random.h"
#include "vault/storage/sqlite/file/vault_path.h"
#include "vault/storage/sqlite/file/writer_lock.h"
#include "vault/storage/sqlite/sqlite_storage.h"

namespace vault {
namespace {

constexpr std::chrono::seconds kLongestWait{10};  // for another one who makes a vault in that place

// What still goes wrong once the vault is in its place costs less than the vault.
template <class Step>
void attempt(const VaultFileOptions& options, Step&& step) {
  try {
    step();
  } catch (const Error& error) {
    options.warn(error.what());
  }
}

void put_in_place(PassingFile& passing, const std::filesystem::path& place, const VaultFileOptions& options) {
  try {
    passing.move_to(place, Existing::refuse);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::committed_unverified) throw;
    options.warn(error.what());
  }
}

UnlockedVault open_made(const std::filesystem::path& place, Keyring keyring, const VaultOptions& options) {
  try {
    return open_vault_file(place, Access::write, options).unlock(std::move(keyring));
  } catch (const Error& error) {
    throw Error(ErrorCode::committed_unverified, std::string("the vault was made, but does not open: ") + error.what(),
                error.hint());
  }
}

}  // namespace

Vault open_vault_file(const std::filesystem::path& path, Access access, VaultOptions options) {
  return Vault::open(open_sqlite_storage(path, access), std::move(options));
}

UnlockedVault create_vault_file(const std::filesystem::path& path, const VaultId& id, const std::vector<NewSlot>& slots,
                                const VaultFileOptions& options) {
  const auto place = absolute_path(path);
  make_private_folders(place.parent_path());
  judge_free_place(place);
  std::optional<Keyring> keyring;
  {
    // While we have the turn nobody else makes a vault here: passing files of this name are nobody's.
    const auto turn = WriterLock(place).wait(kLongestWait);
    remove_remains_of(place);
    PassingFile passing(place);
    keyring.emplace(before_it_counts([&] {
      auto made = Vault::create(create_sqlite_storage(passing.path(), {options.readers}), id, slots,
                                options.vault.beside_nothing());
      return made.keyring().root().clone();
    }));
    options.before_it_counts();
    put_in_place(passing, place, options);
  }
  auto created = open_made(place, std::move(*keyring), options.vault);
  attempt(options, [&] { created.accept_as_newest(); });
  return created;
}

VaultId make_vault_id() { return random_id<VaultId>(); }

bool carries_vault_mark(const std::filesystem::path& path) noexcept {
  try {
    const auto file = open_regular_file(path, Links::refuse, Privacy::any);
    std::array<std::uint8_t, kOwnFileFront> front{};
    const auto size = read_up_to(file.descriptor.get(), front);
    return own_file_with(text_of(std::span(front).first(size))) == OwnFile::vault;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace vault
