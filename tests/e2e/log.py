# SPDX-License-Identifier: Apache-2.0
"""The log: what it tells, that nobody can take something out of it unseen (I01-I06), and reads."""
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import unittest

from support import PATIENCE, Home

SECRET = "sk-ant-test-in-the-log"


class Log(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("anthropic:work", SECRET)
        self.ok("agent", "add", "worker")
        self.add("openai:w", "sk-test-w", "--agent", "worker")

    def rows(self, sql, *values):
        database = sqlite3.connect(self.vault)
        with database:
            found = database.execute(sql, values).fetchall()
        database.close()
        return found

    def told(self, *more):
        return [(e["log"], e["verb"], e["subject"], e["names"]) for e in self.json("log", *more)["entries"]]

    def tampered(self, *words):
        result = self.run_it("log", *words)
        self.assertEqual(result.code, 72, result)
        self.assertIn("not the one that was written", result.err)
        return result

    def reads(self):
        return [name for name in os.listdir(self.state) if name.startswith("reads-")]


class Told(Log):
    def test_every_change_is_told_newest_first(self):
        self.add("anthropic:work", "sk-ant-test-2", "--replace")
        self.ok("rename", "anthropic:work", "anthropic:home")
        self.ok("order", "set", "--provider", "anthropic", "anthropic:home")
        self.ok("remove", "anthropic:home", "--yes")
        self.assertEqual(
            self.told("--limit", "4"),
            [
                ("main", "removed", "profile", ["anthropic:home"]),
                ("main", "added", "order", ["anthropic"]),
                ("main", "renamed", "profile", ["anthropic:work", "anthropic:home"]),
                ("main", "replaced", "profile", ["anthropic:work"]),
            ],
        )

    def test_it_says_who_it_was_and_from_which_program(self):
        entry = self.json("log", "--agent", "main")["entries"][0]
        self.assertEqual(entry["by"]["kind"], "key_file")
        self.assertEqual(entry["by"]["uid"], os.getuid())
        self.assertEqual(entry["by"]["pid"], os.getpid())
        self.assertTrue(entry["by"]["program"].startswith("python3"), entry)
        self.assertFalse(entry["selfReported"])

    def test_a_table_of_80_columns_in_plain_words(self):
        out = self.ok("log").out
        told = r"today \d\d:\d\d +main +profile anthropic:work added +key file [0-9a-f]{8}, from python3"
        self.assertRegex(out, told)
        self.assertRegex(out, r"\(vault\) +agent worker added")

    def test_it_holds_no_secret_and_no_command_line(self):  # I05
        everything = self.ok("log", "--json").out + self.ok("log").out
        for text in (SECRET, "--type", "--stdin"):
            self.assertNotIn(text, everything)

    def test_control_bytes_in_a_name_stay_names(self):  # I05
        program = shutil.copy("/bin/sh", self.home / "sh\x1b[31mred")
        subprocess.run(
            [program, "-c", '"$@"; true', "sh", *self.command("add", "env/A", "--stdin")],
            input=b"value",
            env=self.environment,
            check=True,
            timeout=PATIENCE,
        )
        name = self.json("log", "--limit", "1")["entries"][0]["by"]["program"]
        self.assertEqual(name, "sh\\x1b[31mred")
        self.assertNotIn("\x1b", self.ok("log").out)

    def test_an_import_is_one_entry_with_the_first_names(self):
        lines = "".join(f"NAME_{i}=value\n" for i in range(100))
        self.ok("import", self.write("many.env", lines))
        entry = self.json("log", "--limit", "1")["entries"][0]
        self.assertEqual((entry["count"], len(entry["names"])), (100, 64))
        self.assertIn("100 variables added: NAME_0, NAME_1, NAME_2 and 97 more", self.ok("log").out)

    def test_what_is_done_to_all_of_it_is_always_told(self):
        self.ok("key", "rotate", "--yes")
        self.assertEqual(self.told("--limit", "1"), [(None, "renewed", "keys", [])])
        self.ok("backup", "copy.db")
        self.ok("restore", "copy.db", "--yes")
        self.assertEqual(self.told("--limit", "1"), [(None, "restored", "vault", [])])
        self.ok("log", "--verify")

    def test_an_old_copy_that_was_accepted_is_told(self):
        shutil.copy(self.vault, self.home / "old.db")
        self.add("anthropic:new", "sk-ant-test-3")
        shutil.copy(self.home / "old.db", self.vault)
        self.fails(72, "add", "env/A", "--stdin", stdin="x", saying="older")
        self.ok("restore", "old.db", "--yes")
        self.assertEqual(self.told("--limit", "1"), [(None, "restored", "vault", [])])

    def test_a_removed_agent_leaves_where_its_log_ended(self):
        self.ok("agent", "remove", "worker", "--yes")
        self.assertIn((None, "removed", "agent", ["worker"]), self.told())
        self.assertIn("its log of 1 entry with it", self.ok("log").out)
        self.ok("log", "--verify")

    def test_a_dry_run_is_not_told(self):
        before = self.told()
        self.ok("remove", "anthropic:work", "--dry-run")
        self.ok("log", "enable", "reads", "--dry-run")
        self.assertEqual(self.told(), before)

    def test_a_token_sees_its_own_log_and_what_its_holder_writes_is_marked(self):
        token = self.write("token", self.ok("agent", "token", "create", "worker").out)
        with_token = {"CLAVIGER_TOKEN_FILE": str(token)}
        self.ok("report", "openai:w", "success", env=with_token)
        entries = self.json("log", env=with_token)["entries"]
        self.assertEqual({e["log"] for e in entries}, {"worker"})
        self.assertEqual([e["selfReported"] for e in entries], [True, True, False])  # usage, and what worked last
        self.assertIn("(self-reported)", self.ok("log", "--agent", "worker").out)

    def test_a_limit_is_a_number(self):
        self.fails(64, "log", "--limit", "0", saying="--limit")
        self.fails(64, "log", "enable", "writes")
        self.fails(66, "log", "--agent", "nobody")


class Tampered(Log):  # I01, I02
    def setUp(self):
        super().setUp()
        for name in ("ONE", "TWO", "THREE"):
            self.ok("add", f"env/{name}", "--stdin", stdin="value")
        self.main = self.rows("SELECT agent_id FROM log_event WHERE agent_id IS NOT NULL ORDER BY sequence")[0][0]

    def test_a_tail_cut_off(self):
        self.rows("DELETE FROM log_event WHERE sequence = (SELECT max(sequence) FROM log_event)")
        result = self.tampered("--verify")
        self.assertIn("its last 1 entry is missing", result.err)
        self.assertEqual(self.run_it("verify").code, 72)
        checks = json.loads(self.run_it("doctor", "--json").out)["checks"]
        self.assertIn("broken", [check["rating"] for check in checks])

    def test_the_middle_removed_or_everything_or_an_agents_log(self):
        for where in ("sequence = 5", "1 = 1", "agent_id IS NOT NULL", "agent_id IS NULL"):
            with self.subTest(where):
                before = self.vault.read_bytes()
                self.rows(f"DELETE FROM log_event WHERE {where}")
                self.tampered("--verify")
                self.vault.write_bytes(before)
        self.ok("log", "--verify")

    def test_entries_reordered_edited_inserted_or_given_to_another(self):
        statements = (
            "UPDATE log_event SET sequence = CASE sequence WHEN 1 THEN 900 ELSE sequence END",
            "UPDATE log_event SET sealed = zeroblob(length(sealed)) WHERE {first}",
            "INSERT INTO log_event (agent_id, sealed) SELECT agent_id, sealed FROM log_event WHERE {first}",
            "INSERT INTO log_event (agent_id, sealed) VALUES (NULL, randomblob(300))",
            "INSERT INTO log_event (agent_id, sealed) VALUES (randomblob(16), randomblob(300))",
            "UPDATE log_event SET agent_id = NULL WHERE {first}",
        )
        first = "sequence = (SELECT min(sequence) FROM log_event WHERE agent_id IS NOT NULL)"
        for statement in (text.format(first=first) for text in statements):
            with self.subTest(statement):
                before = self.vault.read_bytes()
                self.rows(statement)
                self.assertEqual(self.run_it("verify").code, 72)
                self.vault.write_bytes(before)

    def test_the_rest_is_shown_beside_what_is_wrong(self):
        self.rows("DELETE FROM log_event WHERE sequence = (SELECT max(sequence) FROM log_event)")
        result = self.tampered()
        self.assertIn("variable TWO added", result.out)

    def test_nothing_that_is_written_later_hides_it_and_a_repair_tells(self):
        self.rows("DELETE FROM log_event WHERE sequence = (SELECT max(sequence) FROM log_event)")
        self.ok("add", "env/FOUR", "--stdin", stdin="value")
        self.tampered("--verify")
        self.ok("key", "rotate", "--yes")
        self.tampered("--verify")
        plan = self.json("repair", "--dry-run")
        self.assertEqual((plan["logsMended"], plan["vaultLogMended"]), (["main"], False))
        self.ok("repair", "--yes")
        logs = {log["log"]: log for log in self.json("log", "--verify")["logs"]}
        self.assertEqual(logs["main"]["lost"], 1)
        self.assertEqual(self.told("--limit", "1"), [(None, "repaired", "vault", [])])

    def test_what_could_not_be_looked_at_is_not_called_tampered(self):  # I02
        self.fails(67, "log", "--verify", "--vault", self.home / "none.db")
        self.fails(71, "log", "--verify", "--key-file", self.other_key())
        self.vault.chmod(0o000)
        if os.geteuid() != 0:
            self.fails(74, "log", "--verify")

    def other_key(self):
        other = self.home / "other"
        self.ok("init", "--vault", other / "vault.db", "--key-file", other / "vault.key", "--no-recovery", "--quiet")
        return other / "vault.key"


class NoRoom(Log):
    def test_a_change_that_cannot_be_logged_is_not_made(self):  # I05
        for profile in range(30):
            self.ok("add", f"env/FILL_{profile}", "--stdin", stdin="value")
        size = self.vault.stat().st_size

        def small():
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        codes = set()
        for number in range(40):
            done = subprocess.run(
                self.command("add", f"env/MORE_{number}", "--stdin"),
                input=b"value" * 200,
                env=self.environment,
                preexec_fn=small,
                capture_output=True,
                timeout=PATIENCE,
            )
            codes.add(done.returncode)
            names = [e["names"] for e in self.json("log", "--limit", "1")["entries"]]
            there = self.run_it("show", f"env/MORE_{number}").code == 0
            self.assertEqual(there, names == [[f"MORE_{number}"]])
            if done.returncode == 74:
                break
        self.assertIn(74, codes)
        self.ok("log", "--verify")


class Reads(Log):
    def test_they_are_not_logged_unless_somebody_asks(self):
        self.get("anthropic:work")
        self.assertEqual(self.reads(), [])

    def test_they_wait_for_a_writer_and_are_in_the_log_then(self):
        self.ok("log", "enable", "reads")
        self.get("anthropic:work")
        self.assertEqual(len(self.reads()), 1)
        self.assertEqual((self.state / self.reads()[0]).stat().st_mode & 0o777, 0o600)
        self.assertIn("not yet in the log", self.ok("log").out)
        self.ok("add", "env/A", "--stdin", stdin="x")
        self.assertEqual(self.reads(), [])
        entry = self.json("log", "--limit", "2")["entries"][1]
        self.assertEqual((entry["verb"], entry["names"]), ("read", ["anthropic:work"]))
        self.assertIsNotNone(entry["position"])
        self.ok("log", "--verify")

    def test_run_resolve_and_export_are_reads(self):
        self.ok("log", "enable", "reads")
        self.ok("run", "--", "true")
        self.ok("export", "--format", "openclaw")
        self.ok("resolve", stdin='{"protocolVersion":1,"provider":"claviger","ids":["profile/anthropic:work"]}')
        verbs = [e["verb"] for e in self.json("log", "--limit", "3")["entries"]]
        self.assertEqual(verbs, ["read"] * 3)

    def test_lists_and_statuses_are_none(self):
        self.ok("log", "enable", "reads")
        for words in (("list",), ("status",), ("show", "anthropic:work"), ("which", "anthropic"), ("verify", "--deep")):
            self.ok(*words)
        self.assertEqual(self.reads(), [])

    def test_one_that_cannot_be_logged_is_answered_with_a_warning(self):
        self.ok("log", "enable", "reads")
        self.get("anthropic:work")
        waiting = self.state / self.reads()[0]
        waiting.unlink()
        waiting.mkdir()
        result = self.ok("get", "anthropic:work", "--no-newline")
        self.assertEqual(result.out, SECRET)
        self.assertIn("the read is not logged", result.err)

    def test_they_are_switched_off_again(self):
        self.ok("log", "enable", "reads")
        self.get("anthropic:work")
        self.ok("log", "disable", "reads")
        self.assertEqual(self.reads(), [])
        self.get("anthropic:work")
        self.assertEqual(self.reads(), [])
        self.assertEqual(self.told("--limit", "1")[0][1], "switched_off")

    def test_a_token_cannot_switch_them(self):
        token = self.write("token", self.ok("agent", "token", "create", "worker").out)
        self.fails(77, "log", "enable", "reads", env={"CLAVIGER_TOKEN_FILE": str(token)})


if __name__ == "__main__":
    unittest.main()
