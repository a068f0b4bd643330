# SPDX-License-Identifier: Apache-2.0
"""The commands that faults are tried on: what each starts from, what it does, and what must be true of it besides."""
import json
import re
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from world import (
    IMPORTED_SECRET,
    NEW_SECRET,
    SECRETS,
    Unreadable,
    World,
    content_of,
    make_empty,
    make_full,
    view,
    wrapped_keys,
)

STANDIN = Path(__file__).resolve().parents[1] / "e2e/openclaw_standin.py"
CONFIG_SECRET = "test-fault-gateway-token"
IMPORTED = f"OPENAI_API_KEY={IMPORTED_SECRET}\n" + "".join(f"IMPORTED_{i}=value-{i}\n" for i in range(20))


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
    there: Callable = lambda program: True  # is there such a command


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
    if outcome.state == "new" and has_code and not re.search(r"([0-9A-Z]{4}-){13}[0-9A-Z]{4}", outcome.done.out):
        yield "shown", "the vault is there and its recovery code was not shown"


# --- the log: what it says is what is there (I03).


def logged_state(world, _):
    entries = json.loads(world.ok("log", "--json", "--limit", "1000"))["entries"]
    return {**view(world), "log": [[e["log"], e["verb"], e["names"]] for e in entries if e["verb"] != "read"]}


# --- files beside the vault: whole or not there.


def backup_state(world, _):
    seen = view(world)
    copy = world.out / "copy.db"
    if copy.exists():
        seen["copy"] = world.ok("get", "openai:a", "--vault", copy, "--key-file", world.key)
        world.ok("verify", "--deep", "--vault", copy, "--key-file", world.key)
    return seen


def moved_state(world, _):
    seen = view(world)
    moved = world.out / "moved.db"
    if moved.exists():
        seen["moved"] = world.ok("get", "openai:a", "--vault", moved, "--key-file", world.key)
        world.ok("verify", "--deep", "--vault", moved, "--key-file", world.key)
    return seen


def export_state(world, _):
    seen = view(world)
    target = world.out / "auth-profiles.json"
    if target.exists():
        seen["target"] = json.loads(target.read_text())["profiles"]
        seen["mode"] = oct(target.stat().st_mode & 0o777)
    return seen


# --- two files of one export: no order lies beside profiles that it was not made for (D7).

FORMER = {
    "profiles.json": {"version": 1, "profiles": {"gone:x": {"type": "api_key", "provider": "gone"}}},
    "auth-state.json": {"version": 1, "order": {"gone": ["gone:x"]}},
}


def make_exported(world):
    make_full(world)
    world.out.mkdir(exist_ok=True)
    for name, document in FORMER.items():
        (world.out / name).write_text(json.dumps(document))
    return world


def pair_state(world, _):
    profiles, state = (json.loads((world.out / name).read_text()) for name in FORMER)
    order = "former" if state == FORMER["auth-state.json"] else "new" if state.get("order") else "none"
    lies = ("former" if profiles == FORMER["profiles.json"] else "new", order)
    if order not in (lies[0], "none"):
        raise Unreadable(f"profiles and order of two states: {lies}")
    world.ok(*pair_words(world, None))
    return {**view(world), "again": json.loads((world.out / "profiles.json").read_text())}


def pair_words(world, _):
    where = world.out / "profiles.json"
    return "export", "--format", "openclaw", "--generation", "2026.4", "--force", "--output", where


# --- a key file and its slot: whoever finds the slot finds the key.


def key_added_state(world, notes):
    seen = vault_state(world, notes)
    seen["keys"] = sorted(key["kind"] for key in json.loads(world.ok("key", "list", "--json"))["keys"])
    if seen["keys"].count("key_file") > 1:
        seen["opens"] = world.ok("--key-file", world.out / "new.key", "get", "openai:a", "--no-newline")
    return seen


# --- restore: the vault that was there is never lost, and never has a name that is taken for rubbish (D1).


