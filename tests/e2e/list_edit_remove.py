# SPDX-License-Identifier: Apache-2.0
"""Looking at profiles and changing what is known about them: list, show, edit, rename, copy, remove."""
import unittest

from support import Home


class ListAndChange(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:work", "sk-test-0001", "--email", "ann@example.org")
        self.add("anthropic:ci", "sk-ant-test-0002", "--expires-at", "2099-01-01", kind="token")

    def shown(self, profile, *more):
        return self.json("show", profile, *more)["profiles"][0]

    def test_lists_in_the_order_of_adding(self):
        self.assertEqual(self.ids(), ["openai:work", "anthropic:ci"])
        self.assertEqual(self.ids("--provider", "anthropic"), ["anthropic:ci"])
        self.assertEqual(self.ids("--provider", "nobody"), [])

    def test_shows_all_but_the_secret(self):
        text = self.ok("show", "openai:work").out
        for part in ("openai:work", "api_key", "ann@example.org", "ref/", self.shown("openai:work")["fingerprint"]):
            self.assertIn(part, text)
        self.assertNotIn("sk-test", text)

    def test_edits_without_touching_the_secret(self):
        fingerprint = self.shown("openai:work")["fingerprint"]
        self.ok(
            "edit", "openai:work", "--expires-at", "2098-05-01T10:00:00Z", "--email", "", "--display-name", "Work key"
        )
        shown = self.shown("openai:work")
        self.assertEqual(
            (shown["expiresAt"][:19], shown["email"], shown["displayName"], shown["fingerprint"]),
            ("2098-05-01T10:00:00", None, "Work key", fingerprint),
        )
        self.ok("edit", "openai:work", "--no-expiry")
        self.assertIsNone(self.shown("openai:work")["expiresAtMs"])
        self.assertEqual(self.get("openai:work"), "sk-test-0001")

    def test_refuses_an_edit_of_nothing_and_nonsense(self):
        self.fails(64, "edit", "openai:work")
        self.fails(64, "edit", "openai:work", "--expires-in", "soon")
        self.fails(64, "edit", "openai:work", "--expires-in", "1d", "--no-expiry")
        self.fails(66, "edit", "openai:gone", "--no-expiry")

    def test_renames_with_the_orders_that_name_it(self):
        self.add("openai:spare", "sk-test-0003")
        self.ok("order", "set", "--provider", "openai", "openai:spare", "openai:work")
        self.ok("rename", "openai:work", "openai:main")
        self.assertEqual(self.ids("--provider", "openai"), ["openai:main", "openai:spare"])
        self.assertEqual(self.json("order", "get", "--provider", "openai")["order"], ["openai:spare", "openai:main"])
        self.assertEqual(self.get("openai:main"), "sk-test-0001")
        self.fails(66, "get", "openai:work")

    def test_never_renames_onto_another(self):
        self.fails(68, "rename", "openai:work", "anthropic:ci")
        self.assertEqual(self.get("anthropic:ci"), "sk-ant-test-0002")

    def test_copies_to_an_agent_that_then_has_its_own(self):
        self.ok("agent", "add", "ops")
        self.ok("copy", "openai:work", "--to-agent", "ops")
        self.fails(68, "copy", "openai:work", "--to-agent", "ops", saying="--replace")
        self.add("openai:work", "sk-test-changed", "--replace")
        self.assertEqual(self.get("openai:work", "--agent", "ops"), "sk-test-0001")
        self.fails(66, "copy", "openai:work", "--to-agent", "nobody")

    def test_copies_no_login_unless_insisted(self):
        self.ok("agent", "add", "ops")
        self.add("google:me", '{"access":"test-a","refresh":"test-r"}', "--expires-in", "8h", kind="oauth")
        self.fails(77, "copy", "google:me", "--to-agent", "ops", saying="--with-oauth")
        self.ok("copy", "google:me", "--to-agent", "ops", "--with-oauth")
        self.assertEqual(self.get("google:me", "--agent", "ops", "--field", "refresh"), "test-r")

    def test_removes_with_yes_and_asks_otherwise(self):
        self.fails(64, "remove", "openai:work", saying="--yes")
        self.assertEqual(len(self.ids()), 2)
        self.ok("remove", "openai:work", "--yes")
        self.assertEqual(self.ids(), ["anthropic:ci"])
        self.fails(66, "remove", "openai:work", "--yes")

    def test_says_which_order_still_names_what_was_removed(self):
        self.ok("order", "set", "--provider", "openai", "openai:work")
        self.assertIn("order set --provider openai", self.ok("remove", "openai:work", "--yes").err)


if __name__ == "__main__":
    unittest.main()
