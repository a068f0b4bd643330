# SPDX-License-Identifier: Apache-2.0
"""openclaw wire and the secrets of openclaw.json itself, beside an openclaw that refuses, lies, hangs, half-writes,
moves fields and writes over newer values; with bad configurations; and killed at any moment."""
import json
import os
import random
import shutil
import subprocess
import time
import unittest
from pathlib import Path

from support import fingerprint
from wire_standin import KEY, STANDIN, Wired

TELEGRAM = "100200300:test-telegram-0123456789"
ROTATED_TELEGRAM = "100200300:test-rotated-0123456789"
SLACK = "xoxb-test-slack-0123456789"
SKILL_VARIABLE = "test-weather-variable-0123456789"
SEARCH = "test-search-0123456789"
FIELDS = {
    "gateway.auth.token": "test-gateway-0123456789",
    "models.providers.mock.apiKey": "sk-test-provider-0123456789",
    "models.providers.mock.headers.X-Team-Token": "test-header-0123456789",
    "models.providers.z\\.ai.apiKey": "sk-test-zai-0123456789",
    "channels.telegram.botToken": TELEGRAM,
    "channels.discord.token": "test-discord-0123456789",
    "channels.slack.botToken": SLACK,
    "plugins.entries.brave.config.webSearch.apiKey": "test-brave-0123456789",
    "skills.entries.weather.apiKey": "test-weather-0123456789",
}
OF_PLUGINS = [path for path in FIELDS if path.startswith(("channels", "plugins"))]
STAY = {"env.vars.TAVILY_API_KEY": SEARCH, "skills.entries.weather.env.WEATHER_TOKEN": SKILL_VARIABLE}


def place_of(path, config):
    """(the object that holds it, the member's name)"""
    names = path.replace("\\.", "\0").split(".")
    for name in names[:-1]:
        config = config.setdefault(name.replace("\0", "."), {})
    return config, names[-1].replace("\0", ".")


def with_values(values):
    config = {"gateway": {"mode": "local"}, "channels": {"discord": {"enabled": False}}}
    config["plugins"] = {"entries": {"brave": {"enabled": False}}}
    for path, value in values.items():
        place, name = place_of(path, config)
        place[name] = value
    return config


class WiredConfig(Wired):
    def setUp(self):
        super().setUp()
        self.configure(with_values({**FIELDS, **STAY}))
        self.write_store({})

    def wire(self, *more, **how):
        report, words = super().wire(*more, **how)
        said = json.dumps(report) + words
        for log in (self.log, Path(str(self.log) + ".patches")):
            said += log.read_text() if log.exists() else ""
        for secret in (*FIELDS.values(), *STAY.values(), ROTATED_TELEGRAM):
            self.assertNotIn(secret, said)
        return report, words

    def config(self):
        return json.loads((self.openclaw / "openclaw.json").read_text())

    def at(self, path):
        place, name = place_of(path, self.config())
        return place.get(name)

    def change(self, path, value):
        config = self.config()
        place, name = place_of(path, config)
        place[name] = value
        self.configure(config)

    def still_plain(self):
        return [path for path in FIELDS if self.at(path) == FIELDS[path]]

    def asked_of(self, block, ids):
        """What the wired provider answers, run as OpenClaw runs it."""
        request = {"protocolVersion": 1, "provider": "claviger-config", "ids": ids}
        done = subprocess.run(
            [block["command"], *block["args"]],
            input=json.dumps(request),
            capture_output=True,
            text=True,
            env={"HOME": str(self.home)},
            timeout=60,
        )
        return json.loads(done.stdout)["values"]


