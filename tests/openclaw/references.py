#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Both generations resolve their references through `claviger resolve`, down to the header that a provider is shown."""
import json

from support import JSON_ERA, SQLITE_ERA, Host, Provider, main, model_provider

KEY = "sk-test-from-the-vault-0123456789"


class References(Host):
    def configure_for(self, version, port):
        block = json.loads(self.ok("openclaw", "wire", "--state-dir", self.state))["providerUpserts"]
        self.assertEqual(list(block), ["claviger"])
        plugins = {"plugins": {"enabled": False}} if version == JSON_ERA else {}
        self.configure(
            secrets={"providers": block},
            agents={"defaults": {"model": "mock/m1"}},
            models={"providers": {"mock": model_provider(port)}},
            **plugins,
        )

    def assert_resolves(self, version, provider, label):
        audit = self.openclaw_json(version, "secrets", "audit", "--allow-exec", "--check", "--json")
        self.assertEqual(audit["status"], "clean", audit)
        self.assertGreater(audit["resolution"]["refsChecked"], 0)
        self.assertEqual(audit["resolution"]["skippedExecRefs"], 0)
        status = self.openclaw_json(version, "models", "status", "--json")
        shown = [text for group in status["auth"]["providers"] for text in group["profiles"]["labels"]]
        self.assertIn(label, shown)
        self.assert_model_sees(version, provider, KEY)

    def test_2026_4_with_an_export_of_references(self):
        provider = Provider()
        self.configure()
        self.ok("add", "mock:default", "--type", "api_key", "--stdin", stdin=KEY)
        self.configure_for(JSON_ERA, provider.port)
        self.ok("export", "--format", "openclaw-refs", "--output", self.agent_folder() / "auth-profiles.json")
        self.assertEqual(self.files_with(KEY), [])
        self.assert_resolves(JSON_ERA, provider, "mock:default=ref(exec:profile/mock:default)")
        self.assertEqual(self.files_with(KEY), [])

    def test_2026_9_with_a_plan_applied_by_hand(self):
        provider = Provider()
        self.configure()
        self.ok("add", "mock:default", "--type", "api_key", "--stdin", stdin=KEY)
        self.configure_for(SQLITE_ERA, provider.port)
        plan = self.home / "plan.json"
        plan.write_text(
            json.dumps(
                {
                    "version": 1,
                    "protocolVersion": 1,
                    "targets": [
                        {
                            "type": "auth-profiles.api_key.key",
                            "path": "profiles.mock:default.key",
                            "pathSegments": ["profiles", "mock:default", "key"],
                            "agentId": "main",
                            "authProfileProvider": "mock",
                            "ref": {
                                "source": "exec",
                                "provider": "claviger",
                                "id": self.listed()["mock:default"]["ref"],
                            },
                        }
                    ],
                }
            )
        )
        self.openclaw(SQLITE_ERA, "secrets", "apply", "--from", plan, "--allow-exec")
        ref = self.listed()["mock:default"]["ref"]
        self.assert_resolves(SQLITE_ERA, provider, f"mock:default=ref(exec:{ref})")
        self.assertEqual(self.files_with(KEY), [])

    def test_a_locked_vault_is_told_apart_from_a_missing_secret(self):
        provider = Provider()
        self.configure()
        self.ok("add", "mock:default", "--type", "api_key", "--stdin", stdin=KEY)
        self.configure_for(JSON_ERA, provider.port)
        self.ok("export", "--format", "openclaw-refs", "--output", self.agent_folder() / "auth-profiles.json")
        self.key.unlink()
        audit = self.openclaw(JSON_ERA, "secrets", "audit", "--allow-exec", "--json", code=2)
        self.assertIn("REF_UNRESOLVED", audit.stdout)
        self.assertNotIn(KEY, audit.stdout + audit.stderr)


if __name__ == "__main__":
    main()
