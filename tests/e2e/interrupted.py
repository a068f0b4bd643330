# SPDX-License-Identifier: Apache-2.0
"""Writers that are killed, readers that do not let go, disks that take no more: there is always a way on."""
import json
import os
import resource
import signal
import sqlite3
import subprocess
import time
import unittest

from support import Home, files_below, leaks

SECRET = "sk-test-interrupted-0123456789"


class Interrupted(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        lines = "".join(f"NAME_{number}={SECRET}{number}\n" for number in range(60))
        self.ok("import", self.write("many.env", lines))
        (self.home / "many.env").unlink()
        self.add("openai:a", SECRET)
        self.journal = self.vault.with_name("vault.db-journal")

    def in_child(self, work):
        """Runs in a process of its own, which says through a pipe when it has come as far as `work` yields."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            for _ in work():
                os.write(writing, b"x")
            signal.pause()
        os.close(writing)
        self.assertEqual(os.read(reading, 1), b"x")
        os.close(reading)
        return child

    def end(self, child):
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

    def die_while_writing(self):
        """As a writer that is killed when half of the pages are written, and its journal is synced."""

        def work():
            database = sqlite3.connect(self.vault, isolation_level=None)
            database.execute("PRAGMA cache_size = 1")
            database.execute("BEGIN IMMEDIATE")
            database.execute("UPDATE record SET sealed_sheet = zeroblob(20000)")
            yield

        self.end(self.in_child(work))
        self.assertGreater(self.journal.stat().st_size, 0)

    # R1: get, run, resolve, status, verify and backup once ended with 75 until somebody wrote.
    def test_whatever_reads_after_a_killed_writer_undoes_it_and_goes_on(self):
        self.ok("backup", self.home / "good.db")
        request = json.dumps({"protocolVersion": 1, "provider": "v", "ids": ["profile/openai:a"]})
        for words, stdin in (
            (["get", "openai:a"], ""),
            (["list"], ""),
            (["status"], ""),
            (["which", "--provider", "openai"], ""),
            (["verify", "--deep"], ""),
            (["run", "--", "true"], ""),
            (["resolve"], request),
            (["backup", self.home / "copy.db"], ""),
            (["export", "--format", "dotenv"], ""),
        ):
            with self.subTest(words[0]):
                self.die_while_writing()
                result = self.ok(*words, stdin=stdin)
                self.assertFalse(self.journal.exists())
                if words[0] in ("get", "resolve"):
                    self.assertIn(SECRET, result.out)
        self.ok("verify", "--deep")

    # R5
    def test_a_reader_that_does_not_let_go_is_named_and_does_not_hold_up_a_revocation(self):
        token = self.ok("agent", "token", "create", "main").out
        slot = self.json("agent", "token", "list")["tokens"][0]["slot"]

        def work():
            database = sqlite3.connect(f"file:{self.vault}?mode=ro", uri=True, isolation_level=None)
            database.execute("BEGIN")
            database.execute("SELECT count(*) FROM record").fetchone()
            yield

        reader = self.in_child(work)
        try:
            named = f"process {reader} of user {os.geteuid()}"
            self.fails(75, "add", "openai:b", "--type", "api_key", "--stdin", stdin="sk-test-b", saying=named)
            result = self.ok("agent", "token", "revoke", slot, "--yes")
            self.assertIn(named, result.err)
            self.fails(71, "get", "openai:a", "--token-file", self.write("token", token))
            self.assertEqual(self.get("openai:a"), SECRET)
            self.ok("verify", "--deep")
        finally:
            self.end(reader)
        self.assertEqual(sorted(path.name for path in self.vault.parent.iterdir()), ["vault.db", "vault.db.lock"])
        self.add("openai:b", "sk-test-b")

    # R8: 9 of 12 interrupts once left the plaintext under a passing name.
    def test_an_interrupted_export_leaves_no_plaintext(self):
        target = self.home / "out" / "all.env"
        target.parent.mkdir()
        for number in range(24):
            with self.subTest(number):
                process = subprocess.Popen(
                    self.command("export", "--format", "dotenv", "--output", target, "--force"),
                    env=self.environment,
                    cwd=self.home,
                    stderr=subprocess.DEVNULL,
                )
                time.sleep(number * 0.002)
                process.send_signal((signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[number % 3])
                process.wait()
                left = [path for path in files_below(target.parent) if path != target]
                self.assertEqual(left, [])
                self.assertEqual(leaks(self.home, [SECRET], spared=(target,)), [])

    # R1: a limit on files once killed the writer in the middle.
    def test_a_file_that_may_not_grow_is_an_error_and_the_vault_is_as_it_was(self):
        size = self.vault.stat().st_size
        before = self.vault.read_bytes()
        done = subprocess.run(
            self.command("add", "openai:b", "--type", "api_key", "--stdin"),
            input=b"x" * 100_000,
            env=self.environment,
            cwd=self.home,
            capture_output=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        )
        self.assertEqual(done.returncode, 74, done)
        self.ok("verify", "--deep")
        self.assertEqual(self.get("openai:a"), SECRET)
        self.assertEqual(self.vault.read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