class AnHonestOpenclaw(WiredConfig):
    def test_every_field_is_a_reference_that_its_provider_answers_with_the_secret(self):
        self.take_in()
        report, _ = self.wire("--remove-leftovers", "--yes")
        self.assertEqual((sorted(report["replacedInConfig"]), report["keptInConfig"]), (sorted(FIELDS), []))
        refs = {path: self.at(path) for path in FIELDS}
        self.assertEqual({(ref["source"], ref["provider"]) for ref in refs.values()}, {("exec", "claviger-config")})
        block = self.config()["secrets"]["providers"]["claviger-config"]
        answers = self.asked_of(block, [ref["id"] for ref in refs.values()])
        self.assertEqual({path: answers[ref["id"]] for path, ref in refs.items()}, FIELDS)
        for secret in FIELDS.values():
            self.assertEqual(self.holding(secret), [])
        self.assertEqual([Path(path).name for path in report["removed"]], ["openclaw.json.bak"])

    def test_disabled_channels_and_plugins_are_no_exception(self):
        self.take_in()
        self.wire()
        for path in ("channels.discord.token", "plugins.entries.brave.config.webSearch.apiKey"):
            self.assertEqual(self.at(path)["provider"], "claviger-config")
        self.assertFalse(self.config()["channels"]["discord"]["enabled"])

    def test_what_takes_no_reference_stays_and_is_told_with_the_command_that_ends_it(self):
        self.take_in()
        report, words = self.wire()
        self.assertEqual(
            [(one["path"], one["variable"], one["endedBy"]) for one in report["takesNoReference"]],
            [(path, path.split(".")[-1], "openclaw config unset " + path) for path in STAY],
        )
        for path, value in STAY.items():
            self.assertIn(f"'{path}' of openclaw.json stays", words)
            self.assertEqual(self.at(path), value)

    def test_only_the_very_same_value_is_replaced(self):
        self.take_in()
        self.change("channels.telegram.botToken", ROTATED_TELEGRAM)
        self.change("channels.slack.appToken", "xapp-test-never-imported")
        report, _ = self.wire()
        self.assertEqual(
            {left["path"]: left["reason"] for left in report["configLeft"]},
            {
                "channels.telegram.botToken": "the vault holds another value",
                "channels.slack.appToken": "not in the vault: `claviger import` takes it in",
            },
        )
        self.assertEqual(len(report["replacedInConfig"]), len(FIELDS) - 1)
        self.assertEqual(self.at("channels.telegram.botToken"), ROTATED_TELEGRAM)

    def test_a_path_with_a_dot_in_a_name_is_shown_as_it_is_typed(self):
        self.take_in()
        self.change("models.providers.z\\.ai.apiKey", "sk-test-another-0123456789")
        _, words = self.wire()
        self.assertIn(r"'models.providers.z\.ai.apiKey' of openclaw.json stays", words)

    def test_importing_and_wiring_again_change_nothing(self):
        self.take_in()
        self.wire("--remove-leftovers", "--yes")
        before = self.config()
        receipt = self.json("import", self.openclaw, "--on-conflict", "replace")
        for agent in receipt["agents"]:
            self.assertEqual((agent["added"], agent["replaced"], agent["lost"]), ([], [], []))
        self.assertEqual(self.get("config/channels.telegram.botToken"), TELEGRAM)
        report, _ = self.wire()
        self.assertEqual((report["replacedInConfig"], report["config"], report["failures"]), ([], [], []))
        self.assertEqual(self.config(), before)

    def test_a_block_is_renewed_when_the_program_moved(self):
        self.take_in()
        self.wire()
        self.program = self.program.rename(self.home / "bin" / "moved")
        self.wire()
        self.assertEqual(self.config()["secrets"]["providers"]["claviger-config"]["command"], str(self.program))

    def test_its_provider_has_a_token_file_of_its_own_that_opens_nothing_else(self):
        self.write_store({"mock:default": {"type": "api_key", "provider": "mock", "key": KEY}})
        self.take_in()
        tokens = self.home / "tokens"
        self.wire("--token-dir", tokens)
        self.assertEqual(sorted(path.name for path in tokens.iterdir()), ["claviger-config.token", "claviger.token"])
        providers = self.config()["secrets"]["providers"]
        for alias, block in providers.items():
            self.assertNotIn("--key-file", block["args"])
            self.assertIn(str(tokens / f"{alias}.token"), block["args"])
        ids = ["profile/mock:default", "config/channels.telegram.botToken"]
        self.assertEqual(self.asked_of(providers["claviger-config"], ids), {ids[1]: TELEGRAM})
        self.assertEqual(self.asked_of(providers["claviger"], ids), {ids[0]: KEY})

    def test_a_dry_run_has_openclaw_judge_the_patch_and_writes_nothing(self):
        self.take_in()
        before = fingerprint(self.openclaw / "openclaw.json")
        report, _ = self.wire("--dry-run")
        self.assertEqual((report["applied"], report["dryRun"], len(report["config"])), (False, True, len(FIELDS)))
        self.assertIn("config patch --stdin --dry-run", self.log.read_text())
        self.assertEqual(fingerprint(self.openclaw / "openclaw.json"), before)
        _, words = self.wire("--dry-run", manners="refuse-patch", code=74)
        self.assertIn("Config validation failed", words)

    def test_the_printed_plan_leaves_fields_of_plugins_out_and_says_so(self):
        self.take_in()
        report, words = self.wire(apply=False)
        planned = [target["path"] for target in report["plan"]["targets"]]
        unplanned = {path.replace("\\", "") for path in FIELDS if path not in OF_PLUGINS}
        self.assertEqual(set(planned), unplanned)
        self.assertIn(f"{len(OF_PLUGINS)} of them belong to channels and plugins", words)
        self.assertIn("claviger-config", report["plan"]["providerUpserts"])

    def test_without_a_secret_of_its_own_nothing_of_it_is_touched(self):
        self.configure({"gateway": {"mode": "local"}})
        self.write_store({"mock:default": {"type": "api_key", "provider": "mock", "key": KEY}})
        self.take_in()
        self.wire()
        self.assertNotIn("config patch", self.log.read_text())
        self.assertEqual(list(self.config()["secrets"]["providers"]), ["claviger"])


