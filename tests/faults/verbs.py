# SPDX-License-Identifier: Apache-2.0
"""The commands that faults are tried on: what each starts from, what it does, and what must be true of it besides."""
import json
import re
import sqlite3
from dataclasses import dataclass, field
from typing import Callable

from world import IMPORTED_SECRET, NEW_SECRET, SECRETS, Unreadable, make_empty, make_full, view, wrapped_keys

IMPORTED = f"OPENAI_API_KEY={IMPORTED_SECRET}\n" + "".join(f"IMPORTED_{number}=value-{number}\n" for number in range(20))


@dataclass(frozen=True)
class Verb:
    name: str
    words: Callable  # (world, notes of the template) -> the command's words
    stdin: str = ""
    make: Callable = make_full
    state: Callable = None  # (world, template's notes) -> what is compared as old and new
    besides: Callable = lambda world, notes, outcome: iter(())  # what else is wrong
    spared: Callable = lambda world: ()  # files whose purpose is plaintext
    notes: Callable = lambda world: {}


def vault_state(world, notes):
    seen = view(world)
    if "wrapped" in notes:
        now = wrapped_keys(world)
        seen["keys left as they were"] = sum(now.get(slot) == blob for slot, blob in notes["wrapped"].items())
    return seen


def keys_noted(world):
    tokens = json.loads(world.ok("agent", "token", "list", "--json"))["tokens"]
    return {"wrapped": wrapped_keys(world), "token": next(token["id"] for token in tokens if token["withShared"])}


# --- init: there is no vault, or there is one that opens; whichever it is, the same command can be given again.

def init_words(world, _):
    return "init", "--key-file", world.key


def init_state(world, _):
    if not world.vault.exists():
        world.ok(*init_words(world, None))
        return "none, and init can be run again"
    return view(world)


def code_was_shown(world, notes, outcome):
    """Shown before it counts (D8): whoever has a vault was shown its recovery code."""
    has_code = "recovery" in json.dumps(json.loads(world.ok("key", "list", "--json")))
    if outcome.state == "new" and has_code and not re.search(r"^([0-9A-Z]{4}-){8,}[0-9A-Z]{4}$", outcome.done.out, re.M):
        yield "shown", "the vault is there and its recovery code was not shown"


# --- files beside the vault: whole or not there.

def backup_state(world, _):
    seen = view(world)
    copy = world.out / "copy.db"
    if copy.exists():
        seen["copy"] = world.ok("get", "openai:a", "--vault", copy, "--key-file", world.key)
        world.ok("verify", "--deep", "--vault", copy, "--key-file", world.key)
    return seen


def export_state(world, _):
    seen = view(world)
    target = world.out / "auth-profiles.json"
    if target.exists():
        seen["target"] = json.loads(target.read_text())["profiles"]
        seen["mode"] = oct(target.stat().st_mode & 0o777)
    return seen


# --- restore: the vault that was there is never lost, and never has a name that is taken for rubbish (D1).

def newest_is_kept(world, notes, outcome):
    newest = [path for path in world.files() if holds_newest(world, path)]
    if not newest:
        yield "lost", "the vault that was there is in no file any more"
    elif all(path.name.startswith(".") or path.name.endswith(".tmp") for path in newest):
        yield "lost", f"the vault that was there has a temporary file's name: {[path.name for path in newest]}"


def holds_newest(world, path):
    if not path.read_bytes()[:16].startswith(b"SQLite format 3"):
        return False
    order = world.run("order", "get", "--provider", "anthropic", "--json", "--vault", path, "--key-file", world.key,
                      extra={"XDG_STATE_HOME": str(world.home / "no-marks")})
    return order.code == 0 and json.loads(order.out)["source"] == "agent order"


ALL = (
    Verb("init", init_words, make=make_empty, state=init_state, besides=code_was_shown),
    Verb("add", lambda w, n: ("add", "groq:new", "--type", "api_key", "--stdin"), stdin=NEW_SECRET, state=vault_state),
    Verb("replace", lambda w, n: ("add", "openai:a", "--replace", "--type", "api_key", "--stdin"), stdin=NEW_SECRET,
         state=vault_state),
    Verb("import", lambda w, n: ("import", "-", "--format", "dotenv", "--agent", "worker"), stdin=IMPORTED,
         state=lambda w, n: {**vault_state(w, n), "worker": json.loads(
             w.ok("export", "--format", "dotenv", "--dialect", "json", "--only", "variables", "--agent", "worker"))}),
    Verb("key rotate", lambda w, n: ("key", "rotate"), state=vault_state, notes=keys_noted),
    Verb("agent remove", lambda w, n: ("agent", "remove", "worker", "--yes"), state=vault_state, notes=keys_noted),
    Verb("agent token revoke", lambda w, n: ("agent", "token", "revoke", n["token"], "--yes"), state=vault_state,
         notes=keys_noted),
    Verb("backup", lambda w, n: ("backup", w.out / "copy.db"), state=backup_state),
    Verb("restore", lambda w, n: ("restore", w.home / "backup.db", "--yes"), state=vault_state, besides=newest_is_kept),
    Verb("export --output", lambda w, n: ("export", "--format", "openclaw", "--output", w.out / "auth-profiles.json"),
         state=export_state, spared=lambda w: (w.out / "auth-profiles.json",)),
    Verb("order set", lambda w, n: ("order", "set", "--provider", "openai", "--agent", "worker", "openai:own", "openai:a"), state=vault_state),
)
