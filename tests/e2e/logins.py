# SPDX-License-Identifier: Apache-2.0
"""Logins of other tools: found by content and folder, taken whole, their files left alone."""
import base64
import json
import os
import unittest

from support import Home, fingerprint

LATER = 4_000_000_000_000


def jwt(**claims):
    return "eyJhbGciOiJub25lIn0." + base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=") + ".sig"


class Logins(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()

    def login(self, name, document):
        path = self.home / name
        path.parent.mkdir(exist_ok=True)
        return self.write(name, json.dumps(document))

    def imported(self, source, *more):
        receipt = self.json("import", source, *more)
        self.assertTrue(receipt["verified"])
        return receipt["format"], receipt["agents"][0]["added"]

    def show(self, profile):
        return self.json("show", profile)["profiles"][0]

    def claude(self):
        return self.login(
            ".claude/.credentials.json",
            {
                "claudeAiOauth": {
                    "accessToken": "sk-ant-oat01-test-access",
                    "refreshToken": "sk-ant-ort01-test-refresh",
                    "expiresAt": LATER,
                    "scopes": ["user:inference"],
                    "subscriptionType": "max",
                }
            },
        )

    def test_takes_claude_codes_login_with_its_account(self):
        path = self.claude()
        self.write(
            ".claude.json",
            json.dumps({"oauthAccount": {"emailAddress": "me@example.com", "accountUuid": "u-1"}, "projects": {}}),
        )
        before = fingerprint(path)
        self.assertEqual(self.imported(path), ("claude", ["anthropic:claude-cli"]))
        self.assertEqual(fingerprint(path), before)
        shown = self.show("anthropic:claude-cli")
        self.assertEqual(
            (shown["provider"], shown["type"], shown["email"], shown["expiresAtMs"]),
            ("anthropic", "oauth", "me@example.com", LATER),
        )
        self.assertEqual(self.get("anthropic:claude-cli", "--field", "refresh"), "sk-ant-ort01-test-refresh")
        exported = json.loads(self.ok("export", "--format", "openclaw", "--generation", "2026.2").out)["profiles"][
            "anthropic:claude-cli"
        ]
        self.assertEqual((exported["accountId"], exported["subscriptionType"]), ("u-1", "max"))

    def test_takes_codexs_login_and_its_api_key_mode(self):
        path = self.login(
            ".codex/auth.json",
            {
                "auth_mode": "chatgpt",
                "OPENAI_API_KEY": None,
                "tokens": {
                    "access_token": jwt(exp=LATER // 1000),
                    "refresh_token": "test-refresh",
                    "account_id": "a-1",
                    "id_token": jwt(email="me@example.com"),
                },
                "last_refresh": "2026-01-01T00:00:00Z",
            },
        )
        self.assertEqual(self.imported(path), ("codex", ["openai:codex-cli"]))
        shown = self.show("openai:codex-cli")
        self.assertEqual(
            (shown["provider"], shown["type"], shown["email"], shown["expiresAtMs"]),
            ("openai", "oauth", "me@example.com", LATER),
        )
        self.login(".codex/auth.json", {"auth_mode": "apikey", "OPENAI_API_KEY": "sk-test-codex"})
        receipt = self.json("import", path, "--on-conflict", "replace")
        self.assertEqual(receipt["agents"][0]["replaced"], ["openai:codex-cli"])
        self.assertEqual(self.get("openai:codex-cli"), "sk-test-codex")

    def test_dates_an_opaque_codex_login_by_its_file(self):
        path = self.login(".codex/auth.json", {"tokens": {"access_token": "opaque", "refresh_token": "test-refresh"}})
        os.utime(path, (1_700_000_000, 1_700_000_000))
        receipt = self.json("import", path)
        self.assertEqual(receipt["agents"][0]["warnings"][0]["reason"], "expiry_guessed")
        self.assertEqual(self.show("openai:codex-cli")["expiresAtMs"], 1_700_003_600_000)

    def test_tells_three_tools_apart_by_their_folders(self):
        document = {"access_token": "test-access", "refresh_token": "test-refresh", "expiry_date": LATER}
        for folder, wanted in (
            (".qwen", ("qwen", ["qwen-portal:qwen-cli"])),
            (".minimax", ("minimax", ["minimax-portal:minimax-cli"])),
            (".gemini", ("gemini", ["google-gemini-cli:default"])),
        ):
            self.assertEqual(self.imported(self.login(f"{folder}/oauth_creds.json", document)), wanted)
        nowhere = self.write("creds.json", json.dumps(document))
        self.fails(65, "import", nowhere, saying="Qwen")
        self.assertEqual(
            self.json("import", nowhere, "--format", "qwen")["agents"][0]["skipped"][0]["reason"], "unchanged"
        )

    def test_names_a_gemini_login_after_its_account(self):
        path = self.login(
            "creds/oauth_creds.json",
            {
                "access_token": "test-access",
                "refresh_token": "test-refresh",
                "expiry_date": LATER,
                "id_token": jwt(email="me@example.com", sub="42"),
            },
        )
        self.assertEqual(self.imported(path), ("gemini", ["google-gemini-cli:me@example.com"]))

    def test_takes_a_folder_for_the_login_in_it(self):
        self.claude()
        self.assertEqual(self.imported(self.home / ".claude"), ("claude", ["anthropic:claude-cli"]))
        self.login(".codex/auth.json", {"OPENAI_API_KEY": "sk-test-codex"})
        self.assertEqual(self.imported(str(self.home / ".codex") + "/"), ("codex", ["openai:codex-cli"]))

    def test_reads_a_login_from_a_pipe(self):
        document = json.dumps({"claudeAiOauth": {"accessToken": "test-access", "expiresAt": LATER}})
        receipt = self.json("import", "-", stdin=document)
        self.assertEqual((receipt["format"], receipt["agents"][0]["added"]), ("claude", ["anthropic:claude-cli"]))
        self.assertEqual(self.show("anthropic:claude-cli")["type"], "token")

    def test_keeps_nothing_of_a_login_that_lacks_its_tokens(self):
        path = self.login(".codex/auth.json", {"tokens": {"access_token": "test-secret-access"}})
        result = self.fails(65, "import", path, saying="missing_credential")
        self.assertNotIn("test-secret-access", result.err)
        self.assertEqual(self.ids(), [])


if __name__ == "__main__":
    unittest.main()
