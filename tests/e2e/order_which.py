# SPDX-License-Identifier: Apache-2.0
"""Who is used next, and why nobody else: orders, pins, expiry and variables."""
import unittest

from support import Home


class OrderAndWhich(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("anthropic:key", "sk-ant-test-1")
        self.add("anthropic:token", "sk-ant-test-2", "--expires-in", "30d", kind="token")
        self.add("anthropic:old", "sk-ant-test-3", "--expires-at", "2020-01-01", kind="token")

    def which(self, *more):
        return self.json("which", "--provider", "anthropic", *more)

    def order(self, *more):
        return self.json("order", "get", "--provider", "anthropic", *more)

    def test_selects_automatically_without_an_order(self):
        answer = self.which()
        self.assertEqual((answer["next"], answer["source"]), ("anthropic:token", "selected automatically"))
        self.assertEqual([one["id"] for one in answer["candidates"]], ["anthropic:token", "anthropic:key"])
        self.assertEqual(answer["excluded"], [{"id": "anthropic:old", "reason": "expired"}])
        self.assertIsNone(self.order()["order"])

    def test_follows_the_explicit_order_and_leaves_out_the_rest(self):
        self.ok("order", "set", "--provider", "anthropic", "anthropic:key")
        answer = self.which()
        self.assertEqual((answer["next"], answer["source"]), ("anthropic:key", "agent order"))
        self.assertIn({"id": "anthropic:token", "reason": "excluded_by_auth_order"}, answer["excluded"])
        self.ok("order", "clear", "--provider", "anthropic")
        self.assertEqual(self.which()["next"], "anthropic:token")
        self.ok("order", "clear", "--provider", "anthropic")

    def test_counts_repeated_ids_once(self):
        self.ok("order", "set", "--provider", "anthropic", "anthropic:key", "anthropic:token", "anthropic:key")
        self.assertEqual(self.order()["order"], ["anthropic:key", "anthropic:token"])

    def test_moves_the_pinned_profile_to_the_front(self):
        answer = self.which("--pin", "anthropic:key")
        self.assertEqual((answer["next"], answer["source"]), ("anthropic:key", "pin"))

    def test_prefers_an_agents_own_order_to_the_default(self):
        self.ok("agent", "add", "ops")
        self.ok("order", "set", "--provider", "anthropic", "--default", "anthropic:key")
        self.assertEqual(self.which("--agent", "ops")["source"], "default order")
        self.ok("order", "set", "--provider", "anthropic", "--agent", "ops", "anthropic:token")
        self.assertEqual(self.which("--agent", "ops")["next"], "anthropic:token")
        self.assertEqual(self.which()["next"], "anthropic:key")

    def test_refuses_ids_that_are_not_there_or_not_the_providers(self):
        self.add("openai:work", "sk-test-4")
        self.fails(66, "order", "set", "--provider", "anthropic", "anthropic:gone")
        self.fails(65, "order", "set", "--provider", "anthropic", "openai:work")
        self.fails(64, "order", "set", "--provider", "anthropic")
        self.assertIsNone(self.order()["order"])

    # H04
    def test_puts_variables_behind_every_profile(self):
        self.ok(
            "import",
            "-",
            "--format",
            "dotenv",
            stdin="ANTHROPIC_API_KEY=sk-ant-test-ambient\nOPENAI_API_KEY=sk-test-5\n",
        )
        answer = self.which()
        self.assertEqual((answer["next"], answer["variables"]), ("anthropic:token", ["ANTHROPIC_API_KEY"]))
        alone = self.json("which", "--provider", "openai")
        self.assertEqual((alone["next"], alone["variables"]), (None, ["OPENAI_API_KEY"]))

    def test_tells_people_why(self):
        text = self.ok("which", "--provider", "anthropic").out
        self.assertEqual(text.splitlines()[0], "anthropic:token")
        self.assertRegex(text, r"(?m)^ +- +anthropic:old .*expired")


if __name__ == "__main__":
    unittest.main()
