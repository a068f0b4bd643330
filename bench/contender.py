# SPDX-License-Identifier: Apache-2.0
"""What takes part: a program, its store of so many secrets in a folder of its own, and how it does each work."""
import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from measuring import profiles

WORKS = ("get", "resolve of 50", "run with 20", "list", "status", "import", "export", "remove")


class Data:
    """The same secrets for everybody, in the forms in which they are taken in."""

    def __init__(self, folder, count):
        self.folder, self.count = Path(folder), count
        self.profiles = profiles(count)
        self.names = list(self.profiles)
        self.middle = self.names[count // 2]
        self.asked = self.names[:: max(1, count // 50)][:50]
        self.twenty = self.names[:20]
        self.document = self.write("profiles.json", json.dumps({"version": 1, "profiles": self.profiles}))
        self.lines = self.write("lines.txt", "".join(f"{name}={self.secret(name)}\n" for name in self.names))
        self.wanted = self.write("wanted.txt", "".join(f"{name}=\n" for name in self.asked))
        request = {"protocolVersion": 1, "provider": "claviger", "ids": [f"profile/{name}" for name in self.asked]}
        self.request = self.write("request.json", json.dumps(request))

    def secret(self, name):
        return self.profiles[name]["key"]

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        path.chmod(0o600)
        return path


@dataclass(frozen=True)
class Work:
    words: tuple
    begins: str = ""  # "full" or "empty" for what changes the store: how that is before each run


class Contender:
    name = ""
    most = 10**9  # secrets; a store of more would take too long to make
    program = ""  # on PATH, or a path
    patience = 30  # seconds; who takes longer for one work is stopped there

    def __init__(self, data):
        self.data, self.folder = data, data.folder / type(self).__name__
        self.folder.mkdir(mode=0o700)
        self.environment = {"HOME": str(data.folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **self.variables()}

    def variables(self):
        return {}

    @classmethod
    def missing(cls):
        """Why it cannot take part; empty when it can."""
        return "" if shutil.which(cls.program) else f"no {cls.program} here"

    @classmethod
    def version(cls):
        """Its name and version, as it tells them."""
        said = subprocess.run([cls.program, "--version"], capture_output=True, stdin=subprocess.DEVNULL, text=True)
        number = re.search(r"\d+(?:\.[\w~-]+)*", said.stdout + said.stderr)
        return f"{cls.name} {number[0] if number else '(unknown)'}"

    def begin(self):
        """Makes the empty store."""

    def fill(self):
        """Puts all secrets in."""

    def works(self):
        """{work: Work} of what it can do."""
        return {}

    def size(self):
        """Bytes of the store on disk."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file() and self.is_store(path))

    def is_store(self, path):
        return True

    # --- for whoever is one of them

    def call(self, *words, given=None):
        done = subprocess.run([str(word) for word in words], env=self.environment, input=given, capture_output=True)
        if done.returncode != 0:
            raise RuntimeError(f"{self.name}: {words[:4]}: {done.stderr.decode('utf-8', 'replace')[:300]}")
        return done.stdout

    def script(self, name, text):
        """Several programs in a row cost a shell, as they do whoever types them."""
        path = self.data.folder / f"{type(self).__name__}-{name}.sh"
        path.write_text(f"set -e\ncd {self.folder}\n{text}\n")
        return "sh", str(path)

    def prepared(self):
        """Makes the store, keeps a copy of its two states, and gives the works with what resets it."""
        self.begin()
        self.keep("empty")
        self.fill()
        self.keep("full")
        return self.works()

    def keep(self, state):
        shutil.copytree(self.folder, f"{self.folder}.{state}", symlinks=True, ignore=sockets_in)

    def reset(self, state):
        return self.script(f"begin-{state}", f"cd ..\nrm -rf {self.folder}\ncp -a {self.folder}.{state} {self.folder}")


def sockets_in(folder, names):
    return [name for name in names if not (os.path.isfile(f"{folder}/{name}") or os.path.isdir(f"{folder}/{name}"))]
