# SPDX-License-Identifier: Apache-2.0
"""openclaw unwire: the way back, beside an openclaw that is good, refuses, lies, hangs or tells secrets; from every
kind of store; and killed at any moment."""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import time
import unittest
from pathlib import Path

try:
    import pexpect
except ImportError:
    pexpect = None

from support import fingerprint, files_below
from wire_config import FIELDS, STAY, TELEGRAM, WiredConfig
from wire_standin import KEY, SHARED, STANDIN, TOKEN

OWN = "sk-test-of-ops-0123456789"
TODAY = "sk-test-todays-value-0123456789"
ALL = (KEY, TOKEN, SHARED, OWN, TODAY, *FIELDS.values())


class Unwired(WiredConfig):
    """Profiles in an agent's file, another agent's database and the shared one, nine fields, four providers."""

    def setUp(self):
        super().setUp()
        shutil.rmtree(self.openclaw / "agents")
        self.configure(with_agents(self.config()))
        profiles = {
            "mock:default": {"type": "api_key", "provider": "mock", "key": KEY},
            "tprov:me": {"type": "token", "provider": "tprov", "token": TOKEN, "expires": 4102444800000},
        }
        self.write_store(profiles, agent="work")
        self.make_databases()
        self.take_in()
        self.plain = self.everything()

    def make_databases(self):
        (self.openclaw / "state").mkdir()
        self.shared = self.openclaw / "state/openclaw.sqlite"
        store = {"profiles": {"deep:one": {"type": "api_key", "provider": "deep", "key": SHARED}}}
        with sqlite3.connect(self.shared) as database:
            database.executescript(
                "PRAGMA user_version=18; CREATE TABLE schema_meta(meta_key TEXT PRIMARY KEY, role TEXT);"
                "INSERT INTO schema_meta VALUES('primary','global');"
                "CREATE TABLE config_machine_state"
                "(state_key TEXT PRIMARY KEY, value_json TEXT, updated_at_ms INTEGER) STRICT;"
                "INSERT INTO config_machine_state VALUES('auth.sharedStore','{\"location\":\"state-db\"}',1);"
            )
            database.execute("INSERT INTO config_machine_state VALUES('authProfiles.store',?,1)", (json.dumps(store),))
        database.close()
        self.own = self.agent_folder("ops") / "openclaw-agent.sqlite"
        store = {"profiles": {"own:one": {"type": "api_key", "provider": "own", "key": OWN}}}
        with sqlite3.connect(self.own) as database:
            database.executescript(
                "PRAGMA user_version=13; CREATE TABLE schema_meta"
                "(meta_key TEXT PRIMARY KEY, role TEXT, agent_id TEXT);"
                "INSERT INTO schema_meta VALUES('primary','agent','ops');"
                "CREATE TABLE auth_profile_store"
                "(store_key TEXT PRIMARY KEY, store_json TEXT, updated_at INTEGER) STRICT;"
            )
            database.execute("INSERT INTO auth_profile_store VALUES('primary',?,1)", (json.dumps(store),))
        database.close()

    def cell(self, path, query):
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            text = database.execute(query).fetchone()[0]
        database.close()
        return json.loads(text)["profiles"]

    def in_shared(self):
        return self.cell(
            self.shared, "SELECT value_json FROM config_machine_state WHERE state_key='authProfiles.store'"
        )

    def in_own(self):
        return self.cell(self.own, "SELECT store_json FROM auth_profile_store WHERE store_key='primary'")

    def everything(self):
        """All that OpenClaw keeps, by what it means."""
        config = self.config()
        config.get("secrets", {}).pop("providers", None)
        if not config.get("secrets", True):
            config.pop("secrets")
        return config, self.store("work"), self.in_shared(), self.in_own()

    def wire_all(self):
        """As wire does it, without the copies that OpenClaw keeps."""
        self.forget_calls()
        report, _ = self.wire()
        self.assertEqual(report["failures"], [])
        for path in files_below(self.openclaw):
            if ".bak" in path.name:
                path.unlink()
        self.forget_calls()

    def forget_calls(self):
        for log in (self.log, Path(str(self.log) + ".patches")):
            log.unlink(missing_ok=True)

    def run_unwire(self, *more, manners="", apply=True, yes=True, openclaw=STANDIN):
        words = ["--apply", "--openclaw", openclaw] if apply else []
        words += ["--yes"] if apply and yes else []
        result = self.run_it(
            "openclaw", "unwire", *words, *more, env={"STANDIN": manners, "STANDIN_LOG": str(self.log)}
        )
        said = result.out + result.err + (self.log.read_text() if self.log.exists() else "")
        for secret in ALL:
            self.assertNotIn(secret, said)
        return result

    def unwire(self, *more, code=0, **how):
        result = self.run_unwire("--json", *more, **how)
        self.assertEqual(result.code, code, result)
        return (json.loads(result.out) if result.out else None), result.err

    def providers(self):
        return self.config().get("secrets", {}).get("providers", {})

    def snapshot(self):
        return {path: fingerprint(path) for path in files_below(self.openclaw) if not path.name.endswith("-shm")}

    def assert_nothing_touched(self, code, *more, **how):
        before = self.snapshot()
        result = self.run_unwire(*more, **how)
        self.assertEqual(result.code, code, result)
        self.assertEqual(self.snapshot(), before)
        return result.err


