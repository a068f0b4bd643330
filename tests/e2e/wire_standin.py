# SPDX-License-Identifier: Apache-2.0
"""openclaw wire --apply beside an openclaw that lies, hangs, floods, half-applies, changes keys meanwhile and leaves
children; and killed at any moment."""
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest
from pathlib import Path

from support import PROGRAM, Home, files_below

STANDIN = Path(__file__).resolve().parent / "openclaw_standin.py"
KEY = "sk-test-own-0123456789"
TOKEN = "tok-test-own-0123456789"
SHARED = "sk-test-shared-0123456789"
ROTATED = "sk-test-rotated-0123456789"


class Wired(Home):
    def setUp(self):
        super().setUp()
        self.environment["PATH"] = os.environ.get("PATH", "/usr/bin:/bin")
        self.openclaw = self.home / ".openclaw"
        self.log = self.home / "calls"
        self.program = self.home / "bin" / "claviger"
        self.program.parent.mkdir()
        shutil.copyfile(PROGRAM, self.program)
        self.program.chmod(0o755)
        self.make_vault()
        self.configure({})
        self.write_store(
            {
                "mock:default": {"type": "api_key", "provider": "mock", "key": KEY},
                "tprov:me": {"type": "token", "provider": "tprov", "token": TOKEN, "expires": 4102444800000},
            }
        )

    def command(self, *words):
        return [str(self.program), *map(str, words)] if hasattr(self, "program") else [PROGRAM, *map(str, words)]

    def configure(self, content):
        self.openclaw.mkdir(mode=0o700, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content)
        (self.openclaw / "openclaw.json").write_text(text)

    def agent_folder(self, agent="main"):
        folder = self.openclaw / "agents" / agent / "agent"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def write_store(self, profiles, agent="main"):
        (self.agent_folder(agent) / "auth-profiles.json").write_text(json.dumps({"version": 1, "profiles": profiles}))

    def store(self, agent="main"):
        return json.loads((self.agent_folder(agent) / "auth-profiles.json").read_text())["profiles"]

    def make_shared_store(self):
        """Where OpenClaw 2026.9 keeps main's profiles; main's file is no store any more then, another agent's is."""
        (self.agent_folder() / "auth-profiles.json").unlink()
        self.write_store({"mock:default": {"type": "api_key", "provider": "mock", "key": KEY}}, agent="work")
        (self.openclaw / "state").mkdir(exist_ok=True)
        path = self.openclaw / "state/openclaw.sqlite"
        database = sqlite3.connect(path)
        database.executescript(
            "PRAGMA user_version=18; CREATE TABLE schema_meta(meta_key TEXT PRIMARY KEY, role TEXT);"
            "INSERT INTO schema_meta VALUES('primary','global');"
            "CREATE TABLE config_machine_state"
            "(state_key TEXT PRIMARY KEY, value_json TEXT, updated_at_ms INTEGER) STRICT;"
            "INSERT INTO config_machine_state VALUES('auth.sharedStore','{\"location\":\"state-db\"}',1);"
        )
        store = {"profiles": {"deep:one": {"type": "api_key", "provider": "deep", "key": SHARED}}}
        database.execute("INSERT INTO config_machine_state VALUES('authProfiles.store',?,1)", (json.dumps(store),))
        database.commit()
        database.close()
        return path

    def take_in(self):
        self.ok("import", self.openclaw)

    def wire(self, *more, manners="", code=0, apply=True, openclaw=STANDIN):
        words = ["--apply", "--openclaw", openclaw] if apply else []
        result = self.run_it(
            "openclaw", "wire", "--json", *words, *more, env={"STANDIN": manners, "STANDIN_LOG": str(self.log)}
        )
        self.assertEqual(result.code, code, result)
        for secret in (KEY, TOKEN, SHARED, ROTATED):
            self.assertNotIn(secret, result.out + result.err)
        return (json.loads(result.out) if result.out else None), result.err

    def told(self, *more):
        """The words of a run without --json."""
        return self.ok("openclaw", "wire", "--apply", "--openclaw", STANDIN, *more).err

    def holding(self, secret):
        return [
            str(path.relative_to(self.openclaw))
            for path in files_below(self.openclaw)
            if secret.encode() in path.read_bytes()
        ]


