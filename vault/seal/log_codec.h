// SPDX-License-Identifier: Apache-2.0
#pragma once
// Events of the log <-> sealed rows, and the chain that holds them together (vault/FORMAT.md, "The log"). A row's place
// is its position in its owner's log: put elsewhere it does not open.

#include <cstdint>
#include <optional>

#include "vault/model/log_entry.h"
#include "vault/seal/fields.h"
#include "vault/seal/sealed_field.h"
#include "vault/seal/state.h"

namespace vault {

WipedBytes encode(const LogEntry& entry);
WipedBytes encode(const LogCheckpoint& checkpoint);
LogEntry decode_log_entry(ByteView plaintext);            // damaged_record for what encode() does not write
LogCheckpoint decode_log_checkpoint(ByteView plaintext);  // likewise

enum class LogRowKind : std::uint8_t {  // persistent: never renumber
  entry = 0,
  checkpoint = 1,     // at the position of the last entry that it stands for
  read_set_aside = 2  // outside the vault, until a writer takes it in; at position 0
};

// Whose log: the vault's own has an agent id of zeros.
struct LogPlace {
  VaultId vault;
  AgentId owner{};
};

FieldPlace log_row_place(const LogPlace& log, LogRowKind kind, std::uint64_t position);
// The head after a row was appended at `position`.
Digest next_log_head(const LogKey& key, const Digest& head, std::uint64_t position, ByteView sealed);
// What shows that root wrote an entry: over all of it but the proof, and its place.
using LogProof = std::array<std::uint8_t, 16>;
LogProof log_proof(const LogKey& root_log, const LogPlace& log, std::uint64_t position, LogEntry entry);

}  // namespace vault
