# SPDX-License-Identifier: Apache-2.0
"""A session's pin: how it is written, and what it changes for `which`."""
import unittest

from support import Home


class Pins(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("anthropic:a", "sk-ant-test-a")
        self.add("anthropic:b", "sk-ant-test-b")

    def pin(self, choice, *more):
        return self.ok("pin", "set", "--session", "s1", *more, "--", choice)

    def pinned(self, session="s1"):
        return self.json("pin", "get", "--session", session)["profile"]

    def which(self, *more):
        answer = self.json("which", "--provider", "anthropic", *more)
        return answer["next"], answer["source"]

    def test_puts_the_pinned_profile_first_for_its_session_only(self):
        self.pin("anthropic:b")
        self.assertEqual(self.which("--session", "s1"), ("anthropic:b", "pin"))
        self.assertEqual(self.which("--session", "s2")[0], "anthropic:a")
        self.assertEqual(self.which()[0], "anthropic:a")

    def test_reads_every_way_of_writing_it(self):
        self.add("google:me@example.com", "sk-test-g")
        for choice, profile in (
            ("anthropic/claude-opus@anthropic:b", "anthropic:b"),
            ("opus@20251001@anthropic:b", "anthropic:b"),
            ("local/opus@q4_k_m@anthropic:a", "anthropic:a"),
            ("google:me@example.com", "google:me@example.com"),
            ("google/gemini@google:me@example.com", "google:me@example.com"),
        ):
            self.pin(choice)
            self.assertEqual(self.pinned(), profile, choice)

    def test_refuses_a_profile_that_is_not_there(self):
        for choice in ("anthropic:gone", "opus@anthropic:gone", "vertex/opus@20251001", "opus@a/b"):
            self.assert_untouched(self.vault, lambda: self.fails(66, "pin", "set", "--session", "s1", choice))

    def test_goes_before_a_cooldown_but_not_before_an_order(self):
        self.pin("anthropic:b")
        self.ok("report", "anthropic:b", "failure", "--reason", "rate_limit")
        self.assertEqual(self.which("--session", "s1"), ("anthropic:b", "pin"))
        self.ok("order", "set", "--provider", "anthropic", "anthropic:a")
        result = self.ok("which", "--provider", "anthropic", "--session", "s1")
        self.assertTrue(result.out.startswith("anthropic:a\n"))
        self.assertIn("cannot be used", result.err)

    def test_clears_and_says_whether_there_was_one(self):
        self.pin("anthropic:b")
        self.assertIn("Removed the pin", self.ok("pin", "clear", "--session", "s1").err)
        self.assertIsNone(self.pinned())
        self.assertEqual(self.ok("pin", "get", "--session", "s1").out, "(none)\n")
        self.assert_untouched(
            self.vault, lambda: self.assertIn("had no", self.ok("pin", "clear", "--session", "s1").err)
        )

    def test_belongs_to_one_agent(self):
        self.ok("agent", "add", "work")
        self.pin("anthropic:b", "--agent", "work")
        self.assertEqual(self.which("--session", "s1", "--agent", "work")[1], "pin")
        self.assertIsNone(self.pinned())

    def test_follows_a_renamed_profile_and_goes_with_a_removed_one(self):
        self.pin("anthropic:b")
        self.ok("rename", "anthropic:b", "anthropic:c")
        self.assertEqual(self.pinned(), "anthropic:c")
        self.ok("remove", "anthropic:c", "--yes")
        self.assertIsNone(self.pinned())

    def test_writes_nothing_on_a_dry_run(self):
        self.assert_untouched(self.vault, lambda: self.pin("anthropic:b", "--dry-run"))

    def test_wants_a_session(self):
        self.fails(64, "pin", "set", "anthropic:b", saying="--session")
        self.fails(64, "pin", "set", "--session", "", "anthropic:b")
        self.fails(64, "which", "--provider", "anthropic", "--session", "s1", "--pin", "anthropic:a")


if __name__ == "__main__":
    unittest.main()
