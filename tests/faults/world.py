# SPDX-License-Identifier: Apache-2.0
"""A home folder with a vault in it: made once, copied for every fault, and looked at with the program undisturbed."""
import base64
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

PATIENCE = 120  # seconds; only a hang takes that long
SECRETS = {"openai:a": "sk-test-fault-shared-alpha", "anthropic:b": "sk-ant-test-fault-shared-beta"}
OWN_SECRET = "sk-test-fault-worker-own"
NEW_SECRET = "sk-test-fault-newly-added"
IMPORTED_SECRET = "sk-test-fault-imported"
CANARIES = (*SECRETS.values(), OWN_SECRET, NEW_SECRET, IMPORTED_SECRET)
PROBE = "probe:writer"


def scratch_folder():
    """A temporary folder, in memory where there is room for it: what is tried is the order of calls, not the disk."""
    beside = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    return tempfile.TemporaryDirectory(prefix="claviger-faults-", dir=beside)


class Done:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def __str__(self):
        return f"exit {self.code}: {self.err.strip() or self.out.strip()}"[:600]


class World:
    """One home folder. Its path is real and has no slash at its end, as the shim wants it."""

    def __init__(self, program, home):
        self.program, self.home = str(program), Path(os.path.realpath(home))
        self.vault = self.home / ".local/share/claviger/vault.db"
        self.key = self.home / ".config/claviger/vault.key"
        self.out = self.home / "out"
        self.environment = {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}

    def run(self, *words, stdin="", extra=None):
        """A command with the program; the process group ends with it."""
        done = subprocess.run(
            [self.program, *map(str, words)],
            input=stdin.encode(),
            capture_output=True,
            cwd=self.home,
            env={**self.environment, **(extra or {})},
            timeout=PATIENCE,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    def disturbed(self, shim, log, *words, stdin="", **plan):
        """A command with a shim before the C library; `plan` is what the shim reads as FAULT_AT, FAULT_KIND ..."""
        log.unlink(missing_ok=True)
        plan.update(PROGRAM=Path(self.program).name, FOLDER=self.home, LOG=log)
        extra = {f"FAULT_{name}": str(value) for name, value in plan.items()}
        return self.run(*words, stdin=stdin, extra={**extra, "LD_PRELOAD": str(shim)})

    def ok(self, *words, stdin=""):
        done = self.run(*words, stdin=stdin)
        if done.code != 0:
            raise Unreadable(f"{' '.join(map(str, words))}: {done}")
        return done.out

    def copied_to(self, home):
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self.home, home, symlinks=True)
        return World(self.program, home)

    def files(self):
        return sorted(path for path in self.home.rglob("*") if path.is_file() and not path.is_symlink())


class Unreadable(Exception):
    """A command that only reads, run after a fault by a program that nothing disturbs, did not succeed."""


def make_empty(world):
    world.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return world


def make_full(world):
    """Two agents, three profiles, thirty variables, an order, two tokens, and a backup with older values."""
    make_empty(world)
    world.ok("init", "--key-file", world.key, "--no-recovery", "--quiet")
    world.ok("agent", "add", "worker")
    for profile, secret in SECRETS.items():
        world.ok("add", profile, "--type", "api_key", "--stdin", stdin=secret)
    world.ok("add", "openai:own", "--type", "api_key", "--stdin", "--agent", "worker", stdin=OWN_SECRET)
    world.out.mkdir(mode=0o700)
    many = "".join(f"NAME_{number}=value-{number}\n" for number in range(30))
    world.ok("import", "-", "--format", "dotenv", stdin=many)
    world.ok("order", "set", "--provider", "openai", "openai:a")
    for name, more in (("shared", ("--with-shared",)), ("narrow", ())):
        token = world.home / f"{name}.token"
        token.write_text(world.ok("agent", "token", "create", "worker", *more))
        token.chmod(0o600)
    world.ok("backup", world.home / "backup.db")
    world.ok("order", "set", "--provider", "anthropic", "anthropic:b")  # newer than the backup
    return world


def view(world):
    """What is in the vault, as far as people and programs can tell; equal views are equal states."""
    agents = {
        entry["agent"]: (entry["default"], entry["isolated"])
        for entry in json.loads(world.ok("agent", "list", "--json"))["agents"]
    }
    seen = {"agents": agents}
    for agent in agents:
        document = json.loads(world.ok("export", "--format", "openclaw", "--agent", agent))
        seen[f"profiles of {agent}"] = without_probe(document)
    seen["variables"] = json.loads(world.ok("export", "--format", "dotenv", "--dialect", "json", "--only", "variables"))
    keys = json.loads(world.ok("key", "list", "--json"))["keys"]
    seen["keys"] = sorted(f"{key['kind']} {key['agent']} {key.get('withShared')}" for key in keys)
    for token in sorted(world.home.glob("*.token")):
        answers = [world.run("--token-file", token, "get", profile) for profile in ("openai:own", "openai:a")]
        seen[token.name] = [answer.out.strip() if answer.code == 0 else f"exit {answer.code}" for answer in answers]
    return seen


def without_probe(document):
    document.get("profiles", {}).pop(PROBE, None)
    return document


def wrapped_keys(world):
    """The wrapped keys of all slots; read by SQLite itself once the program has undone what a killed writer left."""
    with sqlite3.connect(f"file:{world.vault}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT id, wrapped FROM key_slot").fetchall()
    database.close()
    return dict(rows)


def traces(secret):
    raw = secret.encode()
    yield raw
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + raw).rstrip(b"=")
        yield encoded[(0, 2, 3)[shift] : -1]


TRACES = [(secret, trace) for secret in CANARIES for trace in traces(secret)]


def content_of(path):
    """What a file holds; nothing when it went since it was listed, as a journal or temporary file may."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def plaintext_in(world, spared=()):
    """[(file, secret)] for each secret that can be read in a file."""
    found = []
    for path in world.files():
        content = b"" if path in spared else content_of(path)
        found += [(path.relative_to(world.home).as_posix(), secret) for secret, trace in TRACES if trace in content]
    return sorted(set(found))
