# SPDX-License-Identifier: Apache-2.0
"""backup, restore and verify."""
import os
import sqlite3
import subprocess
import unittest

from support import Home, leaks

SECRET = "sk-test-kept-0123456789"


class Backup(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:a", SECRET)
        self.copy = self.home / "copy.db"

    def beside(self):
        return sorted(path.name for path in self.vault.parent.iterdir())

    def test_is_private_encrypted_and_opens_with_the_same_key(self):
        document = self.json("backup", self.copy)
        self.assertEqual((document["agents"], document["records"], document["verified"]), (1, 1, True))
        self.assertEqual(self.copy.stat().st_mode & 0o777, 0o600)
        self.assertEqual(leaks(self.home, [SECRET], ["openai:a"]), [])
        self.assertEqual(self.get("openai:a", "--vault", self.copy, "--key-file", self.key), SECRET)

    def test_never_replaces_what_is_there_unless_it_is_a_backup_and_forced(self):
        self.ok("backup", self.copy)
        self.fails(68, "backup", self.copy)
        self.ok("backup", self.copy, "--force")
        text = self.write("notes.txt", "notes")
        self.fails(77, "backup", text, "--force")
        self.fails(64, "backup", self.vault, "--force")
        self.fails(66, "backup", self.home / "missing" / "copy.db")
        self.assertEqual(text.read_text(), "notes")

    def test_restores_what_was_there(self):
        self.ok("backup", self.copy)
        self.add("openai:a", "sk-test-later", "--replace")
        self.fails(64, "restore", self.copy, saying="nobody can be asked")
        self.assertEqual(self.get("openai:a"), "sk-test-later")
        self.ok("restore", self.copy, "--dry-run")
        self.assertEqual(self.get("openai:a"), "sk-test-later")
        kept = self.json("restore", self.copy, "--yes")["kept"]
        self.assertEqual(self.get("openai:a"), SECRET)
        self.assertEqual(self.get("openai:a", "--vault", kept, "--key-file", self.key), "sk-test-later")
        self.add("openai:b", "sk-test-b")  # a write is not taken for one to an old copy
        self.ok("verify", "--deep")

    def test_restores_where_no_vault_is_without_asking(self):
        self.ok("backup", self.copy)
        self.vault.unlink()
        self.assertIsNone(self.json("restore", self.copy)["kept"])
        self.assertEqual(self.get("openai:a"), SECRET)

    def test_refuses_a_damaged_or_foreign_backup_and_leaves_the_vault_alone(self):
        self.ok("backup", self.copy)
        with sqlite3.connect(self.copy) as database:
            database.execute("UPDATE record SET sealed_secret = zeroblob(length(sealed_secret))")
        database.close()
        before = self.beside()
        self.assert_untouched(self.vault, lambda: self.fails(72, "restore", self.copy, "--yes"))
        self.assert_untouched(self.vault, lambda: self.fails(66, "restore", self.home / "missing.db", "--yes"))
        self.assert_untouched(self.vault, lambda: self.fails(65, "restore", self.write("text", "no vault"), "--yes"))
        self.assertEqual(self.beside(), before)

    # S5
    def test_gives_no_advice_on_a_file_that_is_no_vault(self):
        passwd = self.write("passwd", "root:x:0:0::/root:/bin/sh\n")
        passwd.chmod(0o644)
        self.assertNotIn("chmod", self.fails(65, "restore", passwd, "--yes").err)

    # R14
    def test_a_mark_that_cannot_be_written_is_a_warning(self):
        self.ok("backup", self.copy)
        for path in self.state.iterdir():
            path.unlink()
        self.state.rmdir()
        self.state.write_text("in the way")
        result = self.ok("restore", self.copy, "--yes")
        self.assertIn("rollback mark", result.err)
        self.assertEqual(self.get("openai:a"), SECRET)

    # D1: the kept name would be too long.
    def test_keeps_the_vault_when_its_kept_name_cannot_be(self):
        self.ok("backup", self.copy)
        vault = self.home / ("v" * 225)
        self.ok("restore", self.copy, "--vault", vault, "--key-file", self.key)
        self.ok(
            "add",
            "openai:b",
            "--type",
            "api_key",
            "--stdin",
            "--vault",
            vault,
            "--key-file",
            self.key,
            stdin="sk-test-newest",
        )
        self.fails(74, "restore", self.copy, "--vault", vault, "--key-file", self.key, "--yes")
        self.assertEqual(self.get("openai:b", "--vault", vault, "--key-file", self.key), "sk-test-newest")

    def test_takes_a_key_of_the_whole_vault(self):
        token = self.write("token", self.ok("agent", "token", "create", "main").out)
        self.fails(77, "backup", self.copy, "--token-file", token)
        self.assertFalse(self.copy.exists())

    # B14
    def test_is_consistent_while_others_write(self):
        writer = subprocess.Popen(
            [
                "sh",
                "-c",
                'for i in 1 2 3 4 5 6 7 8 9 10; do'
                ' echo "sk-test-$i" | "$0" add "openai:n$i" --type api_key --stdin --quiet'
                ' || exit 1; done',
                self.command()[0],
            ],
            env=self.environment,
            cwd=self.home,
            stderr=subprocess.DEVNULL,
        )
        copies = []
        while writer.poll() is None and len(copies) < 20:
            copies.append(self.home / f"copy-{len(copies)}.db")
            self.ok("backup", copies[-1])
        self.assertEqual(writer.wait(), 0)
        for copy in copies:
            self.ok(
                "verify",
                "--deep",
                "--vault",
                copy,
                "--key-file",
                self.key,
                env={"XDG_STATE_HOME": str(self.home / "none")},
            )

    # B06: killed at any moment, there is a vault that opens, and what was there before is not lost.
    def test_killed_restores_leave_a_vault(self):
        self.ok("backup", self.copy)
        for delay in range(0, 60, 6):
            child = subprocess.Popen(
                self.command("restore", self.copy, "--yes", "--quiet"),
                env=self.environment,
                cwd=self.home,
                stderr=subprocess.DEVNULL,
            )
            try:
                child.wait(timeout=delay / 1000)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            self.assertEqual(self.get("openai:a"), SECRET)

    def test_verify_tells_what_it_saw(self):
        document = self.json("verify", "--deep")
        self.assertTrue(document["ok"] and document["vaultVerified"] and document["deep"])
        self.assertEqual(document["agents"], [{"agent": "main", "verified": True, "records": 1, "generation": 1}])


if __name__ == "__main__":
    unittest.main()