def with_agents(config):
    config["agents"] = {"list": [{"id": "main", "default": True}, {"id": "work"}, {"id": "ops"}]}
    return config


class TheWayBack(Unwired):
    def setUp(self):
        super().setUp()
        self.wire_all()

    def test_wiring_took_everything_first(self):
        for secret in (KEY, TOKEN, SHARED, OWN, *FIELDS.values()):
            self.assertEqual(self.holding(secret), [])
        self.assertEqual(set(self.providers()), {"claviger", "claviger-work", "claviger-ops", "claviger-config"})

    def test_every_store_and_field_is_as_it_was_and_the_providers_are_gone(self):
        report, _ = self.unwire()
        self.assertEqual(self.everything(), self.plain)
        self.assertEqual((report["kept"], report["keptInConfig"], report["failures"]), ([], [], []))
        self.assertEqual(
            sorted(one["id"] for one in report["restored"]), ["deep:one", "mock:default", "own:one", "tprov:me"]
        )
        self.assertEqual(sorted(report["restoredInConfig"]), sorted(FIELDS))
        self.assertEqual(
            sorted(report["removedProviders"]), ["claviger", "claviger-config", "claviger-ops", "claviger-work"]
        )
        self.assertEqual(self.providers(), {})
        self.assertEqual(self.get("deep:one"), SHARED)  # the vault keeps everything

    def test_what_is_written_is_what_the_vault_has_today(self):
        self.ok("add", "mock:default", "--agent", "work", "--replace", "--type", "api_key", "--stdin", stdin=TODAY)
        self.ok("add", "deep:one", "--replace", "--type", "api_key", "--stdin", stdin=TODAY + "-2")
        self.ok("add", "config/channels.telegram.botToken", "--replace", "--stdin", stdin=TODAY + "-3")
        self.ok("edit", "tprov:me", "--agent", "work", "--expires-at", "2031-01-01T00:00:00Z")
        self.unwire()
        self.assertEqual(self.store("work")["mock:default"]["key"], TODAY)
        self.assertEqual(self.in_shared()["deep:one"]["key"], TODAY + "-2")
        self.assertEqual(self.at("channels.telegram.botToken"), TODAY + "-3")
        self.assertEqual(self.store("work")["tprov:me"]["expires"], 1924992000000)

    def test_a_token_that_never_ends_in_the_vault_never_ends_in_openclaw(self):
        self.ok("edit", "tprov:me", "--agent", "work", "--no-expiry")
        self.unwire()
        self.assertEqual(self.store("work")["tprov:me"], {"type": "token", "provider": "tprov", "token": TOKEN})

    def test_a_second_run_says_that_there_is_nothing_to_do(self):
        self.unwire()
        self.forget_calls()
        err = self.assert_nothing_touched(0)
        self.assertIn("nothing to do", err)
        self.assertNotIn("plaintext", err)
        self.assertFalse(self.log.exists(), "OpenClaw was started for nothing")
        report, _ = self.unwire()
        self.assertEqual((report["applied"], report["profiles"], report["removedProviders"]), (False, [], []))

    def test_there_and_back_again_is_stable_to_the_byte(self):
        self.unwire()
        back = self.bytes_of_all()
        for _ in range(2):
            self.wire_all()
            for secret in (KEY, TOKEN, SHARED, OWN, *FIELDS.values()):
                self.assertEqual(self.holding(secret), [])
            self.unwire()
            self.assertEqual(self.bytes_of_all(), back)

    def bytes_of_all(self):
        files = [self.openclaw / "openclaw.json", self.agent_folder("work") / "auth-profiles.json"]
        return [path.read_bytes() for path in files] + [json.dumps(self.in_shared()), json.dumps(self.in_own())]

    def test_foreign_providers_and_references_stay_untouched(self):
        vault = {"source": "exec", "command": "/usr/bin/other", "args": ["resolve", "--vault", "/elsewhere/vault.db"]}
        self.change("secrets.providers.other", vault)
        self.change("secrets.providers.plain", {"source": "env"})
        ref = {"source": "exec", "provider": "other", "id": "channels/irc"}
        self.change("channels.irc.password", ref)
        profiles = self.store("work")
        env = {"source": "env", "provider": "plain", "id": "SOME_KEY"}
        profiles["x:env"] = {"type": "api_key", "provider": "x", "keyRef": env}
        profiles["x:exec"] = {"type": "api_key", "provider": "x", "keyRef": ref}
        self.write_store(profiles, agent="work")
        self.unwire()
        self.assertEqual(self.providers(), {"other": vault, "plain": {"source": "env"}})
        self.assertEqual(self.at("channels.irc.password"), ref)
        after = self.store("work")
        self.assertEqual((after["x:env"]["keyRef"], after["x:exec"]["keyRef"]), (env, ref))
        self.assertNotIn("keyRef", after["mock:default"])

    def test_a_reference_that_relies_on_the_default_provider_is_ours_too(self):
        self.change("secrets.defaults", {"exec": "claviger-work", "env": "default"})
        profiles = self.store("work")
        del profiles["mock:default"]["keyRef"]["provider"]
        self.write_store(profiles, agent="work")
        self.unwire()
        self.assertEqual(self.store("work")["mock:default"]["key"], KEY)
        self.assertEqual((self.providers(), self.config()["secrets"]["defaults"]), ({}, {"env": "default"}))

    def test_a_reference_beside_its_field_goes_when_the_field_has_its_secret(self):  # as 2026.4 has it
        ref = self.at("channels.telegram.botToken")
        self.change("channels.googlechat", {"enabled": False, "serviceAccountRef": ref})
        report, _ = self.unwire()
        self.assertIn("channels.googlechat.serviceAccount", report["restoredInConfig"])
        self.assertEqual(self.at("channels.googlechat"), {"enabled": False, "serviceAccount": TELEGRAM})

    def test_the_token_files_and_the_gateway_are_thought_of(self):
        err = self.run_unwire().err
        self.assertIn("claviger agent token list", err)
        self.assertIn("openclaw secrets reload", err)

    def test_a_running_gateway_is_told_when_asked(self):
        report, _ = self.unwire("--reload")
        self.assertTrue(report["reloaded"])
        self.assertEqual(self.log.read_text().splitlines()[-1], "secrets reload")


