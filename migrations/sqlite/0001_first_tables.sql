-- SPDX-License-Identifier: Apache-2.0
-- The tables of format version 1. What is sealed is opaque here. Only fixed lengths are checked: the
-- program bounds the others before it writes them, and every CHECK is parsed anew by each process that opens a vault.
-- Released migrations are never edited: a change is a new file beside this one.

CREATE TABLE vault (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id BLOB NOT NULL CHECK (length(id) = 16),
  created_ms INTEGER NOT NULL,
  sealed_settings BLOB NOT NULL,
  sealed_state BLOB NOT NULL,
  rewrite_due INTEGER NOT NULL CHECK (rewrite_due IN (0, 1))
) STRICT;

CREATE TABLE agent (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  lookup BLOB NOT NULL UNIQUE CHECK (length(lookup) = 16),
  sealed_key BLOB NOT NULL,
  sealed_sheet BLOB NOT NULL,
  sealed_state BLOB NOT NULL
) STRICT;

-- An agent_id makes a slot an agent's token; without one it opens the root key.
CREATE TABLE key_slot (
  id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  agent_id BLOB REFERENCES agent (id) ON DELETE CASCADE,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 255),
  parameters BLOB NOT NULL,
  commitment BLOB NOT NULL CHECK (length(commitment) = 32),
  wrapped BLOB NOT NULL,
  sealed_for_root BLOB NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT;

-- A rowid table with a UNIQUE key: it loads twice as fast as WITHOUT ROWID, and looks up as fast.
CREATE TABLE record (
  agent_id BLOB NOT NULL REFERENCES agent (id) ON DELETE CASCADE,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 255),
  lookup BLOB NOT NULL CHECK (length(lookup) = 16),
  sealed_sheet BLOB NOT NULL,
  sealed_secret BLOB,
  UNIQUE (agent_id, kind, lookup)
) STRICT;

-- No reference to agent: what is logged outlives the agent it speaks of.
CREATE TABLE log_event (
  sequence INTEGER PRIMARY KEY,
  agent_id BLOB CHECK (length(agent_id) = 16),
  sealed BLOB NOT NULL
) STRICT;