def newest_is_kept(world, notes, outcome):
    newest = [path for path in world.files() if holds_newest(world, path)]
    if not newest:
        yield "lost", "the vault that was there is in no file any more"
    elif all(path.name.startswith(".") or path.name.endswith(".tmp") for path in newest):
        yield "lost", f"the vault that was there has a temporary file's name: {[path.name for path in newest]}"


def holds_newest(world, path):
    if not content_of(path)[:16].startswith(b"SQLite format 3"):
        return False
    order = world.run(
        "order",
        "get",
        "--provider",
        "anthropic",
        "--json",
        "--vault",
        path,
        "--key-file",
        world.key,
        extra={"XDG_STATE_HOME": str(world.home / "no-marks")},
    )
    return order.code == 0 and json.loads(order.out)["source"] == "agent order"


# --- wire: whatever a fault leaves, the same command given again ends where it would have ended undisturbed.


def make_wired(world):
    """OpenClaw's folder as 2026.9 has it: one agent's file, and a database that the agents share. All is imported."""
    make_empty(world)
    world.ok("init", "--key-file", world.key, "--no-recovery", "--quiet")
    folder = world.home / ".openclaw/agents/work/agent"
    folder.mkdir(parents=True, mode=0o700)
    profiles = {"openai:a": api_key("openai:a")}
    (folder / "auth-profiles.json").write_text(json.dumps({"version": 1, "profiles": profiles}))
    (world.home / ".openclaw/openclaw.json").write_text("{}")
    (world.home / ".openclaw/state").mkdir()
    with sqlite3.connect(shared_store(world)) as database:
        database.executescript(
            "PRAGMA user_version=18; CREATE TABLE schema_meta(meta_key TEXT PRIMARY KEY, role TEXT);"
            "INSERT INTO schema_meta VALUES('primary','global');"
            "CREATE TABLE config_machine_state"
            "(state_key TEXT PRIMARY KEY, value_json TEXT, updated_at_ms INTEGER) STRICT;"
            "INSERT INTO config_machine_state VALUES('auth.sharedStore','{\"location\":\"state-db\"}',1);"
        )
        store = json.dumps({"profiles": {"anthropic:b": api_key("anthropic:b")}})
        database.execute("INSERT INTO config_machine_state VALUES('authProfiles.store',?,1)", (store,))
    database.close()
    world.ok("import", world.home / ".openclaw")
    return world


def api_key(profile):
    return {"type": "api_key", "provider": profile.partition(":")[0], "key": SECRETS[profile]}


def shared_store(world):
    return world.home / ".openclaw/state/openclaw.sqlite"


def wire_words(world, _):
    return "openclaw", "wire", "--apply", "--openclaw", STANDIN, "--state-dir", world.home / ".openclaw"


def wire_state(world, notes):
    return openclaw_after(world, wire_words(world, notes))


def openclaw_after(world, words):
    """All that OpenClaw keeps, once the same command has been given again."""
    done = world.run(*words)
    if done.code != 0:
        raise Unreadable(f"{' '.join(map(str, words[:2]))} again: {done}")
    texts = {
        path.relative_to(world.home).as_posix(): json.loads(path.read_text())
        for path in sorted((world.home / ".openclaw").rglob("*.json"))
    }
    with sqlite3.connect(f"file:{shared_store(world)}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT state_key, value_json FROM config_machine_state").fetchall()
    database.close()
    return json.loads(json.dumps([texts, sorted(rows)]).replace(str(world.home), "HOME"))


# --- unwire: likewise; and at every point each reference that is left has its provider.


def make_unwirable(world):
    """As make_wired, with a secret of openclaw.json itself, all of it wired."""
    make_wired(world)
    folder = world.home / ".openclaw"
    (folder / "openclaw.json").write_text(json.dumps({"gateway": {"auth": {"token": CONFIG_SECRET}}}))
    world.ok("import", folder)
    done = world.run(*wire_words(world, None), "--remove-leftovers", "--yes")
    if done.code != 0:
        raise Unreadable(f"wiring: {done}")
    world.ok("add", "openai:a", "--agent", "work", "--replace", "--type", "api_key", "--stdin", stdin=NEW_SECRET)
    return world


