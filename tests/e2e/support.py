# SPDX-License-Identifier: Apache-2.0
"""What the command line tests stand on: a home of their own, the program run in it, and what is left on the disk.

The program is CLAVIGER_BINARY, else CLAVIGER_BUILT (which ctest sets to the build's own).
"""
import base64
import json
import os
import stat
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.dont_write_bytecode = True

import schemas  # noqa: E402

TOP = Path(__file__).resolve().parents[2]
SAMPLES = TOP / "tests" / "samples"
CHOSEN = os.environ.get("CLAVIGER_BINARY") or os.environ.get("CLAVIGER_BUILT")
if not CHOSEN:
    sys.exit("set CLAVIGER_BINARY to the program, or run these through ctest -L e2e")
PROGRAM = os.path.abspath(CHOSEN)
PATIENCE = 120  # seconds; only a hang takes that long


class Result:
    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8", "surrogateescape")
        self.err = done.stderr.decode("utf-8", "surrogateescape")

    def __repr__(self):
        return f"exit {self.code}\nstdout: {self.out!r}\nstderr: {self.err!r}"


class Home(unittest.TestCase):
    """Each test has an empty home folder, an environment with nothing else in it, and no terminal."""

    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="claviger-e2e-")
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name, "home")
        self.home.mkdir(mode=0o700)
        self.vault = self.home / ".local/share/claviger/vault.db"
        self.key = self.home / ".config/claviger/vault.key"
        self.state = self.home / ".local/state/claviger"
        self.environment = {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}

    def command(self, *words):
        return [PROGRAM, *map(str, words)]

    def run_it(self, *words, stdin="", env=None, cwd=None):
        data = stdin.encode("utf-8", "surrogateescape") if isinstance(stdin, str) else stdin
        done = subprocess.run(
            self.command(*words),
            input=data,
            capture_output=True,
            cwd=cwd or self.home,
            env={**self.environment, **(env or {})},
            timeout=PATIENCE,
            start_new_session=True,
        )
        result = Result(done)
        self.check_json(words, result)
        return result

    def check_json(self, words, result):
        """Every --json that any test asks for is as docs/schemas has it, errors too."""
        options = words[: words.index("--")] if "--" in words else words
        if "--json" not in options or "--help" in options:
            return
        self.assertEqual(schemas.faults_of_output(words, result.out), [], words)
        if result.code not in (0, 1, 2) and not result.out and schemas.jsonschema and result.err.startswith("{"):
            self.assertEqual(schemas.faults("error", json.loads(result.err.splitlines()[-1])), [], words)

    def ok(self, *words, **how):
        result = self.run_it(*words, **how)
        self.assertEqual(result.code, 0, f"{words}: {result}")
        return result

    def json(self, *words, **how):
        return json.loads(self.ok(*words, "--json", **how).out)

    def fails(self, code, *words, saying="", **how):
        """Fails as agreed: nothing on stdout, a first line with our name and `saying` in it, never a bug's words. With
        --json: an error object at the end of stderr instead."""
        result = self.run_it(*words, **how)
        self.assertEqual(result.code, code, f"{words}: {result}")
        self.assertEqual(result.out, "", words)
        if "--json" in words:
            error = json.loads(result.err.splitlines()[-1])["error"]
            self.assertEqual(sorted(set(error) - {"outcome"}), ["code", "exitCode", "hint", "message"], result)
            self.assertEqual(error["exitCode"], code, result)
        else:
            self.assertTrue(result.err.startswith("claviger: "), result)
        self.assertIn(saying, result.err)
        return result

    def make_vault(self):
        self.ok("init", "--key-file", self.key, "--no-recovery", "--quiet")

    def add(self, profile, secret, *more, kind="api_key"):
        return self.ok("add", profile, "--type", kind, "--stdin", *more, stdin=secret)

    def bring(self, profile, hours):
        """A token under any id, such as `add` would refuse, that ends in so many hours."""
        entry = {
            "type": "token",
            "provider": "p",
            "token": "test-token",
            "expires": int((time.time() + hours * 3600) * 1000),
        }
        self.ok("import", self.write("brought.json", json.dumps({"version": 1, "profiles": {profile: entry}})))

    def get(self, profile, *more):
        return self.ok("get", profile, "--no-newline", *more).out

    def ids(self, *more):
        return [profile["id"] for profile in self.json("list", *more)["profiles"]]

    def write(self, name, content):
        path = self.home / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        path.chmod(0o600)
        return path

    def assert_untouched(self, path, act):
        before = fingerprint(path)
        act()
        self.assertEqual(fingerprint(path), before, f"{path} was changed")


def fingerprint(path):
    """What a file is: bytes, time of change and mode; for what is no regular file, the latter two."""
    status = os.lstat(path)
    content = Path(path).read_bytes() if stat.S_ISREG(status.st_mode) else None
    return content, status.st_mtime_ns, status.st_mode, status.st_ino


def files_below(folder):
    return sorted(path for path in Path(folder).rglob("*") if path.is_file() and not path.is_symlink())


def traces_of(text, secret=True):
    """The ways in which a text could lie in a file; for secrets also base64, wherever it begins."""
    raw = text.encode()
    traces = {
        "raw": raw,
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "hex": raw.hex().encode(),
    }
    if secret:
        for shift in range(3):
            encoded = base64.b64encode(b"\0" * shift + raw).rstrip(b"=")
            traces[f"base64+{shift}"] = encoded[(0, 2, 3)[shift] : -1]
    return traces


def leaks(folder, secrets, names=(), spared=()):
    """[(file, text, how)] of every text that lies readable in a file below the folder, or in a file's name."""
    wanted = [(text, how, trace) for text in secrets for how, trace in traces_of(text).items()]
    wanted += [(text, how, trace) for text in names for how, trace in traces_of(text, secret=False).items()]
    found = []
    for path in files_below(folder):
        if path in spared:
            continue
        content = path.read_bytes() + b"\n" + str(path.relative_to(folder)).encode()
        found += [(str(path), text, how) for text, how, trace in wanted if trace in content]
    return found


if __name__ == "__main__":
    sys.exit("support.py holds no tests: run one of the others")
