# SPDX-License-Identifier: Apache-2.0
"""Runs what the README shows, from the top of the tree (documents.py); and what else it promises."""
import os
import re
import subprocess
import unittest

from documents import Document
from support import Home, PATIENCE, PROGRAM, TOP

README = TOP / "README.md"


class Readme(Document, Home):
    page, blocks = README, 3

    def setUp(self):
        super().setUp()
        self.plain = dict(self.environment)
        self.environment["PATH"] = f"{os.path.dirname(PROGRAM)}:/usr/bin:/bin"

    def place_of_commands(self):
        return TOP

    def may_fail(self, command):
        return True  # what a status ends with is not what the page is about

    def test_installs_into_an_empty_home(self):
        """The lines to paste, with the build replaced by what was built."""
        lines = re.search(r"(?s)```sh\n(.*?)```", README.read_text())[1]
        self.assertIn("$(scripts/build | tail -n 1)", lines)
        pasted = lines.replace("scripts/build", f"echo '{PROGRAM}'")
        done = subprocess.run(["bash", "-euc", pasted + "command -v claviger; claviger version >/dev/null"], cwd=TOP,
                              env=self.plain, text=True, capture_output=True, timeout=PATIENCE)
        self.assertEqual((done.stdout.split(), done.stderr), ([str(self.home / ".local/bin/claviger")], ""))

    def test_names_on_its_first_screen_what_people_look_for(self):
        first = "\n".join(README.read_text().splitlines()[:24])
        for name in ("Claude Code", "Codex", "git", "docker", "AWS SDKs", "Hermes", "pi", "OpenClaw",
                     "scripts/quickstart", "scripts/test"):
            self.assertRegex(first, rf"\b{name}\b")

    def test_stays_short(self):
        self.assertLessEqual(len(README.read_text().splitlines()), 150)


if __name__ == "__main__":
    unittest.main()
