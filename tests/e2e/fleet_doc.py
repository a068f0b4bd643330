# SPDX-License-Identifier: Apache-2.0
"""Runs what docs/FLEET.md shows, from top to bottom: several homes stand for the hosts, reached by an `ssh` and an
`scp` of the test's own, and a server in a folder of the test's.
"""
import os
import sys
import unittest

from documents import Document
from postgres import OnServer
from server import programs, required
from support import PROGRAM, TOP

SSH = """#!/bin/sh
host=$1; shift
cd "$HOSTS/$host" && exec env HOME="$HOSTS/$host" sh -c "$*"
"""
SCP = """#!/bin/sh
[ "$1" = -q ] && shift
exec cp "$1" "$HOSTS/${2%%:*}/${2#*:}"
"""


class FleetDocument(Document, OnServer):
    page, blocks = TOP / "docs/FLEET.md", 4

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


if __name__ == "__main__":
    if programs() is None and not required():
        print("skipped: PostgreSQL is not installed")
        sys.exit(77)
    unittest.main()
