# SPDX-License-Identifier: Apache-2.0
"""A vault on a PostgreSQL server: every command as on a file, two hosts, a server that fails, and what it learns."""
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path

from no_network import commands
from support import PATIENCE, Home

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../postgres"))
import crowd  # noqa: E402
import pooler  # noqa: E402
from server import SAFE, Server, programs, required  # noqa: E402

SECRET = "sk-test-canary-0123456789abcdef"
REQUEST = '{"protocolVersion":1,"provider":"vault","ids":["profile/openai:a"]}'


class OnServer(Home):
    settings = ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.settings)
        cls.server.__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.schemas = 0

    def setUp(self):
        super().setUp()
        type(self).schemas += 1
        self.schema = f"e{self.schemas}"
        self.environment["CLAVIGER_VAULT"] = self.server.place(self.schema)

    def another_host(self):
        """The environment of another home with the same key: its own marks, its own state."""
        home = self.home.parent / f"host{len(list(self.home.parent.iterdir()))}"
        home.mkdir(mode=0o700)
        return {"HOME": str(home), "CLAVIGER_KEY_FILE": str(self.key)}


def assert_every_command_works(of):
    of.make_vault()
    of.add("openai:a", "sk-test-a")
    for words, stdin in commands(of.home):
        with of.subTest(words=words):
            done = of.run_it(*words, stdin=stdin)
            of.assertIn(done.code, (0, 1) if words[0] == "doctor" else (0,), f"{words}: {done}")


class EveryCommand(OnServer):
    def test_does_on_a_server_what_it_does_on_a_file(self):
        assert_every_command_works(self)

    def test_init_touches_no_vault_that_is_there(self):
        self.make_vault()
        self.add("openai:a", "sk-test-a")
        self.fails(68, "init", "--key-file", self.home / "other.key", "--no-recovery", saying="already")
        self.assertFalse((self.home / "other.key").exists())
        self.assertEqual(self.get("openai:a"), "sk-test-a")

    def test_a_schema_that_is_not_there_is_a_missing_vault(self):
        self.fails(67, "list", "--key-file", self.key, saying="no vault")

    def test_a_password_in_the_place_is_refused_and_not_repeated(self):
        for place in ("postgres://u:test-password@h/d", "postgres://h/d?pass%77ord=test-password"):
            for words in (("--vault", place, "list"), ("--vault", place, "list", "--json")):
                self.assertNotIn("test-password", self.fails(64, *words, saying="password").err)

    def test_resolve_answers_and_says_when_the_server_does_not(self):
        self.make_vault()
        self.add("openai:a", SECRET)
        self.assertEqual(self.json_of_resolve()["values"], {"profile/openai:a": SECRET})
        away = {"CLAVIGER_VAULT": "postgres:///postgres?host=/nowhere"}
        self.assertIn("UNAVAILABLE", self.run_it("resolve", stdin=REQUEST, env=away).out)
        self.fails(74, "get", "openai:a", saying="does not answer", env=away)

    def test_doctor_rates_the_server_the_role_and_the_helper(self):
        self.make_vault()
        self.add("openai:a", "sk-test-a")
        rated = {check["id"]: check["rating"] for check in self.json("doctor", env={"PGPASSWORD": "test"})["checks"]}
        told = ("server", "server-certificate", "server-role", "server-durability", "server-helper", "environment")
        self.assertEqual([rated[name] for name in told], ["secure", "secure", "weak", "weak", "secure", "weak"])

    def test_a_program_that_is_run_has_no_child_that_it_did_not_start(self):
        self.make_vault()
        self.add("openai:a", SECRET)
        said = self.ok(
            "run", "--", "sh", "-c", "read -r line </proc/self/task/$$/children; echo [$line] $OPENAI_API_KEY"
        )
        self.assertEqual(said.out, f"[] {SECRET}\n")

    def json_of_resolve(self, **how):
        return json.loads(self.ok("resolve", stdin=REQUEST, **how).out)

    def test_a_token_opens_its_own_agent_alone(self):
        self.make_vault()
        self.ok("agent", "add", "bot")
        self.add("openai:a", "sk-test-bot", "--agent", "bot")
        self.add("openai:b", "sk-test-main")
        token = self.ok("agent", "token", "create", "bot").out.strip()
        alone = {"CLAVIGER_TOKEN": token, **self.another_host()}
        del alone["CLAVIGER_KEY_FILE"]
        self.assertEqual(self.ok("get", "openai:a", env=alone).out, "sk-test-bot\n")
        self.assertNotEqual(self.run_it("get", "openai:b", env=alone).code, 0)


