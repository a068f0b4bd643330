# SPDX-License-Identifier: Apache-2.0
"""The wizard: what it finds on a host, what it takes, what it never does, and how it is run again."""
import base64
import json
import os
import resource
import sqlite3
import stat
import subprocess
import time
import unittest

from support import PATIENCE, Home

KEYS = {
    "openai:work": "sk-test-openclaw-openai-1",
    "anthropic:work": "sk-ant-test-openclaw-2",
    "agent:own": "sk-test-openclaw-agent-3",
}
HOUR = 3_600_000


def api_key(profile, secret=None):
    return {"type": "api_key", "provider": profile.partition(":")[0], "key": secret or KEYS[profile]}


def now_ms():
    return int(time.time() * 1000)


def jwt(**claims):
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({}, claims))
    return ".".join(parts) + ".c2ln"


class Host(Home):
    """A home with something of every kind in it."""

    def put(self, path, content, mode=0o600):
        target = self.home / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content if isinstance(content, str) else json.dumps(content))
        target.chmod(mode)
        return target

    def put_openclaw(self, folder=".openclaw", agent="main", profiles=None):
        document = {"version": 1, "profiles": profiles or {"openai:work": api_key("openai:work")}}
        return self.put(f"{folder}/agents/{agent}/agent/auth-profiles.json", document)

    def put_claude(self, folder=".claude", token="sk-ant-test-claude-access", hours=5):
        login = {"accessToken": token, "refreshToken": "sk-ant-test-claude-refresh",
                 "expiresAt": now_ms() + hours * HOUR}
        return self.put(f"{folder}/.credentials.json", {"claudeAiOauth": login})

    def put_codex(self, folder=".codex"):
        access = jwt(exp=int(time.time()) + 86400)
        return self.put(f"{folder}/auth.json", {"tokens": {"access_token": access, "refresh_token": "test-codex-r"}})

    def put_gemini(self, folder=".gemini"):
        login = {"access_token": "test-gemini-a", "refresh_token": "test-gemini-r", "expiry_date": now_ms() + HOUR}
        return self.put(f"{folder}/oauth_creds.json", login)

    def put_everything(self):
        self.put_openclaw(profiles={name: api_key(name) for name in ("openai:work", "anthropic:work")})
        self.put_openclaw(agent="side", profiles={"agent:own": api_key("agent:own")})
        self.put(".openclaw/.env", "GROQ_API_KEY=test-groq-state\n")
        self.put(".env", "OPENROUTER_API_KEY=test-openrouter-dotenv\nPLAIN=just text\n")
        self.put_claude()
        self.put_codex()
        self.put_gemini()
        self.environment["MISTRAL_API_KEY"] = "test-mistral-environment"

    def onboard(self, *words, **how):
        return self.ok("onboard", "--yes", *words, **how)

    def onboarded(self, *words, **how):
        return json.loads(self.onboard("--json", *words, **how).out)

    def sources(self, *words, **how):
        return [source["source"] for source in self.onboarded(*words, **how)["sources"] if source["found"]]


