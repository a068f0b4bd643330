#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The way back: a wired OpenClaw has its secrets again, in the stores where it looks for them, and works without the
vault."""
import json

from support import JSON_ERA, SQLITE_ERA, Host, Provider, main, model_provider

KEY = "sk-test-plaintext-key-0123456789"
TOKEN = "tok-test-plaintext-token-0123456789"
WORK_KEY = "sk-test-plaintext-work-0123456789"
TODAY = "sk-test-todays-key-0123456789"
GATEWAY = "test-gateway-token-0123456789"
TELEGRAM = "100200300:test-telegram-0123456789"
HEADER = "test-header-0123456789"
DISTANT = 4102444800000
SECRETS = (KEY, TOKEN, WORK_KEY, TODAY, GATEWAY, TELEGRAM, HEADER)


class Unwire(Host):
    def install(self, provider, **more):
        self.configure(
            agents={"defaults": {"model": "mock/m1"}, "list": [{"id": "main", "default": True}, {"id": "work"}]},
            gateway={"mode": "local", "auth": {"mode": "token", "token": GATEWAY}},
            channels={"telegram": {"enabled": False, "botToken": TELEGRAM}},
            models={"providers": {"mock": model_provider(provider.port, headers={"X-Team-Token": HEADER})}},
            **more,
        )
        self.write_store(
            {
                "mock:default": {"type": "api_key", "provider": "mock", "key": KEY},
                "tprov:me": {"type": "token", "provider": "tprov", "token": TOKEN, "expires": DISTANT},
            }
        )
        self.write_store({"mock:default": {"type": "api_key", "provider": "mock", "key": WORK_KEY}}, agent="work")

    def apply(self, verb, version, *more):
        done = self.claviger(
            *("openclaw", verb, "--state-dir", self.state, "--apply", "--json"),
            *("--openclaw", self.openclaw_command(version), *more),
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for secret in SECRETS:
            self.assertNotIn(secret, done.stdout + done.stderr)
        report = json.loads(done.stdout)
        self.assertEqual((report["kept"], report["keptInConfig"], report["failures"]), ([], [], []))
        return report

    def audit(self, version):
        """Ends with 1 when there is plaintext, with 2 when a reference cannot be resolved."""
        done = self.openclaw(version, "secrets", "audit", "--allow-exec", "--check", "--json", code=None)
        summary = json.loads(done.stdout[done.stdout.index("{") :])
        return done.returncode, {finding["code"] for finding in summary["findings"]}, summary

    def there_and_back(self, version, provider):
        self.ok("import", self.state)
        self.apply("wire", version, "--remove-leftovers", "--yes")
        for secret in SECRETS:
            self.assertEqual(self.files_with(secret), [])
        self.assertGreaterEqual(len(self.configuration()["secrets"]["providers"]), 3)
        self.ok("add", "mock:default", "--replace", "--type", "api_key", "--stdin", stdin=TODAY)
        report = self.apply("unwire", version, "--yes")
        self.assertEqual(
            sorted((one["agent"], one["id"]) for one in report["restored"]),
            [("main", "mock:default"), ("main", "tprov:me"), ("work", "mock:default")],
        )
        self.assertEqual(
            sorted(report["restoredInConfig"]),
            ["channels.telegram.botToken", "gateway.auth.token"]
            + ["models.providers.mock.headers.X-Team-Token"],
        )
        self.assertEqual(self.configuration().get("secrets", {}).get("providers", {}), {})
        status, codes, summary = self.audit(version)
        self.assertEqual((status, "PLAINTEXT_FOUND" in codes), (1, True), summary)
        self.assertEqual(summary["summary"]["unresolvedRefCount"], 0)
        self.vault_goes()
        self.assert_model_sees(version, provider, TODAY)
        self.assertEqual(self.configuration()["gateway"]["auth"]["token"], GATEWAY)
        self.assertNotEqual(self.files_with(WORK_KEY), [])

    def vault_goes(self):
        vault = self.home / ".local/share/claviger/vault.db"
        vault.rename(self.home / "elsewhere.db")
        self.assertNotEqual(self.claviger("get", "mock:default").returncode, 0)

    def test_2026_4_has_its_secrets_again_and_works_without_the_vault(self):
        provider = Provider()
        self.install(provider, plugins={"enabled": False})
        self.there_and_back(JSON_ERA, provider)

    def test_2026_9_has_its_secrets_again_and_works_without_the_vault(self):
        provider = Provider()
        self.install(provider)
        self.openclaw(SQLITE_ERA, "doctor", "--fix", "--non-interactive", code=None)  # moves the stores to databases
        for path in self.state.rglob("auth-profiles.json.migrated-*"):  # which stay, and hold everything
            path.unlink()
        self.assertEqual(self.files_with(TOKEN), ["state/openclaw.sqlite"])
        self.there_and_back(SQLITE_ERA, provider)


if __name__ == "__main__":
    main()
