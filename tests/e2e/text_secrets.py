#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Variables and the secrets of openclaw.json, by hand: added, listed, shown, got, replaced, removed - and who may."""
import json
import unittest

from support import Home

BOT = "config/channels.telegram.botToken"
SECRET = "123456:test-bot-token"


class TextSecrets(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()

    def put(self, name, value, *more):
        return self.ok("add", name, "--stdin", *more, stdin=value)

    def ask(self, *words, ids, **how):
        request = json.dumps({"protocolVersion": 1, "provider": "claviger", "ids": ids})
        return json.loads(self.ok("resolve", *words, stdin=request, **how).out)

    def test_a_variable_is_added_replaced_and_removed(self):
        self.put("env/OPENAI_API_KEY", "sk-test-one\n")
        self.assertEqual(self.get("env/OPENAI_API_KEY"), "sk-test-one")
        self.fails(68, "add", "env/OPENAI_API_KEY", "--stdin", stdin="sk-test-two", saying="--replace")
        self.put("env/OPENAI_API_KEY", "sk-test-two", "--replace")
        self.assertEqual(self.get("env/OPENAI_API_KEY"), "sk-test-two")
        self.assertNotIn("sk-test", self.ok("show", "env/OPENAI_API_KEY").out)
        self.assertEqual(self.json("show", "env/OPENAI_API_KEY")["variables"][0]["ref"], "env/OPENAI_API_KEY")
        self.ok("remove", "env/OPENAI_API_KEY", "--dry-run")
        self.fails(64, "remove", "env/OPENAI_API_KEY", saying="--yes")
        self.ok("remove", "env/OPENAI_API_KEY", "--yes")
        self.fails(66, "get", "env/OPENAI_API_KEY")

    def test_a_variable_may_be_empty_and_a_secret_of_the_configuration_may_not(self):
        self.put("env/EMPTY", "\n")
        self.assertEqual(self.get("env/EMPTY"), "")
        self.fails(65, "add", BOT, "--stdin", stdin="\n")
        self.assertEqual([one["agent"] for one in self.json("agent", "list")["agents"]], ["main"])

    def test_what_cannot_be_is_refused(self):
        self.fails(65, "add", "env/NO NAME", "--stdin", stdin="x")
        self.fails(65, "add", "config/", "--stdin", stdin="x")
        self.fails(65, "add", "env/A", "--stdin", stdin="${A}", saying="placeholder")
        self.fails(64, "add", "env/A", "--stdin", "--type", "api_key", stdin="x")
        self.fails(64, "add", "openai:a", saying="--type")

    def test_a_linked_agent_removes_no_variable_of_mains(self):
        self.ok("agent", "add", "ops")
        self.put("env/A", "x")
        self.assertEqual(self.get("env/A", "--agent", "ops"), "x")
        self.fails(77, "remove", "env/A", "--yes", "--agent", "ops", saying="--agent main")

    def test_a_secret_of_the_configuration_is_listed_masked_and_got(self):
        self.put(BOT, SECRET)
        self.assertEqual(self.get(BOT), SECRET)
        self.assertEqual(self.get(BOT, "--agent", "main"), SECRET)
        for words in (("list", "--config"), ("list", "--config", "--json"), ("show", BOT), ("list",)):
            self.assertNotIn(SECRET, self.ok(*words).out)
        self.assertEqual(self.json("list", "--config")["config"][0]["id"], BOT)
        self.assertEqual(self.json("list")["variables"], [])
        self.fails(66, "get", "config/channels.telegram.botTokn", saying="did you mean '" + BOT + "'?")
        self.fails(64, "list", "--config", "--variables")
        self.ok("remove", BOT, "--yes")
        self.fails(66, "get", BOT)

    def test_no_other_agent_sees_the_secrets_of_the_configuration(self):
        self.put(BOT, SECRET)
        token = self.home / "main.token"
        self.ok("agent", "token", "create", "main", "--output", token)
        as_main = {"CLAVIGER_TOKEN_FILE": str(token)}
        self.fails(66, "get", BOT, env=as_main)
        self.assertEqual(self.json("list", "--config", env=as_main)["config"], [])
        self.assertEqual(self.ask(ids=[BOT])["errors"][BOT]["code"], "NOT_FOUND")  # main's provider, with the root key
        self.assertEqual(self.ask("--agent", "@config", ids=[BOT])["values"], {BOT: SECRET})
        self.assertNotIn(SECRET, self.ok("run", "--agent", "@config", "--", "env").out)

    def test_a_token_for_them_sees_nothing_else(self):
        self.put(BOT, SECRET)
        self.add("openai:a", "sk-test-a")
        token = self.home / "config.token"
        self.ok("agent", "token", "create", "@config", "--output", token)
        self.fails(64, "agent", "token", "create", "@config", "--with-shared", "--output", self.home / "more")
        holder = {"CLAVIGER_TOKEN_FILE": str(token)}
        self.assertEqual(self.ok("get", BOT, "--no-newline", env=holder).out, SECRET)
        self.fails(66, "get", "openai:a", env=holder)
        answer = self.ask("--token-file", token, ids=[BOT, "profile/openai:a"])
        self.assertEqual(answer["values"], {BOT: SECRET})

    def test_the_name_is_the_vaults_own(self):
        self.put(BOT, SECRET)
        self.fails(64, "agent", "add", "@config", saying="the vault's own name")
        self.fails(64, "agent", "default", "@config")
        self.fails(64, "add", "openai:a", "--type", "api_key", "--stdin", "--agent", "@config", stdin="sk-test-a")
        self.assertNotIn("@config", self.ok("status", "--all-agents").out)

    def test_keys_are_renewed_and_a_backup_restored_with_them(self):
        self.put(BOT, SECRET)
        self.ok("key", "rotate")
        self.assertEqual(self.get(BOT), SECRET)
        self.ok("backup", self.home / "copy.db")
        self.put(BOT, "other", "--replace")
        self.ok("restore", self.home / "copy.db", "--yes")
        self.assertEqual(self.get(BOT), SECRET)
        self.ok("verify", "--deep")


if __name__ == "__main__":
    unittest.main()