class TwoHosts(OnServer):
    def test_each_sees_what_the_other_wrote(self):
        self.make_vault()
        other = self.another_host()
        self.add("openai:a", "sk-test-1")
        self.assertEqual(self.ok("get", "openai:a", env=other).out, "sk-test-1\n")
        self.ok("add", "openai:a", "--type", "api_key", "--replace", "--stdin", stdin="sk-test-2", env=other)
        self.assertEqual(self.get("openai:a"), "sk-test-2")

    def test_yesterdays_rows_put_back_are_noticed_by_who_has_seen_todays(self):
        self.make_vault()
        self.add("openai:a", "sk-test-1")
        yesterday = self.server.run("pg_dump", "-h", self.server.folder, "-U", "tester", "-n", self.schema, "postgres")
        self.add("openai:b", "sk-test-2")
        self.server.sql(f"DROP SCHEMA {self.schema} CASCADE")
        dump = self.server.folder / "dump.sql"
        dump.write_text(yesterday)
        dump.chmod(0o644)
        self.server.run("psql", "-q", "-h", self.server.folder, "-U", "tester", "-d", "postgres", "-f", dump)
        refused = self.run_it("add", "openai:c", "--type", "api_key", "--stdin", stdin="sk-test-3")
        self.assertEqual(refused.code, 72, refused)
        self.assertEqual(self.run_it("get", "openai:a", env=self.another_host()).code, 0, "another host cannot know")


class WhatTheServerLearns(OnServer):
    def test_no_name_and_no_secret_lies_in_its_files_its_log_or_a_dump(self):
        self.make_vault()
        self.ok("agent", "add", "canaryagent")
        self.add("canaryprovider:canaryprofile", SECRET, "--agent", "canaryagent", "--provider", "canaryprovider")
        self.add("openai:a", SECRET)
        self.ok("add", "openai:a", "--type", "api_key", "--replace", "--stdin", stdin=SECRET + "2")
        self.server.sql("CHECKPOINT")
        dump = self.server.run("pg_dump", "-h", self.server.folder, "-U", "tester", "-n", self.schema, "postgres")
        self.assertIn("sealed_secret", dump)
        traces = [name.encode() for name in (SECRET, "canaryprofile", "canaryprovider", "canaryagent")]
        traces += [trace.hex().encode() for trace in traces]
        texts = {"a dump": dump.encode()}
        for path in self.server.folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                texts[str(path)] = path.read_bytes()
        self.assertGreater(sum("pg_wal" in name for name in texts), 0)
        for name, text in texts.items():
            for trace in traces:
                self.assertNotIn(trace, text, name)

    def test_nothing_of_the_place_or_the_vault_is_on_any_command_line(self):
        self.make_vault()
        seen, stop = set(), threading.Event()

        def watch():
            while not stop.is_set():
                for entry in os.scandir("/proc"):
                    try:
                        words = Path(f"/proc/{entry.name}/cmdline").read_bytes() if entry.name.isdigit() else b""
                    except OSError:
                        continue
                    if words.startswith(b"claviger-postgres"):
                        seen.add(words)

        watching = threading.Thread(target=watch)
        watching.start()
        for _ in range(10):
            self.add("openai:a", SECRET, "--replace")
        stop.set()
        watching.join()
        self.assertEqual(seen, {b"claviger-postgres\0"})