class AnHonestOpenclaw(Wired):
    def test_everything_that_was_changed_is_listed(self):
        self.take_in()
        report, _ = self.wire()
        self.assertEqual(
            (report["verdict"], report["replaced"], report["kept"], report["failures"]),
            ("clean", ["mock:default", "tprov:me"], [], []),
        )
        self.assertEqual(
            [Path(path).name for path in report["changed"]],
            ["auth-profiles.json", "openclaw.json", "openclaw.json.bak"],
        )
        self.assertEqual((self.holding(KEY), self.holding(TOKEN)), ([], []))

    def test_a_placeholder_and_an_existing_reference_are_left_alone(self):  # O2, O3
        env = {"source": "env", "provider": "default", "id": "MOCK_KEY"}
        self.write_store(
            {
                "mock:default": {"type": "api_key", "provider": "mock", "key": KEY},
                "a:var": {"type": "api_key", "provider": "a", "key": "${MOCK_KEY}"},
                "b:both": {"type": "api_key", "provider": "b", "key": "sk-test-dead-0123456789", "keyRef": env},
            }
        )
        self.take_in()
        report, _ = self.wire()
        self.assertEqual(report["replaced"], ["mock:default"])
        self.assertEqual({left["id"] for left in report["left"]}, {"a:var", "b:both"})
        self.assertEqual(self.store()["a:var"]["key"], "${MOCK_KEY}")
        self.assertEqual(self.store()["b:both"]["keyRef"], env)

    def test_other_peoples_databases_are_named_and_never_rebuilt(self):  # D3
        work = self.openclaw / "workspace/p"
        work.mkdir(parents=True)
        database = sqlite3.connect(work / "app.sqlite")
        database.executescript(
            f"CREATE TABLE t(x); INSERT INTO t VALUES('a'),('b'),('{KEY}'),('d'); DELETE FROM t WHERE rowid = 2"
        )
        database.close()
        self.take_in()
        report, _ = self.wire()
        self.assertEqual(report["leftovers"], [str(work / "app.sqlite")])
        with sqlite3.connect(work / "app.sqlite") as database:
            self.assertEqual([row[0] for row in database.execute("SELECT rowid FROM t")], [1, 3, 4])
        database.close()

    def test_a_key_that_only_free_pages_hold_is_gone_from_the_shared_store(self):
        path = self.make_shared_store()
        self.take_in()
        report, _ = self.wire()
        self.assertEqual(sorted(report["replaced"]), ["deep:one", "mock:default"])
        self.assertNotIn(SHARED.encode(), path.read_bytes())

    def test_what_cannot_be_searched_is_named(self):  # R9, T3
        (self.openclaw / "notes.sqlite").write_text(f"a text file, whatever its name, with {KEY}")
        (self.openclaw / "lost.sqlite-wal").write_text(f"a log without its database: {KEY}")
        unreadable = self.openclaw / "unreadable"
        os.mkfifo(unreadable)
        large = self.openclaw / "large"
        with open(large, "wb") as file:
            file.truncate((256 << 20) + 1)
        self.take_in()
        report, _ = self.wire()
        self.assertEqual(report["notSearched"], [str(large)])
        self.assertEqual(
            report["leftovers"], [str(self.openclaw / "lost.sqlite-wal"), str(self.openclaw / "notes.sqlite")]
        )

    def test_only_openclaws_own_copies_are_deleted_and_only_when_agreed(self):  # D5
        copy = self.agent_folder() / "auth-profiles.json.bak"
        others = [
            self.openclaw / "notes.bakery.txt",
            self.openclaw / "session.bak3ry.jsonl",
            self.openclaw / "workspace-auth.json.bak",
        ]
        for path in (copy, *others):
            path.write_text(KEY)
        self.take_in()
        before = self.store()
        _, words = self.wire("--remove-leftovers", code=64)
        self.assertIn("--yes", words)
        self.assertEqual(self.store(), before)
        report, _ = self.wire("--remove-leftovers", "--yes")
        self.assertEqual(report["removed"], [str(copy)])
        self.assertEqual(report["leftovers"], sorted(map(str, others)))
        self.assertTrue(all(path.exists() for path in others))

    def test_a_second_run_finds_what_the_first_one_left(self):  # O5, R9
        copy = self.agent_folder() / "auth-profiles.json.bak"
        copy.write_text(KEY)
        self.take_in()
        self.assertEqual(self.wire()[0]["leftovers"], [str(copy)])
        self.assertEqual(self.wire()[0]["leftovers"], [str(copy)])
        report, _ = self.wire("--remove-leftovers", "--yes")
        self.assertEqual((report["leftovers"], report["removed"], copy.exists()), ([], [str(copy)], False))

    def test_a_wired_token_ends_in_openclaw_when_it_ends_in_the_vault(self):  # O4
        self.take_in()
        self.wire()
        self.ok("edit", "tprov:me", "--expires-at", "2031-01-01T00:00:00Z")
        report, _ = self.wire()
        self.assertEqual((report["expiryRenewed"], self.store()["tprov:me"]["expires"]), (["tprov:me"], 1924992000000))
        self.ok("edit", "tprov:me", "--no-expiry")
        self.wire()
        self.assertNotIn("expires", self.store()["tprov:me"])
        self.assertEqual(self.wire()[0]["expiryRenewed"], [])

    def test_every_provider_that_stands_is_renewed_when_the_program_moved(self):  # O6
        self.write_store({"mock:default": {"type": "api_key", "provider": "mock", "key": ROTATED}}, agent="work")
        self.take_in()
        self.wire()
        self.program = self.program.rename(self.home / "bin" / "moved")
        report, _ = self.wire()
        blocks = report["plan"]["providerUpserts"]
        self.assertEqual(
            {alias: block["command"] for alias, block in blocks.items()},
            {"claviger": str(self.program), "claviger-work": str(self.program)},
        )

    def test_what_was_chosen_in_a_block_stays_and_every_agent_gets_its_token(self):  # O9
        self.write_store({"mock:default": {"type": "api_key", "provider": "mock", "key": ROTATED}}, agent="work")
        self.take_in()
        tokens = self.home / "tokens"
        report, _ = self.wire("--token-dir", tokens)
        self.assertEqual(sorted(path.name for path in tokens.iterdir()), ["claviger-work.token", "claviger.token"])
        self.assertEqual({path.stat().st_mode & 0o777 for path in tokens.iterdir()}, {0o600})
        config = json.loads((self.openclaw / "openclaw.json").read_text())
        block = config["secrets"]["providers"]["claviger-work"]
        self.assertEqual(block["args"][3:], ["--token-file", str(tokens / "claviger-work.token"), "--agent", "work"])
        block["timeoutMs"] = 15000
        block["args"] += ["--timeout-ms", "14000"]
        self.configure(config)
        again = self.wire()[0]["plan"]["providerUpserts"]["claviger-work"]
        self.assertEqual((again["args"], again["timeoutMs"]), (block["args"], 15000))

    def test_a_token_of_one_agent_wires_that_agent(self):  # O9
        self.ok("agent", "add", "ops")
        token = self.write("ops.token", self.ok("agent", "token", "create", "ops").out)
        self.write_store({})
        report, _ = self.wire("--token-file", token, apply=False)
        self.assertEqual(list(report["plan"]["providerUpserts"]), ["claviger-ops"])

    def test_a_block_that_would_not_unlock_is_never_printed(self):  # T6
        self.take_in()
        right = self.key.rename(self.home / "right.key")
        self.ok("init", "--vault", self.home / "other.db", "--key-file", self.key, "--no-recovery", "--quiet")
        result = self.run_it("openclaw", "wire", env={"CREDENTIALS_DIRECTORY": str(self.credentials(right))})
        self.assertEqual((result.code, result.out), (71, ""), result)
        self.assertIn("LOCKED", result.err)

    def credentials(self, key):
        folder = self.home / "credentials"
        folder.mkdir(mode=0o700)
        shutil.copyfile(key, folder / "claviger.key")
        (folder / "claviger.key").chmod(0o600)
        return folder

    def test_comments_that_will_be_lost_are_said_before(self):  # O14
        self.configure("{ // mine\n}")
        self.take_in()
        self.assertIn("comments", self.wire(apply=False)[1])

    def test_a_running_gateway_is_thought_of(self):  # O11
        self.take_in()
        self.assertIn("openclaw secrets reload", self.told())
        report, _ = self.wire("--reload")
        self.assertTrue(report["reloaded"])
        self.assertIn("secrets reload", self.log.read_text())
        report, words = self.wire("--reload", manners="no-reload", code=74)
        self.assertFalse(report["reloaded"])

    def test_after_applying_nothing_can_become_anything_any_more(self):  # O14
        self.take_in()
        words = self.told()
        self.assertIn("2 secrets were replaced by references", words)
        self.assertNotIn("can be replaced", words)

    @unittest.skipUnless(os.geteuid() == 0, "needs root to give a folder away")
    def test_another_users_state_directory_is_refused(self):  # O12
        self.take_in()
        os.chown(self.openclaw, 65534, 65534)
        _, words = self.wire(code=77)
        self.assertIn("belongs to user 65534", words)
        self.assertFalse(self.log.exists())


