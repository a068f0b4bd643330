#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""claviger token: one line for a program that runs a command to get its key; and a failure that tells it nothing."""
import json
import os
import subprocess
import time
import unittest

from support import Home

KEY = "sk-ant-test-token-command-0123456789"
SETUP = "tok-test-setup-0123456789"
ID = "anthropic:confidential-name"


class TokenCommand(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add(ID, KEY)

    def refused(self, code, *words, saying="", **how):
        result = self.fails(code, *words, saying=saying, **how)
        self.assertEqual(len(result.err.splitlines()), 1, result)
        for word in ("confidential", str(self.home), KEY):
            self.assertNotIn(word, result.err)

    def test_prints_one_line_for_a_profile_its_ref_and_its_provider(self):
        ref = self.json("list")["profiles"][0]["ref"]
        for words in ([ID], [ref], ["--provider", "anthropic"], ["--provider", "anthropic", "--type", "api_key"]):
            result = self.ok("token", *words)
            self.assertEqual((result.out, result.err), (KEY + "\n", ""), words)

    def test_tells_type_and_end_as_json(self):
        self.add("p:short", SETUP, "--expires-in", "2h", kind="token")
        told = self.json("token", "p:short")
        self.assertEqual((told["value"], told["profile"], told["type"]), (SETUP, "p:short", "token"))
        self.assertAlmostEqual(told["expiresAtMs"], time.time() * 1000 + 7_200_000, delta=60_000)
        self.assertFalse(told["refreshed"])

    def test_keeps_what_ends_too_soon_and_says_so_without_a_name(self):
        self.add("p:confidential", SETUP, "--expires-in", "30s", kind="token")
        self.refused(66, "token", "p:confidential", saying="expired")
        self.assertEqual(self.ok("token", "p:confidential", "--min-valid", "1s").out, SETUP + "\n")

    def test_gives_a_setup_token_to_nobody_who_asked_for_a_key(self):
        self.add("anthropic:setup", SETUP, kind="token")
        self.ok("order", "set", "--provider", "anthropic", "anthropic:setup", ID)
        self.assertEqual(self.ok("token", "--provider", "anthropic").out, SETUP + "\n")
        self.assertEqual(self.ok("token", "--provider", "anthropic", "--type", "api_key").out, KEY + "\n")
        self.refused(66, "token", "--provider", "anthropic", "--type", "oauth")

    def test_follows_a_sessions_pin(self):
        self.add("anthropic:other", "sk-ant-test-other-0123456789")
        self.ok("order", "set", "--provider", "anthropic", ID, "anthropic:other")
        self.ok("pin", "set", "--session", "s1", "anthropic:other")
        self.assertEqual(
            self.ok("token", "--provider", "anthropic", "--session", "s1").out, "sk-ant-test-other-0123456789\n"
        )

    def test_falls_back_to_the_providers_variable(self):
        self.ok("add", "env/GROQ_API_KEY", "--stdin", stdin="gsk-test-variable")
        self.assertEqual(self.ok("token", "--provider", "groq").out, "gsk-test-variable\n")
        self.refused(66, "token", "--provider", "groq", "--type", "token")

    def test_refuses_a_value_of_two_lines(self):
        store = {"version": 1, "profiles": {"p:two": {"type": "api_key", "provider": "p", "key": "one\ntwo"}}}
        self.ok("import", self.write("auth-profiles.json", json.dumps(store)))
        self.refused(65, "token", "p:two")

    def test_ends_with_the_agreed_status_and_one_line_that_names_nothing(self):
        self.refused(64, "token")
        self.refused(64, "token", ID, "--provider", "anthropic")
        self.refused(66, "token", "anthropic:confidential-other")
        self.refused(66, "token", ID, "--agent", "confidential-agent")
        self.refused(67, "token", ID, "--vault", self.home / "confidential.db")
        self.key.rename(self.home / "confidential.key")
        self.refused(69, "token", ID)
        other = self.home / "other"
        self.ok("init", "--vault", other / "v.db", "--key-file", other / "confidential.key", "--no-recovery")
        self.refused(71, "token", ID, "--key-file", other / "confidential.key")

    def test_tells_an_agents_token_that_another_agent_is_beyond_it(self):
        self.ok("agent", "add", "work")
        token = self.ok("agent", "token", "create", "work", "--output", self.home / "work.token")
        self.assertNotIn(KEY, token.out)
        self.refused(77, "token", ID, "--agent", "main", "--token-file", self.home / "work.token")

    def test_ends_with_72_where_the_record_itself_is_damaged_and_goes_on_beside_another(self):
        import sqlite3

        self.add("openai:default", "sk-test-beside-0123456789")
        with sqlite3.connect(self.vault) as database:
            database.execute(
                "UPDATE record SET sealed_secret = zeroblob(length(sealed_secret)) WHERE rowid = (SELECT min(rowid) "
                "FROM record WHERE sealed_secret IS NOT NULL)"
            )
        ends = sorted(self.run_it("token", name).code for name in (ID, "openai:default"))
        self.assertEqual(ends, [0, 72])

    def test_never_asks_and_needs_no_environment(self):
        done = subprocess.run(
            self.command("token", ID, "--vault", self.vault, "--key-file", self.key),
            env={},
            capture_output=True,
            cwd="/",
        )
        self.assertEqual((done.returncode, done.stdout), (0, KEY.encode() + b"\n"))
        self.ok("key", "list")

    def test_answers_64_at_once(self):
        running = [
            subprocess.Popen(
                self.command("token", "--provider", "anthropic"),
                env={**self.environment, "X": str(number)},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for number in range(64)
        ]
        for one in running:
            out, err = one.communicate(timeout=120)
            self.assertEqual((one.returncode, out), (0, KEY.encode() + b"\n"), err)


if __name__ == "__main__":
    unittest.main()
