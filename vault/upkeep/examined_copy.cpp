// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/examined_copy.h"

#include "vault/base/error.h"
#include "vault/upkeep/same_rows.h"

namespace vault {

Examination commit_examined_copy(Transaction& source, std::unique_ptr<Transaction> copied, UnlockedVault& opened,
                                 const ExaminationProgress& progress) {
  KeysAtHand keys{Keyring(opened.keyring().root().clone()), std::nullopt};
  const auto unmarked = opened.options().beside_nothing();
  Session session(std::move(copied), Access::write, keys, unmarked, OldCopies::unchecked);
  const auto examination = examine(session, Depth::everything, progress);
  require_sound(examination);
  if (!same_rows(source, session.transaction())) {
    throw Error(ErrorCode::internal, "the copy differs from the vault; it was thrown away",
                "try again, then report a bug");
  }
  session.transaction().commit();
  return examination;
}

}  // namespace vault
