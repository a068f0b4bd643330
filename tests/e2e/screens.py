# SPDX-License-Identifier: Apache-2.0
"""Whole screens, frozen: what a person sees on a terminal of 80 and of 200 columns, with NO_COLOR, on a dumb terminal,
in the C locale, and what a pipe gets. Dates and what is drawn at random are replaced by as many characters.

CLAVIGER_UPDATE_GOLDEN=1 writes the files anew: read the diff.
"""
import json
import os
import re
import sys
import time
import unittest
from pathlib import Path

try:
    import pexpect
except ImportError:
    print("skipped: pexpect is not there for this Python")
    sys.exit(77)

from support import Home, PATIENCE, PROGRAM, SAMPLES

GOLDEN = Path(__file__).resolve().parent / "golden/screens"
HOUR, DAY = 3_600_000, 86_400_000
PLAIN = {"NO_COLOR": "1"}
WAYS = (  # (name, columns or None for a pipe, variables)
    ("80 columns", 80, PLAIN),
    ("200 columns", 200, PLAIN),
    ("a pipe", None, {}),
    ("80 columns in colour", 80, {}),
    ("a dumb terminal", 80, {"TERM": "dumb"}),
    ("the C locale", 80, {**PLAIN, "LANG": "C"}),
)
SAME_LENGTH = (  # what differs from run to run
    (r"\b\d{4}-\d\d-\d\d\b", lambda found: "YYYY-MM-DD"),
    (r"\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8}\b|\b[0-9]{8}\b|\b[a-f]{8}\b", lambda found: "x" * 8),
    (r"\x1b\[(\d+)m", lambda found: {"0": "</>", "1": "<b>", "2": "<dim>"}.get(found[1], f"<{found[1]}>")),
)
OF_THIS_HOST = "memory|memory-limit|swap|file-system|core-dumps|clock|sqlite|program|folders|openclaw"
SCREENS = {  # golden file: words
    "claviger": (),
    "help": ("help",),
    "help-status": ("help", "status"),
    "help-order": ("help", "order"),
    "status": ("status",),
    "status-problems": ("status", "--problems"),
    "status-all-agents": ("status", "--all-agents"),
    "status-of-nothing": ("status", "--agent", "lab"),
    "list": ("list",),
    "list-inherited": ("list", "--agent", "ops"),
    "list-of-nothing": ("list", "--agent", "lab"),
    "list-without-a-match": ("list", "--type", "oauth", "anthropic"),
    "list-of-openclaw": ("list", "--config"),
    "which": ("which", "anthropic"),
    "which-of-a-variable": ("which", "openai"),
    "show": ("show", "anthropic:work"),
    "show-a-variable": ("show", "env/OPENAI_API_KEY"),
    "key-list": ("key", "list"),
    "agent-list": ("agent", "list"),
    "agent-token-list": ("agent", "token", "list"),
    "no-tokens": ("agent", "token", "list", "--vault", "{home}/second.db", "--key-file", "{home}/second.key"),
    "doctor": ("doctor",),
    "verify": ("verify", "--deep"),
    "error-with-a-hint": ("show", "anthropic:wrok"),
    "error-of-a-command": ("statsu",),
    "error-of-an-option": ("--verison",),
    "error-without-a-vault": ("list", "--vault", "{home}/nowhere.db"),
    "import": ("import", str(SAMPLES / "openclaw/state-dir"), "--dry-run"),
    "import-a-file": ("import", str(SAMPLES / "dotenv/forty-lines.env"), "--agent", "lab", "--dry-run"),
}