class BeforeAnythingIsDone(Unwired):
    def setUp(self):
        super().setUp()
        self.wire_all()

    def test_the_references_are_listed(self):
        result = self.run_unwire(apply=False)
        self.assertEqual(result.code, 0, result)
        for name in ("deep:one", "mock:default", "own:one", "agent work", "profile/tprov:me", "openclaw.json"):
            self.assertIn(name, result.out)
        self.assertIn("13 references to this vault can be replaced by today's secrets: --apply does it.", result.err)

    @unittest.skipUnless(pexpect, "pexpect is not there for this Python")
    def test_at_a_terminal_of_80_columns_no_line_is_longer_and_no_id_is_cut(self):
        child = self.at_terminal("openclaw", "unwire")
        child.expect(pexpect.EOF)
        lines = re.sub(r"\x1b\[[0-9;]*m", "", child.before).splitlines()
        self.assertLessEqual(max(map(len, lines)), 80)
        for name in ("mock:default", "tprov:me", "channels.telegram.botToken"):
            self.assertIn(name, child.before)

    @unittest.skipUnless(pexpect, "pexpect is not there for this Python")
    def test_at_a_terminal_it_asks_and_anything_but_yes_changes_nothing(self):
        before = self.snapshot()
        for typed, code in (("no", 130), ("yes", 0)):
            child = self.at_terminal("openclaw", "unwire", "--apply", "--openclaw", STANDIN)
            child.expect_exact("Write 13 secrets in plaintext into OpenClaw's files? Type yes to go on: ")
            self.assertEqual(self.snapshot(), before)
            child.sendline(typed)
            child.expect(pexpect.EOF)
            child.wait()
            self.assertEqual(child.exitstatus, code, child.before)
            if typed == "no":
                self.assertIn("nothing was changed", child.before)
        self.assertEqual((self.everything(), self.providers()), (self.plain, {}))

    def at_terminal(self, *words):
        environment = {**self.environment, "TERM": "xterm", "STANDIN_LOG": str(self.log)}
        command, *arguments = self.command(*words)
        return pexpect.spawn(
            command, arguments, env=environment, cwd=str(self.home), timeout=60, encoding="utf-8", dimensions=(24, 80)
        )

    def test_the_list_as_json_names_everything_and_applies_nothing(self):
        before = self.snapshot()
        report, _ = self.unwire(apply=False)
        self.assertEqual((report["applied"], report["restored"], len(report["profiles"])), (False, [], 4))
        self.assertEqual(sorted(one["path"] for one in report["config"]), sorted(FIELDS))
        self.assertEqual(self.snapshot(), before)

    def test_without_a_terminal_it_wants_yes(self):
        self.assertIn("add --yes", self.assert_nothing_touched(64, yes=False))
        self.assertFalse(self.log.exists())

    def test_flags_that_need_apply_are_refused_without_it(self):
        for flag in ("--dry-run", "--reload"):
            self.assertIn("belong to --apply", self.assert_nothing_touched(64, flag, apply=False))

    def test_a_dry_run_has_openclaw_judge_the_whole_change_and_writes_nothing(self):
        self.assertIn("13 references to this vault would be replaced", self.assert_nothing_touched(0, "--dry-run"))
        self.assertEqual(self.log.read_text().splitlines(), ["config patch --stdin --dry-run"])
        asked = json.loads(Path(str(self.log) + ".patches").read_text())
        self.assertEqual(
            set(asked["secrets"]["providers"]), {"claviger", "claviger-work", "claviger-ops", "claviger-config"}
        )
        self.assertEqual(asked["channels"]["telegram"]["botToken"], TELEGRAM)

    @unittest.skipUnless(os.geteuid() == 0, "needs root to give things away")
    def test_what_belongs_to_another_user_is_refused(self):
        for path in (self.openclaw / "openclaw.json", self.openclaw):
            os.chown(path, 65534, 65534)
            self.assertIn("belongs to user 65534", self.assert_nothing_touched(77))
            os.chown(path, 0, 0)

    def test_a_folder_that_is_not_there_or_not_openclaws_is_named(self):
        for folder, code in ((self.home / "nowhere", 66), (self.home / "bin", 65)):
            result = self.run_unwire("--state-dir", folder)
            self.assertEqual(result.code, code, result)
            self.assertIn(folder.name, result.err)

    def test_a_configuration_that_does_not_parse_is_named_and_nothing_is_touched(self):
        self.configure('{"gateway": {"auth": {"token": "test-gateway')
        err = self.assert_nothing_touched(65)
        self.assertIn("openclaw.json", err)

    def test_a_store_that_does_not_parse_is_named_and_nothing_is_touched(self):
        (self.agent_folder("work") / "auth-profiles.json").write_text('{"profiles": {')
        self.assertIn("auth-profiles.json", self.assert_nothing_touched(65))

    def test_a_key_of_another_vault_changes_nothing(self):
        other = self.home / "other.key"
        self.ok("init", "--vault", self.home / "other.db", "--key-file", other, "--no-recovery", "--quiet")
        self.assert_nothing_touched(71, "--key-file", other)


