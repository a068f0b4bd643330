# SPDX-License-Identifier: Apache-2.0
"""How profiles fared: cooldowns, turns and last-good marks, as report writes and status, which and export tell them."""
import json
import time
import unittest

from support import Home

MINUTE = 60_000
REASONS = {
    "rate_limit": 30_000,
    "timeout": 30_000,
    "auth": 30_000,
    "billing": 10 * MINUTE,
    "auth_permanent": 10 * MINUTE,
}


def now_ms():
    return time.time_ns() // 1_000_000


class Report(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        for name in "abc":
            self.add(f"anthropic:{name}", f"sk-ant-test-{name}")

    def report(self, profile, outcome, *more):
        return self.json("report", profile, outcome, *more)

    def order(self, *more):
        return [one["id"] for one in self.json("which", "--provider", "anthropic", *more)["candidates"]]

    def status_of(self, profile):
        return next(one for one in self.json("status")["profiles"] if one["id"] == profile)

    def test_a_failure_rests_the_profile_as_long_as_openclaw_would(self):
        for reason, pause in REASONS.items():
            self.add(f"test:{reason}", "sk-test-x")
            before = now_ms()
            answer = self.report(f"test:{reason}", "failure", "--reason", reason)
            self.assertTrue(before + pause <= answer["cooldownUntilMs"] <= now_ms() + pause, (reason, answer))
            self.assertEqual(answer["errorCount"], 1)
            self.assertEqual(self.status_of(f"test:{reason}")["cooldownUntilMs"], answer["cooldownUntilMs"])

    def test_a_window_that_is_open_is_not_moved(self):
        first = self.report("anthropic:a", "failure", "--reason", "rate_limit")
        second = self.report("anthropic:a", "failure", "--reason", "rate_limit")
        self.assertEqual((first["cooldownUntilMs"], second["errorCount"]), (second["cooldownUntilMs"], 2))

    def test_what_rests_goes_behind_and_comes_back_after_a_success(self):
        self.report("anthropic:a", "failure", "--reason", "billing")
        self.assertEqual(self.order(), ["anthropic:b", "anthropic:c", "anthropic:a"])
        self.assertIn("cooling down", self.ok("status").out)
        self.assertIn("cooling down", self.ok("which", "--provider", "anthropic").out)
        answer = self.report("anthropic:a", "success")
        self.assertEqual((answer["cooldownUntilMs"], answer["errorCount"]), (None, 0))
        self.assertIsNone(self.status_of("anthropic:a")["cooldownUntilMs"])

    def test_what_rests_shortest_comes_first_of_those_that_rest(self):
        self.report("anthropic:a", "failure", "--reason", "billing")
        self.report("anthropic:b", "failure", "--reason", "rate_limit")
        self.report("anthropic:c", "failure", "--reason", "auth_permanent")
        self.assertEqual(self.order()[0], "anthropic:b")
        self.assertEqual(self.run_it("status", "--check").code, 0)

    def test_successes_take_turns(self):
        for expected in ("anthropic:a", "anthropic:b", "anthropic:c", "anthropic:a"):
            self.assertEqual(self.order()[0], expected)
            self.report(expected, "success")

    def test_keeps_an_explicit_order_and_only_puts_what_rests_behind(self):
        self.ok("order", "set", "--provider", "anthropic", "anthropic:c", "anthropic:a")
        self.report("anthropic:c", "success")
        self.assertEqual(self.order(), ["anthropic:c", "anthropic:a"])
        self.report("anthropic:c", "failure", "--reason", "timeout")
        self.assertEqual(self.order(), ["anthropic:a", "anthropic:c"])
        self.assertEqual(self.json("order", "get", "--provider", "anthropic")["order"], ["anthropic:c", "anthropic:a"])

    def test_writes_openclaws_usage_and_last_good(self):
        self.report("anthropic:b", "failure", "--reason", "rate_limit")
        self.report("anthropic:a", "success")
        document = json.loads(self.ok("export", "--format", "openclaw", "--generation", "2026.2").out)
        self.assertEqual(document["lastGood"], {"anthropic": "anthropic:a"})
        failed = document["usageStats"]["anthropic:b"]
        self.assertEqual(
            (failed["errorCount"], failed["failureCounts"], failed["cooldownReason"]),
            (1, {"rate_limit": 1}, "rate_limit"),
        )
        self.assertGreater(document["usageStats"]["anthropic:a"]["lastUsed"], 0)

    def test_providers_that_route_by_themselves_never_rest(self):
        self.add("openrouter:a", "sk-test-or")
        self.assert_untouched(
            self.vault,
            lambda: self.assertIsNone(
                self.report("openrouter:a", "failure", "--reason", "rate_limit", "--dry-run")["cooldownUntilMs"]
            ),
        )

    def test_an_heir_keeps_its_own_record_and_the_orders_it_inherits(self):
        self.ok("agent", "add", "work")
        self.ok("order", "set", "--provider", "anthropic", "anthropic:c", "anthropic:a")
        self.add("anthropic:mine", "sk-ant-test-mine", "--agent", "work")
        self.report("anthropic:a", "failure", "--reason", "billing", "--agent", "work")
        self.report("anthropic:mine", "success", "--agent", "work")
        self.assertIsNone(self.status_of("anthropic:a")["cooldownUntilMs"])
        self.assertEqual(self.order("--agent", "work"), ["anthropic:c", "anthropic:a"])
        self.assertEqual(
            self.json("order", "get", "--provider", "anthropic", "--agent", "work")["order"],
            ["anthropic:c", "anthropic:a"],
        )

    def test_works_with_an_agents_token(self):
        self.ok("agent", "add", "work")
        self.add("anthropic:mine", "sk-ant-test-mine", "--agent", "work")
        token = self.ok("agent", "token", "create", "work", "--with-shared").out
        path = self.write("token", token)
        for profile in ("anthropic:mine", "anthropic:a"):
            answer = self.report(profile, "failure", "--reason", "rate_limit", "--token-file", path)
            self.assertEqual(answer["agent"], "work")
            self.assertIsNotNone(answer["cooldownUntilMs"])
        self.assertIsNone(self.status_of("anthropic:a")["cooldownUntilMs"])

    def test_refuses_what_makes_no_sense(self):
        self.fails(64, "report", "anthropic:a", "failure", saying="reason")
        self.fails(64, "report", "anthropic:a", "success", "--reason", "billing")
        self.fails(64, "report", "anthropic:a", "perhaps")
        self.fails(64, "report", "anthropic:a", "failure", "--reason", "bad luck")
        self.fails(66, "report", "anthropic:gone", "success")

    def test_writes_nothing_on_a_dry_run(self):
        self.assert_untouched(
            self.vault, lambda: self.report("anthropic:a", "failure", "--reason", "auth", "--dry-run")
        )


if __name__ == "__main__":
    unittest.main()
