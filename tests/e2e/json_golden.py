# SPDX-License-Identifier: Apache-2.0
"""--json of every command, frozen: member names, their order, types and words are what scripts depend on.

Times and what is drawn at random are replaced first. CLAVIGER_UPDATE_GOLDEN=1 writes the files anew: read the diff.
"""
import json
import os
import re
import unittest
from pathlib import Path

from support import Home, SAMPLES

GOLDEN = Path(__file__).resolve().parent / "golden"
RANDOM = {
    "fingerprint": r"[0-9a-f]{8}",
    "vaultId": r"[0-9a-f]{32}",
    "recoveryCode": r"([0-9A-Z]{4}-){13}[0-9A-Z]{4}",
    "slot": r"[0-9a-f]{8}",
    "revision": r"[0-9a-f]{32}",
}
NOW = {"createdAtMs", "updatedAtMs", "checkedAtMs", "pinnedAtMs"}

SETTING = (  # what the questions are asked about
    (("agent", "add", "ops"), ""),
    (("agent", "add", "lab", "--isolated"), ""),
    (
        (
            "add",
            "anthropic:work",
            "--type",
            "token",
            "--stdin",
            "--expires-at",
            "2099-01-01",
            "--email",
            "ann@example.org",
        ),
        "sk-ant-test-1",
    ),
    (("add", "anthropic:spare", "--type", "api_key", "--stdin", "--display-name", "Spare key"), "sk-ant-test-2"),
    (("add", "anthropic:old", "--type", "token", "--stdin", "--expires-at", "2020-01-01"), "sk-ant-test-3"),
    (
        ("add", "google:me", "--type", "oauth", "--stdin", "--expires-at", "2020-01-01"),
        '{"access":"test-a","refresh":"test-r"}',
    ),
    (("add", "openai:ops", "--type", "api_key", "--stdin", "--agent", "ops"), "sk-test-4"),
    (("import", "-", "--format", "dotenv"), "ANTHROPIC_API_KEY=sk-ant-test-5\nOTHER=kept\n"),
    (("order", "set", "--provider", "anthropic", "anthropic:spare", "anthropic:work"), ""),
    (("order", "set", "--provider", "google", "--default", "google:me"), ""),
    (("agent", "token", "create", "ops", "--with-shared", "--expires-at", "2099-01-01"), ""),
    (("pin", "set", "--session", "s", "anthropic:work"), ""),
)

QUESTIONS = {  # golden file: words
    "paths": ("paths",),
    "list": ("list",),
    "list-inherited": ("list", "--agent", "ops"),
    "list-provider": ("list", "--provider", "google"),
    "list-nothing": ("list", "--agent", "lab"),
    "show": ("show", "anthropic:work"),
    "which": ("which", "--provider", "anthropic"),
    "which-pinned": ("which", "--provider", "anthropic", "--pin", "anthropic:work"),
    "status": ("status",),
    "status-provider-missing": ("status", "--provider", "mistral"),
    "status-selected": ("status", "--selected", "--warn-within", "7d"),
    "status-all-agents": ("status", "--all-agents"),
    "order-get": ("order", "get", "--provider", "anthropic"),
    "order-get-default": ("order", "get", "--provider", "google", "--agent", "ops"),
    "order-get-none": ("order", "get", "--provider", "mistral"),
    "agent-list": ("agent", "list"),
    "agent-default": ("agent", "default"),
    "export-openclaw": ("export", "--format", "openclaw"),
    "export-dotenv-json": ("export", "--format", "dotenv", "--dialect", "json"),
    "key-list": ("key", "list"),
    "agent-token-list": ("agent", "token", "list"),
    "pin-get": ("pin", "get", "--session", "s"),
    "pin-get-none": ("pin", "get", "--session", "other"),
    "verify": ("verify", "--deep"),
    "models-status": ("models", "status"),
    "models-auth-list": ("models", "auth", "list"),
    "models-auth-order-get": ("models", "auth", "order", "get", "--provider", "anthropic"),
}

CHANGES = (  # (golden file, words, stdin), one after another
    ("add", ("add", "openai:new", "--type", "api_key", "--stdin"), "sk-test-6"),
    ("edit", ("edit", "openai:new", "--expires-at", "2098-01-01", "--email", "bob@example.org"), ""),
    ("order-set", ("order", "set", "--provider", "openai", "openai:new"), ""),
    ("import-dry-run", ("import", SAMPLES / "openclaw/store-2026.2.json", "--dry-run"), ""),
    ("import-state-dir", ("import", SAMPLES / "openclaw/state-dir"), ""),
    ("import-dotenv", ("import", SAMPLES / "dotenv/forty-lines.env", "--agent", "lab"), ""),
    ("import-again", ("import", SAMPLES / "openclaw/state-dir"), ""),
)


class JsonGolden(Home):
    def setUp(self):
        super().setUp()
        self.ok("init", "--key-file", self.key, "--no-recovery", "--quiet")
        for words, stdin in SETTING:
            self.ok(*words, stdin=stdin)

    def steady(self, value, name=""):
        if isinstance(value, dict):
            return {key: self.steady(one, key) for key, one in value.items()}
        if isinstance(value, list):
            return [self.steady(one, name) for one in value]
        if name == "id" and isinstance(value, str) and re.fullmatch("[0-9a-f]{32}", value):
            return "<slot id>"
        if name in RANDOM and value is not None:
            self.assertRegex(value, f"^(?:{RANDOM[name]})$", name)
            return f"<{name}>"
        if name in NOW and value is not None:
            self.assertGreater(value, 1_700_000_000_000, f"{name} is not in milliseconds")
            return "<now>"
        if name == "remainingMs" and value is not None:
            return "<past>" if value < 0 else "<ahead>"
        if isinstance(value, str):
            return re.sub(r"in \d+ (days|years)", "in <while>", value.replace(str(self.home), "<home>"))
        return value

    def compare(self, name, words, stdin=""):
        answer = json.loads(self.ok(*words, *(() if words[0] == "export" else ("--json",)), stdin=stdin).out)
        if words[0] != "export":
            self.assertEqual(next(iter(answer.items())), ("schemaVersion", 1), "schemaVersion comes first")
        text = json.dumps(self.steady(answer), indent=2, ensure_ascii=False) + "\n"
        path = GOLDEN / f"{name}.json"
        if os.environ.get("CLAVIGER_UPDATE_GOLDEN"):
            path.write_text(text)
        self.assertTrue(path.exists(), f"{path} is missing")
        self.assertEqual(text, path.read_text(), f"{path.name} is frozen")

    def test_answers_as_before(self):
        for name, words in QUESTIONS.items():
            with self.subTest(name):
                self.compare(name, words)

    def test_reports_changes_as_before(self):
        for name, words, stdin in CHANGES:
            with self.subTest(name):
                self.compare(name, words, stdin)

    def test_reports_a_new_vault_as_before(self):
        self.compare("init", ("init", "--vault", self.home / "second/vault.db", "--key-file", self.home / "second.key"))

    def test_keeps_no_golden_file_that_nothing_is_compared_with(self):
        compared = {*QUESTIONS, *(name for name, _, _ in CHANGES), "init"}
        self.assertEqual({path.stem for path in GOLDEN.glob("*.json")}, compared)


if __name__ == "__main__":
    unittest.main()
