# SPDX-License-Identifier: Apache-2.0
"""--dry-run of everything that changes something: the vault's bytes stay as they are, and errors are still errors."""
import unittest

from support import Home, SAMPLES, files_below, fingerprint

CHANGES = (
    (("add", "openai:new", "--type", "api_key", "--stdin"), "sk-test-new"),
    (("add", "openai:work", "--type", "api_key", "--stdin", "--replace"), "sk-test-other"),
    (("edit", "openai:work", "--expires-in", "3d", "--email", "eve@example.org"), ""),
    (("rename", "openai:work", "openai:renamed"), ""),
    (("copy", "openai:work", "--to-agent", "ops"), ""),
    (("remove", "openai:work"), ""),
    (("import", SAMPLES / "openclaw/state-dir"), ""),
    (("import", SAMPLES / "openclaw/store-2026.2.json", "--on-conflict", "replace"), ""),
    (("import", SAMPLES / "dotenv/forty-lines.env", "--as-profiles"), ""),
    (("order", "set", "--provider", "openai", "openai:work"), ""),
    (("order", "set", "--provider", "openai", "--default", "openai:work"), ""),
    (("order", "clear", "--provider", "anthropic"), ""),
    (("agent", "add", "new"), ""),
    (("agent", "remove", "ops"), ""),
    (("agent", "default", "ops"), ""),
    (("agent", "token", "create", "ops"), ""),
    (("pin", "set", "--session", "s", "openai:work"), ""),
    (("key", "add", "--recovery"), ""),
    (("key", "rotate"), ""),
)


class DryRun(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:work", "sk-test-0001")
        self.add("anthropic:work", "sk-ant-test-0002")
        self.ok("order", "set", "--provider", "anthropic", "anthropic:work")
        self.ok("agent", "add", "ops")

    def everything(self):
        return {path: fingerprint(path) for path in files_below(self.home)}

    def test_changes_no_byte(self):
        for words, stdin in CHANGES:
            with self.subTest(" ".join(map(str, words[:2]))):
                before = self.everything()
                result = self.ok(*words, "--dry-run", stdin=stdin)
                self.assertIn("dry run: nothing was written.", result.err)
                self.assertNotRegex(result.err, r"(?m)^(Added|Replaced|Changed|Renamed|Copied|Removed|Made|Set) ")
                if words[0] != "import":
                    self.assertRegex(result.err, r"(?m)^Would [a-z]+ .* \(dry run\)\.$")
                self.assertEqual(self.everything(), before)

    def test_a_backup_is_tried_and_thrown_away(self):
        before = self.everything()
        result = self.ok("backup", self.home / "copy.db", "--dry-run")
        self.assertIn("Would write", result.err)
        self.assertTrue(self.json("backup", self.home / "copy.db", "--dry-run")["dryRun"])
        self.assertEqual(self.everything(), before)
        self.write("taken.db", "not a backup")
        self.fails(68, "backup", self.home / "taken.db", "--dry-run")

    def test_a_new_vault_is_only_told_of(self):  # T10
        before = self.everything()
        words = ("init", "--vault", self.home / "new.db", "--key-file", self.home / "new.key", "--dry-run")
        self.assertIn("Would make the vault", self.ok(*words).err)
        self.assertEqual(self.json(*words)["keyFile"], str(self.home / "new.key"))
        self.assertEqual(self.everything(), before)
        self.fails(68, "init", "--dry-run")

    def test_does_not_claim_to_have_done_it(self):
        for words, stdin in CHANGES:
            with self.subTest(" ".join(map(str, words[:2]))):
                last = self.ok(*words, "--dry-run", stdin=stdin).err.strip().splitlines()[-1]
                self.assertNotRegex(last, r"^(Kept|Changed|Renamed|Copied|Removed|Added|Verified)")

    def test_does_change_them_without_it(self):
        for words, stdin in CHANGES[:3]:
            before = fingerprint(self.vault)
            self.ok(*words, stdin=stdin)
            self.assertNotEqual(fingerprint(self.vault), before)

    def test_still_finds_what_is_wrong(self):
        self.fails(66, "edit", "openai:gone", "--no-expiry", "--dry-run")
        self.fails(68, "add", "openai:work", "--type", "api_key", "--stdin", "--dry-run", stdin="sk-test-1")
        self.fails(66, "copy", "openai:work", "--to-agent", "nobody", "--dry-run")
        self.fails(65, "import", self.write("bad.json", "{"), "--dry-run")

    def test_promises_what_then_happens(self):
        promised = self.json("import", SAMPLES / "openclaw/state-dir", "--dry-run")
        self.assertFalse(promised["verified"])
        done = self.json("import", SAMPLES / "openclaw/state-dir")
        self.assertEqual(promised["agents"], done["agents"])


if __name__ == "__main__":
    unittest.main()
