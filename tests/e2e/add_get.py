# SPDX-License-Identifier: Apache-2.0
"""Secrets in and out: from stdin or a file, never from the command line, byte for byte the same."""
import json
import subprocess
import unittest

from support import Home


class AddAndGet(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()

    def test_gives_back_what_was_kept(self):
        self.add("openai:work", "sk-test-0001\n")
        self.assertEqual(self.ok("get", "openai:work").out, "sk-test-0001\n")
        self.assertEqual(self.get("openai:work"), "sk-test-0001")

    def test_reads_the_secret_from_a_file(self):
        path = self.write("key", "sk-test-0002\n")
        self.ok("add", "openai:file", "--type", "api_key", "--from-file", path)
        self.assertEqual(self.get("openai:file"), "sk-test-0002")

    def test_keeps_every_field_of_a_login(self):
        login = {"access": "test-access", "refresh": "test-refresh"}
        self.add("google:me", json.dumps(login), "--expires-in", "8h", kind="oauth")
        self.assertEqual(self.get("google:me"), "test-access")
        self.assertEqual(self.get("google:me", "--field", "refresh"), "test-refresh")
        self.fails(66, "get", "google:me", "--field", "key")

    def test_keeps_long_secrets(self):
        secret = "sk-test-" + "x" * 60000
        self.add("openai:long", secret)
        self.assertEqual(self.get("openai:long"), secret)

    # E05
    def test_never_says_the_secret_except_in_get(self):
        secret = "sk-test-said-nowhere-4711"
        said = [
            self.add("openai:work", secret, "--json"),
            self.ok("list"),
            self.ok("show", "openai:work"),
            self.ok("status"),
            self.ok("which", "--provider", "openai"),
            self.run_it("add", "openai:work", "--type", "api_key", "--stdin", stdin=secret),
        ]
        for result in said:
            for part in (secret, secret[:12], secret[-6:]):
                self.assertNotIn(part, result.out + result.err)

    def test_replaces_only_when_told_so(self):
        self.add("openai:work", "sk-test-old")
        self.fails(68, "add", "openai:work", "--type", "api_key", "--stdin", stdin="sk-test-new", saying="--replace")
        self.assertEqual(self.get("openai:work"), "sk-test-old")
        self.add("openai:work", "sk-test-new", "--replace")
        self.assertEqual(self.get("openai:work"), "sk-test-new")

    def test_takes_no_secret_from_the_command_line(self):
        result = self.fails(64, "add", "openai:work", "sk-test-on-argv", "--type", "api_key")
        self.assertNotIn("sk-test-on-argv", result.err)
        self.assertIn("--stdin", result.err)
        for flag in ("--key", "--secret", "--token", "--value", "--passphrase"):
            result = self.fails(64, "add", "openai:work", "--type", "api_key", f"{flag}=sk-test-on-argv")
            self.assertNotIn("sk-test-on-argv", result.err)

    def test_refuses_what_stands_for_a_secret(self):
        for text in ("[REDACTED]", "__OPENCLAW_REDACTED__", "${OPENAI_API_KEY}", "op://vault/item/field", "", "\n"):
            result = self.fails(65, "add", "openai:work", "--type", "api_key", "--stdin", stdin=text)
            self.assertIn("\n", result.err)
        self.assertEqual(self.ids(), [])

    def test_cleans_what_a_paste_brings_along_and_says_so(self):
        result = self.add("openai:bearer", "Bearer sk-test-0003\r\n")
        self.assertIn("Note: ", result.err)
        self.assertEqual(self.get("openai:bearer"), "sk-test-0003")
        self.add("openai:exported", "export OPENAI_API_KEY=sk-test-0004\n")
        self.assertEqual(self.get("openai:exported"), "sk-test-0004")

    def test_never_waits_for_a_terminal_that_is_not_there(self):
        self.fails(64, "add", "openai:work", "--type", "api_key", saying="--stdin")
        self.fails(64, "add", "openai:work", saying="type")

    def test_names_what_is_missing_and_what_was_meant(self):
        self.add("openai:work", "sk-test-0005")
        result = self.fails(66, "get", "openai:wrok")
        self.assertIn("did you mean 'openai:work'?", result.err)

    def test_derives_the_provider_from_the_id(self):
        self.add("openai:work", "sk-test-0006")
        self.add("mine", "sk-test-0007", "--provider", "mistral")
        profiles = {one["id"]: one["provider"] for one in self.json("list")["profiles"]}
        self.assertEqual(profiles, {"openai:work": "openai", "mine": "mistral"})

    def test_treats_ids_that_look_like_options_as_ids_behind_two_dashes(self):
        self.ok("add", "--type", "api_key", "--stdin", "--provider", "p", "--", "-rf", stdin="sk-test-0008")
        self.assertEqual(self.ok("get", "--no-newline", "--", "-rf").out, "sk-test-0008")

    def test_reports_a_full_output_instead_of_losing_it(self):
        self.add("openai:work", "sk-test-0009")
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                self.command("get", "openai:work"),
                stdout=full,
                stderr=subprocess.PIPE,
                env=self.environment,
                check=False,
            )
        self.assertEqual(done.returncode, 74, done.stderr)


