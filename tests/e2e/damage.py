# SPDX-License-Identifier: Apache-2.0
"""One damaged row costs what is damaged: the rest is listed and used, nothing is laundered, and repair is the way out.
Fault R2; also R3 (keys changed meanwhile), R15 (indexes), T7 and T12 (what verify says)."""
import json
import shutil
import sqlite3
import threading
import unittest

from support import Home

PROFILE, VARIABLE = 1, 4


class Damage(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        for profile in ("openai:a", "anthropic:b", "groq:c"):
            self.add(profile, f"sk-test-{profile[-1]}")
        self.ok("agent", "add", "worker")
        self.add("mistral:w", "sk-test-w", "--agent", "worker")

    def rows(self, sql, *values):
        database = sqlite3.connect(self.vault)
        with database:
            found = database.execute(sql, values).fetchall()
        database.close()
        return found

    def flip(self, column="sealed_sheet", row=1):
        (value,) = self.rows(f"SELECT {column} FROM record WHERE rowid = ?", row)[0]
        self.rows(f"UPDATE record SET {column} = ? WHERE rowid = ?", value[:-1] + bytes([value[-1] ^ 1]), row)

    def damaged(self, *words, code=72):
        result = self.run_it(*words)
        self.assertEqual(result.code, code, f"{words}: {result}")
        return result

    def test_listings_show_the_rest_and_end_with_72(self):
        self.flip()
        for words in (("list",), ("status",)):
            result = self.damaged(*words)
            self.assertIn("anthropic:b", result.out)
            self.assertIn("damaged", result.err)
        self.assertEqual(self.get("anthropic:b"), "sk-test-b")
        self.damaged("get", "openai:a")
        self.damaged("get", "never:there")

    def variables(self, *more):
        return ("export", "--format", "dotenv", "--dialect", "json", *more)

    def test_variables_are_exported_beside_a_damaged_secret_only_when_asked(self):  # fault R2
        self.ok("import", self.write("more.env", "ONE=1\nTWO=2\n"))
        one = self.rows("SELECT min(rowid) FROM record WHERE kind = ?", VARIABLE)[0][0]
        for what, row, gone, there in (
            ("variable", one, "ONE", "TWO"),
            ("profile", 1, "OPENAI_API_KEY", "GROQ_API_KEY"),
        ):
            with self.subTest(what):
                kept = self.vault.read_bytes()
                self.flip("sealed_secret", row)
                target = self.home / "out.json"
                self.fails(72, *self.variables(), saying="damaged")
                self.fails(72, *self.variables("--output", target), saying="damaged")
                self.assertFalse(target.exists())
                result = self.damaged(*self.variables("--skip-damaged"))
                values = json.loads(result.out)
                self.assertIn(there, values)
                self.assertNotIn(gone, values)
                self.assertIn("left out, because it is damaged: " + what, result.err)
                said = json.loads(self.damaged(*self.variables("--skip-damaged", "--output", target, "--json")).out)
                self.assertEqual([one["kind"] for one in said["damaged"]], [what])
                self.assertEqual(json.loads(target.read_text()), values)
                target.unlink()
                result = self.run_it("run", "--", "/usr/bin/env")
                self.assertEqual(result.code, 0, result)
                self.assertIn(there + "=", result.out)
                self.assertNotIn(gone, result.out)
                self.assertIn("damaged: " + what, result.err)
                self.vault.write_bytes(kept)

    def test_what_does_not_touch_the_row_works(self):
        self.flip()
        self.add("new:d", "sk-test-d")
        self.assertEqual(self.get("new:d"), "sk-test-d")
        token = self.write("token", self.ok("agent", "token", "create", "worker", "--with-shared").out)
        self.assertEqual(self.get("anthropic:b", "--agent", "worker", "--token-file", token), "sk-test-b")
        name = json.loads(self.ok("agent", "token", "list", "--json").out)["tokens"][0]["slot"]
        self.ok("agent", "token", "revoke", name, "--yes")
        self.fails(71, "get", "anthropic:b", "--agent", "worker", "--token-file", token)
        self.ok("key", "rotate", "--yes")
        self.assertEqual(self.get("anthropic:b"), "sk-test-b")
        self.ok("backup", self.home / "copy.db")
        self.fails(72, "backup", self.home / "copy.db", "--force")
        self.damaged("verify")
        self.damaged("verify", "--deep", "--vault", self.home / "copy.db")

    def test_a_damaged_order_is_no_automatic_one(self):
        self.add("openai:costly", "sk-test-costly")
        self.ok("order", "set", "--provider", "openai", "openai:a")
        self.flip(row=self.rows("SELECT max(rowid) FROM record")[0][0])
        which = json.loads(self.damaged("which", "openai", "--json").out)
        self.assertEqual((which["next"], which["candidates"]), (None, []))
        self.assertEqual(which["damaged"][0]["name"], "openai")
        self.assertEqual(json.loads(self.damaged("which", "anthropic", "--json").out)["next"], "anthropic:b")
        ids = ["provider/openai", "provider/anthropic", "profile/openai:a"]
        request = json.dumps({"protocolVersion": 1, "provider": "claviger", "ids": ids})
        answer = json.loads(self.ok("resolve", stdin=request).out)
        self.assertEqual(answer["errors"]["provider/openai"]["code"], "DAMAGED")
        self.assertEqual(sorted(answer["values"]), ["profile/openai:a", "provider/anthropic"])
        child = self.run_it("run", "--", "env")
        self.assertIn("ANTHROPIC_API_KEY=sk-test-b", child.out)
        self.assertNotIn("OPENAI_API_KEY", child.out)

    def test_repair_gives_up_what_does_not_open_and_nothing_else(self):
        self.flip()
        self.flip("sealed_secret", row=2)
        said = json.loads(self.ok("repair", "--dry-run", "--json").out)
        self.assertEqual((said["dryRun"], said["repaired"], len(said["damaged"])), (True, False, 2))
        self.assertEqual(sorted(str(one["name"]) for one in said["damaged"]), ["None", "anthropic:b"])
        self.damaged("verify")
        self.assertIn("confirmation", self.damaged("repair", code=64).err)
        self.ok("repair", "--yes")
        self.ok("verify", "--deep")
        self.assertEqual(self.ids(), ["groq:c"])
        self.assertEqual(self.get("groq:c"), "sk-test-c")
        self.assertEqual(self.get("mistral:w", "--agent", "worker"), "sk-test-w")
        self.assertEqual(self.ok("repair", "--yes", "--json").out.count('"repaired": false'), 1)

    def test_repair_takes_a_key_of_the_whole_vault(self):
        token = self.write("token", self.ok("agent", "token", "create", "worker").out)
        self.flip()
        self.fails(77, "repair", "--yes", "--token-file", token)

    def test_verify_says_no_more_than_it_looked_at(self):
        token = self.write("token", self.ok("agent", "token", "create", "worker", "--with-shared").out)
        self.assertNotIn("All is as it was written", self.ok("verify", "--token-file", token).err)
        self.flip()
        self.damaged("verify", "--deep", "--token-file", token)

    def test_a_good_backup_that_is_older_is_not_damage(self):
        backup = self.home / "backup.db"
        self.ok("backup", backup)
        self.add("later:e", "sk-test-e")
        result = self.ok("verify", "--vault", backup)
        self.assertIn("older", result.err)
        said = json.loads(self.ok("verify", "--vault", backup, "--json").out)
        self.assertEqual((said["ok"], said["damages"], len(said["older"])), (True, [], 1))
        shutil.copy(backup, self.vault)
        self.damaged("verify")

    def test_a_mark_that_cannot_be_read_is_told(self):
        (mark,) = self.state.glob("mark-*")
        mark.write_text("nonsense\n")
        self.assertIn("mark", self.ok("list").err)
        self.assertIn("mark", self.add("later:e", "sk-test-e").err)
        self.assertEqual(mark.read_text(), "nonsense\n")
        mark.unlink()
        self.assertNotIn("mark", self.add("later:f", "sk-test-f").err)

    def hide_from_the_index(self):
        """The index of key slots as it was before the last one was made."""
        page = self.rows("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_key_slot_1'")[0][0]
        size = self.rows("PRAGMA page_size")[0][0]
        old = self.vault.read_bytes()[(page - 1) * size : page * size]
        token = self.write("token", self.ok("agent", "token", "create", "worker").out)
        content = bytearray(self.vault.read_bytes())
        content[(page - 1) * size : page * size] = old
        self.vault.write_bytes(content)
        return token

    def test_an_index_that_hides_a_key_is_seen_and_mended(self):
        token = self.hide_from_the_index()
        self.damaged("verify")
        self.fails(72, "key", "rotate", "--yes")
        self.assertEqual(self.get("mistral:w", "--agent", "worker", "--token-file", token), "sk-test-w")
        self.ok("repair", "--yes")
        self.ok("verify", "--deep")
        self.ok("key", "rotate", "--yes")
        self.assertEqual(self.get("mistral:w", "--agent", "worker", "--token-file", token), "sk-test-w")

    def test_keys_changed_meanwhile_are_no_damage(self):
        over = threading.Event()

        def rotate():
            while not over.is_set():
                self.run_it("key", "rotate", "--yes")

        rotator = threading.Thread(target=rotate)
        rotator.start()
        try:
            codes = [self.run_it("get", "openai:a").code for _ in range(60)]
            codes += [
                self.run_it("add", f"new:{number}", "--type", "api_key", "--stdin", stdin="sk-test-n").code
                for number in range(20)
            ]
        finally:
            over.set()
            rotator.join()
        self.assertLessEqual(set(codes), {0, 75})
        self.ok("verify", "--deep")


if __name__ == "__main__":
    unittest.main()