class Finding(Host):
    def test_takes_in_what_every_kind_of_source_has(self):
        self.put_everything()
        self.onboard()
        self.assertEqual(self.get("openai:work"), KEYS["openai:work"])
        self.assertEqual(self.get("anthropic:work"), KEYS["anthropic:work"])
        self.assertEqual(self.get("agent:own", "--agent", "side"), KEYS["agent:own"])
        self.assertEqual(self.get("env/GROQ_API_KEY"), "test-groq-state")
        self.assertEqual(self.get("env/OPENROUTER_API_KEY"), "test-openrouter-dotenv")
        self.assertEqual(self.get("env/PLAIN"), "just text")
        self.assertEqual(self.get("env/MISTRAL_API_KEY"), "test-mistral-environment")
        self.assertEqual(self.get("anthropic:claude-cli", "--field", "access"), "sk-ant-test-claude-access")
        self.assertIn("google-gemini-cli:default", self.ids())
        self.ok("verify", "--deep")

    def test_finds_openclaw_of_every_generation(self):
        for number, folder in enumerate((".openclaw-work", ".clawdbot", ".moltbot", ".moldbot", "elsewhere")):
            name = f"openai:p{number}"
            self.put_openclaw(folder, profiles={name: api_key(name, f"sk-test-generation-{number}")})
        (self.home / ".openclaw/state").mkdir(parents=True)
        with sqlite3.connect(self.home / ".openclaw/state/openclaw.sqlite") as database:
            database.executescript(
                "PRAGMA user_version=18; CREATE TABLE schema_meta(meta_key TEXT PRIMARY KEY, role TEXT);"
                "INSERT INTO schema_meta VALUES('primary','global');"
                "CREATE TABLE config_machine_state"
                "(state_key TEXT PRIMARY KEY, value_json TEXT, updated_at_ms INTEGER) STRICT;"
                "INSERT INTO config_machine_state VALUES('auth.sharedStore','{\"location\":\"state-db\"}',1);"
            )
            store = json.dumps({"profiles": {"openai:new": api_key("openai:new", "sk-test-generation-new")}})
            database.execute("INSERT INTO config_machine_state VALUES('authProfiles.store',?,1)", (store,))
        database.close()
        self.onboard(env={"OPENCLAW_STATE_DIR": str(self.home / "elsewhere")})
        self.assertEqual(sorted(self.ids()), ["openai:new", *(f"openai:p{number}" for number in range(5))])

    def test_looks_where_the_tools_own_variables_say(self):
        self.put_claude("a", token="sk-ant-test-moved")
        self.put_codex("b")
        self.put_gemini("c/.gemini")
        moved = {"CLAUDE_CONFIG_DIR": "a", "CODEX_HOME": "b", "GEMINI_CLI_HOME": "c"}
        env = {name: str(self.home / folder) for name, folder in moved.items()}
        self.assertEqual(self.sources(env=env), ["claude", "codex", "gemini"])
        self.assertEqual(self.get("anthropic:claude-cli", "--field", "access"), "sk-ant-test-moved")

    def test_takes_a_folder_that_a_link_leads_to_once(self):
        self.put_openclaw("real")
        for link in (".openclaw", ".clawdbot"):
            (self.home / link).symlink_to("real")
        self.assertEqual(self.sources(), ["openclaw"])
        self.assertEqual(self.get("openai:work"), KEYS["openai:work"])

    def test_reads_the_state_directorys_variables_without_its_profiles_when_only_dotenv_is_asked_for(self):
        self.put_everything()
        self.onboard("--only", "dotenv")
        self.assertEqual(self.ids(), [])
        self.assertEqual(self.get("env/GROQ_API_KEY"), "test-groq-state")
        self.assertEqual(self.get("env/OPENROUTER_API_KEY"), "test-openrouter-dotenv")

    def test_makes_a_vault_where_there_is_nothing_to_take(self):
        result = self.onboard("--no-recovery")
        self.assertIn("Next: claviger add openai:default", result.err)
        self.assertEqual(self.ids(), [])


class Only(Host):
    def test_limits_what_is_looked_for(self):
        self.put_everything()
        self.assertEqual(self.sources("--only", "claude,codex"), ["claude", "codex"])
        self.assertEqual(self.sources("--only", "gemini", "--only", "environment"), ["gemini", "environment"])
        self.assertEqual(sorted(self.ids())[0], "anthropic:claude-cli")
        self.assertNotIn("openai:work", self.ids())

    def test_refuses_a_word_that_is_no_source_and_says_which_was_meant(self):
        result = self.fails(64, "onboard", "--yes", "--only", "claud", saying="did you mean")
        self.assertIn("claude", result.err)
        self.fails(64, "onboard", "--yes", "--only", "openclaw,", saying="--only takes")
        self.assertFalse(self.vault.exists())

    def test_tells_what_is_there_when_what_was_named_is_not(self):
        self.put_codex()
        self.fails(66, "onboard", "--yes", "--only", "claude", saying="--only codex")
        self.assertFalse(self.vault.exists())