class WhatStays(Unwired):
    def setUp(self):
        super().setUp()
        self.wire_all()

    def test_a_reference_that_the_vault_has_nothing_for_is_named_and_its_provider_stays(self):
        self.ok("remove", "mock:default", "--agent", "work", "--yes")
        report, err = self.unwire(code=74)
        self.assertEqual(
            [(one["agent"], one["id"], one["reason"]) for one in report["left"]],
            [("work", "mock:default", "the vault has nothing for it")],
        )
        self.assertEqual((set(self.providers()), report["keptProviders"]), ({"claviger-work"}, ["claviger-work"]))
        self.assertIn("'mock:default' of agent 'work' stays a reference", err)
        self.assertEqual(self.store("work")["tprov:me"]["token"], TOKEN)
        self.ok("add", "mock:default", "--agent", "work", "--type", "api_key", "--stdin", stdin=TODAY)
        self.unwire()
        self.assertEqual((self.store("work")["mock:default"]["key"], self.providers()), (TODAY, {}))

    def test_a_field_that_the_vault_has_nothing_for_is_named_and_its_provider_stays(self):
        self.ok("remove", "config/channels.telegram.botToken", "--yes")
        report, err = self.unwire(code=74)
        self.assertEqual([one["path"] for one in report["configLeft"]], ["channels.telegram.botToken"])
        self.assertEqual(set(self.providers()), {"claviger-config"})
        self.assertIn("'channels.telegram.botToken' of openclaw.json stays a reference", err)
        self.assertEqual(self.at("channels.slack.botToken"), FIELDS["channels.slack.botToken"])

    def test_a_reference_in_a_field_that_nobody_knows_keeps_its_provider(self):
        ref = {"source": "exec", "provider": "claviger-config", "id": "config/channels.telegram.botToken"}
        self.change("plugins.entries.new.config.secrets", [{"name": "a", "token": ref}])
        report, err = self.unwire(code=74)
        self.assertEqual([one["path"] for one in report["configLeft"]], ["plugins.entries.new.config.secrets.0.token"])
        self.assertEqual(
            (set(self.providers()), self.at("channels.telegram.botToken")), ({"claviger-config"}, TELEGRAM)
        )
        self.assertIn("no field is known there", err)

    def test_a_reference_in_a_list_gets_its_secret_and_the_rest_of_the_list_stays(self):
        config = self.config()
        ref = {"source": "exec", "provider": "claviger-config", "id": "config/channels.telegram.botToken"}
        config["agents"]["list"][1]["memorySearch"] = {"remote": {"apiKey": ref}}
        self.configure(config)
        report, _ = self.unwire()
        self.assertIn("agents.list.1.memorySearch.remote.apiKey", report["restoredInConfig"])
        config["agents"]["list"][1]["memorySearch"]["remote"]["apiKey"] = TELEGRAM
        self.assertEqual(self.config()["agents"]["list"], config["agents"]["list"])
        self.assertEqual(set(self.providers()), set())

    def test_where_other_files_are_included_every_provider_stays(self):
        (self.openclaw / "more.json").write_text("{}")
        self.change("channels.irc", {"$include": "./more.json"})
        report, err = self.unwire(code=74)
        self.assertEqual([one["path"] for one in report["configLeft"]], ["$include"])
        self.assertEqual(len(self.providers()), 4)
        self.assertEqual(self.in_shared()["deep:one"]["key"], SHARED)
        self.assertIn("includes other files", err)

    def test_a_token_of_one_agent_restores_that_agent_and_names_the_rest(self):
        token = self.write("work.token", self.ok("agent", "token", "create", "work").out)
        report, err = self.unwire("--token-file", token, code=74)
        self.assertEqual(sorted(one["id"] for one in report["restored"]), ["mock:default", "tprov:me"])
        self.assertEqual(sorted(one["id"] for one in report["left"]), ["deep:one", "own:one"])
        self.assertEqual(sorted(one["path"] for one in report["configLeft"]), sorted(FIELDS))
        self.assertEqual(set(self.providers()), {"claviger", "claviger-ops", "claviger-config"})
        self.assertIn("or this key cannot open it", err)
        self.unwire()
        self.assertEqual(self.everything(), self.plain)

    def test_an_agent_that_the_vault_has_no_more_leaves_its_references(self):
        self.ok("agent", "remove", "work", "--yes")
        report, _ = self.unwire(code=74)
        self.assertEqual(sorted(one["id"] for one in report["left"]), ["mock:default", "tprov:me"])
        self.assertEqual(set(self.providers()), {"claviger-work"})


