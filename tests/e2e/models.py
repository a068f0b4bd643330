# SPDX-License-Identifier: Apache-2.0
"""OpenClaw's own words: models status, models auth paste-token, paste-api-key, setup-token, order and list."""
import json
import os
import pty
import select
import time
import unittest

from support import Home, PROGRAM

SETUP_TOKEN = "sk-ant-oat01-test-" + "t" * 80
DAY = 86_400_000


class Models(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()

    def paste(self, provider, text, *more, verb="paste-token"):
        return self.ok("models", "auth", verb, "--provider", provider, *more, stdin=text)

    def show(self, profile):
        return self.json("show", profile)["profiles"][0]

    def test_pastes_a_token_under_openclaws_default_id(self):
        self.paste("Mistral", "  test-token one\n")
        shown = self.show("mistral:manual")
        self.assertEqual((shown["provider"], shown["type"], shown["expiresAtMs"]), ("mistral", "token", None))
        self.assertEqual(self.get("mistral:manual"), "test-token one")

    def test_says_nothing_of_the_token(self):
        result = self.paste("anthropic", SETUP_TOKEN, "--json")
        self.assertNotIn(SETUP_TOKEN[13:30], result.out + result.err)
        self.assertEqual(json.loads(result.out)["profiles"][0]["id"], "anthropic:manual")

    def test_follows_openclaws_rules_for_anthropic(self):
        self.paste("anthropic", SETUP_TOKEN[:30] + "\n  " + SETUP_TOKEN[30:])
        self.assertEqual(self.get("anthropic:manual"), SETUP_TOKEN)
        self.fails(
            65,
            "models",
            "auth",
            "paste-token",
            "--provider",
            "anthropic",
            stdin="sk-ant-api03-test-" + "x" * 90,
            saying="starts with sk-ant-oat01-",
        )
        self.fails(
            65, "models", "auth", "paste-token", "--provider", "anthropic", stdin=SETUP_TOKEN[:60], saying="too short"
        )
        self.assertEqual(self.get("anthropic:manual"), SETUP_TOKEN)

    def test_tells_keys_and_tokens_of_openai_apart(self):
        self.fails(
            65, "models", "auth", "paste-token", "--provider", "openai", stdin="sk-test-12345678", saying="API key"
        )
        self.fails(
            65,
            "models",
            "auth",
            "paste-api-key",
            "--provider",
            "openai",
            stdin="eyJ0.eyJ1.c2ln",
            saying="does not look",
        )
        self.paste("codex", "sk-test-12345678", verb="paste-api-key")
        self.assertEqual(self.get("openai:manual"), "sk-test-12345678")
        for past in ("openai-codex", "codex-cli"):
            result = self.fails(64, "models", "auth", "paste-token", "--provider", past, stdin="test-token")
            self.assertIn("--provider openai", result.err)

    def test_reads_openclaws_durations(self):
        for text, length in (
            ("365d", 365 * DAY),
            ("12h", DAY // 2),
            ("2", 2 * DAY),
            ("1h30m", 5_400_000),
            ("0.5d", DAY // 2),
        ):
            before = time.time_ns() // 1_000_000
            self.paste("mistral", "test-token", "--expires-in", text)
            after = time.time_ns() // 1_000_000
            ends = self.show("mistral:manual")["expiresAtMs"]
            self.assertTrue(before + length <= ends <= after + length, (text, ends - before))
        for text in ("1w", "1y", "", "-1d", "1h30", "1 h", "0", "0d", "1e3", "99999999999d"):
            self.fails(
                64, "models", "auth", "paste-token", "--provider", "mistral", f"--expires-in={text}", stdin="test-token"
            )

    def test_a_pasted_token_replaces_the_profile_whole(self):
        self.add("mistral:manual", "sk-test-old", "--email", "me@example.com")
        self.paste("mistral", "test-token")
        shown = self.show("mistral:manual")
        self.assertEqual((shown["type"], shown["email"]), ("token", None))

    def test_a_pasted_key_keeps_what_stands_beside_it(self):
        self.add("openai:work", "sk-test-old-key", "--email", "me@example.com")
        self.paste("openai", "sk-test-new-key", verb="paste-api-key")
        self.assertEqual(self.ids(), ["openai:work"])
        self.assertEqual(self.get("openai:work"), "sk-test-new-key")
        self.assertEqual(self.show("openai:work")["email"], "me@example.com")

    def test_a_pasted_key_takes_nobody_elses_place(self):
        self.add("openai:token", "test-token", kind="token")
        self.add("mistral:work", "sk-test-0001")
        document = {
            "version": 1,
            "profiles": {
                "openai:ref": {
                    "type": "api_key",
                    "provider": "openai",
                    "keyRef": {"source": "env", "provider": "default", "id": "KEY"},
                }
            },
        }
        self.ok("import", self.write("auth-profiles.json", json.dumps(document)))
        for profile in ("openai:token", "mistral:work", "openai:ref"):
            self.fails(
                65,
                "models",
                "auth",
                "paste-api-key",
                "--provider",
                "openai",
                "--profile-id",
                profile,
                stdin="sk-test-12345678",
                saying=profile,
            )
        self.paste("openai", "sk-test-12345678", verb="paste-api-key")
        self.assertIn("openai:manual", self.ids())

    def test_moves_what_was_pasted_to_the_front_of_an_explicit_order(self):
        self.add("mistral:a", "sk-test-a")
        self.paste("mistral", "test-token", "--profile-id", "mistral:b")
        self.assertIsNone(self.json("order", "get", "--provider", "mistral")["order"])
        self.ok("models", "auth", "order", "set", "--provider", "mistral", "mistral:a")
        self.paste("mistral", "test-token", "--profile-id", "mistral:c")
        self.assertEqual(
            self.json("models", "auth", "order", "get", "--provider", "mistral")["order"], ["mistral:c", "mistral:a"]
        )
        self.paste("mistral", "test-token", "--profile-id", "mistral:c")
        self.assertEqual(self.json("order", "get", "--provider", "mistral")["order"], ["mistral:c", "mistral:a"])
        self.ok("models", "auth", "order", "clear", "--provider", "mistral")
        self.assertIsNone(self.json("order", "get", "--provider", "mistral")["order"])

    def test_leaves_other_agents_orders_alone(self):
        self.add("mistral:a", "sk-test-a")
        self.ok("order", "set", "--provider", "mistral", "--default", "mistral:a")
        self.ok("agent", "add", "work")
        self.paste("mistral", "test-token", "--agent", "work", "--profile-id", "mistral:b")
        self.assertEqual(
            self.json("order", "get", "--provider", "mistral", "--agent", "work")["order"], ["mistral:b", "mistral:a"]
        )
        self.assertEqual(self.json("order", "get", "--provider", "mistral")["order"], ["mistral:a"])
        self.paste("mistral", "test-token", "--profile-id", "mistral:c")
        self.assertEqual(
            self.json("order", "get", "--provider", "mistral", "--default")["order"], ["mistral:c", "mistral:a"]
        )

    def test_takes_the_agent_in_either_position(self):
        self.ok("agent", "add", "work")
        self.ok("models", "auth", "--agent", "work", "paste-token", "--provider", "mistral", stdin="test-token")
        self.assertEqual(self.ids("--agent", "work"), ["mistral:manual"])
        self.assertEqual(self.ids(), [])

    def test_speaks_as_status_and_list_do(self):
        self.add("mistral:a", "test-token", "--expires-in", "1h", kind="token")
        self.assertEqual(self.run_it("models", "status", "--check").code, 2)
        self.assertEqual(self.json("models", "status")["profiles"][0]["status"], "expiring")
        self.assertEqual(
            self.json("models", "auth", "list", "--provider", "mistral"), self.json("list", "--provider", "mistral")
        )

    def test_refuses_an_order_of_what_is_not_there_or_anothers(self):
        self.add("openai:a", "sk-test-a")
        self.fails(66, "models", "auth", "order", "set", "--provider", "mistral", "mistral:gone", saying="mistral:gone")
        self.fails(65, "models", "auth", "order", "set", "--provider", "mistral", "openai:a", saying="is for")

    def test_writes_nothing_on_a_dry_run_or_a_refusal(self):
        self.assert_untouched(self.vault, lambda: self.paste("mistral", "test-token", "--dry-run"))
        for text in ("", "[REDACTED]", "${TOKEN}", "***", b"\xff\xfe", "op://a/b/c"):
            self.assert_untouched(
                self.vault, lambda: self.fails(65, "models", "auth", "paste-token", "--provider", "mistral", stdin=text)
            )
        self.fails(65, "models", "auth", "paste-token", "--provider", "mistral", stdin="x" * (1024 * 1024 + 1))

    def test_setup_token_needs_a_terminal_and_anthropic(self):
        self.fails(
            64, "models", "auth", "setup-token", "--provider", "anthropic", stdin=SETUP_TOKEN, saying="needs a terminal"
        )
        self.fails(64, "models", "auth", "setup-token", "--provider", "openai", saying="only anthropic")
        self.fails(
            64,
            "models",
            "auth",
            "setup-token",
            "--provider",
            "anthropic",
            "--profile-id",
            "other:x",
            saying="anthropic:",
        )

    def on_a_terminal(self, words, answers, environment=None):
        """Runs the program on a terminal of its own; each answer is typed when its prompt has appeared."""
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.home)
            os.execve(PROGRAM, self.command(*words), {**self.environment, "TERM": "xterm", **(environment or {})})
        seen, deadline = "", time.monotonic() + 60
        waiting = list(answers)
        while time.monotonic() < deadline:
            ready, _, _ = select.select([terminal], [], [], 1)
            try:
                chunk = os.read(terminal, 4096) if ready else None
            except OSError:
                break
            if chunk == b"":
                break
            seen += (chunk or b"").decode()
            if waiting and waiting[0][0] in seen:
                os.write(terminal, (waiting.pop(0)[1] + "\r").encode())
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), seen

    def fake_claude(self, body):
        folder = self.home / "bin"
        folder.mkdir(exist_ok=True)
        program = folder / "claude"
        program.write_text("#!/bin/sh\n" + body)
        program.chmod(0o755)
        return {"PATH": f"{folder}:/usr/bin:/bin"}

    def test_setup_token_runs_claude_without_our_keys_and_keeps_what_is_pasted(self):
        path = self.fake_claude('echo "made with: $1"; env | grep -c "^CLAVIGER_" > ours; exit 0\n')
        code, seen = self.on_a_terminal(
            ["models", "auth", "setup-token", "--provider", "anthropic", "--expires-in", "365d"],
            [("Paste the setup token", SETUP_TOKEN)],
            {**path, "CLAVIGER_KEY_FILE": str(self.key)},
        )
        self.assertEqual(code, 0, seen)
        self.assertIn("made with: setup-token", seen)
        self.assertNotIn(SETUP_TOKEN, seen)
        self.assertEqual((self.home / "ours").read_text(), "0\n")
        self.assertEqual(self.get("anthropic:default"), SETUP_TOKEN)

    def test_setup_token_asks_to_paste_where_claude_is_missing(self):
        code, seen = self.on_a_terminal(
            ["models", "auth", "setup-token", "--provider", "anthropic", "--profile-id", "anthropic:me"],
            [("Paste the setup token", SETUP_TOKEN)],
        )
        self.assertEqual(code, 0, seen)
        self.assertIn("not installed", seen)
        self.assertEqual(self.get("anthropic:me"), SETUP_TOKEN)

    def test_setup_token_keeps_nothing_when_claude_fails(self):
        code, seen = self.on_a_terminal(
            ["models", "auth", "setup-token", "--provider", "anthropic"], [], self.fake_claude("exit 3\n")
        )
        self.assertEqual(code, 74, seen)
        self.assertEqual(self.ids(), [])


if __name__ == "__main__":
    unittest.main()