class Screens(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        second = ("--vault", self.home / "second.db", "--key-file", self.home / "second.key")
        self.ok("init", *second, "--no-recovery")
        self.ok("agent", "add", "ops")
        self.ok("agent", "add", "lab", "--isolated")
        now = int(time.time() * 1000)
        login = {"type": "oauth", "provider": "openai-codex", "access": "test-a", "refresh": "test-r"}
        long_ago = {"expires": now - 40 * DAY - HOUR}
        profiles = {
            "anthropic:default": {"type": "api_key", "provider": "anthropic", "key": "sk-ant-test-1"},
            "anthropic:work": {
                "type": "token",
                "provider": "anthropic",
                "token": "sk-ant-test-2",
                "expires": now + 29 * DAY + 5 * HOUR,
                "email": "ann@example.org",
            },
            "openai-codex:firstname@example.com": {**login, **long_ago},
            "openai-codex:work-19": {**login, "access": "test-b", **long_ago},
        }
        order = {"anthropic": ["anthropic:work", "anthropic:default"]}
        document = {"version": 1, "profiles": profiles, "order": order}
        self.ok("import", self.write("store.json", json.dumps(document)))
        self.ok("import", "-", "--format", "dotenv", stdin="OPENAI_API_KEY=sk-test-3\n")
        self.add("google-gemini-cli:a.very.long.account.name@subdomain.example.org", "sk-test-4", "--agent", "ops")
        self.ok("agent", "token", "create", "ops", "--expires-in", "29d12h")

    def steady(self, text):
        text = text.replace("\r\n", "\n").replace(str(self.home), "/home/you")
        text = text.replace(str(SAMPLES), "/samples")
        for pattern, stands_for in SAME_LENGTH:
            text = re.sub(pattern, stands_for, text)
        return text

    def on_a_terminal(self, words, columns, more):
        child = pexpect.spawn(
            PROGRAM,
            words,
            env={**self.environment, "TERM": "xterm", **more},
            cwd=str(self.home),
            timeout=PATIENCE,
            encoding="utf-8",
            dimensions=(50, columns),
        )
        self.addCleanup(child.close, force=True)
        child.expect(pexpect.EOF)
        return child.before

    def shown(self, words, columns, more):
        words = [word.replace("{home}", str(self.home)) for word in words]
        if columns is not None:
            return self.on_a_terminal(words, columns, more)
        result = self.run_it(*words, env=more)
        return result.out + result.err

    def of_any_host(self, text):
        """doctor's screen without what differs from host to host."""
        rows = [row for row in text.splitlines(True) if not re.match(rf"\S+\s+(?:{OF_THIS_HOST})\b", row)]
        return re.sub(r"\b\d+ (checks are fine|weak|secure)", r"N \1", "".join(rows))

    def every_way(self, words):
        """One text: each way to look at it under its name; what was shown like that before is said to be so."""
        text, known = "", {}
        for name, columns, more in WAYS:
            screen = self.steady(self.shown(words, columns, more))
            screen = self.of_any_host(screen) if words == ("doctor",) else screen
            if columns is not None and "<" not in screen:
                widest = max(map(len, screen.splitlines()), default=0)
                self.assertLessEqual(widest, columns, f"{words} is wider than {name}")
            text += f"== {name}" + (f": as {known[screen]}\n" if screen in known else f"\n{screen}")
            known.setdefault(screen, name)
        return text

    def test_look_as_before(self):
        for name, words in SCREENS.items():
            with self.subTest(name):
                text = self.every_way(words)
                path = GOLDEN / f"{name}.txt"
                if os.environ.get("CLAVIGER_UPDATE_GOLDEN"):
                    path.write_text(text)
                self.assertTrue(path.exists(), f"{path} is missing")
                self.assertEqual(text, path.read_text(), f"{path.name} is frozen")

    def test_keep_no_golden_file_that_nothing_is_compared_with(self):
        self.assertEqual({path.stem for path in GOLDEN.glob("*.txt")}, set(SCREENS))

    def test_fit_the_first_one_on_a_terminal_of_24_rows(self):
        self.assertLess(len(self.shown((), 80, PLAIN).splitlines()), 24)

    def test_cut_no_id_on_80_columns(self):
        for words in (("list", "--agent", "ops"), ("status", "--agent", "ops"), ("which", "openai-codex")):
            text = self.shown(words, 80, PLAIN)
            for profile in self.json("list", "--agent", "ops")["profiles"]:
                if words[0] != "which" or profile["provider"] == "openai-codex":
                    self.assertIn(profile["id"], text)


if __name__ == "__main__":
    unittest.main()
