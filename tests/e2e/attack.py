# SPDX-License-Identifier: Apache-2.0
"""Somebody without a key edits the vault's file with SQLite. Each edit ends in its own error, and never in a plaintext
that was not meant. The ids of the cases are those of the negative-test list."""
import shutil
import sqlite3
import struct
import unittest

from support import Home

SECRETS = {"openai:a": "sk-test-alpha", "openai:b": "sk-test-beta", "anthropic:c": "sk-ant-test-gamma"}
PROFILE, VARIABLE = 1, 4


class Attack(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        for profile, secret in SECRETS.items():
            self.add(profile, secret)
        self.ok("agent", "add", "worker", "--isolated")
        self.add("openai:a", "sk-test-worker", "--agent", "worker")

    def edit(self, sql, *values, vault=None):
        with sqlite3.connect(vault or self.vault) as database:
            changed = database.execute(sql, values).rowcount
        database.close()
        return changed

    def rows(self, sql, *values, vault=None):
        database = sqlite3.connect(vault or self.vault)
        found = database.execute(sql, values).fetchall()
        database.close()
        return found

    def profiles(self):
        """[(rowid, agent, lookup, sheet, secret)], main's three first."""
        rows = self.rows(
            "SELECT rowid, agent_id, lookup, sealed_sheet, sealed_secret FROM record WHERE kind = ? ORDER BY rowid",
            PROFILE,
        )
        self.assertEqual(len(rows), 4)
        return rows

    def refused(self, code, saying="", commands=(("list",), ("verify",), ("export", "--format", "openclaw"))):
        for words in commands:
            result = self.run_it(*words)
            self.assertEqual(result.code, code, f"{words}: {result}")
            self.assertIn(saying, result.err)
            for secret in (*SECRETS.values(), "sk-test-worker"):
                self.assertNotIn(secret, result.out + result.err)

    def never_another_secret(self):
        for profile, secret in SECRETS.items():
            result = self.run_it("get", profile, "--no-newline")
            self.assertIn((result.code, result.out), ((0, secret), (72, "")), result)

    # A01
    def test_two_rows_swapped(self):
        a, b = self.profiles()[:2]
        for one, other in ((a, b), (b, a)):
            self.edit(
                "UPDATE record SET sealed_sheet = ?, sealed_secret = ? WHERE rowid = ?", other[3], other[4], one[0]
            )
        self.refused(72, "damaged")
        self.never_another_secret()

    def test_two_secrets_swapped(self):
        a, b = self.profiles()[:2]
        self.edit("UPDATE record SET sealed_secret = ? WHERE rowid = ?", b[4], a[0])
        self.edit("UPDATE record SET sealed_secret = ? WHERE rowid = ?", a[4], b[0])
        self.refused(72, "damaged")
        self.never_another_secret()

    def test_a_sheet_in_the_secrets_column(self):
        a = self.profiles()[0]
        self.edit("UPDATE record SET sealed_secret = sealed_sheet WHERE rowid = ?", a[0])
        self.refused(72, "damaged")
        self.never_another_secret()

    def test_a_row_moved_to_another_agent(self):
        main, worker = self.profiles()[0], self.profiles()[3]
        self.edit("UPDATE record SET sealed_sheet = ?, sealed_secret = ? WHERE rowid = ?", main[3], main[4], worker[0])
        result = self.run_it("get", "openai:a", "--agent", "worker")
        self.assertEqual((result.code, result.out), (72, ""), result)

    # A03
    def test_a_row_of_another_kind(self):
        self.edit("UPDATE record SET kind = ? WHERE rowid = ?", VARIABLE, self.profiles()[0][0])
        self.refused(72, "damaged")
        self.never_another_secret()

    # A04
    def test_a_row_of_another_vault(self):
        other = self.home / "other.db"
        self.ok("init", "--vault", other, "--key-file", self.home / "other.key", "--no-recovery", "--quiet")
        self.ok(
            "add",
            "openai:a",
            "--type",
            "api_key",
            "--stdin",
            "--vault",
            other,
            "--key-file",
            self.home / "other.key",
            stdin="sk-test-foreign",
        )
        sheet, secret = self.rows(
            "SELECT sealed_sheet, sealed_secret FROM record WHERE kind = ?", PROFILE, vault=other
        )[0]
        self.edit(
            "UPDATE record SET sealed_sheet = ?, sealed_secret = ? WHERE rowid = ?",
            sheet,
            secret,
            self.profiles()[0][0],
        )
        self.refused(72, "damaged")
        self.never_another_secret()

    # A05
    def test_yesterdays_file(self):
        shutil.copy(self.vault, self.home / "yesterday.db")
        self.add("openai:a", "sk-test-today", "--replace")
        shutil.copy(self.home / "yesterday.db", self.vault)
        result = self.run_it("list")
        self.assertEqual(result.code, 0)
        self.assertIn("older than those last written", result.err)
        self.assertEqual(self.run_it("verify").code, 72)
        self.fails(72, "add", "openai:new", "--type", "api_key", "--stdin", stdin="sk-test-x", saying="older")

    # A06
    def test_an_older_row_replayed(self):
        old = self.profiles()[0]
        self.add("openai:a", "sk-test-newer", "--replace")
        self.edit("UPDATE record SET sealed_sheet = ?, sealed_secret = ? WHERE rowid = ?", old[3], old[4], old[0])
        self.refused(72, "not those that were written")
        self.fails(72, "get", "openai:a", saying="not those that were written")

    def test_an_old_secret_under_a_new_sheet(self):
        old = self.profiles()[0]
        self.add("openai:a", "sk-test-newer", "--replace")
        self.edit("UPDATE record SET sealed_secret = ? WHERE rowid = ?", old[4], old[0])
        self.refused(72, "damaged")
        self.fails(72, "get", "openai:a")

    def test_an_older_agent_row(self):
        old = self.rows("SELECT id, sealed_state FROM agent")
        self.add("openai:a", "sk-test-newer", "--replace")
        for agent, state in old:
            self.edit("UPDATE agent SET sealed_state = ? WHERE id = ?", state, agent)
        self.refused(72, "not those that were written")

    # A07
    def test_a_row_deleted(self):
        self.edit("DELETE FROM record WHERE rowid = ?", self.profiles()[0][0])
        self.refused(72, "not those that were written")
        self.fails(72, "get", "openai:a")

    # H05: the own row taken away from under its name must not let the shared one answer.
    def test_an_own_row_hidden_does_not_uncover_the_shared(self):
        self.ok("agent", "add", "heir")
        self.add("openai:a", "sk-test-heir", "--agent", "heir")
        own = self.profiles_of_heir()
        for act in (
            lambda: self.edit("UPDATE record SET lookup = randomblob(16) WHERE rowid = ?", own),
            lambda: self.edit("DELETE FROM record WHERE rowid = ?", own),
        ):
            act()
            self.fails(72, "get", "openai:a", "--agent", "heir")

    def profiles_of_heir(self):
        return self.rows("SELECT max(rowid) FROM record WHERE kind = ?", PROFILE)[0][0]

    def test_a_row_copied(self):
        a = self.profiles()[0]
        self.edit(
            "INSERT INTO record (agent_id, kind, lookup, sealed_sheet, sealed_secret)"
            " VALUES (?, ?, randomblob(16), ?, ?)",
            a[1],
            PROFILE,
            a[3],
            a[4],
        )
        self.refused(72, "damaged")
        self.never_another_secret()

    # A11, A14
    def test_fields_cut_off_or_prolonged(self):
        rowid, secret = self.profiles()[0][0], self.profiles()[0][4]
        for changed in (b"", secret[:15], secret[:-1], secret + b"\0", b"\0" * len(secret)):
            self.edit("UPDATE record SET sealed_secret = ? WHERE rowid = ?", changed, rowid)
            self.fails(72, "get", "openai:a", saying="damaged")

    # B12
    def test_planted_objects(self):
        for number, sql in enumerate(
            (
                "CREATE TRIGGER t AFTER UPDATE ON record BEGIN DELETE FROM key_slot; END",
                "CREATE VIEW v AS SELECT * FROM record",
                "CREATE TABLE planted (x)",
                "CREATE INDEX i ON record (lookup)",
                "DROP TABLE log_event",
            )
        ):
            with self.subTest(sql):
                vault = self.home / f"planted-{number}.db"
                shutil.copy(self.vault, vault)
                self.edit(sql, vault=vault)
                self.fails(72, "list", "--vault", vault, "--key-file", self.key)
                self.fails(
                    72,
                    "add",
                    "openai:x",
                    "--type",
                    "api_key",
                    "--stdin",
                    "--vault",
                    vault,
                    "--key-file",
                    self.key,
                    stdin="sk-test-x",
                )

    def test_another_application_or_version(self):
        for pragma, code in (
            ("application_id = 7", 65),
            ("user_version = 99", 73),
            ("user_version = 0", 65),
            ("journal_mode = WAL", 72),
        ):
            with self.subTest(pragma):
                vault = self.home / (pragma.split()[0] + pragma[-2:].strip() + ".db")
                shutil.copy(self.vault, vault)
                self.edit("PRAGMA " + pragma, vault=vault)
                for suffix in ("-wal", "-shm"):
                    (vault.parent / (vault.name + suffix)).unlink(missing_ok=True)
                before = vault.read_bytes()
                self.fails(code, "list", "--vault", vault, "--key-file", self.key)
                self.assertEqual(vault.read_bytes(), before)

    # B13
    def test_a_planted_journal(self):
        journal = self.vault.parent / (self.vault.name + "-journal")
        journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + struct.pack(">5I", 1, 1, 0, 512, 4096) + bytes(4096))
        journal.chmod(0o644)
        self.fails(77, "list", saying="journal")
        journal.chmod(0o600)
        for words in (("list",), ("get", "openai:a", "--no-newline"), ("status",)):
            result = self.run_it(*words)
            # 65: it told SQLite to make the file empty, which who could plant it could have done without.
            self.assertIn(result.code, (0, 65, 72, 75), result)
            if words[0] == "get" and result.code == 0:
                self.assertEqual(result.out, SECRETS["openai:a"])

    # Slots
    def test_a_planted_slot_stops_every_write(self):
        self.edit(
            "INSERT INTO key_slot SELECT randomblob(16), agent_id, kind, parameters, commitment, wrapped,"
            " sealed_for_root, created_ms FROM key_slot"
        )
        self.assertEqual(self.get("openai:a"), SECRETS["openai:a"])
        self.fails(72, "add", "openai:x", "--type", "api_key", "--stdin", stdin="sk-test-x", saying="key slots")
        self.assertEqual(self.run_it("verify").code, 72)

    def test_a_revoked_token_put_back_stops_every_write(self):
        self.ok("agent", "token", "create", "worker")
        columns = "id, agent_id, kind, parameters, commitment, wrapped, sealed_for_root, created_ms"
        slot = self.rows(f"SELECT {columns} FROM key_slot WHERE agent_id IS NOT NULL")[0]
        self.ok("agent", "token", "revoke", slot[0].hex(), "--yes")
        self.edit(f"INSERT INTO key_slot ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *slot)
        self.fails(72, "add", "openai:x", "--type", "api_key", "--stdin", stdin="sk-test-x", saying="key slots")

    def test_a_damaged_slot_is_no_wrong_key(self):
        wrapped = self.rows("SELECT wrapped FROM key_slot")[0][0]
        self.edit("UPDATE key_slot SET wrapped = ?", wrapped[:-1] + bytes([wrapped[-1] ^ 1]))
        self.fails(72, "list")
        commitment = self.rows("SELECT commitment FROM key_slot")[0][0]
        self.edit("UPDATE key_slot SET commitment = ?", bytes([commitment[0] ^ 1]) + commitment[1:])
        self.fails(71, "list")

    # A08, A09, A12: refused before any memory is asked for, and told from a wrong passphrase.
    def test_derivation_costs_out_of_bounds(self):
        passphrase = self.write("passphrase", "a passphrase of the test\n")
        vault = self.home / "by-passphrase.db"
        self.ok("init", "--vault", vault, "--passphrase-file", passphrase, "--no-recovery", "--quiet")
        parameters = self.rows("SELECT parameters FROM key_slot", vault=vault)[0][0]
        for passes, memory in ((1, 256), (0, 0), (3, 8), (3, 4096), (2**32 - 1, 256), (3, 2**32 - 1)):
            self.edit(
                "UPDATE key_slot SET parameters = ?", struct.pack("<2I", passes, memory) + parameters[8:], vault=vault
            )
            self.fails(72, "list", "--vault", vault, "--passphrase-file", passphrase, saying="bounds")
        self.edit("UPDATE key_slot SET parameters = ?", parameters[:-1], vault=vault)
        self.fails(72, "list", "--vault", vault, "--passphrase-file", passphrase)
        self.edit("UPDATE key_slot SET parameters = ?", parameters[:-1] + bytes([parameters[-1] ^ 1]), vault=vault)
        self.fails(71, "list", "--vault", vault, "--passphrase-file", passphrase)

    def test_the_vaults_row(self):
        (identity,) = self.rows("SELECT id FROM vault")[0]
        self.edit("UPDATE vault SET id = ?", bytes([identity[0] ^ 1]) + identity[1:])
        self.fails(71, "list", "--key-file", self.key)
        self.edit("DELETE FROM vault")
        self.fails(65, "list", "--key-file", self.key)


if __name__ == "__main__":
    unittest.main()
