# SPDX-License-Identifier: Apache-2.0
"""vault_file.py VECTOR FOLDER: a vault of the vectors as a file that the program opens: FOLDER/vault.db and vault.key.

What is sealed comes from the vector, which reference.py wrote; no line of the program had a part in it.
"""
import os
import sqlite3
import sys
from pathlib import Path

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations/sqlite"
APPLICATION = 0x434C5647
KEY_FILE = 2  # a slot's kind


def fields(vector):
    """[(name, value)] in the vector's order"""
    lines = (line for line in Path(vector).read_text().splitlines() if line and not line.startswith("#"))
    return [tuple(line.split(": ", 1)) for line in lines]


def unhex(text):
    return [bytes.fromhex(word) for word in text.split()]


def write_vault(vector, folder):
    there = fields(vector)
    one = dict(there)
    os.umask(0o077)
    database = sqlite3.connect(Path(folder) / "vault.db")
    for migration in sorted(MIGRATIONS.glob("*.sql")):
        database.executescript(migration.read_text())
    database.execute(f"PRAGMA application_id={APPLICATION}")
    database.execute(f"PRAGMA user_version={len(list(MIGRATIONS.glob('*.sql')))}")
    vault, settings, state = unhex(one["vault"])
    database.execute("INSERT INTO vault VALUES(1,?,0,?,?,0)", (vault, settings, state))
    agent, *sealed = unhex(one["agent"])
    database.execute("INSERT INTO agent VALUES(?,?,?,?,?)", (agent, *sealed))
    slot, commitment, wrapped = unhex(one["slot"])
    database.execute("INSERT INTO key_slot VALUES(?,NULL,?,X'',?,?,X'',0)", (slot, KEY_FILE, commitment, wrapped))
    for name, value in there:
        if name == "record":
            kind, rest = value.split(" ", 1)
            lookup, sheet, *secret = unhex(rest)
            row = (agent, int(kind), lookup, sheet, *(secret or [None]))  # a sheet alone has none
            database.execute("INSERT INTO record VALUES(?,?,?,?,?)", row)
        if name == "log":
            owner, sealed = unhex(value)
            row = (owner, sealed)
            database.execute("INSERT INTO log_event (agent_id, sealed) VALUES(nullif(?, zeroblob(16)),?)", row)
    database.commit()
    database.close()
    (Path(folder) / "vault.key").write_text(one["key_file"] + "\n")


if __name__ == "__main__":
    write_vault(*sys.argv[1:])