class Rehearsing(Host):
    def test_writes_nothing_and_makes_no_vault(self):
        self.put_everything()
        before = sorted(str(path) for path in self.home.rglob("*"))
        result = self.ok("onboard", "--dry-run")
        self.assertEqual(before, sorted(str(path) for path in self.home.rglob("*")))
        self.assertIn("nothing was written", result.err)
        for name in ("openai:work", "env/OPENROUTER_API_KEY", "anthropic:claude-cli"):
            self.assertRegex(result.out, rf"\[x\] +\d+ +main +{name}")

    def test_writes_nothing_into_a_vault_that_is_there(self):
        self.make_vault()
        self.put_everything()
        self.assert_untouched(self.vault, lambda: self.ok("onboard", "--dry-run"))

    def test_says_in_json_what_would_be_taken(self):
        self.put_everything()
        seen = self.json("onboard", "--dry-run")
        self.assertEqual((seen["schemaVersion"], seen["dryRun"], seen["vault"]["created"]), (1, True, False))
        main = seen["sources"][0]["agents"][0]
        self.assertEqual(main["added"], ["openai:work", "anthropic:work", "GROQ_API_KEY"])
        self.assertEqual(main["profiles"]["added"], 2)
        self.assertFalse(self.vault.exists())

    def test_never_shows_a_secret(self):
        self.put_everything()
        result = self.ok("onboard", "--dry-run")
        for secret in (*KEYS.values(), "test-groq-state", "just text", "test-mistral-environment", "sk-ant-test"):
            self.assertNotIn(secret, result.out + result.err)


class Again(Host):
    def test_finds_everything_there_and_changes_nothing(self):
        self.put_everything()
        self.onboard()
        before = self.vault.read_bytes()
        result = self.onboard()
        self.assertIn("Nothing new", result.err)
        self.assertIn("there already", result.out)
        self.assertNotIn("[x]", result.out)
        self.assertEqual(self.vault.read_bytes(), before)

    def test_takes_what_came_later(self):
        self.put_openclaw()
        self.onboard()
        self.put_claude()
        self.onboard()
        self.assertEqual(sorted(self.ids()), ["anthropic:claude-cli", "openai:work"])

    def test_keeps_the_vaults_value_where_the_source_has_another(self):
        self.put_openclaw()
        self.onboard()
        self.add("openai:work", "sk-test-newer-in-the-vault", "--replace")
        result = self.onboard()
        self.assertIn("keep the vault's", result.out)
        self.assertEqual(self.get("openai:work"), "sk-test-newer-in-the-vault")

    def test_replaces_a_login_by_one_that_ends_later_and_never_by_an_older_one(self):
        self.put_claude(token="sk-ant-test-second", hours=5)
        self.onboard()
        self.put_claude(token="sk-ant-test-third", hours=9)
        self.assertIn("replace: newer", self.onboard().out)
        self.assertEqual(self.get("anthropic:claude-cli", "--field", "access"), "sk-ant-test-third")
        self.put_claude(token="sk-ant-test-first", hours=1)
        self.onboard()
        self.assertEqual(self.get("anthropic:claude-cli", "--field", "access"), "sk-ant-test-third")

    def test_takes_the_first_of_two_sources_with_different_values(self):
        self.put(".env", "OPENAI_API_KEY=test-from-the-file\n")
        env = {"OPENAI_API_KEY": "test-from-the-environment"}
        result = self.onboard(env=env)
        self.assertRegex(result.out, r"\[ \] +2 +main +env/OPENAI_API_KEY .*keep 1")
        self.assertEqual(self.get("env/OPENAI_API_KEY"), "test-from-the-file")