class ABadOpenclaw(Unwired):
    def setUp(self):
        super().setUp()
        self.wire_all()

    def test_a_refused_change_leaves_the_stores_alone_too(self):
        err = self.assert_nothing_touched(74, manners="refuse-patch")
        self.assertIn("openclaw config patch refused the change: Config validation failed: gateway.auth.token", err)

    def test_a_refused_change_leaves_the_stores_alone_when_only_providers_would_go(self):
        self.configure(
            {
                "secrets": {"providers": {k: v for k, v in self.providers().items() if k != "claviger-config"}},
                **with_agents({}),
            }
        )
        self.assert_nothing_touched(74, manners="refuse-patch")

    def test_its_words_are_not_passed_on_when_a_secret_stands_in_them(self):
        err = self.assert_nothing_touched(74, manners="echo-patch")
        self.assertIn("its words hold a secret and are not shown", err)

    def test_one_that_is_not_there_leaves_everything_alone(self):
        self.assertIn("--openclaw COMMAND", self.assert_nothing_touched(66, openclaw=self.home / "bin/none"))

    def test_one_that_lies_is_found_out_and_the_next_run_finishes(self):
        report, err = self.unwire(manners="lie-patch", code=74)
        self.assertEqual((report["restoredInConfig"], sorted(report["keptInConfig"])), ([], sorted(FIELDS)))
        self.assertEqual((report["removedProviders"], len(self.providers())), ([], 4))
        self.assertEqual(self.in_shared()["deep:one"]["key"], SHARED)
        self.assertIn("are not in OpenClaw's files as planned", err)
        self.finish()

    def test_one_that_lies_about_providers_alone_is_found_out(self):
        self.configure(
            {
                "secrets": {"providers": {k: v for k, v in self.providers().items() if k != "claviger-config"}},
                **with_agents({}),
            }
        )
        report, err = self.unwire(manners="lie-patch", code=74)
        self.assertEqual((report["removedProviders"], len(self.providers())), ([], 3))
        self.assertIn("still names the provider", err)

    def test_one_that_hangs_is_stopped_in_time_and_the_next_run_finishes(self):
        report, err = self.unwire("--time-limit", "1", manners="hang-patch", code=74)
        self.assertIn("did not end in time", err)
        self.assertEqual((len(self.providers()), report["removedProviders"]), (4, []))
        self.finish()

    def test_one_that_writes_half_is_told_and_the_next_run_finishes(self):
        report, err = self.unwire(manners="half-patch", code=74)
        self.assertIn("no space left on device", err)
        self.assertTrue(report["restoredInConfig"] and report["keptInConfig"])
        self.assertEqual(len(self.providers()), 4)
        self.finish()

    def test_one_that_moves_a_field_has_restored_it(self):
        report, _ = self.unwire(manners="move-fields")
        self.assertIn("channels.slack.botToken", report["restoredInConfig"])
        self.assertEqual(self.at("channels.slack.accounts.default.botToken"), FIELDS["channels.slack.botToken"])

    def test_one_that_writes_no_file_of_half_the_size_is_asked_in_steps(self):  # as 2026.4 is
        report, _ = self.unwire(manners="careful-patch")
        self.assertEqual((report["failures"], self.everything(), self.providers()), ([], self.plain, {}))
        self.assertFalse((self.openclaw / "openclaw.json.rejected").exists())

    def test_a_configuration_that_is_little_more_than_one_provider_is_asked_in_steps(self):
        block = self.providers()["claviger-work"]
        self.configure(json.dumps({"secrets": {"providers": {"claviger-work": block}}, **with_agents({})}, indent=2))
        for path in (self.shared, self.own):
            path.unlink()
        self.unwire(manners="careful-patch")
        self.assertEqual((self.providers(), self.store("work")["mock:default"]["key"]), ({}, KEY))
        self.assertFalse((self.openclaw / "openclaw.json.rejected").exists())
        patches = Path(str(self.log) + ".patches").read_text().splitlines()
        self.assertGreater(len(patches), 2)

    def test_a_value_that_openclaw_wrote_over_meanwhile_is_told_from_its_copy(self):
        report, err = self.unwire(manners="paste-late", code=74)
        (failure,) = report["failures"]
        self.assertIn("'channels.telegram.botToken' was changed while OpenClaw wrote", failure["message"])
        self.assertIn("openclaw.json.bak", err)
        self.assertNotIn("100200300:test-late", json.dumps(report) + err)
        self.assertIn("100200300:test-late", (self.openclaw / "openclaw.json.bak").read_text())

    def test_a_newer_value_that_came_meanwhile_is_not_written_over(self):
        report, _ = self.unwire(manners="newer-value", code=74)
        self.assertEqual(self.at("channels.telegram.botToken"), "100200300:test-newer")
        self.assertEqual(report["keptInConfig"], ["channels.telegram.botToken"])
        self.assertEqual(self.unwire()[0]["failures"], [])

    def test_a_busy_store_is_told_its_provider_stays_and_the_next_run_finishes(self):
        for path, alias in ((self.shared, "claviger"), (self.own, "claviger-ops")):
            writer = sqlite3.connect(path, isolation_level=None)
            writer.execute("BEGIN IMMEDIATE")
            report, err = self.unwire(code=74)
            writer.execute("ROLLBACK")
            writer.close()
            self.assertIn(alias, self.providers())
            self.assertIn(alias, report["keptProviders"])
            self.assertEqual(len(report["kept"]), 1)
            self.assertIn(path.name, err)
            self.finish()
            self.wire_all()

    def finish(self):
        report, _ = self.unwire()
        self.assertEqual(report["failures"], [])
        self.assertEqual((self.everything(), self.providers()), (self.plain, {}))


