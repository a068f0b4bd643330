#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A vault on a PostgreSQL server that the test starts itself: --vault takes its place wherever it takes a path."""
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

from support import Home

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "postgres"))
from server import Server, programs, required  # noqa: E402

SECRET = "sk-ant-test-on-a-server"


def setUpModule():
    global SERVER
    SERVER = Server().__enter__()


def tearDownModule():
    SERVER.__exit__()


class ServerHome(Home):
    schemas = 0

    def setUp(self):
        super().setUp()
        ServerHome.schemas += 1
        self.schema = f"s{ServerHome.schemas}"
        self.place = SERVER.place(self.schema)
        self.environment["CLAVIGER_VAULT"] = self.place


class VaultsOnAServer(ServerHome):
    def test_nothing_of_it_is_written_below_home_but_the_key_and_the_marks(self):
        self.make_vault()
        self.add("anthropic:work", SECRET)
        left = sorted(str(path.relative_to(self.home)) for path in self.home.rglob("*") if path.is_file())
        self.assertEqual([name for name in left if "state/claviger" not in name], [".config/claviger/vault.key"])

    def test_a_recovery_code_is_shown_and_opens_the_vault(self):
        code = self.json("init", "--key-file", self.key)["recoveryCode"]
        self.add("anthropic:work", SECRET)
        self.ok("key", "add", "--new-key-file", self.home / "new.key", "--recovery-code-stdin", stdin=code)
        self.ok("--key-file", self.home / "new.key", "get", "anthropic:work")

    def test_a_group_of_readers_belongs_to_files(self):
        self.fails(64, "init", "--key-file", self.key, "--group", "root", saying="roles")
        self.assertFalse(self.key.exists())

    def test_a_schema_without_a_vault_is_a_missing_vault_and_the_hint_can_be_typed(self):
        del self.environment["CLAVIGER_VAULT"]
        result = self.fails(67, "--vault", self.place, "list")
        self.assertIn("claviger --vault", result.err.replace("claviger init --vault", "claviger --vault"))
        self.assertIn("init", result.err)

    def test_paths_and_doctor_tell_the_place_without_its_parameters(self):
        self.make_vault()
        paths = self.json("paths")
        self.assertEqual(paths["vault"], "postgres:///postgres#" + self.schema)
        self.assertIsNone(paths["vaultExists"])
        self.assertIn("postgres:///postgres#" + self.schema, self.ok("paths").out)
        checks = {check["id"]: check["rating"] for check in self.json("doctor")["checks"]}
        self.assertEqual(checks["server"], "secure")
        for of_files in ("vault-file", "folders", "file-system", "leftovers", "key-place"):
            self.assertNotIn(of_files, checks)

    def test_doctor_says_that_the_schema_holds_no_vault(self):
        self.assertEqual(self.run_it("doctor").code, 67)

    def test_a_backup_is_an_ordinary_file_and_opens_as_one(self):
        self.make_vault()
        self.add("anthropic:work", SECRET)
        backup = self.home / "backup.db"
        self.ok("backup", backup)
        self.assertEqual(self.ok("--vault", backup, "get", "anthropic:work", "--no-newline").out, SECRET)
        self.ok("--vault", backup, "verify", "--deep")

    def test_a_backup_is_restored_in_one_step_and_what_came_after_it_is_gone(self):
        self.make_vault()
        self.add("anthropic:work", SECRET)
        backup = self.home / "backup.db"
        self.ok("backup", backup)
        self.add("openai:late", "sk-test-late")
        self.fails(64, "restore", backup, saying="--yes")
        answer = self.json("restore", backup, "--yes")
        self.assertIsNone(answer["kept"])
        self.assertEqual(self.ids(), ["anthropic:work"])
        self.add("openai:next", "sk-test-next")
        self.ok("verify", "--deep")

    def test_a_backup_is_restored_where_no_vault_is_yet(self):
        self.make_vault()
        self.add("anthropic:work", SECRET)
        self.ok("backup", self.home / "backup.db")
        there = {"CLAVIGER_VAULT": SERVER.place(self.schema + "_new")}
        self.ok("restore", self.home / "backup.db", env=there)
        self.assertEqual(self.ok("get", "anthropic:work", "--no-newline", env=there).out, SECRET)

    def test_a_vault_moves_from_a_file_to_a_server_and_back(self):
        file = {"CLAVIGER_VAULT": str(self.home / "vault.db")}
        self.ok("init", "--key-file", self.key, "--no-recovery", "--quiet", env=file)
        self.ok("add", "anthropic:work", "--type", "api_key", "--stdin", stdin=SECRET, env=file)
        answer = self.json("vault", "copy", "--to", self.place, env=file)
        self.assertEqual(answer["to"], "postgres:///postgres#" + self.schema)
        self.assertEqual(self.get("anthropic:work"), SECRET)
        self.add("openai:b", "sk-test-b")
        self.fails(68, "vault", "copy", "--to", self.place, env=file)
        back = self.home / "back.db"
        said = self.ok("vault", "copy", "--to", back).err
        self.assertIn(f"drops the schema '{self.schema}'", said)
        self.assertEqual(self.ok("--vault", back, "get", "openai:b", "--no-newline").out, "sk-test-b")

    def test_changed_keys_say_that_the_server_may_keep_the_old_ones(self):
        self.make_vault()
        self.add("anthropic:work", SECRET)
        self.ok("agent", "token", "create", "main", "--output", self.home / "t")
        token = self.json("agent", "token", "list")["tokens"][0]["slot"]
        self.assertFalse(self.json("agent", "token", "revoke", token, "--yes")["rewritten"])
        rotated = self.ok("key", "rotate", "--yes")
        self.assertIn("server may keep old wrapped keys", rotated.err)
        self.assertNotIn("old-keys", [check["id"] for check in self.json("doctor")["checks"]])

    def test_a_server_that_lost_commits_is_adopted(self):
        self.make_vault()
        self.add("anthropic:work", SECRET)
        self.ok("backup", self.home / "backup.db")
        dump = SERVER.run("pg_dump", "-h", SERVER.folder, "-U", "tester", "-n", self.schema, "postgres")
        self.add("openai:late", "sk-test-late")
        SERVER.sql(f"DROP SCHEMA {self.schema} CASCADE")
        (SERVER.folder / "dump.sql").write_text(dump)
        os.chmod(SERVER.folder / "dump.sql", 0o644)
        SERVER.run(
            "psql", "-q", "-h", SERVER.folder, "-U", "tester", "-d", "postgres", "-f", SERVER.folder / "dump.sql"
        )
        self.fails(72, "add", "openai:c", "--type", "api_key", "--stdin", stdin="sk-test-c", saying="vault adopt")
        self.assertEqual(self.json("vault", "adopt", "--yes")["lost"], [{"agent": "main", "changes": 1}])
        self.add("openai:c", "sk-test-c")