class Json(Host):
    def test_has_one_object_with_the_recovery_code_that_opens_the_vault(self):
        self.put_everything()
        seen = self.onboarded()
        self.assertEqual(seen["vault"], {"path": str(self.vault), "created": True, "keyFile": str(self.key)})
        self.assertRegex(seen["recoveryCode"], r"^([0-9A-Z]{4}-){13}[0-9A-Z]{4}$")
        members = ["schemaVersion", "dryRun", "vault", "recoveryCode", "sources", "wired", "monitor", "next"]
        self.assertEqual(list(seen), members)
        kinds = ["openclaw", "dotenv", "claude", "codex", "gemini", "environment"]
        self.assertEqual([source["source"] for source in seen["sources"]], kinds)
        for source in seen["sources"]:
            self.assertTrue(source["found"])
            self.assertIn("added", source["agents"][0])
        again = self.onboarded()
        self.assertIsNone(again["recoveryCode"])
        self.assertEqual([source["source"] for source in again["sources"]], kinds)
        unchanged = again["sources"][0]["agents"][0]["unchanged"]
        self.assertEqual(unchanged, ["openai:work", "anthropic:work", "GROQ_API_KEY"])

    def test_says_what_was_looked_for_and_not_found(self):
        self.put_codex()
        seen = self.onboarded("--only", "codex,gemini")
        found = {source["source"]: source["found"] for source in seen["sources"]}
        self.assertEqual(found, {"codex": True, "gemini": False})
        members = {tuple(source) for source in seen["sources"]}
        self.assertEqual(members, {("source", "path", "format", "found", "agents", "warnings", "rejected")})

    def test_names_what_cannot_be_read_and_takes_the_rest(self):
        self.put_openclaw()
        self.put(".codex/auth.json", "{ not json")
        result = self.run_it("onboard", "--yes", "--json", "--no-recovery")
        self.assertEqual(result.code, 65, result)
        seen = json.loads(result.out)
        bad = next(source for source in seen["sources"] if source["source"] == "codex")
        self.assertEqual(bad["error"]["code"], "bad_input")
        self.assertEqual(bad["agents"], [])
        self.assertEqual(self.get("openai:work"), KEYS["openai:work"])


