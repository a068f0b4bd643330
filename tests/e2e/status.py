# SPDX-License-Identifier: Apache-2.0
"""status --check: the exit status that timers and scripts live on."""
import json
import time
import unittest

from support import Home


class Status(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()

    def check(self, *more):
        result = self.run_it("status", "--check", *more)
        self.assertEqual(result.err, "", result)
        return result.code

    def states(self):
        return {one["id"]: (one["status"], one["reason"]) for one in self.json("status")["profiles"]}

    def test_is_content_with_an_empty_vault(self):
        self.assertEqual(self.check(), 0)

    def test_says_0_when_all_is_well(self):
        self.add("openai:a", "sk-test-1")
        self.add("anthropic:a", "sk-ant-test-2", "--expires-in", "30d", kind="token")
        self.assertEqual(self.check(), 0)
        self.assertEqual(self.states(), {"openai:a": ("static", "ok"), "anthropic:a": ("ok", "ok")})

    def test_says_2_when_something_is_expiring(self):
        self.add("anthropic:a", "sk-ant-test-2", "--expires-in", "30d", kind="token")
        self.assertEqual(self.check("--warn-within", "31d"), 2)
        self.ok("edit", "anthropic:a", "--expires-in", "23h")
        self.assertEqual(self.check(), 2)
        self.assertEqual(self.states()["anthropic:a"][0], "expiring")
        self.assertEqual(self.check("--warn-within", "1h"), 0)

    def test_says_1_when_something_is_expired_whatever_else_expires(self):
        self.add("anthropic:a", "sk-ant-test-2", "--expires-in", "1h", kind="token")
        self.add("anthropic:b", "sk-ant-test-3", "--expires-at", "2020-01-01", kind="token")
        self.assertEqual(self.check(), 1)
        self.assertEqual(self.states()["anthropic:b"], ("expired", "expired"))

    # H07
    def test_leaves_out_what_an_order_excludes(self):
        self.add("anthropic:a", "sk-ant-test-2")
        self.add("anthropic:b", "sk-ant-test-3", "--expires-at", "2020-01-01", kind="token")
        self.ok("order", "set", "--provider", "anthropic", "anthropic:a")
        self.assertEqual(self.check(), 0)

    def test_counts_only_the_next_one_with_selected(self):
        self.add("anthropic:a", "sk-ant-test-2")
        self.add("anthropic:b", "sk-ant-test-3", "--expires-at", "2020-01-01", kind="token")
        self.assertEqual(self.check(), 1)
        self.assertEqual(self.check("--selected"), 0)

    def test_answers_the_matrix_for_the_whole_store_and_for_what_is_selected(self):
        """What OpenClaw answers: the older versions for all they store, the newest for the one it would use (k's)."""
        now, hour = int(time.time() * 1000), 3_600_000
        key = {"type": "api_key", "provider": "k", "key": "sk-test-k"}
        token = {"type": "token", "provider": "k", "token": "sk-test-token"}
        login = {"type": "oauth", "provider": "k", "access": "test-access", "refresh": "test-refresh"}
        ref = {"type": "api_key", "provider": "k", "keyRef": {"source": "exec", "provider": "vault", "id": "k"}}
        other = {**token, "provider": "p"}
        rows = (
            ("a key", {"k:a": key}, {}, 0, 0),
            ("beside a token that expires soon", {"k:a": key, "p:a": {**other, "expires": now + 12 * hour}}, {}, 2, 0),
            ("beside a token that is expired", {"k:a": key, "p:a": {**other, "expires": now - hour}}, {}, 1, 0),
            ("a token that expires soon", {"k:a": {**token, "expires": now + 12 * hour}}, {}, 2, 2),
            ("a token that is expired", {"k:a": {**token, "expires": now - hour}}, {}, 1, 1),
            ("a key that is disabled", {"k:a": key}, {"k:a": {"disabledUntil": now + hour}}, 0, 1),
            ("an expired login with a refresh token", {"k:a": {**login, "expires": now - hour}}, {}, 1, 1),
            ("a login that expires soon", {"k:a": {**login, "expires": now + hour}}, {}, 2, 2),
            ("a reference", {"k:a": ref}, {}, 0, 1),
            ("nothing", {}, {}, 0, 1),
        )
        for number, (what, profiles, usage, store, selected) in enumerate(rows):
            agent = f"row{number}"
            self.ok("agent", "add", agent)
            document = {"version": 1, "profiles": profiles, "usageStats": usage}
            self.ok("import", "-", "--format", "openclaw", "--agent", agent, stdin=json.dumps(document))
            with self.subTest(what):
                self.assertEqual(self.check("--agent", agent), store)
                self.assertEqual(self.check("--agent", agent, "--selected", "--provider", "k"), selected)

    def test_counts_a_provider_that_only_a_variable_serves_as_served(self):
        self.ok("import", "-", "--format", "dotenv", stdin="OPENROUTER_API_KEY=sk-test-or\n")
        self.assertEqual(self.check("--selected", "--provider", "openrouter"), 0)
        self.assertEqual(self.check("--selected", "--provider", "groq"), 1)

    def test_selected_counts_a_provider_of_which_nothing_is_left(self):
        self.add("anthropic:b", "sk-ant-test-3", "--expires-at", "2020-01-01", kind="token")
        self.assertEqual(self.check("--selected"), 1)

    def test_narrows_to_a_provider(self):
        self.add("openai:a", "sk-test-1")
        self.add("anthropic:b", "sk-ant-test-3", "--expires-at", "2020-01-01", kind="token")
        self.assertEqual(self.check("--provider", "openai"), 0)
        self.assertEqual(self.check("--provider", "anthropic"), 1)

    def test_calls_an_asked_provider_without_anything_missing(self):
        self.add("openai:a", "sk-test-1")
        self.assertEqual(self.check("--provider", "mistral"), 1)
        (provider,) = self.json("status", "--provider", "mistral")["providers"]
        self.assertEqual((provider["status"], provider["next"]), ("missing", None))

    def test_uses_the_exit_status_only_when_asked(self):
        self.add("anthropic:b", "sk-ant-test-3", "--expires-at", "2020-01-01", kind="token")
        self.assertEqual(self.json("status")["verdict"]["exitCode"], 1)
        self.assertIn("fix:", self.ok("status").out)

    def test_tells_a_login_that_can_be_renewed_from_a_dead_one(self):
        self.add("google:me", '{"access":"test-a","refresh":"test-r"}', "--expires-at", "2020-01-01", kind="oauth")
        self.assertIn("expired (refreshable)", self.ok("status").out)
        (profile,) = self.json("status")["profiles"]
        self.assertTrue(profile["refreshable"])

    def test_looks_at_every_agent_when_asked(self):
        self.ok("agent", "add", "ops", "--isolated")
        self.add("anthropic:b", "sk-ant-test-3", "--expires-at", "2020-01-01", "--agent", "ops", kind="token")
        self.assertEqual(self.check(), 0)
        self.assertEqual(self.check("--all-agents"), 1)
        self.assertEqual([one["agent"] for one in self.json("status", "--all-agents")["agents"]], ["main", "ops"])

    def test_errors_are_never_taken_for_an_answer(self):
        self.vault.rename(self.home / "away.db")
        self.fails(67, "status", "--check")


if __name__ == "__main__":
    unittest.main()