def unwire_words(world, notes):
    where = ("--state-dir", world.home / ".openclaw", "--vault", notes["vault"])
    return "openclaw", "unwire", "--apply", "--yes", "--openclaw", STANDIN, *where


def unwire_state(world, notes):
    dangling = sorted(aliases_named(world) - aliases_configured(world))
    seen = openclaw_after(world, unwire_words(world, notes))
    return {"references without a provider": dangling, "openclaw": seen}


def aliases_named(world):
    """Of the references in every store, as they stand."""
    profiles = json.loads((world.home / ".openclaw/agents/work/agent/auth-profiles.json").read_text())["profiles"]
    # As a writer that was killed left it; SQLite undoes that first, in a copy.
    with tempfile.TemporaryDirectory() as folder:
        for path in shared_store(world).parent.iterdir():
            shutil.copy(path, folder)
        with sqlite3.connect(Path(folder) / shared_store(world).name) as database:
            rows = database.execute("SELECT value_json FROM config_machine_state WHERE state_key LIKE 'authProfiles%'")
            profiles.update(json.loads(rows.fetchone()[0])["profiles"])
        database.close()
    config = json.loads((world.home / ".openclaw/openclaw.json").read_text())
    refs = [profile["keyRef"] for profile in profiles.values() if "keyRef" in profile]
    refs += [value for value in (config["gateway"]["auth"]["token"],) if isinstance(value, dict)]
    return {ref["provider"] for ref in refs}


def aliases_configured(world):
    config = json.loads((world.home / ".openclaw/openclaw.json").read_text())
    return set(config.get("secrets", {}).get("providers", {}))


# --- onboard: the vault, then one source after the other; wherever it ends, the same command takes the rest.


def make_host(world):
    make_empty(world)
    folder = world.home / ".openclaw/agents/worker/agent"
    folder.mkdir(parents=True, mode=0o700)
    profiles = {"openai:a": api_key("openai:a")}
    (folder / "auth-profiles.json").write_text(json.dumps({"version": 1, "profiles": profiles}))
    (world.home / ".env").write_text(IMPORTED)
    return world


def onboard_words(world, _):
    return "onboard", "--yes"


def onboard_state(world, _):
    world.ok(*onboard_words(world, None))
    return view(world)


# --- repair: the vault is damaged as before, or whole; where it is damaged, the same command mends it.


def make_damaged(world):
    make_full(world)
    with sqlite3.connect(world.vault) as database:
        row = database.execute("SELECT max(rowid) FROM record").fetchone()[0]
        database.execute("UPDATE record SET sealed_sheet = zeroblob(length(sealed_sheet)) WHERE rowid = ?", (row,))
    database.close()
    return world


def repair_state(world, _):
    seen = world.run("verify", "--deep")
    if seen.code not in (0, 72):
        raise Unreadable(f"verify --deep: {seen}")
    if seen.code == 72:
        world.ok("repair", "--yes")
    return {"was": "whole" if seen.code == 0 else "damaged", **view(world)}


def can_repair(program):
    return World(program, "/").run("help", "repair").code == 0


# --- scan --scrub: the file is as it was or as it is to be, and the same command does the rest.

TO_SCRUB = f"before {SECRETS['openai:a']} behind\n"
IS_SCRUBBED = "before removed-by-claviger:openai:a behind\n"


def make_scanned(world):
    make_full(world)
    world.out.mkdir(exist_ok=True)
    (world.out / "history").write_text(TO_SCRUB)
    return world


def scrub_words(world, _):
    return "scan", "--scrub", "--yes", world.out


