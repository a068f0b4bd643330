# SPDX-License-Identifier: Apache-2.0
"""doctor: what it says of a host that is right, and of one that is not."""
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import unittest

from support import PATIENCE, PROGRAM, Home


class Doctor(Home):
    def ratings(self, *words, code=0, **how):
        result = self.run_it("doctor", "--json", *words, **how)
        self.assertEqual(result.code, code, result)
        document = json.loads(result.out)
        order = ["broken", "insecure", "weak", "skipped", "secure"]
        positions = [order.index(check["rating"]) for check in document["checks"]]
        self.assertEqual(positions, sorted(positions), "worst first")
        worst = {}
        for check in reversed(document["checks"]):
            worst[check["id"]] = check["rating"]
        return worst

    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:a", "sk-test-a")

    def test_a_good_host_lacks_only_a_recovery_code(self):
        ratings = self.ratings()
        self.assertEqual(ratings["recovery"], "weak")
        for check in (
            "vault-file",
            "folders",
            "key-file",
            "key-place",
            "keys",
            "contents",
            "rollback",
            "core-dumps",
            "environment",
            "leftovers",
        ):
            self.assertEqual(ratings[check], "secure", check)

    def test_the_last_line_is_the_verdict_and_no_secret_is_told(self):
        result = self.ok("doctor")
        self.assertRegex(result.out.splitlines()[-1], r"^\d+ weak, .*secure\.$")
        self.assertNotIn("sk-test", result.out + result.err)

    def test_what_to_type_carries_the_flags_that_were_typed(self):
        key = self.home / "elsewhere.key"
        self.key.rename(key)
        result = self.ok("doctor", "--json", "--key-file", key)
        remedy = {check["id"]: check["remedy"] for check in json.loads(result.out)["checks"]}["recovery"]
        self.assertEqual(remedy, f"claviger --key-file {key} key add --recovery")

    def test_a_missing_vault_ends_with_67_and_makes_none(self):
        nowhere = self.home / "none" / "vault.db"
        self.assertEqual(self.ratings("--vault", nowhere, code=67)["vault-file"], "broken")
        self.assertFalse(nowhere.parent.exists())

    def test_a_locked_vault_is_checked_as_far_as_that_goes(self):
        self.key.rename(self.home / "away.key")
        ratings = self.ratings()
        self.assertEqual(
            (ratings["contents"], ratings["key-file"], ratings["vault-file"]), ("skipped", "skipped", "secure")
        )

    def test_a_wrong_key_is_broken(self):
        other = self.home / "other.key"
        self.ok("init", "--vault", self.home / "other.db", "--key-file", other, "--no-recovery", "--quiet")
        self.assertEqual(self.ratings("--key-file", other, code=72)["contents"], "broken")

    def test_fix_mends_modes(self):
        self.vault.chmod(0o644)
        self.key.chmod(0o640)
        self.vault.parent.chmod(0o777)
        before = self.ratings(code=72)
        self.assertEqual((before["vault-file"], before["key-file"], before["folders"]), ("insecure",) * 3)
        after = self.ratings("--fix")
        self.assertEqual((after["vault-file"], after["key-file"], after["folders"]), ("secure",) * 3)
        self.assertEqual(self.vault.stat().st_mode & 0o777, 0o600)

    def test_fix_rewrites_when_that_is_due(self):
        with sqlite3.connect(self.vault) as database:
            database.execute("UPDATE vault SET rewrite_due = 1")
        database.close()
        self.assertEqual(self.ratings()["old-keys"], "weak")
        self.assertEqual(self.ratings("--fix")["old-keys"], "secure")

    def test_fix_undoes_what_a_killed_writer_left_half_done(self):
        before = self.ok("list").out
        child = os.fork()
        if child == 0:  # a writer with so small a cache that it writes into the file before it commits
            database = sqlite3.connect(self.vault, isolation_level=None)
            database.execute("PRAGMA cache_size = 5")
            database.execute("BEGIN IMMEDIATE")
            database.execute("DELETE FROM record")
            for _ in range(200):
                database.execute("INSERT INTO log_event (sealed) VALUES (randomblob(4000))")
            os.kill(os.getpid(), signal.SIGKILL)
        os.waitpid(child, 0)
        self.assertTrue((self.vault.parent / "vault.db-journal").stat().st_size > 0)
        self.assertEqual(self.ratings(code=72)["leftovers"], "broken")
        self.assertEqual(self.ratings("--fix")["leftovers"], "secure")
        self.assertEqual(self.ok("list").out, before)

    def test_a_dry_run_says_what_would_be_fixed_and_changes_nothing(self):  # T10
        self.vault.chmod(0o644)
        document = json.loads(self.run_it("doctor", "--fix", "--dry-run", "--json").out)
        self.assertEqual((document["dryRun"], [one["id"] for one in document["fixed"]]), (True, ["vault-file"]))
        self.assertEqual(self.vault.stat().st_mode & 0o777, 0o644)
        document = json.loads(self.run_it("doctor", "--fix", "--json").out)
        self.assertEqual((document["dryRun"], [one["id"] for one in document["fixed"]]), (False, ["vault-file"]))
        self.fails(64, "doctor", "--dry-run", saying="--fix")

    def test_a_place_that_cannot_be_reached_is_broken_and_no_bug(self):  # R12
        result = self.run_it("doctor", "--json", "--vault", self.home / ("n" * 300) / "vault.db")
        self.assertEqual(result.code, 72, result)
        self.assertEqual(json.loads(result.out)["checks"][0]["rating"], "broken")

    def test_a_token_beside_a_readable_key_file_is_insecure(self):  # S3
        token = self.write("token", self.ok("agent", "token", "create", "main").out)
        self.assertEqual(self.ratings("--token-file", token)["token-reach"], "insecure")
        self.key.rename(self.home / "away.key")
        self.assertEqual(self.ratings("--token-file", token)["token-reach"], "secure")

    def test_a_program_that_wiring_refuses_is_not_called_fit(self):  # T5
        copy = self.home / "a;b"
        shutil.copyfile(self.command()[0], copy)
        copy.chmod(0o755)
        done = subprocess.run([copy, "doctor", "--json"], capture_output=True, env=self.environment, cwd=self.home)
        program = [check for check in json.loads(done.stdout)["checks"] if check["id"] == "program"][0]
        self.assertEqual(program["rating"], "weak")
        self.assertIn("refuse", program["evidence"])

    def test_a_helper_that_others_may_replace_is_insecure_whether_it_is_used_or_not(self):
        program = self.home.parent / "bin/claviger"
        helpers = self.home.parent / "lib/claviger"
        for folder in (program.parent, helpers):
            folder.mkdir(parents=True, mode=0o755)
        shutil.copy2(PROGRAM, program)
        for name, check in (("claviger-postgres", "server-helper"), ("claviger-fetch", "fetching-helper")):
            helper = helpers / name
            shutil.copy2(PROGRAM, helper)
            helper.chmod(0o755)
            given = {"env": self.environment, "capture_output": True, "check": False, "timeout": PATIENCE}
            asked = subprocess.run([program, "doctor", "--json"], **given)
            self.assertNotIn(check, asked.stdout.decode())
            helper.chmod(0o777)
            checks = json.loads(subprocess.run([program, "doctor", "--json"], **given).stdout)["checks"]
            told = {each["id"]: each for each in checks}[check]
            self.assertEqual((told["rating"], told["remedy"]), ("insecure", f"chmod go-w '{helper}'"))

    def test_what_an_interrupted_export_left_is_named(self):  # R8
        left = self.write(".auth-profiles.json.0011223344556677.tmp", "sk-test-left")
        checks = json.loads(self.run_it("doctor", "--json").out)["checks"]
        found = [check for check in checks if check["id"] == "export-remains"][0]
        self.assertEqual(found["rating"], "insecure")
        self.assertIn(str(left), found["evidence"])

    def test_a_key_beside_the_vault_is_weak(self):
        beside = self.vault.parent / "vault.key"
        beside.write_bytes(self.key.read_bytes())
        beside.chmod(0o600)
        self.assertEqual(self.ratings("--key-file", beside)["key-place"], "weak")

    def test_a_passphrase_in_the_environment_is_weak(self):
        passphrase = self.write("passphrase", "a passphrase of the test\n")
        vault = self.home / "p.db"
        self.ok("init", "--vault", vault, "--passphrase-file", passphrase, "--no-recovery", "--quiet")
        ratings = self.ratings("--vault", vault, "--fix", env={"CLAVIGER_PASSPHRASE": "a passphrase of the test"})
        self.assertEqual((ratings["environment"], ratings["contents"]), ("weak", "secure"))

    def test_damage_is_named_and_ends_with_72(self):
        with sqlite3.connect(self.vault) as database:
            database.execute("UPDATE record SET sealed_secret = zeroblob(length(sealed_secret))")
        database.close()
        result = self.run_it("doctor")
        self.assertEqual(result.code, 72)
        self.assertIn("profile 'openai:a'", result.out)


if __name__ == "__main__":
    unittest.main()
