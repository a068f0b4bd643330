#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Vaults that move (`vault copy`) and older states that are wanted (`vault adopt`), in files."""
import shutil
import unittest

from support import Home


class Moving(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:a", "sk-test-a")
        self.ok("agent", "add", "worker")
        self.add("openai:w", "sk-test-w", "--agent", "worker")

    def test_a_copy_is_the_same_vault_in_another_place_and_the_source_stays(self):
        moved = self.home / "new/folder/moved.db"
        answer = self.json("vault", "copy", "--to", moved)
        self.assertEqual((answer["from"], answer["to"]), (str(self.vault), str(moved)))
        self.assertTrue(answer["verified"])
        self.assertEqual(self.ok("--vault", moved, "get", "openai:a", "--no-newline").out, "sk-test-a")
        self.assertEqual(self.get("openai:a"), "sk-test-a")
        self.ok("--vault", moved, "verify", "--deep")
        self.assertEqual(moved.stat().st_mode & 0o777, 0o600)

    def test_it_says_how_to_retire_the_old_one_and_that_command_works(self):
        said = self.ok("vault", "copy", "--to", self.home / "moved.db").err
        command = next(line.split(": ", 1)[1] for line in said.splitlines() if "retire" in line)
        self.assertEqual(command, f"rm {self.vault} {self.vault}.lock")

    def test_whichever_is_written_next_makes_the_other_an_old_copy(self):
        moved = self.home / "moved.db"
        self.ok("vault", "copy", "--to", moved)
        self.ok("--vault", moved, "add", "openai:b", "--type", "api_key", "--stdin", stdin="sk-test-b")
        self.fails(72, "add", "openai:c", "--type", "api_key", "--stdin", stdin="sk-test-c", saying="old")

    def test_nothing_is_copied_over_what_is_there(self):
        self.write("taken.db", "something")
        self.fails(68, "vault", "copy", "--to", self.home / "taken.db")
        self.fails(68, "vault", "copy", "--to", self.home / "taken.db", "--dry-run")
        self.assertEqual((self.home / "taken.db").read_text(), "something")
        self.fails(64, "vault", "copy", "--to", self.vault, saying="itself")
        self.fails(64, "vault", "copy", "--to", "mysql://h/x", saying="scheme")
        self.fails(64, "vault", "copy")

    def test_a_rehearsal_writes_nothing(self):
        before = sorted(self.home.rglob("*"))
        answer = self.json("vault", "copy", "--to", self.home / "new/moved.db", "--dry-run")
        self.assertEqual((answer["dryRun"], answer["verified"]), (True, False))
        self.assertEqual(sorted(self.home.rglob("*")), before)

    def test_a_token_copies_no_vault(self):
        self.ok("agent", "token", "create", "worker", "--output", self.home / "t")
        self.fails(77, "--token-file", self.home / "t", "vault", "copy", "--to", self.home / "moved.db")


class Adopting(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:a", "sk-test-old")
        shutil.copy(self.vault, self.home / "yesterday.db")
        self.ok("add", "openai:a", "--type", "api_key", "--replace", "--stdin", stdin="sk-test-new")
        self.add("openai:b", "sk-test-b")
        shutil.copy(self.home / "yesterday.db", self.vault)

    def test_the_hint_of_a_refused_writer_is_the_way_on(self):
        refused = self.fails(72, "add", "openai:c", "--type", "api_key", "--stdin", stdin="sk-test-c")
        self.assertIn("claviger vault adopt", refused.err)
        self.ok("vault", "adopt", "--yes")
        self.add("openai:c", "sk-test-c")
        self.assertEqual(self.get("openai:a"), "sk-test-old")
        self.ok("verify", "--deep")

    def test_it_names_what_is_lost_and_asks(self):
        asked = self.run_it("vault", "adopt")
        self.assertEqual(asked.code, 64)
        self.assertIn("2 changes that this host has seen are not there", asked.err)
        self.assertIn("--yes", asked.err)
        answer = self.json("vault", "adopt", "--dry-run")
        self.assertEqual(answer["lost"], [{"agent": "main", "changes": 2}])
        self.assertFalse(answer["adopted"])
        said = self.ok("vault", "adopt", "--dry-run").err
        self.assertIn("2 changes that this host has seen are not there", said)
        self.fails(72, "add", "openai:c", "--type", "api_key", "--stdin", stdin="sk-test-c")

    def test_what_is_not_older_needs_no_adopting(self):
        self.ok("vault", "adopt", "--yes")
        answer = self.json("vault", "adopt", "--yes")
        self.assertEqual((answer["lost"], answer["adopted"]), ([], False))


if __name__ == "__main__":
    unittest.main()
