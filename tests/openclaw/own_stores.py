#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What each OpenClaw writes itself comes into the vault without loss, and goes back to 2026.4.29, its meaning kept."""
import json

from support import JSON_ERA, SQLITE_ERA, Host, main

TOKEN = "tok-test-own-store-0123456789"
SECOND = "tok-test-own-second-0123456789"
KEY = "sk-test-own-store-key-0123456789"


def meaning(status):
    """What `models status --json` says about credentials, without paths and times."""
    rows = {
        row["profileId"]: (row["type"], row["status"], row.get("expiresAt"), row["label"])
        for row in status["auth"]["oauth"]["profiles"]
    }
    return rows, status["auth"]["unusableProfiles"]


class OwnStores(Host):
    def test_2026_4_pasted_tokens_and_order_there_and_back(self):
        self.configure(plugins={"enabled": False})
        for name, token in (("one", TOKEN), ("two", SECOND)):
            self.openclaw_typed(
                JSON_ERA,
                "Paste token",
                token,
                "models",
                "auth",
                "paste-token",
                "--provider",
                "tprov",
                "--profile-id",
                f"tprov:{name}",
                "--expires-in",
                "365d",
            )
        self.openclaw(JSON_ERA, "models", "auth", "order", "set", "--provider", "tprov", "tprov:two", "tprov:one")
        before = self.openclaw_json(JSON_ERA, "models", "status", "--json")
        folder = self.agent_folder()
        stored = json.loads((folder / "auth-profiles.json").read_text())
        state = json.loads((folder / "auth-state.json").read_text())

        self.ok("import", self.state)
        self.assertEqual((self.get("tprov:one"), self.get("tprov:two")), (TOKEN, SECOND))
        which = json.loads(self.ok("which", "--provider", "tprov", "--json"))
        self.assertEqual((which["next"], which["source"]), ("tprov:two", "agent order"))
        self.assertEqual(self.listed()["tprov:one"]["expiresAtMs"], stored["profiles"]["tprov:one"]["expires"])

        (folder / "auth-profiles.json").unlink()
        (folder / "auth-state.json").unlink()
        self.ok("export", "--format", "openclaw", "--generation", "2026.4", "--output", folder / "auth-profiles.json")
        self.assertEqual(json.loads((folder / "auth-profiles.json").read_text()), stored)
        self.assertEqual(json.loads((folder / "auth-state.json").read_text()), state)
        self.assertEqual(meaning(self.openclaw_json(JSON_ERA, "models", "status", "--json")), meaning(before))

    def test_2026_9_pasted_key_token_and_order(self):
        self.configure()
        self.openclaw(
            SQLITE_ERA, "models", "auth", "paste-token", "--provider", "tprov", "--expires-in", "365d", stdin=TOKEN
        )
        self.openclaw(SQLITE_ERA, "models", "auth", "paste-api-key", "--provider", "openrouter", stdin=KEY)
        self.openclaw(SQLITE_ERA, "models", "auth", "order", "set", "--provider", "tprov", "tprov:manual")
        rows = self.openclaw_json(SQLITE_ERA, "models", "status", "--json")["auth"]["oauth"]["profiles"]
        expires = [row["expiresAt"] for row in rows if row["profileId"] == "tprov:manual"][0]

        receipt = json.loads(self.ok("import", self.state, "--json"))
        self.assertTrue(receipt["verified"])
        self.assertEqual((self.get("tprov:manual"), self.get("openrouter:manual")), (TOKEN, KEY))
        listed = self.listed()
        self.assertEqual((listed["tprov:manual"]["type"], listed["tprov:manual"]["expiresAtMs"]), ("token", expires))
        self.assertEqual(listed["openrouter:manual"]["type"], "api_key")
        order = json.loads(self.ok("order", "get", "--provider", "tprov", "--json"))
        self.assertEqual(order["order"], ["tprov:manual"])


if __name__ == "__main__":
    main()