class ABadOpenclaw(Wired):
    def setUp(self):
        super().setUp()
        self.take_in()

    def test_one_that_lies_is_found_out(self):  # R9
        for openclaw, manners in ((STANDIN, "lie"), ("/bin/true", "")):
            report, words = self.wire(openclaw=openclaw, manners=manners, code=74)
            self.assertEqual((report["replaced"], report["kept"]), ([], ["mock:default", "tprov:me"]))
        self.assertEqual(report["verdict"], "unverified")
        self.assertEqual(self.store()["mock:default"]["key"], KEY)

    def test_one_that_lies_leaves_the_shared_store_alone(self):
        self.make_shared_store()
        self.ok("import", self.openclaw)
        self.wire(manners="lie", code=74)
        self.assertEqual(self.holding(SHARED), ["state/openclaw.sqlite"])

    def test_a_refusal_comes_with_openclaws_own_reason_made_safe(self):  # O7
        _, words = self.wire(manners="refuse", code=74)
        self.assertIn("MISSING_NAME is missing", words)
        self.assertNotIn("\x1b", words)
        self.assertIn("nothing was changed", words)

    def test_one_that_applies_half_is_told_and_the_next_run_finishes(self):
        report, words = self.wire(manners="half", code=74)
        self.assertEqual((report["replaced"], report["kept"]), (["mock:default"], ["tprov:me"]))
        self.assertIn("the disk is full", words)
        self.assertEqual(len(report["changed"]), 3)  # with the copy that OpenClaw keeps
        report, _ = self.wire()
        self.assertEqual((report["replaced"], report["leftovers"]), (["tprov:me"], []))

    def test_one_that_hangs_is_stopped_in_time(self):  # R9
        _, words = self.wire("--time-limit", "1", manners="hang-apply", code=74)
        self.assertIn("did not end in time", words)
        self.assertEqual(self.holding(KEY), ["agents/main/agent/auth-profiles.json"])
        report, _ = self.wire("--time-limit", "2", manners="hang-audit", code=74)
        self.assertEqual((report["verdict"], report["replaced"]), ("unverified", ["mock:default", "tprov:me"]))

    def test_an_audit_that_is_odd_endless_deep_or_missing_is_no_success(self):  # R9
        for manners in ("odd-audit", "flood-audit", "deep-audit", "silent-audit", "empty-audit"):
            report, words = self.wire(manners=manners, code=74)
            self.assertEqual(report["verdict"], "unverified", manners)
        self.assertEqual(self.wire(manners="unresolved-audit", code=74)[0]["verdict"], "unresolved")

    def test_leftovers_stay_while_it_is_not_known_whether_openclaw_works(self):
        copy = self.agent_folder() / "auth-profiles.json.bak"
        copy.write_text(KEY)
        for manners in ("silent-audit", "unresolved-audit"):
            report, _ = self.wire("--remove-leftovers", "--yes", manners=manners, code=74)
            self.assertEqual((report["removed"], copy.exists()), ([], True))

    def test_a_child_that_keeps_the_pipes_holds_nobody_up(self):  # R9
        report, _ = self.wire(manners="child")
        self.assertEqual(report["verdict"], "clean")
        child = int(Path(str(self.log) + ".pid").read_text())
        place = Path(f"/proc/{child}/stat")
        self.assertTrue(not place.exists() or " Z " in place.read_text(), "it lives on")

    def test_a_daemon_that_keeps_the_pipes_holds_nobody_up(self):
        report, _ = self.wire(manners="daemon")
        self.assertEqual(report["verdict"], "clean")
        os.kill(int(Path(str(self.log) + ".pid").read_text()), signal.SIGKILL)

    def test_a_key_that_was_rotated_meanwhile_stays(self):  # D4
        self.make_shared_store()
        self.ok("import", self.openclaw)
        report, words = self.wire(manners="rotate", code=74)
        self.assertEqual(report["kept"], ["deep:one"])
        self.assertEqual(self.holding(ROTATED), ["state/openclaw.sqlite"])


