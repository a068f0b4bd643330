#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The secrets that OpenClaw keeps beside its profiles: which fields it has for them, what it stores, what we read."""
import json
import os
from pathlib import Path

from support import HERE, JSON_ERA, SAMPLES, SQLITE_ERA, Host, main

FIELDS = HERE.parent.parent / "import" / "openclaw" / "config" / "config_fields.txt"
MATRIX = "node_modules/openclaw/docs/reference/secretref-user-supplied-credentials-matrix.json"
SECRET = "sk-test-secrets-store-0123456789"
REMOVED = "sk-test-secrets-removed-0123456789"


def fields_of(version):
    """{path: the member beside it that takes the reference} as this OpenClaw lists them."""
    entries = json.loads((Path(os.environ["OPENCLAW_PACKAGES"]) / version / MATRIX).read_text())["entries"]
    ours = [entry for entry in entries if entry["configFile"] == "openclaw.json"]
    return {entry["path"]: entry.get("refPath", "").split(".")[-1] for entry in ours}


class ConfigSecrets(Host):
    def test_the_list_of_fields_is_that_of_both_generations(self):
        lines = [line for line in FIELDS.read_text().splitlines() if line and not line.startswith("#")]
        listed = {line.split()[0]: (line.split() + [""])[1] for line in lines}
        self.assertEqual(len(listed), len(lines))
        self.assertEqual(listed, {**fields_of(SQLITE_ERA), **fields_of(JSON_ERA)})

    def imported(self, *more):
        receipt = json.loads(self.ok("import", self.state, "--json", *more))
        return receipt, {agent["agent"]: agent for agent in receipt["agents"]}

    def test_what_the_audit_of_2026_9_finds_in_its_configuration_is_imported(self):
        self.configure(**json.loads((SAMPLES / "config-2026.9.json").read_text()))
        audit = self.openclaw_json(SQLITE_ERA, "secrets", "audit", "--json", code=None)
        found = [entry["jsonPath"] for entry in audit["findings"] if entry["code"] == "PLAINTEXT_FOUND"]
        self.assertGreaterEqual(len(found), 6)
        _, agents = self.imported()
        added = agents["@config"]["added"]
        for path in found:
            self.assertIn("config/" + path.replace('["z.ai"]', ".z\\.ai"), added)

    def test_the_secrets_store_of_2026_9_is_imported_and_its_references_can_be_replaced(self):
        reference = {"source": "store", "provider": "default", "id": "OPENAI_API_KEY"}
        self.configure(gateway={"mode": "local", "auth": {"mode": "token", "token": reference}})
        for name, kind, value in (
            ("OPENAI_API_KEY", "secret", SECRET),
            ("OLD_TOKEN", "secret", REMOVED),
            ("LOG_LEVEL", "env", "debug"),
        ):
            self.openclaw(SQLITE_ERA, "secrets", "store", "set", name, "--kind", kind, stdin=value)
        self.openclaw(SQLITE_ERA, "secrets", "store", "rm", "OLD_TOKEN", "--yes")
        self.assertNotEqual(self.files_with(REMOVED), [], "a removed value is gone now: store_removed says it is not")
        receipt, agents = self.imported()
        self.assertEqual(agents["@config"]["added"], ["config/secrets.store.OPENAI_API_KEY"])
        self.assertEqual(agents["main"]["added"], ["LOG_LEVEL"])
        self.assertIn(("store_removed", "OLD_TOKEN"), [(entry["reason"], entry["id"]) for entry in receipt["warnings"]])
        plan = self.home / "plan.json"
        target = {"type": "gateway.auth.token", "path": "gateway.auth.token"}
        target["ref"] = {"source": "env", "provider": "default", "id": "GATEWAY_TOKEN"}
        plan.write_text(json.dumps({"version": 1, "protocolVersion": 1, "targets": [target]}))
        self.environment["GATEWAY_TOKEN"] = "test-gateway"
        self.openclaw(SQLITE_ERA, "secrets", "apply", "--from", plan)
        self.assertEqual(self.configuration()["gateway"]["auth"]["token"], target["ref"])


if __name__ == "__main__":
    main()