class Surroundings(Host):
    def test_needs_a_yes_without_a_terminal(self):
        self.put_everything()
        self.fails(64, "onboard", saying="--yes")
        self.fails(64, "onboard", "--json", saying="--yes")
        self.assertFalse(self.vault.exists())

    def test_leaves_out_a_source_that_cannot_be_opened_and_says_so(self):
        self.put_claude()
        self.put_openclaw()
        (self.home / ".openclaw/agents/main/agent/auth-profiles.json").write_text('{"profiles": ')
        result = self.run_it("onboard", "--yes", "--no-recovery")
        self.assertEqual(result.code, 65, result)
        self.assertIn("auth-profiles.json", result.err)
        self.assertIn("left out", result.err)
        self.assertEqual(self.ids(), ["anthropic:claude-cli"])

    def test_leaves_out_a_folder_that_it_may_not_look_into(self):
        if os.geteuid() == 0:
            self.skipTest("root may look into everything")
        self.put_claude()
        folder = self.put_openclaw().parents[3]
        folder.chmod(0)
        self.addCleanup(folder.chmod, 0o700)
        result = self.run_it("onboard", "--yes", "--no-recovery")
        self.assertEqual(result.code, 74, result)
        self.assertEqual(self.ids(), ["anthropic:claude-cli"])

    def test_leaves_the_sources_as_they_are(self):
        self.put_everything()
        files = [path for path in self.home.rglob("*") if path.is_file()]
        before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}
        self.onboard()
        self.assertEqual(before, {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files})

    def test_makes_private_files(self):
        self.put_openclaw()
        self.onboard()
        for path in (self.vault, self.key):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)

    def test_fails_as_every_command_does_when_the_vault_does_not_open(self):
        self.make_vault()
        self.put_openclaw()
        self.key.unlink()
        self.fails(69, "onboard", "--yes")
        other = self.home / "other.db"
        self.ok("init", "--vault", other, "--key-file", self.home / "other.key", "--no-recovery")
        self.fails(71, "onboard", "--yes", "--key-file", self.home / "other.key")

    def test_changes_nothing_under_an_agents_token(self):
        self.make_vault()
        self.put_openclaw()
        self.ok("agent", "token", "create", "main", "--output", self.home / "token")
        self.fails(77, "onboard", "--yes", "--token-file", self.home / "token")
        self.assertEqual(self.ids(), [])

    def test_needs_a_home_or_a_vaults_path(self):
        self.fails(64, "onboard", "--yes", env={"HOME": ""}, saying="--vault")
        env = {"HOME": "", "GROQ_API_KEY": "test-groq"}
        where = ("--vault", self.home / "v/vault.db", "--key-file", self.home / "k")
        self.onboard(*where, env=env)
        self.assertEqual(self.ok("get", "env/GROQ_API_KEY", *where, env=env).out, "test-groq\n")

    def test_makes_no_vault_when_its_recovery_code_cannot_be_shown(self):
        self.put_openclaw()
        with open("/dev/full", "wb") as full:
            code = self.run_into(full, "onboard", "--yes")
        self.assertEqual(code, 74)
        self.assertFalse(self.vault.exists())
        self.assertFalse(self.key.exists())

    def test_ends_its_object_and_says_what_was_taken_when_the_disk_is_full(self):
        self.put_openclaw()
        self.put(".env", "".join(f"VARIABLE_{i}={'x' * 1000}\n" for i in range(1500)))
        limit = 600_000  # bytes of one file: the vault with one profile fits
        done = subprocess.run(
            self.command("onboard", "--yes", "--json"), capture_output=True, stdin=subprocess.DEVNULL, cwd=self.home,
            env=self.environment, timeout=PATIENCE, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        )
        self.assertEqual(done.returncode, 74, done)
        seen = json.loads(done.stdout)
        self.assertRegex(seen["recoveryCode"], r"^([0-9A-Z]{4}-){13}[0-9A-Z]{4}$")
        self.assertEqual([source["source"] for source in seen["sources"]], ["openclaw"])
        error = json.loads(done.stderr.splitlines()[-1])["error"]
        self.assertIn("OpenClaw in", error["message"])
        self.assertIn("was taken in", error["message"])
        self.assertEqual(self.get("openai:work"), KEYS["openai:work"])
        self.onboard()
        self.assertEqual(self.get("env/VARIABLE_1499"), "x" * 1000)

    def test_reads_what_belongs_to_somebody_else_and_changes_nothing_of_it(self):
        if os.geteuid() != 0:
            self.skipTest("only root can give files away")
        path = self.put_openclaw()
        os.chown(path, 12345, 12345)
        self.assert_untouched(path, self.onboard)
        self.assertEqual(path.stat().st_uid, 12345)
        self.assertEqual(self.get("openai:work"), KEYS["openai:work"])

    def test_takes_what_lies_behind_a_link_and_never_writes_through_it(self):
        target = self.put("elsewhere/login.json", self.put_claude().read_text())
        link = self.home / ".claude/.credentials.json"
        link.unlink()
        link.symlink_to(target)
        self.assert_untouched(target, self.onboard)
        self.assertTrue(link.is_symlink())
        self.assertEqual(self.ids(), ["anthropic:claude-cli"])

    def run_into(self, out, *words):
        done = subprocess.run(self.command(*words), stdout=out, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                              cwd=self.home, env=self.environment, timeout=120, check=False)
        return done.returncode

    def test_takes_ten_thousand_profiles_and_shows_two_hundred(self):
        profiles = {f"openai:p{i}": api_key("openai:p", f"sk-test-many-{i}") for i in range(10_000)}
        self.put_openclaw(profiles=profiles)
        result = self.onboard("--no-recovery")
        self.assertIn("and 9800 more, up to number 10000", result.out)
        self.assertLess(len(result.out.splitlines()), 220)
        self.assertEqual(len(self.ids()), 10_000)
        self.assertEqual(self.get("openai:p9999"), "sk-test-many-9999")

    def test_files_loose_variables_under_the_agent_that_is_named(self):
        self.put(".env", "GROQ_API_KEY=test-groq\n")
        self.onboard("--agent", "side")
        self.assertEqual(self.get("env/GROQ_API_KEY", "--agent", "side"), "test-groq")
        self.fails(66, "get", "env/GROQ_API_KEY", "--agent", "main")

    def test_shows_what_cannot_be_taken_with_its_reason(self):
        self.put_openclaw(profiles={"openai:work": api_key("openai:work"), "odd:one": {"type": "magic"}})
        self.assertRegex(self.onboard().out, r"main +odd:one .*left: \w+")


class Next(Host):
    def test_init_points_to_the_wizard_where_something_is_found(self):
        self.put_claude()
        result = self.ok("init", "--key-file", self.key, "--no-recovery")
        self.assertIn("Next: claviger onboard --yes", result.err)

    def test_a_missing_vault_points_to_the_wizard_where_something_is_found(self):
        self.fails(67, "list", saying="claviger init")
        self.put_claude()
        self.fails(67, "list", saying="`claviger onboard`")


if __name__ == "__main__":
    unittest.main()
