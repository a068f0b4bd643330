# SPDX-License-Identifier: Apache-2.0
"""Keys of the whole vault: adding, removing and rotating them."""
import json
import os
import sqlite3
import subprocess
import unittest

from support import PATIENCE, PROGRAM, Home


class Keys(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:a", "sk-test-a")

    def keys(self, *more):
        return self.json("key", "list", *more)["keys"]

    def kinds(self):
        return [key["kind"] for key in self.keys()]

    def slot(self, kind):
        return next(key["slot"] for key in self.keys() if key["kind"] == kind)

    def wrapped(self):
        """Everything in the file that an old key could open, as it lies there."""
        with sqlite3.connect(f"file:{self.vault}?mode=ro", uri=True) as database:
            slots = database.execute("SELECT wrapped, sealed_for_root FROM key_slot").fetchall()
            agents = database.execute("SELECT sealed_key, sealed_sheet FROM agent").fetchall()
        database.close()
        return [blob for row in slots + agents for blob in row if blob]

    def assert_gone(self, blobs):
        content = self.vault.read_bytes()
        self.assertEqual([blob.hex()[:16] for blob in blobs if blob in content], [])

    def with_key(self, path, *words):
        return self.run_it("--key-file", path, *words)


class ShownOnce(Keys):
    """Fault D8: what is shown once is out before it counts."""

    def unseen(self, *words):
        """Runs it with a full disk as stdout, then with none: an error, and nothing changed."""
        before = self.vault.read_bytes() if self.vault.exists() else None
        for how in ({"stdout": "full"}, {"stdout": "closed"}):
            with open("/dev/full", "wb") as full:
                done = subprocess.run(
                    self.command(*words),
                    stdin=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    stdout=full,
                    env=self.environment,
                    cwd=self.home,
                    timeout=PATIENCE,
                    check=False,
                    preexec_fn=(lambda: os.close(1)) if how["stdout"] == "closed" else None,
                )
            self.assertEqual(done.returncode, 74, (words, how, done.stderr))
            now = self.vault.read_bytes() if self.vault.exists() else None
            self.assertEqual(now, before, (words, how))

    def test_a_token_that_nobody_saw_was_never_made(self):
        for more in ((), ("--json",)):
            self.unseen("agent", "token", "create", "main", *more)
        self.assertEqual(self.kinds(), ["key_file"])

    def test_a_recovery_code_that_nobody_saw_was_never_made(self):
        for more in ((), ("--json",)):
            self.unseen("key", "add", "--recovery", *more)
        self.assertEqual(self.kinds(), ["key_file"])

    def test_a_rotation_whose_new_code_nobody_saw_leaves_the_old_code_valid(self):
        old = self.ok("key", "add", "--recovery").out
        for more in ((), ("--json",)):
            self.unseen("key", "rotate", "--yes", *more)
        self.ok("key", "add", "--new-key-file", self.home / "new.key", "--recovery-code-stdin", stdin=old)

    def test_init_makes_no_vault_whose_recovery_code_nobody_saw(self):
        self.vault.unlink()
        self.key.unlink()
        for more in ((), ("--json",)):
            self.unseen("init", "--key-file", self.key, *more)
        self.assertFalse(self.vault.exists())
        self.assertFalse(self.key.exists())
        self.ok("init", "--key-file", self.key)

    def test_a_rotation_with_json_prints_one_object_with_the_new_code(self):
        old = self.ok("key", "add", "--recovery").out.strip()
        report = self.json("key", "rotate", "--yes")
        self.assertRegex(report["recoveryCode"], "^([0-9A-Z]{4}-){13}[0-9A-Z]{4}$")
        self.assertNotEqual(report["recoveryCode"], old)
        self.assertEqual((report["agents"], report["rewritten"]), (1, True))


class Receipts(Keys):
    """Fault T10: what changes something says so in JSON, and a dry run that it was one."""

    def test_key_remove_and_rotate_tell_what_went(self):
        made = self.json("key", "add", "--new-key-file", self.home / "second.key")
        dry = self.json("key", "remove", made["slot"], "--dry-run")
        self.assertEqual((dry["dryRun"], dry["removed"], dry["agents"]), (True, made["slot"], 1))
        self.assertEqual(
            self.json("key", "rotate", "--dry-run")["dropped"], [{"slot": made["slot"], "kind": "key_file"}]
        )
        gone = self.json("key", "remove", made["slot"], "--yes")
        self.assertEqual(
            (gone["removed"], gone["agents"], gone["rewritten"], gone["recoveryCode"]), (made["slot"], 1, True, None)
        )
        self.assertNotIn("dryRun", gone)

    def test_key_add_tells_a_dry_run(self):
        for words in (("--recovery",), ("--new-key-file", self.home / "x.key")):
            dry = self.json("key", "add", *words, "--dry-run")
            self.assertEqual((dry["dryRun"], dry["recoveryCode"]), (True, None))
            self.assertNotIn("slot", dry)


class OneKeyFileForTwoVaults(Keys):
    """Fault D9: a vault is not named after the key file that was there before it."""

    def setUp(self):
        super().setUp()
        self.second = ("--vault", self.home / "second/vault.db", "--key-file", self.key)
        self.made = self.json("init", *self.second, "--no-recovery")

    def test_opens_both_and_both_go_on_being_written(self):
        for number in range(3):
            self.ok("agent", "add", f"first{number}")
            self.ok("agent", "add", f"second{number}", *self.second)
        self.ok("key", "rotate", "--yes")
        self.ok("agent", "add", "later", *self.second)
        self.assertEqual(self.get("openai:a"), "sk-test-a")
        self.assertEqual(self.ids(*self.second), [])

    def test_gives_the_second_an_id_and_marks_of_its_own(self):
        named = self.key.read_text().split()[1]
        self.assertNotEqual(self.made["vaultId"], named)
        self.assertEqual(len([path for path in self.state.iterdir() if path.name.startswith("mark-")]), 2)

    def test_opens_the_second_from_the_default_place_too(self):
        self.assertEqual(self.ids(*self.second[:2]), [])

    def test_still_tells_a_key_file_of_another_vault(self):
        other = ("--vault", self.home / "third/vault.db", "--key-file", self.home / "third.key")
        self.ok("init", *other, "--no-recovery")
        self.fails(71, "list", "--key-file", self.home / "third.key", saying="belongs to another vault")
        self.fails(69, "list", *other[:2])  # the default key file opens others: it counts as absent here


class AddingKeys(Keys):
    def test_lists_the_key_that_unlocked(self):
        (key,) = self.keys()
        self.assertEqual((key["kind"], key["agent"], key["unlockedThis"]), ("key_file", None, True))
        self.assertRegex(key["slot"], "^[0-9a-f]{8}$")
        self.assertTrue(key["id"].startswith(key["slot"]))
        table = self.ok("key", "list").out
        self.assertIn("in use", table)
        self.assertIn(key["slot"], table)

    def test_makes_a_key_file_that_opens_the_vault(self):
        made = self.json("key", "add", "--new-key-file", self.home / "second/host.key")
        self.assertEqual(made["kind"], "key_file")
        path = self.home / "second/host.key"
        self.assertEqual(path.stat().st_mode & 0o7777, 0o600)
        self.assertEqual(self.with_key(path, "get", "openai:a").out, "sk-test-a\n")
        self.assertEqual(self.kinds(), ["key_file", "key_file"])

    def test_takes_a_key_file_that_is_there_as_it_is(self):
        path = self.home / "second.key"
        self.ok("key", "add", "--new-key-file", path)
        before = path.read_bytes()
        self.fails(68, "key", "add", "--new-key-file", path, saying="opens the vault already")
        self.ok("key", "rotate", "--yes")
        self.assertEqual(self.with_key(path, "list").code, 71)
        self.ok("key", "add", "--new-key-file", path)
        self.assertEqual(path.read_bytes(), before)
        self.assertEqual(self.with_key(path, "list").code, 0)
        other = self.home / "other.key"
        self.ok("init", "--vault", self.home / "other/vault.db", "--key-file", other, "--no-recovery")
        before = other.read_bytes()
        self.ok("key", "add", "--new-key-file", other)  # D9: one key file may open several vaults
        self.assertEqual(other.read_bytes(), before)
        for vault in (self.vault, self.home / "other/vault.db"):
            self.ok("--key-file", other, "--vault", vault, "list")

    def test_a_damaged_record_that_is_kept_as_before_is_named(self):  # fault R2
        self.ok("agent", "add", "worker")
        self.ok("agent", "token", "create", "worker", "--with-shared", "--output", self.home / "token")
        database = sqlite3.connect(self.vault)
        (sheet,) = database.execute("SELECT sealed_sheet FROM record WHERE rowid = 1").fetchone()
        with database:
            broken = sheet[:-1] + bytes([sheet[-1] ^ 1])
            database.execute("UPDATE record SET sealed_sheet = ? WHERE rowid = 1", (broken,))
        database.close()
        for words in (("key", "rotate", "--yes"), ("agent", "remove", "worker", "--yes")):
            with self.subTest(words):
                result = self.ok(*words, "--json")
                (one,) = json.loads(result.out)["damaged"]
                self.assertEqual((one["agent"], one["kind"]), ("main", "profile"))
                self.assertIn("1 record does not open and was kept as before", result.err)

    def test_hints_work_as_they_are_typed(self):
        """With the flags that said where the vault is and how it opens."""
        away = self.home / "my keys" / "host.key"
        self.key.rename(self.home / "gone.key")
        self.ok("--key-file", self.home / "gone.key", "key", "add", "--new-key-file", away)
        result = self.fails(68, "--key-file", away, "key", "add", "--new-key-file", away, saying="already")
        self.assert_hint_works(result)
        self.ok("--key-file", away, "agent", "add", "ops")
        result = self.fails(66, "--key-file", away, "--agent", "ops", "get", "openai:none")
        self.assert_hint_works(result)
        said = self.run_it("--key-file", away, "get", "openai:none", "--json").err
        self.assert_hint_works(json.loads(said)["error"]["hint"])

    def assert_hint_works(self, told):
        hint = told if isinstance(told, str) else told.err.partition("hint: ")[2].strip()
        self.assertTrue(hint.startswith("claviger --"), hint)
        done = subprocess.run(
            hint.replace("claviger", PROGRAM, 1),
            shell=True,
            env=self.environment,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        self.assertEqual(done.returncode, 0, done)

    def test_adds_a_passphrase_from_a_file(self):
        path = self.write("pass", "correct horse battery\n")
        self.ok("key", "add", "--new-passphrase-file", path)
        self.assertEqual(self.ok("--passphrase-file", path, "get", "openai:a").out, "sk-test-a\n")
        self.fails(71, "--passphrase-file", self.write("wrong", "correct horse"), "list")

    def test_prints_a_recovery_code_once_and_alone(self):
        code = self.ok("key", "add", "--recovery").out
        self.assertRegex(code, r"^([0-9A-Z]{4}-){13}[0-9A-Z]{4}\n$")
        self.assertNotIn(code.strip(), self.ok("key", "list").out + self.ok("key", "list", "--json").out)

    # J04
    def test_the_recovery_code_is_the_way_back_in(self):
        code = self.ok("key", "add", "--recovery").out
        self.key.unlink()
        self.fails(69, "list")
        new = self.home / "new.key"
        result = self.ok(
            "key", "add", "--new-key-file", new, "--recovery-code-stdin", stdin=code.lower().replace("-", " ")
        )
        self.assertEqual(result.out, "")
        self.assertEqual(self.with_key(new, "get", "openai:a").out, "sk-test-a\n")

    def test_tells_a_mistyped_code_from_a_wrong_one(self):
        code = self.ok("key", "add", "--recovery").out
        other = self.ok("init", "--vault", self.home / "other/vault.db", "--key-file", self.home / "o.key").out
        new = self.home / "new.key"
        turned = code[5:10] + code[:5] + code[10:]
        self.fails(65, "key", "add", "--new-key-file", new, "--recovery-code-stdin", stdin=turned)
        self.fails(71, "key", "add", "--new-key-file", new, "--recovery-code-stdin", stdin=other)
        self.fails(69, "key", "add", "--new-key-file", new, "--with-recovery-code")
        self.assertFalse(new.exists())

    def test_wants_one_kind_of_key(self):
        self.fails(64, "key", "add", saying="what kind")
        self.fails(64, "key", "add", "--recovery", "--new-key-file", self.home / "x", saying="one key at a time")

    def test_a_dry_run_makes_nothing(self):
        for words in (("--recovery",), ("--new-key-file", self.home / "x.key")):
            self.assert_untouched(self.vault, lambda words=words: self.ok("key", "add", *words, "--dry-run"))
        self.assertFalse((self.home / "x.key").exists())
        self.assertEqual(self.kinds(), ["key_file"])

    def test_stops_at_what_the_format_allows(self):
        for _ in range(15):
            self.ok("key", "add", "--recovery")
        self.assertNotEqual(self.run_it("key", "add", "--recovery").code, 0)
        self.assertEqual(len(self.keys()), 16)


class RemovingKeys(Keys):
    def test_keeps_the_last_key_of_the_whole_vault(self):
        self.ok("agent", "token", "create", "main")
        for more in ((), ("--keep-keys",)):
            self.fails(64, "key", "remove", self.slot("key_file"), "--yes", *more, saying="last key")

    def test_shuts_out_a_removed_key_and_renews_what_it_opened(self):
        path = self.home / "second.key"
        made = self.json("key", "add", "--new-key-file", path)
        before = self.wrapped()
        self.ok("key", "remove", made["slot"], "--yes")
        self.assertEqual(self.with_key(path, "list").code, 71)
        self.assertEqual(self.get("openai:a"), "sk-test-a")
        self.assert_gone(before)

    def test_renews_nothing_when_told_so(self):
        path = self.home / "second.key"
        made = self.json("key", "add", "--new-key-file", path)
        with sqlite3.connect(self.vault) as database:
            before = database.execute("SELECT sealed_sheet, sealed_secret FROM record").fetchall()
            (lost,) = database.execute(
                "SELECT wrapped FROM key_slot WHERE hex(id) LIKE ?", (made["slot"] + "%",)
            ).fetchone()
        database.close()
        self.ok("key", "remove", made["slot"], "--yes", "--keep-keys")
        self.assertEqual(self.with_key(path, "list").code, 71)
        with sqlite3.connect(self.vault) as database:
            self.assertEqual(database.execute("SELECT sealed_sheet, sealed_secret FROM record").fetchall(), before)
        database.close()
        self.assert_gone([lost])

    def test_names_the_other_keys_that_would_go_and_asks(self):
        self.ok("key", "add", "--recovery")
        third = self.json("key", "add", "--new-key-file", self.home / "third.key")["slot"]
        going = self.json("key", "add", "--new-key-file", self.home / "going.key")["slot"]
        act = lambda: self.fails(64, "key", "remove", going)
        self.assert_untouched(self.vault, act)
        dry = self.ok("key", "remove", going, "--dry-run").err
        self.assertIn(third, dry)
        self.assertNotIn(f"key file {going}", dry)
        self.ok("key", "remove", going, "--yes", "--also-key-file", self.home / "third.key")
        self.assertEqual(self.with_key(self.home / "third.key", "list").code, 0)

    def test_removes_the_key_that_unlocked_when_another_stays(self):
        own = self.slot("key_file")
        path = self.home / "second.key"
        self.ok("key", "add", "--new-key-file", path)
        self.fails(64, "key", "remove", own, "--yes", saying="no key that was given")
        self.ok("key", "remove", own, "--yes", "--also-key-file", path)
        self.fails(71, "list")
        self.assertEqual(self.with_key(path, "list").code, 0)

    def test_does_not_replace_a_recovery_code_that_was_to_go(self):
        self.ok("key", "add", "--recovery")
        self.assertEqual(self.ok("key", "remove", self.slot("recovery"), "--yes").out, "")
        self.assertEqual(self.kinds(), ["key_file"])

    def test_knows_names_only(self):
        self.fails(66, "key", "remove", "00000000", "--yes")
        self.fails(64, "key", "remove", "clv1_secret", "--yes", saying="key list")
        self.fails(64, "key", "remove", "00", "--yes")


class Rotating(Keys):
    def test_leaves_no_old_wrapped_key_in_the_file(self):
        self.ok("agent", "add", "worker")
        token = self.write("token", self.ok("agent", "token", "create", "worker", "--with-shared").out)
        before = self.wrapped()
        old = self.vault.read_bytes()
        report = self.json("key", "rotate")
        self.assertEqual((report["agents"], report["tokens"], report["dropped"], report["rewritten"]), (2, 1, [], True))
        self.assert_gone(before)
        self.assertTrue(all(blob in old for blob in before))
        self.assertEqual(self.ok("--token-file", token, "get", "openai:a").out, "sk-test-a\n")
        self.assertEqual(self.get("openai:a"), "sk-test-a")

    def test_replaces_a_recovery_code_that_goes(self):
        old = self.ok("key", "add", "--recovery").out
        refused = self.run_it("key", "rotate")
        self.assertEqual((refused.code, refused.out), (64, ""))
        self.assertIn("A new recovery code takes its place", refused.err)
        new = self.ok("key", "rotate", "--yes").out
        self.assertNotEqual(new, old)
        add = ("key", "add", "--new-key-file", self.home / "new.key", "--recovery-code-stdin")
        self.fails(71, *add, stdin=old)
        self.ok(*add, stdin=new)
        self.assertEqual(sorted(self.kinds()), ["key_file", "key_file", "recovery"])

    def test_keeps_the_keys_that_are_offered(self):
        path = self.home / "second.key"
        phrase = self.write("pass", "a passphrase of a test")
        self.ok("key", "add", "--new-key-file", path)
        self.ok("key", "add", "--new-passphrase-file", phrase)
        report = self.json("key", "rotate", "--also-key-file", path, "--also-passphrase-file", phrase)
        self.assertEqual(report["dropped"], [])
        self.assertEqual(self.with_key(path, "list").code, 0)
        self.ok("--passphrase-file", phrase, "list")
        self.fails(71, "key", "rotate", "--also-passphrase-file", self.write("no", "another"), saying="opens no slot")

    def test_a_dry_run_names_and_changes_nothing(self):
        self.ok("key", "add", "--recovery")
        self.assert_untouched(
            self.vault, lambda: self.assertIn("recovery code", self.ok("key", "rotate", "--dry-run").err)
        )

    def test_an_old_copy_of_the_file_is_noticed(self):
        copy = self.vault.read_bytes()
        self.ok("key", "rotate")
        self.vault.write_bytes(copy)
        self.fails(72, "key", "rotate", saying="older")

    def test_an_unfinished_rewriting_is_made_up_for_by_the_next_writer(self):
        old = self.wrapped()
        self.ok("key", "rotate")
        with sqlite3.connect(self.vault) as database:
            database.execute("PRAGMA secure_delete = OFF")
            database.execute("CREATE TABLE residue (old BLOB)")
            database.executemany("INSERT INTO residue VALUES (?)", [(blob,) for blob in old])
            database.commit()
            database.execute("DROP TABLE residue")
            database.execute("UPDATE vault SET rewrite_due = 1")
        database.close()
        self.assertTrue(any(blob in self.vault.read_bytes() for blob in old))
        self.assertEqual(self.get("openai:a"), "sk-test-a")  # reading changes nothing
        self.assertTrue(any(blob in self.vault.read_bytes() for blob in old))
        self.ok("agent", "add", "worker")
        self.assert_gone(old)


if __name__ == "__main__":
    unittest.main()
