# SPDX-License-Identifier: Apache-2.0
"""Runs what docs/FLEET.md shows, from top to bottom: several homes stand for the hosts, reached by an `ssh` and an
`scp` of the test's own, and a server in a folder of the test's. CLAVIGER_UPDATE_README=1 writes the real output into
the page.
"""
import os
import re
import subprocess
import sys
import unittest

import readme
from postgres import OnServer
from server import programs, required
from support import PATIENCE, PROGRAM, TOP

DOCUMENT = TOP / "docs/FLEET.md"
SSH = """#!/bin/sh
host=$1; shift
cd "$HOSTS/$host" && exec env HOME="$HOSTS/$host" sh -c "$*"
"""
SCP = """#!/bin/sh
[ "$1" = -q ] && shift
exec cp "$1" "$HOSTS/${2%%:*}/${2#*:}"
"""


class FleetDocument(OnServer):
    def setUp(self):
        super().setUp()
        self.schema = "team"
        hosts = self.home.parent
        for host in ("host2", "host3"):
            (hosts / host / ".config/claviger").mkdir(mode=0o700, parents=True)
        tools = hosts / "tools"
        tools.mkdir()
        for name, text in (("ssh", SSH), ("scp", SCP)):
            (tools / name).write_text(text)
            (tools / name).chmod(0o700)
        self.environment["CLAVIGER_VAULT"] = self.server.place("team")
        self.environment["HOSTS"] = str(hosts)
        self.environment["PATH"] = f"{tools}:{os.path.dirname(PROGRAM)}:/usr/bin:/bin"

    def shell(self, command):
        done = subprocess.run(
            ["bash", "-c", "umask 077; " + command],
            cwd=self.home,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
        )
        self.assertEqual(done.returncode, 0, f"{command}: {done.stdout}")
        return [line.replace(str(self.home), "/home/you") for line in done.stdout.splitlines()]

    run_block = readme.Readme.run_block

    def test_shows_what_the_program_says(self):
        text = DOCUMENT.read_text()
        self.assertGreater(len(readme.BLOCK.findall(text)), 3)
        written = readme.BLOCK.sub(self.run_block, text)
        if os.environ.get("CLAVIGER_UPDATE_README"):
            DOCUMENT.write_text(written)

    def test_links_to_files_that_are_there(self):
        for target in re.findall(r"\]\(([^)#:]+)\)", DOCUMENT.read_text()):
            self.assertTrue((DOCUMENT.parent / target).exists(), target)


if __name__ == "__main__":
    if programs() is None and not required():
        print("skipped: PostgreSQL is not installed")
        sys.exit(77)
    unittest.main()