def scrub_state(world, _):
    text = (world.out / "history").read_text()
    if text not in (TO_SCRUB, IS_SCRUBBED):
        raise Unreadable("neither the old text nor the new one")
    world.ok(*scrub_words(world, None))
    if (world.out / "history").read_text() != IS_SCRUBBED:
        raise Unreadable("the same command did not finish it")
    return {**view(world), "file": text}


ALL = (
    Verb("init", init_words, make=make_empty, state=init_state, besides=code_was_shown),
    Verb("add", lambda w, n: ("add", "groq:new", "--type", "api_key", "--stdin"), stdin=NEW_SECRET, state=vault_state),
    Verb(
        "replace",
        lambda w, n: ("add", "openai:a", "--replace", "--type", "api_key", "--stdin"),
        stdin=NEW_SECRET,
        state=vault_state,
    ),
    Verb(
        "import",
        lambda w, n: ("import", "-", "--format", "dotenv", "--agent", "worker"),
        stdin=IMPORTED,
        state=lambda w, n: {
            **vault_state(w, n),
            "worker": json.loads(
                w.ok("export", "--format", "dotenv", "--dialect", "json", "--only", "variables", "--agent", "worker")
            ),
        },
    ),
    Verb("key rotate", lambda w, n: ("key", "rotate"), state=vault_state, notes=keys_noted),
    Verb("agent remove", lambda w, n: ("agent", "remove", "worker", "--yes"), state=vault_state, notes=keys_noted),
    Verb(
        "agent token revoke",
        lambda w, n: ("agent", "token", "revoke", n["token"], "--yes"),
        state=vault_state,
        notes=keys_noted,
    ),
    Verb("backup", lambda w, n: ("backup", w.out / "copy.db"), state=backup_state),
    Verb("vault copy", lambda w, n: ("vault", "copy", "--to", w.out / "moved.db"), state=moved_state),
    Verb("restore", lambda w, n: ("restore", w.home / "backup.db", "--yes"), state=vault_state, besides=newest_is_kept),
    Verb(
        "export --output",
        lambda w, n: ("export", "--format", "openclaw", "--output", w.out / "auth-profiles.json"),
        state=export_state,
        spared=lambda w: (w.out / "auth-profiles.json",),
    ),
    Verb(
        "export of two files",
        pair_words,
        make=make_exported,
        state=pair_state,
        # Killed between its two names a file that replaces another keeps the one that doctor knows.
        spared=lambda w: tuple(w.out.iterdir()),
    ),
    Verb(
        "key add",
        lambda w, n: ("key", "add", "--new-key-file", w.out / "new.key"),
        state=key_added_state,
        spared=lambda w: (w.out / "new.key",),
    ),
    Verb(
        "order set",
        lambda w, n: ("--agent", "worker", "order", "set", "--provider", "openai", "openai:own", "openai:a"),
        state=vault_state,
    ),
    Verb("log enable", lambda w, n: ("log", "enable", "reads"), state=logged_state),
    Verb(
        "openclaw wire",
        wire_words,
        make=make_wired,
        state=wire_state,
        there=lambda program: STANDIN.exists(),
        spared=lambda w: tuple((w.home / ".openclaw").rglob("*")),
    ),
    Verb(
        "openclaw unwire",
        unwire_words,
        make=make_unwirable,
        state=unwire_state,
        notes=lambda w: {"vault": w.vault},  # which the providers lead to, and which is only read
        there=lambda program: STANDIN.exists(),
        spared=lambda w: tuple((w.home / ".openclaw").rglob("*")),
    ),
    Verb(
        "scan --scrub",
        scrub_words,
        make=make_scanned,
        state=scrub_state,
        spared=lambda w: tuple(w.out.iterdir()),
        there=lambda program: World(program, "/").run("help", "scan").code == 0,
    ),
    Verb(
        "onboard",
        onboard_words,
        make=make_host,
        state=onboard_state,
        spared=lambda w: (w.home / ".env", *(w.home / ".openclaw").rglob("*")),
    ),
    Verb("repair", lambda w, n: ("repair", "--yes"), make=make_damaged, state=repair_state, there=can_repair),
)
