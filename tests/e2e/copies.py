# SPDX-License-Identifier: Apache-2.0
"""A host's sealed copies of a vault on a server: when a command answers from one, when it asks, and what it says while
the server is away.
"""
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import unittest
from pathlib import Path

from postgres import OnServer
from server import programs, required
from support import PROGRAM, leaks

SECRET = "sk-test-canary-fedcba9876543210"
REQUEST = '{"protocolVersion":1,"provider":"vault","ids":["profile/openai:a"]}'
READERS = (
    ("get", "openai:a"),
    ("token", "openai:a"),
    ("run", "--", "true"),
    ("list",),
    ("show", "openai:a"),
    ("which", "openai"),
    ("status",),
    ("export", "--format", "dotenv"),
    ("order", "get", "--provider", "openai"),
    ("pin", "get", "--session", "s"),
)


def traced(of, *words, stdin=""):
    """The system calls of the command, helper included."""
    log = of.home / "trace"
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", log, "-e", "trace=socket,socketpair,execveat,connect", *of.command(*words)],
        input=stdin.encode(), capture_output=True, env=of.environment, cwd=of.home, check=False)  # fmt: skip
    of.assertEqual(done.returncode, 0, done.stderr)
    return log.read_text()


class Copies(OnServer):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:a", SECRET)
        self.folder = self.state / "copies"

    def files(self, ending=".db"):
        return sorted(path for path in self.folder.rglob("*" + ending))

    def away(self):
        """An environment in which the same place leads nowhere for a moment: the server is stopped."""
        self.server.stop()
        self.addCleanup(self.server.start)

    @staticmethod
    def note_age(copy):
        """What the program notes of a copy that it has just fetched."""
        status = copy.stat()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().replace("-", "").strip()
        ages = (time.time_ns() // 1_000_000, boot, time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000 - 1000)
        changed = f"{status.st_ctime_ns // 10**9}.{status.st_ctime_ns % 10**9}"
        age = copy.with_suffix(".age")
        age.write_text(f"1 {status.st_ino} {changed} {ages[0]} {ages[1]} {ages[2]}\n")
        age.chmod(0o600)

    def change_elsewhere(self, secret):
        self.ok("add", "openai:a", "--type", "api_key", "--replace", "--stdin", stdin=secret, env=self.another_host())


class Fresh(Copies):
    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_a_fresh_copy_answers_without_a_socket_and_without_the_helper(self):
        self.assertIn("socketpair", traced(self, "get", "openai:a"))
        for words in READERS + (("resolve",),):
            calls = traced(self, *words, stdin=REQUEST if words[0] == "resolve" else "")
            self.assertEqual(calls, "", words)

    def test_a_copy_is_asked_about_after_the_time_of_the_flag_or_the_variable(self):
        self.get("openai:a")
        self.change_elsewhere("sk-test-2")
        self.assertEqual(self.get("openai:a"), SECRET)
        self.assertEqual(self.ok("get", "openai:a", "--no-newline", env={"CLAVIGER_FRESH": "1h"}).out, SECRET)
        self.assertEqual(self.get("openai:a", "--fresh", "0"), "sk-test-2")
        self.assertEqual(self.get("openai:a"), "sk-test-2")
        self.fails(64, "get", "openai:a", "--fresh", "soon", saying="--fresh")
        self.fails(64, "get", "openai:a", saying="CLAVIGER_FRESH", env={"CLAVIGER_FRESH": "soon"})

    def test_a_writer_reads_what_it_wrote(self):
        self.get("openai:a")
        for secret in ("sk-test-2", "sk-test-3"):
            self.add("openai:a", secret, "--replace")
            self.assertEqual(self.get("openai:a"), secret)

    def test_sync_asks_at_once(self):
        self.assertTrue(self.json("sync")["changed"])
        self.assertFalse(self.json("sync")["changed"])
        self.change_elsewhere("sk-test-2")
        self.assertIn("new", self.ok("sync").err)
        self.assertEqual(self.get("openai:a"), "sk-test-2")

    def test_sync_is_for_vaults_on_a_server_and_for_keys_that_cannot_be_guessed(self):
        file = {"CLAVIGER_VAULT": str(self.home / "vault.db")}
        self.ok("init", "--key-file", self.key, "--no-recovery", "--quiet", env=file)
        self.fails(64, "sync", saying="lies in a file", env=file)
        self.ok("list", "--fresh", "0", "--offline", "0", env=file)
        phrase = self.write("phrase", "a phrase of four words")
        self.ok("key", "add", "--new-passphrase-file", phrase)
        self.fails(64, "sync", "--passphrase-file", phrase, saying="could be guessed")
        self.ok("list", "--passphrase-file", phrase)
        self.assertEqual(self.files(), [])

    def test_nothing_readable_lies_in_the_copies(self):
        self.ok("agent", "add", "canaryagent")
        self.add("canaryprovider:canaryprofile", SECRET, "--agent", "canaryagent", "--provider", "canaryprovider")
        for words in READERS:
            self.ok(*words, "--fresh", "0") if words[0] != "run" else self.ok("run", "--fresh", "0", "--", "true")
        self.assertEqual(len(self.files()), 1)
        self.assertEqual(leaks(self.folder, [SECRET], ["canaryagent", "canaryprofile", "canaryprovider"]), [])
        for path in self.folder.rglob("*"):
            self.assertEqual(path.stat().st_mode & 0o777, 0o700 if path.is_dir() else 0o600, path)

    def test_no_command_takes_a_copy_for_a_vault(self):
        self.get("openai:a")
        self.fails(65, "--vault", self.files()[0], "list", saying="copy of a vault")

    def test_a_damaged_copy_is_replaced_and_the_answer_is_right(self):
        for spoil in (b"", b"no database", None):
            self.get("openai:a")
            copy = self.files()[0]
            content = copy.read_bytes()
            copy.write_bytes(content[:5000] if spoil is None else spoil)
            self.assertEqual(self.get("openai:a"), SECRET)
            self.assertEqual(self.files()[0].read_bytes()[68:72], b"CLVC")

    def test_damage_deep_in_a_copy_is_answered_by_the_server(self):
        for command in (("get", "openai:a", "--no-newline"), ("resolve",), ("token", "openai:a"), ("list",)):
            with self.subTest(command[0]):
                expected = self.ok(*command, stdin=REQUEST).out
                copy = self.files()[0]
                with sqlite3.connect(copy) as database:
                    database.execute("UPDATE record SET sealed_sheet = zeroblob(length(sealed_sheet))")
                database.close()
                self.note_age(copy)
                self.assertEqual(self.ok(*command, "--fresh", "1h", stdin=REQUEST).out, expected)
                self.ok("list", "--fresh", "1h")

    def test_paths_and_doctor_tell_of_the_copies(self):
        self.get("openai:a")
        self.assertEqual(self.json("paths")["copies"], str(self.files()[0].parent))
        checks = {check["id"]: check for check in self.json("doctor")["checks"]}
        self.assertEqual(checks["copies"]["rating"], "secure")
        self.files()[0].chmod(0o644)
        checks = {check["id"]: check for check in self.json("doctor")["checks"]}
        self.assertEqual(checks["copies"]["rating"], "insecure")


class Revoked(Copies):
    def setUp(self):
        super().setUp()
        self.ok("agent", "add", "bot")
        self.add("openai:b", "sk-test-bot", "--agent", "bot")
        self.token = self.ok("agent", "token", "create", "bot").out.strip()
        self.slot = self.json("agent", "token", "list")["tokens"][0]["slot"]
        self.there = {"CLAVIGER_TOKEN": self.token, **self.another_host()}
        del self.there["CLAVIGER_KEY_FILE"]

    def test_a_token_ends_on_its_host_as_soon_as_that_asks(self):
        self.ok("get", "openai:b", env=self.there)
        revoked = self.ok("agent", "token", "revoke", self.slot, "--yes")
        self.assertIn("1 day", revoked.err)
        self.ok("get", "openai:b", env=self.there)
        self.fails(71, "get", "openai:b", "--fresh", "0", env=self.there)
        self.fails(71, "get", "openai:b", env=self.there)
        self.assertEqual(list((self.home.parent).glob("host*/.local/state/claviger/copies/*/*.db")), [])

    def test_a_key_that_is_rotated_goes_on_with_its_slot(self):
        self.get("openai:a")
        self.ok("key", "rotate", "--yes")
        self.assertEqual(self.get("openai:a"), SECRET)


class Away(Copies):
    def test_while_the_server_is_away_a_copy_answers_and_says_so(self):
        for words in READERS:
            self.run_it(*words)
        self.ok("resolve", stdin=REQUEST)
        self.server.stop()
        self.addCleanup(self.server.start)
        past = {"CLAVIGER_FRESH": "1ms"}
        for words in READERS:
            done = self.ok(*words, env=past)
            self.assertIn("the database server does not answer; this is what it held", done.err, words)
            if words[0] in ("run", "export"):
                continue
            document = self.json(*words, env=past)
            has_its_own = words[0] in ("which", "order")
            self.assertEqual(document["source"] != "copy", has_its_own, words)
            self.assertTrue(document["stale"], words)
            self.assertAlmostEqual(document["fetchedAtMs"] / 1000, time.time(), delta=300)
        answer = self.ok("resolve", stdin=REQUEST, env=past)
        self.assertEqual(json.loads(answer.out)["values"], {"profile/openai:a": SECRET})
        self.fails(74, "get", "openai:a", "--offline", "0", env=past)
        self.assertIn("UNAVAILABLE", self.run_it("resolve", "--offline", "0", stdin=REQUEST, env=past).out)
        self.fails(74, "sync")
        self.fails(74, "add", "openai:b", "--type", "api_key", "--stdin", stdin="sk-test-b")

    def test_without_a_copy_there_is_no_answer(self):
        self.server.stop()
        self.addCleanup(self.server.start)
        self.fails(74, "get", "openai:a", saying="does not answer")
        self.assertIn("UNAVAILABLE", self.run_it("resolve", stdin=REQUEST).out)

    def test_a_server_that_says_nothing_costs_three_seconds_once(self):
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen(64)
            place = f"postgres://tester@127.0.0.1:{silent.getsockname()[1]}/postgres?sslmode=disable#{self.schema}"
            self.get("openai:a")
            here = self.files()[0]
            self.environment["CLAVIGER_VAULT"] = place
            self.fails(74, "get", "openai:a")
            there = [folder for folder in self.folder.iterdir() if folder != here.parent][0]
            shutil.copy(here, there / here.name)
            self.note_age(there / here.name)
            (there / "unanswered").unlink(missing_ok=True)
            begun = time.monotonic()
            self.assertEqual(json.loads(self.ok("resolve", "--fresh", "1ms", stdin=REQUEST).out)["values"],
                             {"profile/openai:a": SECRET})  # fmt: skip
            self.assertLess(time.monotonic() - begun, 4.5)
            self.assertTrue((there / "unanswered").exists())
            self.assertEqual(self.get("openai:a", "--fresh", "1ms"), SECRET)


class ManyProcesses(Copies):
    def test_of_those_who_start_at_once_one_asks_and_all_answer(self):
        self.get("openai:a")
        self.change_elsewhere("sk-test-2")
        environment = {**self.environment, "CLAVIGER_FRESH": "2s"}
        time.sleep(2.1)
        all_of_them = [subprocess.Popen([PROGRAM, "get", "openai:a"], stdout=subprocess.PIPE, env=environment)
                       for _ in range(16)]  # fmt: skip
        for one in all_of_them:
            self.assertEqual(one.communicate()[0], b"sk-test-2\n")
            self.assertEqual(one.returncode, 0)

    def test_one_that_is_killed_while_it_asks_leaves_the_turn_to_the_next(self):
        self.get("openai:a")
        for delay in (0.002, 0.01, 0.03, 0.06):
            one = subprocess.Popen(
                [PROGRAM, "get", "openai:a", "--fresh", "0"], stdout=subprocess.DEVNULL, env=self.environment
            )
            time.sleep(delay)
            one.send_signal(signal.SIGKILL)
            one.wait()
            self.assertEqual(self.get("openai:a", "--fresh", "0"), SECRET)
        self.assertEqual(len(self.files()), 1)


if __name__ == "__main__":
    if programs() is None and not required():
        print("skipped: PostgreSQL is not installed")
        sys.exit(77)
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    unittest.main()
