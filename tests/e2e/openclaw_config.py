# SPDX-License-Identifier: Apache-2.0
"""What openclaw.json and OpenClaw's secrets store hold themselves, brought in with their state directory."""
import shutil
import sqlite3
import unittest

from support import Home, SAMPLES

SECRETS = {
    "config/gateway.auth.token": "test-gateway-0001",
    "config/models.providers.mock.apiKey": "sk-test-mock-0001",
    "config/models.providers.mock.headers.X-Team-Token": "test-team-0001",
    "config/models.providers.z\\.ai.apiKey": "sk-test-zai-0001",
    "config/channels.telegram.botToken": "100200300:test-telegram-0001",
    "config/channels.slack.botToken": "xoxb-test-0001",
    "config/channels.slack.appToken": "xapp-test-0001",
    "config/channels.slack.accounts.work.botToken": "xoxb-test-0002",
    "config/skills.entries.weather.apiKey": "test-weather-0001",
}
VARIABLES = {
    "TAVILY_API_KEY": "tvly-test-0001",
    "LOG_LEVEL": "debug",
    "WEATHER_REGION": "eu",
    "WEATHER_TOKEN": "test-weather-0002",
}


class OpenclawConfig(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.openclaw = self.home / ".openclaw"
        self.openclaw.mkdir(mode=0o700)
        shutil.copyfile(SAMPLES / "openclaw" / "config-2026.9.json", self.openclaw / "openclaw.json")

    def imported(self, *more):
        receipt = self.json("import", self.openclaw, *more)
        return receipt, {agent["agent"]: agent for agent in receipt["agents"]}

    def test_its_secrets_and_variables_are_taken(self):
        receipt, agents = self.imported()
        self.assertEqual(list(agents), ["main", "@config"])
        self.assertEqual(agents["@config"]["added"], list(SECRETS))
        self.assertEqual(agents["main"]["added"], list(VARIABLES))
        (rejected,) = receipt["rejected"]
        self.assertEqual(
            (rejected["reason"], rejected["id"]), ("placeholder", "channels.slack.accounts.work.appToken")
        )
        for name, value in VARIABLES.items():
            self.assertEqual(self.get("env/" + name), value)

    def test_nothing_is_taken_twice_and_no_secret_is_shown(self):
        shown = [self.ok("import", self.openclaw, *more) for more in (("--dry-run",), (), ("--dry-run", "--json"))]
        for output in shown:
            for secret in (*SECRETS.values(), "tvly-test-0001", "test-weather-0002"):
                self.assertNotIn(secret, output.out + output.err)
        _, agents = self.imported()
        self.assertEqual((agents["@config"]["added"], agents["@config"]["unchanged"]), ([], list(SECRETS)))

    def test_people_are_told_of_secrets_of_openclaw_json_and_of_no_variables(self):
        words = self.ok("import", self.openclaw).out
        self.assertIn("agent @config (new): 9 secrets of openclaw.json added", words)
        self.assertIn("'config/gateway.auth.token'", words)
        self.assertIn(r"'config/models.providers.z\.ai.apiKey'", words)
        self.assertNotIn("variable 'config/", words)
        again = self.json("import", self.openclaw, "--on-conflict", "replace", "--dry-run")
        self.assertEqual(again["agents"][-1]["configSecrets"], {"added": 0, "replaced": 0})

    def test_the_secrets_store_comes_with_them(self):
        (self.openclaw / "state").mkdir()
        store = sqlite3.connect(self.openclaw / "state" / "openclaw.sqlite")
        store.executescript(
            "PRAGMA user_version = 18;"
            "CREATE TABLE schema_meta (meta_key TEXT PRIMARY KEY, role TEXT);"
            "INSERT INTO schema_meta VALUES ('primary', 'global');"
            "CREATE TABLE config_machine_state (state_key TEXT PRIMARY KEY, value_json TEXT);"
            "CREATE TABLE secret_store_entries (scope_kind TEXT, scope_id TEXT, name TEXT, value TEXT, kind TEXT,"
            " created_at_ms INTEGER, updated_at_ms INTEGER, updated_by TEXT, deleted_at_ms INTEGER,"
            " allowed_hosts TEXT, PRIMARY KEY (scope_kind, scope_id, name));"
            "INSERT INTO secret_store_entries VALUES"
            " ('team', '', 'STORED_KEY', 'sk-test-stored', 'secret', 1, 1, 'cli', NULL, NULL),"
            " ('team', '', 'STORED_NAME', 'stored', 'env', 1, 1, 'cli', NULL, NULL),"
            " ('team', '', 'GONE_KEY', 'sk-test-gone', 'secret', 1, 1, 'cli', 2, NULL);"
        )
        store.close()
        receipt, agents = self.imported()
        self.assertIn("config/secrets.store.STORED_KEY", agents["@config"]["added"])
        self.assertEqual(self.get("env/STORED_NAME"), "stored")
        self.assertEqual([(one["reason"], one["id"]) for one in receipt["warnings"]], [("store_removed", "GONE_KEY")])

    def test_a_bad_configuration_stops_nothing_else(self):
        (self.openclaw / ".env").write_text("GROQ_API_KEY=gsk-test-0001\n")
        (self.openclaw / "openclaw.json").write_text('{"gateway": {"auth": {"token": "test-canary"')
        receipt, agents = self.imported()
        self.assertEqual(list(agents), ["main"])
        self.assertEqual([one["reason"] for one in receipt["warnings"]], ["unreadable_config"])
        self.assertNotIn("canary", str(receipt))


if __name__ == "__main__":
    unittest.main()