class LinesOfEnv(WiredConfig):
    OTHERS = "# mine\r\nLOG_LEVEL=debug\r\nURL=https://x/?token=" + TELEGRAM + "\n"

    def write_env(self, text):
        (self.openclaw / ".env").write_bytes(text.encode())
        (self.openclaw / ".env").chmod(0o600)

    def env(self):
        return (self.openclaw / ".env").read_bytes().decode()

    def test_are_named_without_a_value_and_removed_only_when_agreed(self):
        self.write_store({"mock:default": {"type": "api_key", "provider": "mock", "key": KEY}})
        text = f"OLD_BOT={TELEGRAM}\n{self.OTHERS}export MY_KEY='{KEY}' # old\r\n"
        self.write_env(text)
        self.take_in()
        line = {"file": str(self.openclaw / ".env"), "removed": False}
        report, words = self.wire()
        self.assertEqual(report["envLines"], [{**line, "name": "OLD_BOT"}, {**line, "name": "MY_KEY"}])
        self.assertIn("the line of 'OLD_BOT' in", words)
        self.assertEqual(self.env(), text)
        report, _ = self.wire("--yes")
        lines = [(one["name"], one["removed"]) for one in report["envLines"]]
        self.assertEqual(lines, [("OLD_BOT", True), ("MY_KEY", True)])
        self.assertEqual(self.env(), self.OTHERS)
        self.assertIn(str(self.openclaw / ".env"), report["changed"])
        self.assertEqual(self.wire("--yes")[0]["envLines"], [])

    def test_of_variables_in_use_stay(self):
        self.change("channels.irc", {"password": "${IRC_PASS}"})
        self.write_store({"a:1": {"type": "api_key", "provider": "a", "keyRef": {"source": "env", "id": "A_KEY"}}})
        text = f"IRC_PASS={TELEGRAM}\nA_KEY={TELEGRAM}\nFREE={TELEGRAM}\n"
        self.write_env(text)
        self.take_in()
        report, words = self.wire("--yes")
        self.assertEqual([(one["name"], one["removed"]) for one in report["envLines"]],
                         [("IRC_PASS", False), ("A_KEY", False), ("FREE", True)])
        self.assertEqual(self.env(), text.replace(f"FREE={TELEGRAM}\n", ""))
        self.assertIn("OpenClaw's configuration or a profile uses the variable", words)

    def test_of_secrets_that_are_not_wired_stay(self):
        self.change("channels.telegram.botToken", ROTATED_TELEGRAM)
        self.write_env(f"ONE={SEARCH}\nTWO={ROTATED_TELEGRAM}\n")
        self.take_in()
        self.change("channels.telegram.botToken", TELEGRAM)
        report, _ = self.wire("--yes")
        self.assertEqual(report["envLines"], [])
        self.assertEqual(self.env(), f"ONE={SEARCH}\nTWO={ROTATED_TELEGRAM}\n")

    def test_stay_while_it_is_not_known_whether_openclaw_works(self):
        self.write_env(f"OLD={TELEGRAM}\n")
        self.take_in()
        for manners in ("silent-audit", "unresolved-audit"):
            report, _ = self.wire("--yes", manners=manners, code=74)
            self.assertEqual([one["removed"] for one in report["envLines"]], [False])
        self.assertEqual(self.env(), f"OLD={TELEGRAM}\n")

    def test_behind_a_link_stay(self):
        self.write("elsewhere", f"OLD={TELEGRAM}\n")
        (self.openclaw / ".env").symlink_to(self.home / "elsewhere")
        self.take_in()
        self.wire("--yes")
        self.assertEqual((self.home / "elsewhere").read_text(), f"OLD={TELEGRAM}\n")


