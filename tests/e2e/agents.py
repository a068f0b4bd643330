# SPDX-License-Identifier: Apache-2.0
"""Agents: what each sees, what it inherits, and what it never sees."""
import unittest

from support import Home


class Agents(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:shared", "sk-test-shared")
        self.ok("agent", "add", "ops")
        self.ok("agent", "add", "lab", "--isolated")

    def test_inherits_from_main_unless_isolated(self):
        self.assertEqual(self.get("openai:shared", "--agent", "ops"), "sk-test-shared")
        self.assertEqual(self.ids("--agent", "lab"), [])
        self.fails(66, "get", "openai:shared", "--agent", "lab")

    def test_hides_one_agents_profiles_from_another(self):
        self.add("openai:ops", "sk-test-ops", "--agent", "ops")
        for agent in ("main", "lab"):
            result = self.fails(66, "get", "openai:ops", "--agent", agent)
            self.assertNotIn("did you mean 'openai:ops'", result.err)
        self.assertEqual(self.ids("--agent", "ops"), ["openai:ops", "openai:shared"])

    def test_prefers_its_own_profile_of_the_same_id(self):
        self.add("openai:shared", "sk-test-own", "--agent", "ops")
        self.assertEqual(self.get("openai:shared", "--agent", "ops"), "sk-test-own")
        self.assertEqual(self.get("openai:shared"), "sk-test-shared")
        self.assertEqual(self.ids("--agent", "ops"), ["openai:shared"])

    def test_changes_nothing_that_is_inherited(self):
        for words in (
            ("edit", "openai:shared", "--no-expiry"),
            ("rename", "openai:shared", "openai:x"),
            ("remove", "openai:shared", "--yes"),
        ):
            self.fails(77, *words, "--agent", "ops", saying="--agent main")

    def test_removes_an_agent_with_what_only_it_has(self):
        self.add("openai:ops", "sk-test-ops", "--agent", "ops")
        self.fails(64, "agent", "remove", "ops", saying="--yes")
        self.ok("agent", "remove", "ops", "--yes")
        self.fails(66, "list", "--agent", "ops")
        self.assertEqual([one["agent"] for one in self.json("agent", "list")["agents"]], ["lab", "main"])

    def test_uses_the_default_agent_when_none_is_named(self):
        self.add("openai:ops", "sk-test-ops", "--agent", "ops")
        self.ok("agent", "default", "ops")
        self.assertEqual(self.ok("agent", "default").out, "ops\n")
        self.assertEqual(self.get("openai:ops"), "sk-test-ops")
        self.assertEqual(self.ids("--agent", "main"), ["openai:shared"])

    def test_takes_the_agent_from_the_environment_behind_the_flag(self):
        lab = {"CLAVIGER_AGENT": "lab"}
        self.assertEqual(self.json("list", env=lab)["profiles"], [])
        self.assertEqual(len(self.json("list", "--agent", "ops", env=lab)["profiles"]), 1)

    def test_refuses_names_that_are_taken_or_no_names(self):
        self.fails(68, "agent", "add", "ops")
        for name in ("", "../ops", "Ops Team", "a/b", "x" * 65):
            self.assertIn(self.run_it("agent", "add", name).code, (64, 65), name)
        self.fails(66, "agent", "remove", "nobody", "--yes")

    # Fault T10
    def test_says_in_json_what_it_did_and_what_it_would_do(self):
        self.assertEqual(
            self.json("agent", "add", "new", "--isolated", "--dry-run"),
            {"schemaVersion": 1, "dryRun": True, "agent": "new", "isolated": True},
        )
        self.assertEqual(self.json("agent", "add", "new"), {"schemaVersion": 1, "agent": "new", "isolated": False})
        self.assertEqual(
            self.json("agent", "default", "new", "--dry-run"), {"schemaVersion": 1, "dryRun": True, "agent": "new"}
        )
        self.assertEqual(self.json("agent", "default"), {"schemaVersion": 1, "agent": "main"})
        self.assertEqual(self.json("agent", "default", "new"), {"schemaVersion": 1, "agent": "new"})

    def test_keeps_the_shared_and_the_default_agent(self):
        self.assertNotEqual(self.run_it("agent", "remove", "main", "--yes").code, 0)
        self.ok("list")


if __name__ == "__main__":
    unittest.main()