class AdministratorsTables(ServerHome):
    """`vault sql`: an administrator lays the tables; the roles use them, and change none."""

    WRITER, READER = 'Fleet "writer"', "fleet_reader"

    def setUp(self):
        super().setUp()
        for role in (self.WRITER, self.READER):
            quoted = role.replace('"', '""')
            if SERVER.sql(f"SELECT count(*) FROM pg_roles WHERE rolname = '{role}'") == "0":
                SERVER.sql(f'CREATE ROLE "{quoted}" LOGIN')
        self.sql = self.ok("vault", "sql", "--reader", self.READER, "--writer", self.WRITER).out
        self.writing = {"CLAVIGER_VAULT": self.place_of("Fleet%20%22writer%22")}
        self.reading = {"CLAVIGER_VAULT": self.place_of(self.READER)}

    def place_of(self, role):
        return SERVER.place(self.schema, role)

    def lay_tables(self):
        SERVER.sql(self.sql)
        self.ok("init", "--key-file", self.key, "--no-recovery", "--quiet", env=self.writing)
        self.ok("add", "anthropic:work", "--type", "api_key", "--stdin", stdin=SECRET, env=self.writing)

    def test_a_role_that_may_make_no_schema_makes_no_vault_before_they_are_there(self):
        self.fails(77, "init", "--key-file", self.key, "--no-recovery", saying="lacks a right", env=self.writing)
        self.assertFalse(self.key.exists())
        self.lay_tables()
        self.fails(68, "init", "--key-file", self.home / "other", "--no-recovery", saying="already", env=self.writing)

    def test_the_writing_role_does_all_that_the_owner_does(self):
        self.lay_tables()
        self.ok("agent", "add", "bot", env=self.writing)
        self.ok("remove", "anthropic:work", "--yes", env=self.writing)
        self.ok("key", "rotate", "--yes", env=self.writing)
        self.ok("agent", "remove", "bot", "--yes", env=self.writing)
        self.ok("verify", "--deep", env=self.writing)
        checks = {check["id"]: check["rating"] for check in self.json("doctor", env=self.writing)["checks"]}
        self.assertEqual(checks["server-role"], "secure")

    def test_the_reading_role_reads_and_is_denied_every_change(self):
        self.lay_tables()
        self.assertEqual(self.ok("get", "anthropic:work", "--no-newline", env=self.reading).out, SECRET)
        for words in (("remove", "anthropic:work", "--yes"), ("agent", "add", "bot"), ("key", "rotate", "--yes")):
            self.fails(77, *words, saying="lacks a right", env=self.reading)

    def test_neither_changes_a_table_or_the_version(self):
        self.lay_tables()
        for role in (self.WRITER, self.READER):
            for words in ("DROP TABLE {}.record", "ALTER TABLE {}.record ADD x int", "CREATE TABLE {}.more (x int)",
                          "UPDATE {}.schema_version SET version = 2", "TRUNCATE {}.record"):  # fmt: skip
                with self.assertRaises(subprocess.CalledProcessError, msg=(role, words)):
                    SERVER.sql(words.format(self.schema), role)

    def test_a_token_that_reads_shared_profiles_belongs_with_the_reading_role(self):
        self.lay_tables()
        self.ok("agent", "add", "bot", env=self.writing)
        said = self.ok("agent", "token", "create", "bot", "--with-shared", env=self.writing)
        self.assertIn("only reads", said.err)
        self.assertIn("vault sql --reader", said.err)
        token = self.write("bot.token", said.out)
        ratings = {}
        for name, place in (("writing", self.writing), ("reading", self.reading)):
            done = self.run_it("--token-file", token, "doctor", "--json", env=place)
            ratings[name] = {check["id"]: check["rating"] for check in json.loads(done.out)["checks"]}
        self.assertEqual(ratings["writing"]["server-shared"], "insecure")
        self.assertEqual(ratings["reading"]["server-shared"], "secure")
        alone = self.ok("agent", "token", "create", "bot", env=self.writing)
        self.assertNotIn("only reads", alone.err)

    def test_what_is_no_role_or_no_place_on_a_server_is_refused(self):
        for role in ("", "public", "none", "a" * 64, "a\nb"):
            self.fails(64, "vault", "sql", "--reader", role, saying="not the name of a role")
        self.fails(64, "--vault", self.home / "v.db", "vault", "sql", saying="in a file")

    def test_the_text_without_roles_makes_the_same_tables_as_init(self):
        SERVER.sql(self.ok("vault", "sql").out)
        self.make_vault()
        shape = ("SELECT string_agg(table_name || column_name || data_type, ',' ORDER BY table_name, ordinal_position) "
                 "FROM information_schema.columns WHERE table_schema = '{}'")  # fmt: skip
        other = self.schema + "_own"
        self.ok("init", "--key-file", self.home / "own.key", "--no-recovery", "--quiet",
                env={"CLAVIGER_VAULT": SERVER.place(other)})  # fmt: skip
        self.assertEqual(SERVER.sql(shape.format(self.schema)), SERVER.sql(shape.format(other)))


if __name__ == "__main__":
    if programs() is None:
        print("PostgreSQL is not installed")
        sys.exit(1 if required() else 77)
    unittest.main()