class Faults(OnServer):
    settings = (SAFE,)

    def test_a_killed_postmaster_loses_nothing_that_was_said_to_be_kept(self):
        self.make_vault()
        kept = []
        for number in range(6):
            self.add(f"openai:k{number}", f"sk-test-{number}")
            kept.append(f"openai:k{number}")
            if number % 2:
                self.server.stop("kill")
                self.fails(74, "list")
                self.server.start()
        self.assertEqual(sorted(self.ids()), kept)
        self.ok("verify", "--deep")

    def test_a_server_that_dies_under_writers_keeps_what_they_were_told(self):
        self.make_vault()
        told, failed = [], []

        def write(first):
            for number in range(first, first + 8):
                profile = f"openai:w{number:03}"
                done = self.run_it("add", profile, "--type", "api_key", "--stdin", stdin="sk-test-w")
                (told if done.code == 0 else failed).append((profile, done))

        writers = [threading.Thread(target=write, args=(100 * n,)) for n in range(4)]
        for writer in writers:
            writer.start()
        time.sleep(0.4)
        self.server.stop("immediate")
        time.sleep(0.3)
        self.server.start()
        for writer in writers:
            writer.join()
        there = set(self.ids())
        for profile, _ in told:
            self.assertIn(profile, there)
        for profile, done in failed:
            self.assertIn(done.code, (74, 75), done)
            if profile in there:
                self.assertIn("not known", done.err)
        self.ok("verify", "--deep")


class Failover(OnServer):
    settings = (SAFE,)

    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:a", "sk-test-1")
        self.standby = Server(SAFE, standby_of=self.server)
        self.standby.__enter__()
        self.addCleanup(self.standby.__exit__)
        self.both = {"CLAVIGER_VAULT": self.place_on(f"{self.standby.folder},{self.server.folder}")}

    def place_on(self, folders):
        return self.server.place(self.schema).replace(str(self.server.folder), str(folders))

    def test_a_standby_is_passed_over_and_one_that_was_promoted_is_judged_by_what_was_seen(self):
        alone = {"CLAVIGER_VAULT": self.place_on(self.standby.folder)}
        self.fails(75, "list", saying="no primary", env=alone)
        self.assertEqual(self.ok("get", "openai:a", env=self.both).out, "sk-test-1\n")
        # What the standby has not seen when the primary is lost, this host has.
        self.standby.stop()
        self.ok("add", "openai:b", "--type", "api_key", "--stdin", stdin="sk-test-2", env=self.both)
        self.server.stop("immediate")
        self.addCleanup(self.server.start)
        self.standby.start()
        self.standby.promote()
        refused = self.run_it("add", "openai:c", "--type", "api_key", "--stdin", stdin="sk-test-3", env=self.both)
        self.assertEqual(refused.code, 72, refused)


class DelayedStandby(OnServer):
    """A standby that applies what it has received 2 s late, promoted when the primary is lost."""

    settings = (SAFE,)

    def test_promotion_waits_for_what_was_received_and_loses_nothing_that_was_told(self):
        self.make_vault()
        self.add("openai:a", "sk-test-1")
        try:
            standby = Server(SAFE, standby_of=self.server, delay="2s").__enter__()
        except (OSError, subprocess.CalledProcessError) as error:
            self.skipTest(f"no standby can be made here: {error}")
        self.addCleanup(standby.__exit__)
        self.add("openai:b", "sk-test-2")
        late = standby.sql(f"SELECT count(*) FROM {self.schema}.record")
        now = self.server.sql(f"SELECT count(*) FROM {self.schema}.record")
        self.assertLess(int(late), int(now), "the standby is not late")
        end = time.monotonic() + PATIENCE
        written = self.server.sql("SELECT pg_current_wal_flush_lsn()")
        while standby.sql(f"SELECT pg_last_wal_receive_lsn() >= '{written}'") != "t":
            self.assertLess(time.monotonic(), end, "the standby receives nothing")
        self.server.stop("immediate")
        self.addCleanup(self.server.start)
        standby.promote()
        there = {"CLAVIGER_VAULT": self.server.place(self.schema).replace(str(self.server.folder), str(standby.folder))}
        self.assertEqual(self.ok("get", "openai:b", "--no-newline", env=there).out, "sk-test-2")
        self.ok("add", "openai:c", "--type", "api_key", "--stdin", stdin="sk-test-3", env=there)
        self.ok("verify", "--deep", env=there)


