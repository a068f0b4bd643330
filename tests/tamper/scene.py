# SPDX-License-Identifier: Apache-2.0
"""The vault that is tampered with: what it holds, an older copy of it, and another vault to take rows from."""
import json
import shutil
import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "faults"))
from world import World, make_empty  # noqa: E402

# agent: {profile: secret}. worker inherits what main has, loner does not.
OWN = {
    "main": {profile: f"sk-test-tamper-main-{profile[-1]}" for profile in ("openai:a", "openai:b", "groq:c")},
    "worker": {"openai:a": "sk-test-tamper-worker-a", "openai:own": "sk-test-tamper-worker-own"},
    "loner": {"openai:a": "sk-test-tamper-loner-a"},
}
SEEN = {"main": OWN["main"], "worker": {**OWN["main"], **OWN["worker"]}, "loner": OWN["loner"]}
OLD = "-old"  # behind every secret, at first
TABLES = {"vault": "one", "agent": "id", "key_slot": "id", "record": "agent_id, kind, lookup"}
UNBOUND = {"created_ms", "rewrite_due"}  # FORMAT.md: they prove nothing


def add(world, agent, profile, secret, *more):
    world.ok("add", profile, "--type", "api_key", "--stdin", "--agent", agent, *more, stdin=secret)


def fill(world, old=""):
    """Adds all profiles with older secrets, or replaces those."""
    for agent, profiles in OWN.items():
        for profile, secret in profiles.items():
            add(world, agent, profile, secret + old, *(("--replace",) if not old else ()))


def made_scene(program, folder):
    """home/: the vault as it is now. old.db: an earlier state of it. other.db: another vault, with another key."""
    world = make_empty(World(program, folder / "home"))
    world.ok("init", "--key-file", world.key, "--no-recovery", "--quiet")
    world.ok("agent", "add", "worker")
    world.ok("agent", "add", "loner", "--isolated")
    fill(world, OLD)
    world.ok("import", "-", "--format", "dotenv", stdin="NAME_1=value-1\nNAME_2=value-2\n")
    world.ok("order", "set", "--provider", "openai", "openai:b", "openai:a")
    shutil.copy(world.vault, folder / "old.db")
    fill(world)
    world.ok("order", "set", "--provider", "openai", "openai:a", "openai:b")
    token = world.home / "worker.token"
    token.write_text(world.ok("agent", "token", "create", "worker", "--with-shared"))
    token.chmod(0o600)
    other = make_empty(World(program, folder / "other"))
    other.ok("init", "--key-file", other.key, "--no-recovery", "--quiet")
    add(other, "main", "openai:a", "sk-test-tamper-of-another-vault")
    shutil.copy(other.vault, folder / "other.db")
    return world


def rows_in(database, table, order, way):
    """By the table itself, or in the order and by the key columns of its index: a broken file may tell two stories."""
    columns = [row[1].decode() for row in database.execute(f"PRAGMA table_info({table})")]
    names = ", ".join(name for name in columns if name not in UNBOUND)
    asked = "NOT INDEXED ORDER BY rowid" if way == "table" else f"ORDER BY {order}"
    return sorted(database.execute(f"SELECT {names} FROM {table} {asked}").fetchall(), key=repr)


def contents(path, way="table"):
    """What the file says that anything is bound to: schema, versions, rows. None when SQLite cannot read it."""
    try:
        database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        database.text_factory = bytes
        seen = {name: database.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id")}
        seen["schema"] = sorted(database.execute("SELECT type, name, sql FROM sqlite_schema").fetchall(), key=repr)
        seen.update({table: rows_in(database, table, order, way) for table, order in TABLES.items()})
        database.close()
        return seen
    except (sqlite3.Error, sqlite3.Warning, UnicodeDecodeError, ValueError, OverflowError):
        return None


def records_in(seen):
    return set(seen["record"]) if seen else set()


def exported(text):
    return {profile: entry.get("key") for profile, entry in json.loads(text)["profiles"].items()}
