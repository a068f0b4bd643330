# SPDX-License-Identifier: Apache-2.0
"""What somebody without a key can do to a vault's rows with SQLite alone. Each takes (random, database with `old` and
`other` attached) and gives a sentence of what it did."""

BLOBS = (
    ("record", "sealed_sheet"),
    ("record", "sealed_secret"),
    ("record", "lookup"),
    ("record", "agent_id"),
    ("agent", "id"),
    ("agent", "lookup"),
    ("agent", "sealed_key"),
    ("agent", "sealed_sheet"),
    ("agent", "sealed_state"),
    ("key_slot", "id"),
    ("key_slot", "agent_id"),
    ("key_slot", "parameters"),
    ("key_slot", "commitment"),
    ("key_slot", "wrapped"),
    ("key_slot", "sealed_for_root"),
    ("vault", "id"),
    ("vault", "sealed_settings"),
    ("vault", "sealed_state"),
)
NUMBERS = (("record", "kind"), ("key_slot", "kind"), ("key_slot", "created_ms"), ("vault", "rewrite_due"))
PLANTED = (
    "CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM key_slot; END",
    "CREATE VIEW v AS SELECT * FROM record",
    "CREATE TABLE planted (x)",
    "CREATE INDEX i ON record (kind)",
    "DROP TABLE log_event",
    "ALTER TABLE record ADD COLUMN more",
    "ALTER TABLE agent RENAME TO agents",
)


def some_row(random, database, table):
    rows = [row[0] for row in database.execute(f"SELECT rowid FROM {table} ORDER BY rowid")]
    return random.choice(rows) if rows else 0


def value(database, table, column, rowid):
    row = database.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (rowid,)).fetchone()
    return row[0] if row else None


def put(database, table, column, rowid, new):
    database.execute(f"UPDATE OR REPLACE {table} SET {column} = ? WHERE rowid = ?", (new, rowid))


def exchange(random, database):
    columns = random.choice((["sealed_sheet", "sealed_secret"], ["sealed_sheet"], ["sealed_secret"], ["agent_id"]))
    one, other = some_row(random, database, "record"), some_row(random, database, "record")
    for column in columns:
        first, second = value(database, "record", column, one), value(database, "record", column, other)
        put(database, "record", column, one, second)
        put(database, "record", column, other, first)
    return f"exchanged {', '.join(columns)} of records {one} and {other}"


def move_between_columns(random, database):
    row = some_row(random, database, "record")
    put(database, "record", "sealed_secret", row, value(database, "record", "sealed_sheet", row))
    return f"put the sheet of record {row} where its secret was"


def take_from(random, database, source):
    """A row, or one of its columns, of the older state or of another vault in the place of one of ours."""
    table, column = random.choice(BLOBS)
    ours = some_row(random, database, table)
    theirs = ours if source == "old" else some_row(random, database, f"{source}.{table}")
    columns = [column] if random.random() < 0.5 else [name for its, name in BLOBS if its == table]
    for name in columns:
        put(database, table, name, ours, value(database, f"{source}.{table}", name, theirs))
    return f"took {', '.join(columns)} of {table} {ours} from the {source} vault's row {theirs}"


def replay(random, database):
    return take_from(random, database, "old")


def plant_foreign(random, database):
    return take_from(random, database, "other")


def delete(random, database):
    table = random.choice(("record", "record", "record", "agent", "key_slot", "vault"))
    row = some_row(random, database, table)
    database.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))
    return f"deleted {table} {row}"


def duplicate(random, database):
    row = some_row(random, database, "record")
    database.execute(
        "INSERT OR REPLACE INTO record (agent_id, kind, lookup, sealed_sheet, sealed_secret)"
        " SELECT agent_id, kind, ?, sealed_sheet, sealed_secret FROM record WHERE rowid = ?",
        (random.randbytes(16), row),
    )
    return f"copied record {row} under another lookup"


def spoil(random, database):
    """A blob cut off, prolonged, emptied, set to NULL, or with a bit flipped."""
    table, column = random.choice(BLOBS)
    row = some_row(random, database, table)
    blob = value(database, table, column, row) or b"\0"
    how = random.choice(("cut off", "prolonged", "emptied", "flipped", "set to NULL"))
    flipped = bytearray(blob)
    flipped[random.randrange(len(blob))] ^= 1 << random.randrange(8)
    made = {
        "cut off": blob[: random.randrange(len(blob))],
        "prolonged": blob + random.randbytes(random.randrange(1, 70)),
        "emptied": b"",
        "flipped": bytes(flipped),
        "set to NULL": None,
    }
    put(database, table, column, row, made[how])
    return f"{how}: {column} of {table} {row}"


def renumber(random, database):
    table, column = random.choice(NUMBERS)
    row, number = some_row(random, database, table), random.choice((0, 1, 2, 3, 4, 5, 6, 7, 255, 2**40))
    put(database, table, column, row, number)
    return f"set {column} of {table} {row} to {number}"


def log(random, database):
    database.execute("INSERT INTO log_event (sealed) VALUES (?)", (random.randbytes(64),))
    return "added an entry to the log"


def plant(random, database):
    sql = random.choice(PLANTED)
    database.execute(sql)
    return sql


def set_version(random, database):
    pragma = random.choice(("user_version", "application_id"))
    number = random.choice((0, 2, 3, 99, 2**31 - 1))
    database.execute(f"PRAGMA {pragma} = {number}")
    return f"set {pragma} to {number}"


ALL = (
    exchange,
    move_between_columns,
    replay,
    replay,
    plant_foreign,
    delete,
    duplicate,
    spoil,
    spoil,
    renumber,
    log,
    plant,
    set_version,
)