@unittest.skipUnless(pooler.PROGRAM or required(), "pgbouncer is not installed")
class BehindAPooler(OnServer):
    """pgbouncer in transaction mode, two connections for whoever comes."""

    def setUp(self):
        super().setUp()
        self.pooler = pooler.Pooler(self.server).__enter__()
        self.addCleanup(self.pooler.__exit__)
        self.environment["CLAVIGER_VAULT"] = self.pooler.place(self.schema)

    def test_every_command_does_what_it_does_without_one(self):
        assert_every_command_works(self)

    def test_more_writers_than_it_has_connections_all_have_their_turn(self):
        self.make_vault()
        profiles = [f"openai:p{number}" for number in range(8)]
        writers = [threading.Thread(target=self.add, args=(profile, SECRET)) for profile in profiles]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        self.assertEqual(sorted(self.ids()), profiles)
        self.ok("verify", "--deep")


class Certificates(OnServer):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.server.folder
        words = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-keyout",
            folder / "key.pem",
            "-out",
            folder / "cert.pem",
        ]
        subprocess.run(words, check=True, capture_output=True)
        (folder / "key.pem").chmod(0o600)
        if cls.server.user:
            shutil.chown(folder / "key.pem", cls.server.user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            cls.port = free.getsockname()[1]
        with open(cls.server.data / "postgresql.conf", "a") as file:
            file.write(f"listen_addresses='127.0.0.1'\nport={cls.port}\nssl=on\n")
            file.write(f"ssl_cert_file='{folder}/cert.pem'\nssl_key_file='{folder}/key.pem'\n")
        cls.server.stop()
        cls.server.start(cls.port)
        shutil.copy(folder / "cert.pem", folder / "trusted.pem")

    def place(self, host, **parameters):
        more = "".join(f"&{name}={value}" for name, value in parameters.items())
        return f"postgres://tester@{host}:{self.port}/postgres?sslmode=verify-full{more}#{self.schema}"

    def test_a_certificate_that_is_trusted_for_the_name_is_taken_and_no_other(self):
        trusted = self.server.folder / "trusted.pem"
        self.environment["CLAVIGER_VAULT"] = self.place("localhost", sslrootcert=trusted)
        self.make_vault()
        self.add("openai:a", "sk-test-1")
        self.assertEqual(self.get("openai:a"), "sk-test-1")
        for other in (self.place("127.0.0.1", sslrootcert=trusted), self.place("localhost")):
            self.fails(74, "list", saying="certificate", env={"CLAVIGER_VAULT": other})


class Crowd(OnServer):
    def test_of_64_clients_none_loses_a_write_and_none_starves(self):
        """48 resolve, 16 write, each its own pin and all one order, so many rounds each. For seconds: the campaign."""
        self.make_vault()
        for profile in crowd.PROFILES:
            self.add(profile, SECRET)

        def run(words, stdin=""):
            return subprocess.run(self.command(*words), input=stdin, text=True, capture_output=True, cwd=self.home,
                                  env=self.environment, timeout=PATIENCE, check=False)  # fmt: skip

        clients = crowd.Crowd(run)
        clients.work(lambda rounds: rounds < 3)
        self.assertEqual(clients.judge()[:3], [])
        self.assertEqual({writer.commits for writer in clients.writers}, {6})
        self.assertEqual(set(clients.answers), {3})


if __name__ == "__main__":
    if programs() is None and not required():
        print("skipped: PostgreSQL is not installed")
        sys.exit(77)
    unittest.main()
