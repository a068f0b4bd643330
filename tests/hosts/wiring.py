#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""claviger wire: what it prints for each program, run as that program runs it; and what it says when that fails."""
import json
import os
import re
import subprocess
import tomllib
import unittest

from support import Home

KEY = "sk-ant-test-wiring-0123456789"
OPENAI = "sk-test-wiring-0123456789"


def hermes_reads(text):
    """Hermes's reader of secrets.command: lines, blanks and one pair of quotes off, no escapes."""
    values = {}
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#") or "=" not in line:
            continue
        name, value = (part.strip() for part in line.split("=", 1))
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        values[name] = value
    return values


class Wiring(Home):
    def setUp(self):
        super().setUp()
        self.home = self.home.rename(self.home.parent / "it's my home")  # what a shell takes for its own
        self.vault, self.key = (
            self.home / path.relative_to(self.home.parent / "home") for path in (self.vault, self.key)
        )
        self.environment["HOME"] = str(self.home)
        self.make_vault()
        self.add("anthropic:default", KEY)
        self.add("openai:default", OPENAI)

    def stripped(self):
        """What the other program has: no variable of ours."""
        return {name: value for name, value in self.environment.items() if not name.startswith("CLAVIGER_")}

    def shell(self, line):
        done = subprocess.run(["/bin/sh", "-c", line], env=self.stripped(), cwd="/", capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done)
        return done.stdout.decode()

    def wire(self, program, *more):
        result = self.ok("wire", program, *more)
        self.assertNotIn(KEY, result.out + result.err)
        self.assertRegex(result.err, r"Tried as .* would run it: it gave '.*', fingerprint [0-9a-f]{8}, in \d+ ms\.")
        return result.out

    def test_claude_codes_helper_is_one_shell_command(self):
        settings = json.loads(self.wire("claude"))
        self.assertEqual(self.shell(settings["apiKeyHelper"]), KEY + "\n")

    def test_codexs_provider_is_its_words_without_a_shell(self):
        config = tomllib.loads(self.wire("codex"))
        provider = config["model_providers"][config["model_provider"]]
        self.assertFalse(provider["requires_openai_auth"])
        self.assertNotIn("env_key", provider)
        auth = provider["auth"]
        done = subprocess.run(
            [auth["command"], *auth["args"]],
            env=self.stripped(),
            capture_output=True,
            timeout=auth["timeout_ms"] / 1000,
        )
        self.assertEqual(done.stdout.decode().strip(), OPENAI)

    def test_pis_key_is_a_command_behind_an_exclamation_mark(self):
        models = json.loads(self.wire("pi", "--provider", "openai"))
        command = models["providers"]["openai"]["apiKey"]
        self.assertTrue(command.startswith("!"))
        self.assertEqual(self.shell(command[1:]), OPENAI + "\n")

    def test_hermes_reads_back_what_is_printed(self):
        nasty = {"PLAIN": "a-b_c", "BLANKS": " in front", "DOUBLE": 'ends in "', "SINGLE": "it's", "HASH": "a #b"}
        quotes = {name: "'" if '"' in value else '"' for name, value in nasty.items()}
        store = "".join(f"{name}={quotes[name]}{value}{quotes[name]}\n" for name, value in nasty.items())
        self.ok("import", "-", "--format", "dotenv", stdin=store)
        command = re.search(r'command: (".*")', self.wire("hermes")).group(1)
        read = hermes_reads(self.shell(json.loads(command)))
        self.assertEqual({name: read[name] for name in nasty}, nasty)
        self.assertEqual(read["OPENAI_API_KEY"], OPENAI)

    def test_hermes_is_given_no_value_that_it_would_read_in_another_way(self):
        self.ok("import", "-", "--format", "dotenv", stdin='TWO="one\\ntwo"\n')
        self.fails(65, "export", "--format", "dotenv", "--dialect", "hermes", saying="TWO")

    def test_an_agents_own_is_given_when_the_agent_is_named(self):
        self.ok("agent", "add", "work")
        self.add("anthropic:work", "sk-ant-test-work-0123456789", "--agent", "work")
        settings = json.loads(self.wire("claude", "--agent", "work"))
        self.assertEqual(self.shell(settings["apiKeyHelper"]), "sk-ant-test-work-0123456789\n")

    def test_a_token_file_is_named_instead_of_the_key(self):
        self.ok("agent", "token", "create", "main", "--output", self.home / "main.token")
        self.key.rename(self.home / "away.key")
        settings = json.loads(self.wire("claude", "--token-file", self.home / "main.token"))
        self.assertIn("main.token", settings["apiKeyHelper"])
        self.assertEqual(self.shell(settings["apiKeyHelper"]), KEY + "\n")

    def test_says_what_to_add_where_there_is_no_key(self):
        self.ok("remove", "openai:default", "--yes")
        result = self.run_it("wire", "codex")
        self.assertEqual(result.code, 66)
        self.assertIn("claviger add openai:default --type api_key", result.err)
        self.assertIn("[model_providers.claviger]", result.out)

    def test_warns_of_variables_that_come_first(self):
        result = self.ok("wire", "claude", env={"ANTHROPIC_API_KEY": "sk-ant-test-environment"})
        self.assertIn("ANTHROPIC_API_KEY is set", result.err)
        self.assertNotIn("sk-ant-test-environment", result.out + result.err)

    def test_tells_the_trial_as_json(self):
        told = self.json("wire", "claude")
        self.assertEqual((told["program"], told["applied"]), ("claude", False))
        self.assertEqual((told["trial"]["status"], told["trial"]["id"]), (0, "anthropic:default"))

    def test_edits_no_other_programs_files(self):
        self.fails(64, "wire", "claude", "--apply", saying="paste")
        self.assertFalse((self.home / ".claude").exists())

    def test_a_dry_run_leaves_gits_configuration_as_it_is(self):
        self.ok(
            "add", "git:example.org", "--provider", "git:example.org", "--type", "token", "--stdin", stdin="ghp_test"
        )
        result = self.ok("wire", "git", "--apply", "--dry-run")
        self.assertIn("dry run", result.err)
        self.assertFalse((self.home / ".gitconfig").exists())

    def test_a_vault_that_only_a_person_can_open_is_refused(self):
        self.key.rename(self.home / "away.key")
        self.fails(69, "wire", "claude")

    def test_names_the_program_that_was_meant(self):
        self.fails(64, "wire", "claud", saying="claviger wire claude")
        self.fails(64, "wire")
        names = {program["name"] for program in self.json("wire", "--list")["programs"]}
        self.assertEqual(names, {"claude", "codex", "git", "docker", "aws", "hermes", "pi"})
        self.assertIn("claude", self.ok("wire", "--list", env={"PATH": os.environ["PATH"]}).out)


if __name__ == "__main__":
    unittest.main()
