// SPDX-License-Identifier: Apache-2.0
#pragma once
// The end of every copying of rows: what was written counts once it was opened and compared, and not before.

#include <memory>

#include "vault/upkeep/examine.h"

namespace vault {

// `copied` holds what was taken from `source`, uncommitted: it is examined to the last secret with the keys of
// `opened`, compared with the source row for row, and committed. Throws its damage, internal when the two differ, and
// what the commit throws; but for the last, nothing counts then.
Examination commit_examined_copy(Transaction& source, std::unique_ptr<Transaction> copied, UnlockedVault& opened,
                                 const ExaminationProgress& progress = {});

}  // namespace vault