class Guesses(Home):
    """What add makes of a secret's first letters, and of the agent's order."""

    def setUp(self):
        super().setUp()
        self.make_vault()

    def added(self, profile, secret, *more):
        return self.ok("add", profile, "--stdin", *more, stdin=secret).err

    def kind_of(self, profile):
        return self.json("show", profile)["profiles"][0]["type"]

    def test_takes_piped_text_for_an_api_key_and_a_setup_token_for_a_token(self):
        self.added("openai:piped", "sk-test-piped-0123456789")
        self.added("anthropic:setup", "sk-ant-oat01-test-0123456789")
        self.assertEqual((self.kind_of("openai:piped"), self.kind_of("anthropic:setup")), ("api_key", "token"))

    def test_warns_of_a_key_that_looks_like_another_providers(self):
        words = self.added("openai:odd", "sk-ant-test-0123456789")
        self.assertIn("looks like a key of 'anthropic'", words)
        for profile in ("anthropic:good", "mycompany:proxy"):
            self.assertNotIn("looks like", self.added(profile, f"sk-ant-test-{profile}"))

    def test_warns_of_a_setup_token_that_is_kept_as_a_key(self):
        self.assertIn("--type token", self.added("anthropic:x", "sk-ant-oat01-test-0123456789", "--type", "api_key"))

    def test_names_the_command_that_puts_the_profile_into_an_explicit_order(self):
        self.added("openai:a", "sk-test-a-0123456789")
        self.ok("order", "set", "--provider", "openai", "openai:a")
        words = self.added("openai:b", "sk-test-b-0123456789")
        command = next(line.strip() for line in words.splitlines() if line.strip().startswith("claviger order set"))
        self.ok(*command.split()[1:])
        self.assertEqual(self.json("order", "get", "--provider", "openai")["order"], ["openai:a", "openai:b"])
        self.assertNotIn("order set", self.added("openai:b", "sk-test-c-0123456789", "--replace"))

    def test_goes_by_mains_order_for_an_agent_without_one(self):
        self.added("openai:a", "sk-test-a-0123456789")
        self.ok("order", "set", "--provider", "openai", "openai:a")
        self.ok("agent", "add", "work")
        self.ok("agent", "add", "alone", "--isolated")
        self.assertIn("--agent work openai:a openai:b", self.added("openai:b", "sk-test-b", "--agent", "work"))
        self.assertNotIn("order set", self.added("openai:b", "sk-test-b", "--agent", "alone"))

    def test_says_where_the_key_file_should_be_when_it_is_gone(self):
        self.key.rename(self.home / "elsewhere.key")
        self.fails(69, "list", saying=f"'{self.key}'")
        self.assertIn("claviger help recovery", self.run_it("list").err)


if __name__ == "__main__":
    unittest.main()
