#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A whole OpenClaw, as people have it, moved into the vault: profiles, a login, the gateway's token, channels, a
provider with a key and a header, a skill, variables, .env and the secrets store. Afterwards no secret that can be
a reference is in any file, OpenClaw works, and importing and wiring again change nothing.
"""
import json
import subprocess

from support import JSON_ERA, SQLITE_ERA, Host, Provider, Telegram, free_port, main, model_provider

DISTANT = 4102444800000
API_KEY = "sk-test-profile-0123456789abcdef"
PASTED_KEY = "sk-test-pasted-0123456789abcdef"
TOKEN = "tok-test-profile-0123456789abcdef"
LOGIN = "at-test-login-0123456789abcdef"
GATEWAY = "test-gateway-token-0123456789abcdef"
PROVIDER_KEY = "sk-test-provider-0123456789abcdef"
HEADER = "test-team-header-0123456789abcdef"
TELEGRAM = "100200300:AAtesttelegram0123456789abcdefghijk"
DISCORD = "test-discord-0123456789abcdef"
SLACK_BOT = "xoxb-test-slack-0123456789abcdef"
SLACK_APP = "xapp-test-slack-0123456789abcdef"
SKILL = "test-skill-0123456789abcdef"
STORED = "test-stored-0123456789abcdef"
WIRED = (API_KEY, PASTED_KEY, TOKEN, GATEWAY, PROVIDER_KEY, HEADER, TELEGRAM, DISCORD, SLACK_BOT, SLACK_APP, SKILL)
SKILL_VARIABLE = "test-skill-variable-0123456789abcdef"
VARIABLE = "test-variable-0123456789abcdef"


def fields_of_install(port):
    return {
        "agents": {"defaults": {"model": "mock/m1"}},
        "gateway": {"mode": "local", "auth": {"mode": "token", "token": GATEWAY}},
        "models": {
            "providers": {
                "mock": model_provider(
                    port, apiKey=PROVIDER_KEY, headers={"X-Team-Token": HEADER, "User-Agent": "house/1"}
                )
            }
        },
        "channels": {
            "telegram": {"enabled": True, "botToken": TELEGRAM, "dmPolicy": "disabled"},
            "discord": {"enabled": False, "token": DISCORD},
            "slack": {"enabled": False, "mode": "socket", "botToken": SLACK_BOT, "appToken": SLACK_APP},
        },
        "skills": {"entries": {"weather": {"apiKey": SKILL, "env": {"WEATHER_TOKEN": SKILL_VARIABLE}}}},
        "env": {"vars": {"HOUSE_TOKEN": VARIABLE}},
    }


class WholeInstall(Host):
    def setUp(self):
        super().setUp()
        self.provider = Provider()
        self.addCleanup(self.provider.shutdown)

    def patch(self, version, content):
        self.openclaw(version, "config", "patch", "--stdin", stdin=json.dumps(content))

    def write_old_store(self):
        login = {"type": "oauth", "provider": "login", "access": LOGIN, "refresh": "rt-test-0123456789abcdef"}
        key = {"type": "api_key", "provider": "aprov", "key": API_KEY}
        self.write_store({"login:me": {**login, "expires": DISTANT}, "aprov:default": key})

    def write_dotenv(self):
        """Lines that hold a secret again: one whose name OpenClaw knows, one whose name is the owner's."""
        path = self.state / ".env"
        path.write_text(f"# mine\nOPENAI_API_KEY={API_KEY}\nOLD_BOT_TOKEN={TELEGRAM}\nLOG_LEVEL=debug\n")
        path.chmod(0o600)

    def install_2026_9(self):
        self.write_old_store()
        self.openclaw(SQLITE_ERA, "doctor", "--fix", "--non-interactive", code=None)
        self.openclaw(SQLITE_ERA, "models", "auth", "paste-api-key", "--provider", "bprov", stdin=PASTED_KEY)
        self.openclaw(
            SQLITE_ERA, *("models", "auth", "paste-token", "--provider", "tprov", "--expires-in", "365d"), stdin=TOKEN
        )
        self.openclaw(SQLITE_ERA, "secrets", "store", "set", "STORED_KEY", "--kind", "secret", stdin=STORED)
        self.patch(SQLITE_ERA, fields_of_install(self.provider.port))
        self.write_dotenv()

    def install_2026_4(self):
        self.write_old_store()
        self.configure(plugins={"enabled": False})
        words = ("models", "auth", "paste-token", "--provider", "tprov", "--expires-in", "365d")
        self.openclaw_typed(JSON_ERA, "Paste token", TOKEN, *words)
        self.patch(JSON_ERA, fields_of_install(self.provider.port))
        self.write_dotenv()

    def wire(self, version, *more):
        words = ("--state-dir", self.state, "--apply", "--openclaw", self.openclaw_command(version), "--json")
        done = self.claviger("openclaw", "wire", *words, *more)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for secret in (*WIRED, LOGIN, VARIABLE, SKILL_VARIABLE, STORED):
            self.assertNotIn(secret, done.stdout + done.stderr)
        return json.loads(done.stdout)

    def move_in(self, version):
        self.ok("import", self.state)
        report = self.wire(version, "--remove-leftovers", "--yes", "--token-dir", self.home / "tokens")
        self.assertEqual((report["kept"], report["keptInConfig"], report["failures"]), ([], [], []))
        self.assertEqual((report["leftovers"], report["notSearched"]), ([], []))
        return report

    def assert_only_the_login_is_found(self, version):
        audit = self.openclaw_json(version, "secrets", "audit", "--allow-exec", "--json", code=None)
        found = [(entry["code"], entry["jsonPath"]) for entry in audit["findings"]]
        self.assertEqual(found, [("LEGACY_RESIDUE", "profiles.login:me")])
        self.assertEqual(audit["summary"]["unresolvedRefCount"], 0)

    def assert_no_file_holds_what_is_wired(self):
        for secret in WIRED:
            self.assertEqual(self.files_with(secret), [], secret[:12])

    def assert_again_changes_nothing(self, version):
        before = self.everything()
        receipt = json.loads(self.ok("import", self.state, "--on-conflict", "replace", "--json"))
        for agent in receipt["agents"]:
            self.assertEqual((agent["added"], agent["replaced"], agent["lost"]), ([], [], []))
        report = self.wire(version, "--token-dir", self.home / "tokens")
        self.assertEqual((report["replaced"], report["replacedInConfig"], report["leftovers"]), ([], [], []))
        self.assertEqual(self.everything(), before)

    def everything(self):
        """The configuration but for OpenClaw's own notes, and the profiles wherever they are."""
        config = self.configuration()
        config.pop("meta", None)
        store = self.agent_folder() / "auth-profiles.json"
        return config, store.read_text() if store.exists() else None, (self.state / ".env").read_text()

    def assert_the_provider_gets_key_and_header(self, version):
        self.assert_model_sees(version, self.provider, PROVIDER_KEY)
        self.assertEqual({seen.get("x-team-token") for seen in self.provider.headers_seen}, {HEADER})

    def small_install(self, port, telegram=None, **more):
        content = fields_of_install(self.provider.port)
        content["gateway"].update(port=port, bind="loopback")
        content["channels"] = {}
        if telegram:
            content["channels"]["telegram"] = {
                "enabled": True,
                "botToken": TELEGRAM,
                "dmPolicy": "disabled",
                "apiRoot": telegram.root,
            }
        del content["env"], content["skills"]
        self.configure(**content, **more)

    def assert_gateway_answers(self, version, log):
        self.wait_until(lambda: "ready" in log.read_text(errors="replace"), log)
        asking = ("gateway", "health", "--json")
        self.assertTrue(self.openclaw_json(version, *asking)["ok"])
        self.assertTrue(self.openclaw_json(version, *asking, "--token", GATEWAY)["ok"])
        refused = self.openclaw(version, *asking, "--token", "test-wrong-token-0123456789", code=None)
        self.assertNotEqual(refused.returncode, 0, "any token opens it")

    def test_the_gateway_of_2026_9_starts_and_its_telegram_token_arrives(self):
        telegram, port = Telegram(), free_port()
        self.addCleanup(telegram.shutdown)
        self.small_install(port, telegram)
        self.move_in(SQLITE_ERA)
        log = self.start_gateway(SQLITE_ERA, port)
        self.wait_until(lambda: telegram.paths, log)
        self.assertEqual(telegram.paths[0], f"/bot{TELEGRAM}/getMe")
        self.assert_gateway_answers(SQLITE_ERA, log)
        for secret in (TELEGRAM, GATEWAY):
            self.assertEqual(self.files_with(secret), [])

    def ask_the_gateway(self, version):
        """Has a turn begun, and does not wait for its end: the first one of 2026.4 outlasts its own client."""
        words = ("infer", "model", "run", "--gateway", "--model", "mock/m1", "--prompt", "ping", "--json")
        asking = subprocess.Popen(
            [*self.openclaw_words(version), *words],
            env=self.openclaw_environment(),
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.addCleanup(asking.wait)
        self.addCleanup(asking.kill)

    def test_the_gateway_of_2026_4_starts_and_its_provider_gets_key_and_header(self):
        port = free_port()
        self.put_linking_npm_beside_node(JSON_ERA)
        self.small_install(port, plugins={"enabled": False})
        report = self.move_in(JSON_ERA)
        self.assertEqual(report["audit"]["resolution"]["refsChecked"], 3)
        log = self.start_gateway(JSON_ERA, port)
        self.assert_gateway_answers(JSON_ERA, log)
        self.ask_the_gateway(JSON_ERA)
        self.wait_until(lambda: self.provider.seen, log, patience=400)
        self.assertEqual(self.provider.seen, [f"Bearer {PROVIDER_KEY}"])
        self.assertEqual([seen.get("x-team-token") for seen in self.provider.headers_seen], [HEADER])
        for secret in (PROVIDER_KEY, HEADER, GATEWAY):
            self.assertEqual(self.files_with(secret), [])

    def test_2026_9_moves_in(self):
        self.install_2026_9()
        self.move_in(SQLITE_ERA)
        self.assert_no_file_holds_what_is_wired()
        self.assertEqual((self.state / ".env").read_text(), "# mine\nLOG_LEVEL=debug\n")
        self.assert_the_provider_gets_key_and_header(SQLITE_ERA)
        self.assert_only_the_login_is_found(SQLITE_ERA)
        self.assert_again_changes_nothing(SQLITE_ERA)

    def test_2026_4_moves_in(self):
        self.install_2026_4()
        self.move_in(JSON_ERA)
        self.assert_no_file_holds_what_is_wired()
        self.assertEqual((self.state / ".env").read_text(), "# mine\nLOG_LEVEL=debug\n")
        self.assert_only_the_login_is_found(JSON_ERA)
        self.assert_again_changes_nothing(JSON_ERA)


if __name__ == "__main__":
    main()
