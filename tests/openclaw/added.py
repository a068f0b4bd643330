#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""wire --add: a profile that OpenClaw never had comes to it as a reference, and OpenClaw uses it."""
import json

from support import JSON_ERA, SQLITE_ERA, Host, Provider, labels, main, model_provider

KEY = "sk-test-added-key-0123456789"
OLDER = "tok-test-older-0123456789"
ENDS = "2090-01-01T00:00:00Z"
ENDS_MS = 3786912000000


class Added(Host):
    def prepare(self):
        provider = Provider()
        self.configure(
            agents={"defaults": {"model": "mock/m1"}},
            models={"providers": {"mock": model_provider(provider.port)}},
            plugins={"enabled": False},
        )
        self.ok("add", "mock:new", "--type", "api_key", "--stdin", stdin=KEY)
        self.ok("add", "tprov:new", "--type", "token", "--expires-at", ENDS, "--stdin", stdin="tok-test-new-0123456789")
        return provider

    def wire(self, version, *more):
        done = self.claviger(
            "openclaw", "wire", "--apply", "--openclaw", self.openclaw_command(version), "--json", *more
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        report = json.loads(done.stdout)
        self.assertEqual((report["kept"], report["failures"]), ([], []))
        self.assertEqual(report["audit"]["summary"]["unresolvedRefCount"], 0)
        return report

    def check(self, version, provider):
        self.assert_model_sees(version, provider, KEY)
        status = self.openclaw_json(version, "models", "status", "--json")
        self.assertEqual(labels(status)["mock:new"].split("=")[-1], "ref(exec:profile/mock:new)")
        token = [one for one in status["auth"]["oauth"]["profiles"] if one["profileId"] == "tprov:new"][0]
        self.assertEqual(token["expiresAt"], ENDS_MS)
        self.assertEqual(self.files_with(KEY), [])
        rows = [row for row in json.loads(self.ok("doctor", "--json"))["checks"] if row["id"] == "openclaw"]
        self.assertEqual([row["rating"] for row in rows], ["secure"], rows)

    def both(self, version):
        report = self.wire(version, "--add", "mock:new", "--add", "tprov:new")
        self.assertLessEqual({"mock:new", "tprov:new"}, set(report["replaced"]))

    def test_2026_9_beside_a_shared_store(self):
        provider = self.prepare()
        self.openclaw(SQLITE_ERA, "models", "auth", "paste-token", "--provider", "tprov", stdin=OLDER)
        self.ok("import", self.state)
        self.both(SQLITE_ERA)
        self.check(SQLITE_ERA, provider)

    def test_2026_9_with_nothing_stored_yet(self):
        provider = self.prepare()
        self.both(SQLITE_ERA)
        self.check(SQLITE_ERA, provider)

    def test_2026_4(self):
        provider = self.prepare()
        self.write_store({"tprov:old": {"type": "token", "provider": "tprov", "token": OLDER}})
        self.ok("import", self.state)
        self.both(JSON_ERA)
        self.check(JSON_ERA, provider)

    def test_the_printed_plan_does_it_too(self):
        for version in (JSON_ERA, SQLITE_ERA):
            with self.subTest(version):
                self.prepare_again()
                plan = self.home / "plan.json"
                plan.write_text(self.ok("openclaw", "wire", "--add", "mock:new"))
                self.openclaw(version, "secrets", "apply", "--from", plan, "--allow-exec")
                self.assert_model_sees(version, self.provider, KEY)

    def prepare_again(self):
        """Another state directory, the same vault."""
        if not hasattr(self, "provider"):
            self.provider = self.prepare()
            return
        self.state.rename(self.home / "former")
        self.state.mkdir(mode=0o700)
        self.configure(
            agents={"defaults": {"model": "mock/m1"}},
            models={"providers": {"mock": model_provider(self.provider.port)}},
            plugins={"enabled": False},
        )


if __name__ == "__main__":
    main()
