# SPDX-License-Identifier: Apache-2.0
"""The vaults of tests/vectors as files: what another implementation wrote opens, what was changed is refused."""
import re
import sys
import unittest

from support import Home, TOP

sys.path.insert(0, str(TOP / "tests/vectors"))
import vault_file  # noqa: E402

VECTORS = TOP / "tests/vectors/v1"


class GoldenVault(Home):
    def placed(self, vector):
        folder = self.home / vector.stem
        folder.mkdir(mode=0o700)
        vault_file.write_vault(vector, folder)
        return "--vault", folder / "vault.db", "--key-file", folder / "vault.key"

    def test_the_program_opens_a_vault_that_it_did_not_write(self):
        where = self.placed(VECTORS / "vault_right.txt")
        self.ok(*where, "verify", "--deep")
        self.assertEqual(self.ok(*where, "get", "openai:work").out, "sk-test-work\n")
        self.assertEqual(self.ok(*where, "get", "openai:home").out, "sk-test-home\n")

    def test_the_program_tells_a_log_that_it_did_not_write(self):  # I04, I06
        where = self.placed(VECTORS / "vault_with_logs.txt")
        self.ok(*where, "log", "--verify")
        told = [(e["log"], e["verb"], e["names"], e["selfReported"]) for e in self.json(*where, "log")["entries"]]
        self.assertEqual(
            told, [("main", "added", ["openai:work"], False), (None, "made", [], False)]
        )
        self.ok(*where, "remove", "openai:home", "--yes")
        self.ok(*where, "key", "rotate", "--yes")
        self.ok(*where, "log", "--verify")

    def test_the_program_leaves_records_of_a_kind_that_it_does_not_know_alone(self):
        where = self.placed(VECTORS / "vault_with_unknown_kind.txt")
        self.assertEqual(len(self.json(*where, "list")["profiles"]), 2)
        self.fails(73, *where, "key", "rotate", "--yes")
        self.ok(*where, "verify", "--deep")

    def vaults(self, are_right):
        for vector in sorted(VECTORS.glob("vault_*.txt")):
            expect = re.search(r"^expect: (\w+)$", vector.read_text(), re.M).group(1)
            if (expect == "ok") == are_right:
                yield vector

    def assert_verified_with(self, code, vectors):
        for vector in vectors:
            with self.subTest(vector.stem):
                self.assertEqual(self.run_it(*self.placed(vector), "verify", "--deep").code, code)

    def test_the_program_calls_every_right_one_right(self):
        right = list(self.vaults(are_right=True))
        self.assertGreater(len(right), 3)
        self.assert_verified_with(0, right)

    def test_the_program_finds_every_change_to_it(self):
        changed = list(self.vaults(are_right=False))
        self.assertGreater(len(changed), 5)
        self.assert_verified_with(72, changed)


if __name__ == "__main__":
    unittest.main()