class ABadOpenclaw(WiredConfig):
    def setUp(self):
        super().setUp()
        self.take_in()

    def test_a_refused_patch_changes_nothing_and_its_reason_is_told(self):
        report, words = self.assert_file_stays(manners="refuse-patch", code=74)
        self.assertIn("Config validation failed: gateway.auth.token", words)
        self.assertIn("openclaw config patch refused the change", words)
        self.assertEqual((report["replacedInConfig"], sorted(report["keptInConfig"])), ([], sorted(FIELDS)))
        self.assertFalse(report["applied"])

    def test_one_that_says_done_and_did_nothing_is_found_out(self):
        report, words = self.assert_file_stays(manners="lie-patch", code=74)
        self.assertEqual((report["replacedInConfig"], sorted(report["keptInConfig"])), ([], sorted(FIELDS)))
        self.assertIn("still stand in OpenClaw's files", words)

    def test_one_that_writes_half_is_told_and_the_next_run_finishes(self):
        report, words = self.wire(manners="half-patch", code=74)
        self.assertIn("no space left on device", words)
        self.assertEqual(sorted(report["replacedInConfig"] + report["keptInConfig"]), sorted(FIELDS))
        self.assertTrue(report["replacedInConfig"] and report["keptInConfig"])
        report, _ = self.wire()
        self.assertEqual((report["keptInConfig"], self.still_plain()), ([], []))

    def test_one_that_hangs_is_stopped_in_time(self):
        _, words = self.assert_file_stays(manners="hang-patch", code=74, limit="1")
        self.assertIn("did not end in time", words)

    def assert_file_stays(self, limit="60", **how):
        before = fingerprint(self.openclaw / "openclaw.json")
        result = self.wire("--time-limit", limit, **how)
        self.assertEqual(fingerprint(self.openclaw / "openclaw.json"), before)
        return result

    def test_a_value_that_it_wrote_over_is_told_and_not_lost(self):
        report, words = self.wire("--remove-leftovers", "--yes", manners="rotate-config", code=74)
        self.assertIn("'channels.telegram.botToken' was changed while OpenClaw wrote", words)
        self.assertIn("claviger add 'config/channels.telegram.botToken' --replace", words)
        copy = json.loads((self.openclaw / "openclaw.json.bak").read_text())
        self.assertEqual(copy["channels"]["telegram"]["botToken"], ROTATED_TELEGRAM)
        self.assertEqual(report["removed"], [])
        self.ok(
            *("add", "config/channels.telegram.botToken", "--replace", "--stdin"),
            stdin=copy["channels"]["telegram"]["botToken"],
        )
        self.wire()
        block = self.config()["secrets"]["providers"]["claviger-config"]
        self.assertEqual(
            list(self.asked_of(block, ["config/channels.telegram.botToken"]).values()), [ROTATED_TELEGRAM]
        )

    def test_a_field_that_it_moves_while_writing_counts_as_wired(self):
        report, _ = self.wire(manners="move-fields")
        self.assertEqual((sorted(report["replacedInConfig"]), report["keptInConfig"]), (sorted(FIELDS), []))
        moved = self.at("channels.slack.accounts.default.botToken")
        self.assertEqual(moved["id"], "config/channels.slack.botToken")
        again, _ = self.wire()
        self.assertEqual((again["config"], again["configLeft"]), ([], []))
        self.assertEqual(self.json("import", self.openclaw, "--on-conflict", "replace")["agents"][-1]["lost"], [])
        self.assertEqual(self.get("config/channels.slack.botToken"), SLACK)


