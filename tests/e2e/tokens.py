# SPDX-License-Identifier: Apache-2.0
"""Agent tokens: what the holder may do, everything it may not, and tokens that are over or revoked."""
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from support import PATIENCE, Home, Result

NOBODY = 65534


class Tokens(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:shared", "sk-test-shared")
        for name, more in (("worker", ()), ("other", ()), ("lab", ("--isolated",))):
            self.ok("agent", "add", name, *more)
            self.add(f"openai:{name}", f"sk-test-{name}", "--agent", name)

    def create(self, agent, *more):
        return self.ok("agent", "token", "create", agent, *more).out.strip()

    def token_file(self, agent, *more, name="token"):
        return self.write(name, self.create(agent, *more) + "\n")

    def tokens(self):
        return self.json("agent", "token", "list")["tokens"]


class RemovingTheAgent(Tokens):
    def sealed_keys(self):
        with sqlite3.connect(f"file:{self.vault}?mode=ro", uri=True) as file:
            return {key for key, in file.execute("SELECT sealed_key FROM agent")}

    def test_renews_the_keys_its_token_had_read(self):
        self.create("worker", "--with-shared")
        before = self.sealed_keys()
        self.ok("agent", "remove", "worker", "--yes")
        self.assertEqual(len(before & self.sealed_keys()), 2, "main's key must be new, the two others' as they were")
        self.assertEqual(self.get("openai:shared"), "sk-test-shared")

    # Fault R13: on a disk that takes the removal and not the renewal, neither happens.
    def test_is_one_change_with_that_renewal(self):
        self.create("worker", "--with-shared")
        for number in range(40):
            self.add(f"openai:more{number}", "sk-test-" + "x" * 900)
        before = (self.vault.read_bytes(), self.sealed_keys())
        limit = self.vault.stat().st_size // 1024 * 1024
        done = subprocess.run(
            self.command("agent", "remove", "worker", "--yes"),
            env=self.environment,
            cwd=self.home,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            stdin=subprocess.DEVNULL,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit // 8, limit // 8)),
        )
        self.assertNotIn(done.returncode, (0, 70), done.stderr)
        agents = [one["agent"] for one in self.json("agent", "list")["agents"]]
        renewed = len(before[1] & self.sealed_keys()) == 2
        self.assertEqual("worker" in agents, not renewed, done.stderr)

    def test_tells_in_json_whose_keys_are_new(self):
        self.create("worker", "--with-shared")
        dry = self.json("agent", "remove", "worker", "--dry-run")
        self.assertEqual((dry["dryRun"], dry["agent"], dry["newKeysFor"]), (True, "worker", ["main"]))
        gone = self.json("agent", "remove", "worker", "--yes")
        self.assertEqual((gone["agent"], gone["newKeysFor"]), ("worker", ["main"]))
        self.assertEqual(self.json("agent", "remove", "other", "--yes")["newKeysFor"], [])

    def test_leaves_other_keys_alone_when_it_read_nothing_shared(self):
        self.create("worker")
        before = self.sealed_keys()
        self.ok("agent", "remove", "worker", "--yes")
        self.assertEqual(len(before & self.sealed_keys()), 3)


class TheHolder(Tokens):
    # Fault S3: the help and the threats say what is so.
    def test_a_child_started_with_a_token_still_finds_the_default_key_file(self):
        token = self.token_file("worker")
        inner = " ".join(self.command("get", "openai:other", "--agent", "other"))
        self.assertEqual(self.ok("--token-file", token, "run", "--", "sh", "-c", inner).out, "sk-test-other\n")
        self.key.rename(self.home / "elsewhere.key")
        self.assertEqual(self.run_it("--token-file", token, "run", "--", "sh", "-c", inner).code, 69)

    def test_the_help_says_so(self):
        for words in (("help", "run"), ("help", "unlocking")):
            text = " ".join(self.ok(*words).out.split())
            self.assertIn("default key file", text)
            self.assertNotIn("nothing leads", text)


class MakingTokens(Tokens):
    def test_prints_the_token_once_and_alone(self):
        result = self.ok("agent", "token", "create", "worker", "--expires-in", "90d")
        self.assertRegex(result.out, r"^clv1_[A-Za-z0-9_-]{60,80}\n$")
        self.assertNotIn(result.out.strip(), result.err)
        (listed,) = self.tokens()
        self.assertEqual((listed["agent"], listed["withShared"], listed["expired"]), ("worker", False, False))
        self.assertAlmostEqual(listed["expiresAtMs"] / 1000, time.time() + 90 * 86400, delta=300)
        self.assertIn("own", self.ok("agent", "token", "list").out)

    def test_prints_the_token_in_json_too(self):
        made = self.json("agent", "token", "create", "worker", "--with-shared")
        self.assertEqual(set(made), {"schemaVersion", "token", "slot", "agent", "withShared", "expiresAtMs"})
        self.assertEqual((made["agent"], made["withShared"], made["expiresAtMs"]), ("worker", True, None))
        (listed,) = self.tokens()
        self.assertEqual(listed["slot"], made["slot"])
        token = self.write("token", made["token"])
        self.assertEqual(self.get("openai:worker", "--token-file", token), "sk-test-worker")

    # Fault S9: a redirection under umask 022 makes a file that is refused ever after.
    def test_writes_the_token_into_a_private_file(self):
        path = self.home / "run/worker.token"
        made = self.json("agent", "token", "create", "worker", "--output", path)
        self.assertEqual((made["token"], made["file"]), (None, str(path)))
        self.assertEqual((path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777), (0o600, 0o700))
        self.assertRegex(path.read_text(), r"^clv1_[A-Za-z0-9_-]{60,80}\n$")
        self.assertEqual(self.get("openai:worker", "--token-file", path), "sk-test-worker")
        self.assertEqual(self.ok("agent", "token", "create", "worker", "--output", self.home / "b").out, "")

    def test_replaces_a_token_when_told_so_and_nothing_else_ever(self):
        path = self.home / "token"
        self.ok("agent", "token", "create", "worker", "--output", path)
        before = path.read_text()
        self.fails(68, "agent", "token", "create", "worker", "--output", path)
        self.ok("agent", "token", "create", "worker", "--output", path, "--force")
        self.assertNotEqual(path.read_text(), before)
        link = self.home / "link"
        link.symlink_to(self.write("target", "mine"))
        count = len(self.tokens())
        for other in (self.key, self.vault, self.write("notes", "my notes\n"), self.home, link):
            for more in ((), ("--force",)):
                act = lambda other=other, more=more: self.fails(
                    68, "agent", "token", "create", "worker", "--output", other, *more
                )
                self.assert_untouched(other, act)
        self.assertEqual(len(self.tokens()), count)
        self.fails(64, "agent", "token", "create", "worker", "--force", saying="--output")

    def test_takes_the_file_back_when_the_token_could_not_be_made(self):
        path = self.home / "token"
        for more in (("nobody",), ("lab", "--with-shared")):
            self.assertNotEqual(self.run_it("agent", "token", "create", *more, "--output", path).code, 0)
        self.assertFalse(path.exists())
        self.ok("agent", "token", "create", "worker", "--output", path, "--dry-run")
        self.assertFalse(path.exists())

    def test_tells_a_dry_run_and_a_revocation_in_json(self):
        dry = self.json("agent", "token", "create", "worker", "--dry-run")
        self.assertEqual(
            dry, {"schemaVersion": 1, "dryRun": True, "agent": "worker", "withShared": False, "expiresAtMs": None}
        )
        slot = self.json("agent", "token", "create", "worker")["slot"]
        gone = self.json("agent", "token", "revoke", slot, "--yes")
        self.assertEqual((gone["revoked"], gone["agents"]), (slot, 1))

    def test_refuses_what_makes_no_sense(self):
        self.fails(66, "agent", "token", "create", "nobody")
        self.fails(64, "agent", "token", "create", "lab", "--with-shared", saying="isolated")
        self.fails(64, "agent", "token", "create", "main", "--with-shared")
        self.fails(64, "agent", "token", "create", "worker", "--expires-in", "0d")
        self.assert_untouched(self.vault, lambda: self.ok("agent", "token", "create", "worker", "--dry-run"))
        self.assertEqual(self.tokens(), [])

    def test_keeps_the_token_itself_out_of_the_file(self):
        token = self.create("worker")
        self.assertNotIn(token.encode(), self.vault.read_bytes())


class HoldingAToken(Tokens):
    def setUp(self):
        super().setUp()
        self.token = self.token_file("worker")
        self.reader = self.token_file("worker", "--with-shared", name="reader")
        # The key file is still where everybody looks: a token in hand must not fall back to it.
        self.assertTrue(self.key.exists())

    def holding(self, *words, **how):
        return self.run_it("--token-file", self.token, *words, **how)

    def test_lists_gets_and_runs_for_its_own_agent(self):
        self.assertEqual(self.ids("--token-file", self.token), ["openai:worker"])
        self.assertEqual(self.holding("get", "openai:worker").out, "sk-test-worker\n")
        ran = self.holding("run", "--", "/usr/bin/env")
        self.assertIn("OPENAI_API_KEY=sk-test-worker\n", ran.out)
        self.assertEqual(
            [one["agent"] for one in self.json("--token-file", self.token, "agent", "list")["agents"]], ["worker"]
        )

    def test_resolves_for_its_own_agent(self):
        asked = {"protocolVersion": 1, "provider": "claviger", "ids": ["profile/openai:worker", "profile/openai:other"]}
        answer = json.loads(self.holding("resolve", stdin=json.dumps(asked)).out)
        self.assertEqual(answer["values"], {"profile/openai:worker": "sk-test-worker"})
        self.assertEqual(answer["errors"]["profile/openai:other"]["code"], "NOT_FOUND")

    def test_reads_shared_profiles_only_where_it_may(self):
        self.assertEqual(self.holding("get", "openai:shared").code, 66)
        self.assertEqual(self.get("openai:shared", "--token-file", self.reader), "sk-test-shared")
        self.assertEqual(self.ids("--token-file", self.reader), ["openai:worker", "openai:shared"])

    def test_sets_its_agents_order_and_reports_usage(self):
        order = ("order", "set", "--provider", "openai")
        self.assertEqual(self.holding(*order, "openai:worker").code, 0)
        self.assertEqual(self.holding("report", "openai:worker", "success").code, 0)
        self.assertIn("openai:worker", self.ok("order", "get", "--provider", "openai", "--agent", "worker").out)

    def test_is_refused_everything_else(self):
        env = self.write("x.env", "OPENAI_API_KEY=sk-test-x\n")
        refused = [
            ("agent", "add", "new"),
            ("agent", "remove", "other", "--yes"),
            ("agent", "default", "other"),
            ("agent", "token", "create", "worker"),
            ("agent", "token", "list"),
            ("agent", "token", "revoke", "00000000", "--yes"),
            ("key", "list"),
            ("key", "add", "--recovery"),
            ("key", "add", "--new-key-file", self.home / "stolen.key"),
            ("key", "rotate", "--yes"),
            ("key", "remove", "00000000", "--yes"),
            ("unlock", "--root"),
            ("order", "set", "--provider", "openai", "openai:worker", "--default"),
            ("add", "openai:new", "--type", "api_key", "--stdin"),
            ("remove", "openai:worker", "--yes"),
            ("edit", "openai:worker", "--email", "a@example.com"),
            ("rename", "openai:worker", "openai:mine"),
            ("copy", "openai:worker", "--to-agent", "other"),
            ("import", env),
        ]
        before = self.vault.read_bytes()
        for token in (self.token, self.reader):
            for words in refused:
                with self.subTest(words=words, token=token.name):
                    result = self.run_it("--token-file", token, *words, stdin="sk-test-by-token")
                    self.assertIn(result.code, (66, 77), result)
                    self.assertEqual(result.out, "")
        self.assertEqual(self.vault.read_bytes(), before)
        self.assertFalse((self.home / "stolen.key").exists())

    def test_sees_no_other_agent_at_all(self):
        for agent in ("main", "other", "lab", "nobody"):
            for words in (
                ("list",),
                ("get", f"openai:{agent}"),
                ("get", "openai:shared"),
                ("status",),
                ("export", "--format", "openclaw"),
                ("export", "--format", "dotenv"),
                ("order", "get", "--provider", "openai"),
                ("which", "--provider", "openai"),
            ):
                with self.subTest(agent=agent, words=words):
                    result = self.holding("--agent", agent, *words)
                    self.assertIn(result.code, (66, 77), result)
                    self.assertEqual(result.out, "")
            self.assertEqual(self.holding("--agent", agent, "run", "--", "/bin/true").code, 125)

    def test_cannot_tell_a_foreign_agent_from_none(self):
        there = self.holding("--agent", "other", "list")
        absent = self.holding("--agent", "othex", "list")
        self.assertEqual((there.code, there.err.replace("other", "othex")), (absent.code, absent.err))

    def test_makes_no_vault_over_this_one(self):
        self.assert_untouched(self.vault, lambda: self.assertNotEqual(self.holding("init").code, 0))

    def test_a_child_of_run_finds_no_way_to_another_key(self):
        program = self.command("get", "openai:shared")
        env = {
            "CLAVIGER_TOKEN_FILE": str(self.token),
            "CLAVIGER_KEY_FILE": str(self.key),
            "CLAVIGER_VAULT": str(self.vault),
        }
        ran = self.run_it("run", "--", "/usr/bin/env", env=env)
        self.assertNotIn("CLAVIGER", ran.out)
        # With no token and no key file where it looks, the child is locked out.
        self.key.rename(self.home / "elsewhere.key")
        ran = self.run_it("run", "--", *program, env={"CLAVIGER_TOKEN_FILE": str(self.token)})
        self.assertEqual((ran.code, ran.out), (69, ""))

    def test_a_damaged_token_is_no_key(self):
        text = self.token.read_text().strip()
        for wrong in (text[:-1], text[:20] + ("A" if text[20] != "A" else "B") + text[21:], "clv1_", ""):
            result = self.run_it("--token-file", self.write("wrong", wrong), "list")
            self.assertEqual((result.code, result.out), (65, ""), wrong)
            self.assertNotIn(text[6:20], result.err)


class TokensThatEnd(Tokens):
    def test_warns_about_a_token_that_is_over(self):
        made = self.json("agent", "token", "create", "worker", "--expires-in", "500ms")
        token = self.write("token", made["token"])
        while time.time() * 1000 <= made["expiresAtMs"]:
            pass
        result = self.ok("--token-file", token, "get", "openai:worker")
        self.assertEqual(result.out, "sk-test-worker\n")
        self.assertIn("was meant to end", result.err)
        self.assertTrue(self.tokens()[0]["expired"])

    def test_is_silent_about_one_that_is_not(self):
        token = self.token_file("worker", "--expires-in", "1d")
        self.assertEqual(self.ok("--token-file", token, "get", "openai:worker").err, "")

    # H10
    def test_a_revoked_token_opens_nothing_at_its_next_use(self):
        token = self.token_file("worker", "--with-shared")
        kept = self.token_file("worker", name="kept")
        self.ok("--token-file", token, "list")
        slot = next(one["slot"] for one in self.tokens() if one["withShared"])
        self.ok("agent", "token", "revoke", slot, "--yes")
        self.fails(71, "--token-file", token, "list")
        self.assertEqual(self.get("openai:worker", "--token-file", kept), "sk-test-worker")
        self.assertEqual(len(self.tokens()), 1)

    def test_renews_what_a_revoked_token_could_read_and_nothing_else(self):
        def secrets():
            with sqlite3.connect(f"file:{self.vault}?mode=ro", uri=True) as database:
                rows = database.execute("SELECT hex(agent_id), sealed_secret FROM record").fetchall()
            database.close()
            return set(rows)

        self.token_file("worker")
        before = secrets()
        self.ok("agent", "token", "revoke", self.tokens()[0]["slot"], "--yes")
        self.assertEqual(len(before - secrets()), 1)  # worker's own profile
        self.token_file("worker", "--with-shared")
        before = secrets()
        self.ok("agent", "token", "revoke", self.tokens()[0]["slot"], "--yes")
        self.assertEqual(len(before - secrets()), 2)  # and main's
        self.token_file("worker")
        before = secrets()
        self.ok("agent", "token", "revoke", self.tokens()[0]["slot"], "--yes", "--keep-keys")
        self.assertEqual(before, secrets())

    def test_asks_before_revoking(self):
        self.token_file("worker")
        self.fails(64, "agent", "token", "revoke", self.tokens()[0]["slot"], saying="--yes")
        self.fails(66, "agent", "token", "revoke", self.json("key", "list")["keys"][0]["slot"], "--yes")
        self.assertEqual(len(self.tokens()), 1)


@unittest.skipUnless(os.geteuid() == 0 and shutil.which("setpriv"), "takes root and setpriv to be another user")
class AnotherUser(Tokens):
    """A token's holder under another uid: reads through the group, owns nothing."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix="claviger-e2e-shared-")
        self.addCleanup(folder.cleanup)
        self.shared = Path(folder.name)
        self.shared.chmod(0o755)
        self.vault = self.shared / "vault.db"
        self.environment["CLAVIGER_VAULT"] = str(self.vault)
        self.key.unlink()
        self.ok("init", "--key-file", self.key, "--no-recovery", "--group", "nogroup")
        self.add("openai:shared", "sk-test-shared")
        self.ok("agent", "add", "worker")
        self.add("openai:worker", "sk-test-worker", "--agent", "worker")
        self.program = self.shared / "claviger"
        shutil.copy(self.command()[0], self.program)
        self.program.chmod(0o755)

    def as_nobody(self, *words, token=None, stdin=""):
        home = self.shared / "nobody"
        if not home.exists():
            home.mkdir(mode=0o700)
            os.chown(home, NOBODY, NOBODY)
        if token:
            path = home / "token"
            path.write_text(token + "\n")
            path.chmod(0o600)
            os.chown(path, NOBODY, NOBODY)
            words = ("--token-file", path, *words)
        become = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]
        done = subprocess.run(
            [*become, self.program, *map(str, words)],
            input=stdin.encode(),
            capture_output=True,
            cwd=home,
            timeout=PATIENCE,
            env={"HOME": str(home), "PATH": "/usr/bin:/bin", "CLAVIGER_VAULT": str(self.vault)},
        )
        return Result(done)

    def test_reads_with_a_token(self):
        token = self.create("worker", "--with-shared")
        self.assertEqual(self.vault.stat().st_mode & 0o7777, 0o640)
        for profile, secret in (("openai:worker", "sk-test-worker"), ("openai:shared", "sk-test-shared")):
            result = self.as_nobody("get", profile, token=token)
            self.assertEqual((result.code, result.out), (0, secret + "\n"), result)
        self.assertIn("sk-test-worker", self.as_nobody("run", "--", "/usr/bin/env", token=token).out)

    def test_reads_nothing_without_one(self):
        self.assertEqual(self.as_nobody("list").code, 69)

    def test_cannot_write(self):
        token = self.create("worker")
        act = lambda: self.as_nobody("order", "set", "--provider", "openai", "openai:worker", token=token)
        self.assert_untouched(self.vault, lambda: self.assertIn(act().code, (74, 77)))

    def test_cannot_use_a_token_file_of_the_owner(self):
        token = self.token_file("worker")
        result = self.as_nobody("--token-file", token, "list")
        self.assertIn(result.code, (66, 74, 77), result)


if __name__ == "__main__":
    unittest.main()
