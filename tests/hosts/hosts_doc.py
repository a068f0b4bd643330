# SPDX-License-Identifier: Apache-2.0
"""Runs what docs/HOSTS.md shows, in a home where the program lies in ~/.local/bin."""
import re
import shutil
import unittest

from documents import Document
from support import PROGRAM, TOP, Home

KEYS = {
    "anthropic-key": "sk-ant-test-hosts-0123456789",
    "openai-key": "sk-test-hosts-0123456789",
    "github-token": "ghp_test",
}


class HostsDocument(Document, Home):
    page, blocks = TOP / "docs/HOSTS.md", 7

    def setUp(self):
        super().setUp()
        for name, secret in KEYS.items():
            self.write(name, secret)
        programs = self.home / ".local/bin"
        programs.mkdir(parents=True)
        shutil.copy(PROGRAM, programs / "claviger")
        self.environment["PATH"] = f"{programs}:/usr/bin:/bin"

    def shell(self, command):
        said = super().shell(command)
        for secret in KEYS.values():
            self.assertNotIn(secret, "\n".join(said))
        return [re.sub(r"in \d+ ms", "in 3 ms", line) for line in said]


if __name__ == "__main__":
    unittest.main()