class ABadConfiguration(WiredConfig):
    def assert_refused(self, code, *saying):
        before = fingerprint(self.openclaw / "openclaw.json")
        report, words = self.wire(code=code)
        self.assertEqual((report, fingerprint(self.openclaw / "openclaw.json")), (None, before))
        self.assertFalse(self.log.exists(), "OpenClaw was called")
        for text in saying:
            self.assertIn(text, words)

    def test_one_that_does_not_parse_is_named_and_nothing_is_touched(self):
        self.write_store({"mock:default": {"type": "api_key", "provider": "mock", "key": KEY}})
        self.take_in()
        (self.openclaw / "openclaw.json").write_text('{"gateway": {"auth": {"token": "test-canary')
        self.assert_refused(65, "openclaw.json")
        self.assertEqual(self.store()["mock:default"]["key"], KEY)

    def test_secrets_that_are_no_text_are_named_and_stay(self):
        self.take_in()
        odd = {
            "gateway.auth.token": 12345678,
            "channels.telegram.botToken": ["a", "b"],
            "channels.discord.token": {"a": 1},
            "skills.entries.weather.apiKey": True,
        }
        for path, value in odd.items():
            self.change(path, value)
        report, words = self.wire()
        self.assertEqual(
            {left["path"]: left["reason"] for left in report["configLeft"]},
            {path: "it is neither text nor a reference" for path in odd},
        )
        for path, value in odd.items():
            self.assertIn(f"'{path}' of openclaw.json stays", words)
            self.assertEqual(self.at(path), value)

    def test_unknown_fields_stay_as_they_are(self):
        self.change("nobody.knows.this", {"token": "test-unknown-0123456789", "list": [1.5, None]})
        self.take_in()
        self.wire()
        self.assertEqual(self.at("nobody.knows.this"), {"token": "test-unknown-0123456789", "list": [1.5, None]})

    def test_what_it_includes_is_named_and_not_touched(self):
        (self.openclaw / "more.json").write_text(json.dumps({"token": "test-included-0123456789"}))
        self.change("channels.irc", {"$include": "./more.json"})
        self.take_in()
        before = fingerprint(self.openclaw / "more.json")
        report, words = self.wire()
        said = "openclaw.json includes other files './more.json' in 'channels.irc': what they hold was not read"
        self.assertIn(said, words)
        self.assertIn(said, self.ok("import", self.openclaw).out)
        rows = [row for row in json.loads(self.run_it("doctor", "--json").out)["checks"] if row["id"] == "openclaw"]
        self.assertIn(said, "".join(row["evidence"] for row in rows))
        self.assertEqual([left["path"] for left in report["configLeft"]], ["$include"])
        self.assertEqual(fingerprint(self.openclaw / "more.json"), before)
        self.assertEqual(self.at("channels.irc"), {"$include": "./more.json"})

    @unittest.skipUnless(os.geteuid() == 0, "needs root to give a file away")
    def test_one_that_belongs_to_another_user_is_named_and_nothing_is_touched(self):
        self.take_in()
        os.chown(self.openclaw / "openclaw.json", 65534, 65534)
        self.assert_refused(77, "openclaw.json", "belongs to user 65534")


class Killed(WiredConfig):
    def test_at_any_moment_every_reference_has_its_provider_and_a_rerun_finishes(self):
        self.write_store({"mock:default": {"type": "api_key", "provider": "mock", "key": KEY}})
        self.take_in()
        rest = self.home / "rest"
        shutil.copytree(self.openclaw, rest)
        chance = random.Random(2026)
        for _ in range(12):
            shutil.rmtree(self.openclaw)
            shutil.copytree(rest, self.openclaw)
            process = subprocess.Popen(
                self.command("openclaw", "wire", "--json", "--apply", "--openclaw", STANDIN),
                env={**self.environment, "STANDIN_LOG": str(self.log)},
                cwd=self.home,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            time.sleep(chance.uniform(0, 0.6))
            process.kill()
            process.wait()
            time.sleep(0.4)  # the stand-in it had started ends by itself
            self.assert_every_reference_has_a_provider()
            report, _ = self.wire("--remove-leftovers", "--yes")
            self.assertEqual(
                (report["verdict"], report["kept"], report["keptInConfig"], report["leftovers"]), ("clean", [], [], [])
            )
            for secret in (KEY, *FIELDS.values()):
                self.assertEqual(self.holding(secret), [])

    def assert_every_reference_has_a_provider(self):
        providers = self.config().get("secrets", {}).get("providers", {})
        for path in FIELDS:
            value = self.at(path)
            self.assertTrue(value == FIELDS[path] or value["provider"] in providers, path)


if __name__ == "__main__":
    unittest.main()
