# SPDX-License-Identifier: Apache-2.0
"""--if-revision: what was read is written back only if nobody has written it since (two refreshes of one login)."""
import json
import subprocess
import unittest

from support import Home, PATIENCE

LOGIN = ("add", "google:me", "--type", "oauth", "--stdin", "--expires-at", "2099-01-01")


def tokens(name):
    return json.dumps({"access": f"test-access-{name}", "refresh": f"test-refresh-{name}"})


class CompareAndSet(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.ok(*LOGIN, stdin=tokens("first"))

    def shown(self, profile="google:me", *more):
        return self.json("show", profile, *more)["profiles"][0]

    def write_back(self, revision, name):
        return self.run_it(*LOGIN, "--replace", "--if-revision", revision, stdin=tokens(name))

    def refresh_token(self):
        return self.ok("get", "google:me", "--field", "refresh").out.strip()

    def test_two_who_read_the_same_login_cannot_both_write_it_back(self):
        seen = self.shown()["revision"]
        self.assertEqual(self.write_back(seen, "one").code, 0)
        refused = self.write_back(seen, "two")
        self.assertEqual(refused.code, 68, refused)
        self.assertIn("written since it was read", refused.err)
        self.assertEqual(self.refresh_token(), "test-refresh-one")
        self.assertEqual(self.write_back(self.shown()["revision"], "two").code, 0)
        self.assertEqual(self.refresh_token(), "test-refresh-two")

    def test_one_of_six_that_race_from_one_revision_wins(self):
        seen = self.shown()["revision"]
        racing = [
            subprocess.Popen(
                self.command(*LOGIN, "--replace", "--if-revision", seen),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=self.environment,
                cwd=self.home,
            )
            for _ in range(6)
        ]
        for number, one in enumerate(racing):
            one.stdin.write(tokens(number).encode())
            one.stdin.close()
        codes = [one.wait(timeout=PATIENCE) for one in racing]
        self.assertEqual(sorted(codes), [0] + [68] * 5)
        self.assertEqual(self.refresh_token(), f"test-refresh-{codes.index(0)}")

    def test_get_gives_the_secret_and_its_revision_from_one_state(self):
        answer = self.json("get", "google:me", "--field", "refresh")
        self.assertEqual(answer["revision"], self.shown()["revision"])

    def test_the_receipt_names_the_new_revision_and_a_dry_run_none(self):
        seen = self.shown()["revision"]
        words = (*LOGIN, "--replace", "--if-revision", seen)
        rehearsed = self.json(*words, "--dry-run", stdin=tokens("one"))["profiles"][0]
        self.assertNotIn("revision", rehearsed)
        self.assertEqual(self.shown()["revision"], seen)
        written = self.json(*words, stdin=tokens("one"))["profiles"][0]
        self.assertNotEqual(written["revision"], seen)
        self.assertEqual(self.shown()["revision"], written["revision"])

    def test_a_rehearsal_refuses_what_is_stale_too(self):
        self.fails(68, *LOGIN, "--replace", "--if-revision", "0" * 32, "--dry-run", stdin=tokens("one"))

    def test_an_edit_makes_a_write_back_stale_and_the_other_way_round(self):
        seen = self.shown()["revision"]
        edited = self.json("edit", "google:me", "--email", "ann@example.org", "--if-revision", seen)["profiles"][0]
        self.assertEqual(self.write_back(seen, "one").code, 68)
        self.assertEqual(self.shown()["revision"], edited["revision"])
        self.fails(68, "edit", "google:me", "--email", "", "--if-revision", seen)
        self.assertEqual(self.shown()["email"], "ann@example.org")

    def test_what_was_removed_stays_removed(self):
        seen = self.shown()["revision"]
        self.ok("remove", "google:me", "--yes")
        self.assertEqual(self.write_back(seen, "one").code, 66)
        self.fails(66, "get", "google:me")

    def test_what_is_inherited_is_not_hidden_by_a_write_back(self):
        self.ok("agent", "add", "ops")
        seen = self.shown("google:me", "--agent", "ops")["revision"]
        self.assertEqual(seen, self.shown()["revision"])
        self.fails(66, *LOGIN, "--replace", "--if-revision", seen, "--agent", "ops", stdin=tokens("one"))
        self.assertTrue(self.shown("google:me", "--agent", "ops")["inherited"])

    def test_variables_and_secrets_of_the_configuration_too(self):
        for name, member in (("env/NAME", "variables"), ("config/a.b", "config")):
            with self.subTest(name):
                self.ok("add", name, "--stdin", stdin="test-1")
                seen = self.json("show", name)[member][0]["revision"]
                self.assertEqual(self.json("get", name)["revision"], seen)
                words = ("add", name, "--stdin", "--replace", "--if-revision", seen)
                stored = self.json(*words, stdin="test-2")[member][0]
                self.fails(68, *words, stdin="test-3")
                self.assertEqual(self.get(name), "test-2")
                self.assertEqual(self.json("show", name)[member][0]["revision"], stored["revision"])

    def test_new_keys_make_what_was_read_stale(self):
        seen = self.shown()["revision"]
        self.ok("key", "rotate", "--yes")
        self.assertEqual(self.write_back(seen, "one").code, 68)

    def test_refuses_what_is_no_revision_and_what_replaces_nothing(self):
        for revision in ("", "latest", "0" * 31, "0" * 34):
            self.fails(64, *LOGIN, "--replace", "--if-revision", revision, stdin=tokens("one"))
        self.fails(64, *LOGIN, "--if-revision", "0" * 32, stdin=tokens("one"))
        self.fails(64, "add", "env/NEW", "--stdin", "--if-revision", "0" * 32, stdin="test")


if __name__ == "__main__":
    unittest.main()
