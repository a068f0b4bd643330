# SPDX-License-Identifier: Apache-2.0
"""Runs what docs/HOSTS.md shows, in a home where the program lies in ~/.local/bin; what it prints must be what the page
says. CLAVIGER_UPDATE_README=1 writes the real output into the page: read the diff."""
import os
import re
import shutil
import subprocess
import unittest

import readme
from support import PATIENCE, PROGRAM, TOP, Home

KEYS = {
    "anthropic-key": "sk-ant-test-hosts-0123456789",
    "openai-key": "sk-test-hosts-0123456789",
    "github-token": "ghp_test",
}


class HostsDocument(Home):
    def setUp(self):
        super().setUp()
        for name, secret in KEYS.items():
            self.write(name, secret)
        self.bin = self.home / ".local/bin"
        self.bin.mkdir(parents=True)
        shutil.copy(PROGRAM, self.bin / "claviger")

    def shell(self, command):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.home,
            env={**self.environment, "PATH": f"{self.bin}:/usr/bin:/bin"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
        )
        self.assertEqual(done.returncode, 0, f"{command}: {done.stdout}")
        for secret in KEYS.values():
            self.assertNotIn(secret, done.stdout)
        return [
            re.sub(r"in \d+ ms", "in 3 ms", line.replace(str(self.home), "/home/you"))
            for line in done.stdout.splitlines()
        ]

    run_block = readme.Readme.run_block

    def test_shows_what_the_program_says(self):
        document = TOP / "docs" / "HOSTS.md"
        text = document.read_text()
        self.assertGreater(len(readme.BLOCK.findall(text)), 6)
        written = readme.BLOCK.sub(self.run_block, text)
        if os.environ.get("CLAVIGER_UPDATE_README"):
            document.write_text(written)


if __name__ == "__main__":
    unittest.main()
