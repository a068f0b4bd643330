#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""OpenClaw 2026.6.11, between the two generations: there and back once, with the fields of its own list."""
import json
from pathlib import Path

from support import BETWEEN, Host, Provider, main, model_provider

KEY = "sk-test-plaintext-key-0123456789"
GATEWAY = "test-gateway-token-0123456789"
TELEGRAM = "100200300:test-telegram-0123456789"
PASTED = (KEY, GATEWAY, TELEGRAM)


class Between(Host):
    def install(self, provider):
        self.configure(
            agents={"defaults": {"model": "mock/m1"}},
            gateway={"mode": "local", "auth": {"mode": "token", "token": GATEWAY}},
            channels={"telegram": {"enabled": False, "botToken": TELEGRAM}},
            models={"providers": {"mock": model_provider(provider.port)}},
            plugins={"enabled": False},
        )
        self.write_store({"mock:default": {"type": "api_key", "provider": "mock", "key": KEY}})
        self.openclaw(BETWEEN, "doctor", "--fix", "--non-interactive", code=None)  # moves the store to a database
        self.assertTrue([name for name in self.files_with(KEY) if "openclaw-agent.sqlite" in name])

    def apply(self, verb, *more):
        done = self.claviger("openclaw", verb, "--apply", "--json", *more)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        report = json.loads(done.stdout)
        self.assertEqual((report["kept"], report["keptInConfig"], report["failures"]), ([], [], []))
        return report

    def test_its_secrets_move_in_arrive_and_move_out(self):
        provider = Provider()
        self.addCleanup(provider.shutdown)
        self.put_openclaw_in_path(BETWEEN)
        self.install(provider)
        self.ok("import", self.state)
        report = self.apply("wire", "--remove-leftovers", "--yes")
        self.assertEqual(report["audit"]["summary"]["unresolvedRefCount"], 0)
        self.assertEqual(report["audit"]["resolution"]["skippedExecRefs"], 0)
        self.assertEqual([path.rsplit("/", 1)[-1] for path in report["leftovers"]], ["models.json"])
        Path(report["leftovers"][0]).unlink()  # a copy that its doctor made, and that it works without
        self.assert_model_sees(BETWEEN, provider, KEY)
        for secret in PASTED:
            self.assertEqual(self.files_with(secret), [])
        self.apply("unwire", "--yes")
        self.key.unlink()
        provider.seen.clear()
        self.assert_model_sees(BETWEEN, provider, KEY)
        config = self.configuration()
        self.assertEqual(config["channels"]["telegram"]["botToken"], TELEGRAM)
        self.assertEqual(config.get("secrets", {}).get("providers", {}), {})


if __name__ == "__main__":
    main(BETWEEN)
