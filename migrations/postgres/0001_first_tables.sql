-- SPDX-License-Identifier: Apache-2.0
-- The tables of format version 1 on PostgreSQL, and three more that a file does not need. What is sealed is opaque
-- here, and does not compress. The schema's name is put in where psql has it as a variable: psql -v schema=NAME.
-- Released migrations are never edited: a change is a new file beside this one.

CREATE TABLE :"schema".vault (
  one smallint PRIMARY KEY CHECK (one = 1),
  id bytea NOT NULL CHECK (octet_length(id) = 16),
  created_ms bigint NOT NULL,
  sealed_settings bytea NOT NULL CHECK (octet_length(sealed_settings) <= 2097152),
  sealed_state bytea NOT NULL CHECK (octet_length(sealed_state) <= 2097152),
  rewrite_due smallint NOT NULL CHECK (rewrite_due IN (0, 1))
);
ALTER TABLE :"schema".vault
  ALTER COLUMN sealed_settings SET STORAGE EXTERNAL,
  ALTER COLUMN sealed_state SET STORAGE EXTERNAL;

CREATE TABLE :"schema".agent (
  id bytea PRIMARY KEY CHECK (octet_length(id) = 16),
  lookup bytea NOT NULL UNIQUE CHECK (octet_length(lookup) = 16),
  sealed_key bytea NOT NULL CHECK (octet_length(sealed_key) <= 2097152),
  sealed_sheet bytea NOT NULL CHECK (octet_length(sealed_sheet) <= 2097152),
  sealed_state bytea NOT NULL CHECK (octet_length(sealed_state) <= 2097152)
);
ALTER TABLE :"schema".agent
  ALTER COLUMN sealed_key SET STORAGE EXTERNAL,
  ALTER COLUMN sealed_sheet SET STORAGE EXTERNAL,
  ALTER COLUMN sealed_state SET STORAGE EXTERNAL;

-- An agent_id makes a slot an agent's token; without one it opens the root key.
CREATE TABLE :"schema".key_slot (
  id bytea PRIMARY KEY CHECK (octet_length(id) = 16),
  agent_id bytea REFERENCES :"schema".agent (id) ON DELETE CASCADE,
  kind smallint NOT NULL CHECK (kind BETWEEN 0 AND 255),
  parameters bytea NOT NULL CHECK (octet_length(parameters) <= 2097152),
  commitment bytea NOT NULL CHECK (octet_length(commitment) = 32),
  wrapped bytea NOT NULL CHECK (octet_length(wrapped) <= 2097152),
  sealed_for_root bytea NOT NULL CHECK (octet_length(sealed_for_root) <= 2097152),
  created_ms bigint NOT NULL
);
ALTER TABLE :"schema".key_slot
  ALTER COLUMN wrapped SET STORAGE EXTERNAL,
  ALTER COLUMN sealed_for_root SET STORAGE EXTERNAL;
CREATE INDEX ON :"schema".key_slot (agent_id);

CREATE TABLE :"schema".record (
  agent_id bytea NOT NULL REFERENCES :"schema".agent (id) ON DELETE CASCADE,
  kind smallint NOT NULL CHECK (kind BETWEEN 0 AND 255),
  lookup bytea NOT NULL CHECK (octet_length(lookup) = 16),
  sealed_sheet bytea NOT NULL CHECK (octet_length(sealed_sheet) <= 2097152),
  sealed_secret bytea CHECK (octet_length(sealed_secret) <= 2097152),
  PRIMARY KEY (agent_id, kind, lookup)
);
ALTER TABLE :"schema".record
  ALTER COLUMN sealed_sheet SET STORAGE EXTERNAL,
  ALTER COLUMN sealed_secret SET STORAGE EXTERNAL;

-- No reference to agent: what is logged outlives the agent it speaks of.
CREATE TABLE :"schema".log_event (
  sequence bigint PRIMARY KEY,
  agent_id bytea CHECK (octet_length(agent_id) = 16),
  sealed bytea NOT NULL CHECK (octet_length(sealed) <= 2097152)
);
ALTER TABLE :"schema".log_event ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE INDEX ON :"schema".log_event (agent_id, sequence);

-- Writers stand in line for a lock of this table. It holds nothing.
CREATE TABLE :"schema".writer_turn ();

-- One row a commit, for a day: how a writer that lost its connection finds out whether its commit counted.
CREATE TABLE :"schema".commit_mark (
  id bytea PRIMARY KEY CHECK (octet_length(id) = 16),
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON :"schema".commit_mark (at);

CREATE TABLE :"schema".schema_version (
  one smallint PRIMARY KEY CHECK (one = 1),
  version bigint NOT NULL
);
INSERT INTO :"schema".schema_version (one, version) VALUES (1, 1);