class Killed(Wired):
    def leave_a_hot_journal(self, path):
        """As they lie after kill -9 of a writer: store and journal, copied in the middle of a transaction."""
        copies = [(path, self.home / "store"), (Path(f"{path}-journal"), self.home / "journal")]
        database = sqlite3.connect(path, isolation_level=None)
        database.executescript(
            "CREATE TABLE IF NOT EXISTS filler(x); PRAGMA cache_size=1; PRAGMA cache_spill=1; BEGIN IMMEDIATE"
        )
        database.execute("UPDATE config_machine_state SET value_json = replace(value_json, ?, ?)", (SHARED, ROTATED))
        database.executemany("INSERT INTO filler VALUES(zeroblob(3000))", [()] * 50)
        for file, copy in copies:
            shutil.copyfile(file, copy)
        database.close()
        for file, copy in copies:
            copy.replace(file)

    def test_a_writer_is_finished_before_its_store_is_read(self):  # R9
        path = self.make_shared_store()
        self.take_in()
        self.leave_a_hot_journal(path)
        journal = Path(f"{path}-journal")
        for words in ({"apply": False}, {"more": ["--dry-run"]}):
            _, said = self.wire(*words.get("more", []), code=75, apply=words.get("apply", True))
            self.assertIn("is being written by its owner, or a writer was killed", said)
            self.assertTrue(journal.exists())
        said = self.run_it("import", self.openclaw)
        self.assertEqual(said.code, 75, said)
        self.assertTrue(journal.exists())
        report, _ = self.wire()
        self.assertEqual(
            (sorted(report["replaced"]), report["kept"], report["leftovers"]), (["deep:one", "mock:default"], [], [])
        )
        self.assertIn(str(path), report["changed"])
        self.assertFalse(journal.exists())
        self.assertEqual(self.holding(SHARED) + self.holding(ROTATED), [])
        self.leave_a_hot_journal(path)
        self.assertIn(f"Finished what a killed writer left in '{path}'.", self.told())

    def test_at_any_moment_leaves_what_works_and_a_rerun_finishes(self):
        self.make_shared_store()
        (self.agent_folder() / "auth-profiles.json.bak").write_text(KEY + SHARED)
        self.take_in()
        rest = self.home / "rest"
        shutil.copytree(self.openclaw, rest)
        chance = random.Random(2026)
        for _ in range(12):
            shutil.rmtree(self.openclaw)
            shutil.copytree(rest, self.openclaw)
            process = subprocess.Popen(
                self.command("openclaw", "wire", "--json", "--apply", "--openclaw", STANDIN),
                env=self.environment,
                cwd=self.home,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            time.sleep(chance.uniform(0, 0.5))
            process.kill()
            process.wait()
            time.sleep(0.4)  # the stand-in it had started ends by itself
            self.assert_every_reference_has_a_provider()
            report, _ = self.wire("--remove-leftovers", "--yes")
            self.assertEqual((report["verdict"], report["kept"], report["leftovers"]), ("clean", [], []))
            for secret in (KEY, TOKEN, SHARED):
                self.assertEqual(self.holding(secret), [])

    def assert_every_reference_has_a_provider(self):
        with sqlite3.connect(self.openclaw / "state/openclaw.sqlite") as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchone()[0], "ok")
            shared = json.loads(
                database.execute(
                    "SELECT value_json FROM config_machine_state WHERE state_key = 'authProfiles.store'"
                ).fetchone()[0]
            )
        database.close()
        config = json.loads((self.openclaw / "openclaw.json").read_text())
        providers = config.get("secrets", {}).get("providers", {})
        for profile in (*shared["profiles"].values(), *self.store("work").values()):
            ref = profile.get("keyRef") or profile.get("tokenRef")
            self.assertTrue(ref is None or ref["provider"] in providers)


if __name__ == "__main__":
    unittest.main()