class Killed(Unwired):
    def test_at_any_moment_every_reference_has_its_provider_and_a_rerun_finishes(self):
        self.wire_all()
        rest = self.home / "rest"
        shutil.copytree(self.openclaw, rest)
        self.log.write_text("")
        self.unwire()
        calls = self.calls()
        seen = set()
        for moment in range(2 * calls + 2):  # as each call begins, and a little later
            shutil.rmtree(self.openclaw)
            shutil.copytree(rest, self.openclaw)
            self.log.write_text("")
            process = subprocess.Popen(
                self.command("openclaw", "unwire", "--apply", "--yes", "--json", "--openclaw", STANDIN),
                env={**self.environment, "STANDIN_LOG": str(self.log)},
                cwd=self.home,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            while process.poll() is None and self.calls() < moment // 2:
                time.sleep(0.002)
            time.sleep(moment % 2 * 0.1)
            process.kill()
            process.wait()
            time.sleep(0.4)  # the stand-in it had started ends by itself
            seen.add(self.assert_every_reference_has_a_provider())
            report, _ = self.unwire()
            self.assertEqual(report["failures"], [])
            self.assertEqual((self.everything(), self.providers()), (self.plain, {}))
        self.assertGreater(len(seen), 1, "every kill came at the same point")

    def calls(self):
        return len(self.log.read_text().splitlines()) if self.log.exists() else 0

    def assert_every_reference_has_a_provider(self):
        """Returns how many references there are."""
        profiles = [*self.store("work").values(), *self.in_shared().values(), *self.in_own().values()]
        refs = [profile.get("keyRef") or profile.get("tokenRef") for profile in profiles]
        refs += [self.at(path) for path in FIELDS if isinstance(self.at(path), dict)]
        refs = [ref for ref in refs if ref]
        for ref in refs:
            self.assertIn(ref["provider"], self.providers())
        return len(refs)


if __name__ == "__main__":
    unittest.main()
