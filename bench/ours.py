# SPDX-License-Identifier: Apache-2.0
"""Claviger, and the least that the same work can cost."""
import subprocess
from pathlib import Path

from contender import Contender, Work

TOP = Path(__file__).resolve().parent.parent


def build_floor(target, linking):
    """The floor, linked statically as the program is, or dynamically."""
    static = ["--static"] if linking == "static" else []
    asked = ["pkg-config", *static, "--cflags", "--libs", "sqlite3", "libsodium"]
    flags = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split()
    how = ["-static-pie", "-fPIE"] if static else []
    subprocess.run(["cc", "-O2", *how, TOP / "bench/floor.c", "-o", target, *flags], check=True, capture_output=True)
    return str(target)


class Claviger(Contender):
    name = "claviger"
    patience = 1_800  # a million of secrets take a while

    def variables(self):
        place = {"CLAVIGER_VAULT": "vault.db", "CLAVIGER_KEY_FILE": "key", "XDG_STATE_HOME": "state"}
        return {name: f"{self.folder}/{where}" for name, where in place.items()}

    @classmethod
    def missing(cls):
        return ""

    @classmethod
    def version(cls):
        said = subprocess.run([cls.program, "--version"], capture_output=True, text=True, env={}).stdout
        return said.splitlines()[0]

    def begin(self):
        self.call(self.program, "init", "--key-file", self.folder / "key", "--no-recovery", "--quiet")

    def taking_in(self):
        return self.program, "import", str(self.data.document), "--format", "openclaw", "--quiet"

    def fill(self):
        self.call(*self.taking_in())

    def works(self):
        data, out = self.data, self.data.folder / "exported.json"
        return {
            "get": Work((self.program, "get", data.middle)),
            "resolve of 50": Work(self.script("resolve", f"exec {self.program} resolve <{data.request}")),
            "run with 20": Work((self.program, "run", "--", "/bin/true")),
            "list": Work((self.program, "list")),
            "status": Work((self.program, "status")),
            "import": Work(self.taking_in(), "empty"),
            "export": Work((self.program, "export", "--format", "openclaw", "--force", "--output", str(out))),
            "remove": Work((self.program, "remove", data.middle, "--yes", "--quiet"), "full"),
        }

    def is_store(self, path):
        return path.name == "vault.db"


class Floor(Contender):
    name = "floor"
    patience = Claviger.patience

    @classmethod
    def missing(cls):
        return ""

    def fill(self):
        self.call(self.program, "make", self.folder / "floor.db", self.data.count)

    def works(self):
        file, data = str(self.folder / "floor.db"), self.data
        numbers = {name: str(number) for number, name in enumerate(data.names)}
        asked, twenty = ([numbers[name] for name in names] for names in (data.asked, data.twenty))
        return {
            "get": Work((self.program, "get", file, numbers[data.middle])),
            "resolve of 50": Work(self.script("resolve", f"exec {self.program} get {file} {' '.join(asked)}")),
            "run with 20": Work((self.program, "run", file, "/bin/true", *twenty)),
            "list": Work((self.program, "list", file)),
            "status": Work((self.program, "list", file)),
            "import": Work((self.program, "make", file, str(data.count)), "empty"),
            "export": Work((self.program, "export", file)),
            "remove": Work((self.program, "remove", file, numbers[data.middle]), "full"),
        }


class DynamicFloor(Floor):
    name = "floor, dynamic"
