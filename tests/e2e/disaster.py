# SPDX-License-Identifier: Apache-2.0
"""The machine is gone: nothing but a backup and the recovery code (fault R6)."""
import re
import shutil
import unittest

from support import Home, TOP

SECRET = "sk-test-kept-0123456789"


class Disaster(Home):
    def setUp(self):
        super().setUp()
        self.code = self.ok("init", "--key-file", self.key).out
        self.add("openai:a", SECRET)
        self.token = self.ok("agent", "token", "create", "main").out
        self.ok("backup", self.home / "copy.db")
        self.backup = self.home / "backup.db"
        copy = (self.home / "copy.db").read_bytes()
        shutil.rmtree(self.home)
        self.home.mkdir(mode=0o700)
        self.write("backup.db", copy)

    def restore(self, *more, stdin=None):
        return self.run_it(
            "restore", self.backup, "--recovery-code-stdin", *more, stdin=self.code if stdin is None else stdin
        )

    def test_the_code_opens_the_backup_and_a_new_key_file_the_vault(self):
        result = self.restore("--new-key-file", self.key)
        self.assertEqual(result.code, 0, result)
        self.assertEqual(self.get("openai:a"), SECRET)
        self.ok("verify", "--deep")
        self.assertEqual(self.key.stat().st_mode & 0o777, 0o600)
        self.assertEqual(
            self.ok("get", "openai:a", "--token-file", self.write("token", self.token)).out.strip(), SECRET
        )
        self.add("openai:b", "sk-test-b")
        self.ok("key", "rotate", "--yes")
        self.assertEqual(self.get("openai:a"), SECRET)

    def test_the_walk_through_that_the_help_and_the_page_show_works_as_it_is_written(self):
        topic = self.ok("help", "recovery").out
        page = (TOP / "docs/UNLOCKING.md").read_text().split("## After a disaster")[1]
        for text, start in ((topic, "  claviger "), (page, "    claviger ")):
            self.setUp()
            lines = [line.strip() for line in text.splitlines() if line.startswith(start)]
            first = next(number for number, line in enumerate(lines) if line.startswith("claviger restore"))
            for line in lines[first : first + 3]:
                self.follow(line)

    def follow(self, line):
        names = {
            "BACKUP": self.backup,
            "backup.db": self.backup,
            "FILE": self.key,
            "~/.config/claviger/vault.key": self.key,
            "--with-recovery-code": "--recovery-code-stdin",
        }
        words = [str(names.get(word, word)) for word in line.split()[1:]]
        result = self.run_it(*words, stdin=self.code if "--recovery-code-stdin" in words else "")
        self.assertEqual(result.code, 0, f"{line}: {result}")
        if words[-1] == "list":
            self.assertIn("openai:a", result.out)

    def test_a_wrong_code_changes_nothing_and_leaves_no_key(self):
        other = re.sub(r"^....", lambda group: "0000" if group[0] != "0000" else "1111", self.code)
        result = self.restore("--new-key-file", self.key, stdin=other)
        self.assertIn(result.code, (65, 71), result)
        self.assertFalse(self.key.exists())
        self.assertFalse(self.vault.exists())

    def test_a_dry_run_writes_neither_the_vault_nor_the_key(self):
        result = self.restore("--new-key-file", self.key, "--dry-run")
        self.assertEqual(result.code, 0, result)
        self.assertFalse(self.key.exists() or self.vault.exists())

    def test_a_file_in_the_new_keys_place_is_left_alone(self):
        notes = self.write("notes", "my notes")
        result = self.restore("--new-key-file", notes)
        self.assertEqual(result.code, 68, result)
        self.assertEqual(notes.read_text(), "my notes")
        self.assertFalse(self.vault.exists())

    def test_without_a_person_the_code_is_not_asked_for(self):
        self.fails(69, "restore", self.backup, "--with-recovery-code", saying="nobody is there")


if __name__ == "__main__":
    unittest.main()
