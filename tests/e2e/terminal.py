# SPDX-License-Identifier: Apache-2.0
"""At a terminal: what is asked, what is never shown, and a terminal that is whole afterwards (D12, E06)."""
import re
import signal
import sys
import unittest

try:
    import pexpect
except ImportError:
    print("skipped: pexpect is not there for this Python")
    sys.exit(77)

from support import Home, PATIENCE, PROGRAM

SECRET = "sk-test-typed-unseen-55"
PASSPHRASE = "correct horse battery"
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(Home):
    def start(self, *words, **more):
        child = pexpect.spawn(
            PROGRAM,
            [str(word) for word in words],
            env={**self.environment, "TERM": "xterm", **more},
            cwd=str(self.home),
            timeout=PATIENCE,
            encoding="utf-8",
            dimensions=(24, 80),
        )
        child.delaybeforesend = None
        self.addCleanup(child.close, force=True)
        self.transcript = ""
        return child

    def expect(self, child, text):
        child.expect_exact(text)
        self.transcript += child.before + child.after

    def finish(self, child):
        child.expect(pexpect.EOF)
        self.transcript += child.before
        child.wait()
        return child.exitstatus

    def wait_until_hidden(self, child):
        self.assertTrue(child.waitnoecho(timeout=PATIENCE), "echo stayed on at a hidden prompt")


class Asking(Terminal):
    def init_with_passphrase(self, *words, second=PASSPHRASE):
        child = self.start("init", *words)
        self.expect(child, "1, 2 or 3 [1]: ")
        child.sendline("2")
        for question, answer in (("New passphrase: ", PASSPHRASE), ("The same again: ", second)):
            self.expect(child, question)
            self.wait_until_hidden(child)
            child.sendline(answer)
        return child

    def test_makes_a_vault_with_a_passphrase_typed_twice(self):
        child = self.init_with_passphrase("--no-recovery")
        self.assertEqual(self.finish(child), 0, self.transcript)
        self.assertNotIn(PASSPHRASE, self.transcript)
        child = self.start("list")
        self.expect(child, "Passphrase: ")
        self.wait_until_hidden(child)
        child.sendline(PASSPHRASE)
        self.assertEqual(self.finish(child), 0, self.transcript)

    def test_asks_again_when_the_two_differ(self):
        child = self.init_with_passphrase("--no-recovery", second="something else")
        self.expect(child, "The two differ.")
        self.expect(child, "New passphrase: ")
        child.sendintr()
        self.assertEqual(self.finish(child), 130)
        self.assertFalse(self.vault.exists())

    def test_tells_a_wrong_passphrase(self):
        self.finish(self.init_with_passphrase("--no-recovery"))
        child = self.start("list")
        self.expect(child, "Passphrase: ")
        self.wait_until_hidden(child)
        child.sendline("wrong")
        self.expect(child, "wrong passphrase; try again")
        for _ in range(2):
            self.expect(child, "Passphrase: ")
            self.wait_until_hidden(child)
            child.sendline("wrong")
        self.expect(child, "three times")
        self.assertEqual(self.finish(child), 71, self.transcript)

    def test_takes_the_passphrase_at_the_second_try(self):
        self.finish(self.init_with_passphrase("--no-recovery"))
        child = self.start("list")
        for passphrase in ("wrong", PASSPHRASE):
            self.expect(child, "Passphrase: ")
            self.wait_until_hidden(child)
            child.sendline(passphrase)
        self.assertEqual(self.finish(child), 0, self.transcript)

    def test_takes_the_key_file_when_only_return_is_pressed(self):
        child = self.start("init", "--no-recovery")
        self.expect(child, "1, 2 or 3 [1]: ")
        child.sendline("")
        self.assertEqual(self.finish(child), 0, self.transcript)
        self.assertTrue(self.key.exists())

    def test_asks_on_numbered_lines(self):
        child = self.start("init", "--no-recovery")
        self.expect(child, "1, 2 or 3 [1]: ")
        self.assertNotIn("\\n", self.transcript)
        numbers = re.findall(r"(?m)^ +(\d) +an? ", self.transcript)
        self.assertEqual(numbers, ["1", "2", "3"], self.transcript)
        child.sendline("2")
        self.expect(child, "New passphrase: ")
        child.sendintr()
        self.assertEqual(self.finish(child), 130)

    def test_says_how_the_key_file_becomes_a_systemd_credential(self):
        child = self.start("init", "--no-recovery")
        self.expect(child, "1, 2 or 3 [1]: ")
        child.sendline("3")
        self.expect(child, "systemd-creds encrypt --name=claviger.key")
        self.expect(child, "LoadCredentialEncrypted=claviger.key")
        self.assertEqual(self.finish(child), 0, self.transcript)
        self.assertTrue(self.key.exists())

    def test_asks_back_one_group_of_the_recovery_code(self):
        child = self.start("init", "--key-file", self.key)
        self.expect(child, "Press Return")
        code = re.search(r"(?:[0-9A-Z]{4}-){13}[0-9A-Z]{4}", self.transcript).group()
        child.sendline("")
        group = self.asked_group(child)
        self.assertIn("\x1b[2J\x1b[3J", self.transcript)  # the code is on no screen any more
        child.sendline("XXXX")
        self.expect(child, f"That is not group {group}.")
        self.assertEqual(self.asked_group(child), group)
        child.sendline(code.split("-")[group - 1].lower())
        self.expect(child, "Next: claviger add openai:default")
        self.assertEqual(self.finish(child), 0)
        self.assertNotIn("not confirmed", self.transcript)

    def asked_group(self, child):
        child.expect(r"Type group (\d+) of the code")
        self.transcript += child.before + child.after
        return int(child.match.group(1))

    def test_warns_of_a_passphrase_that_is_easy_to_guess_and_takes_it(self):
        child = self.start("init", "--no-recovery")
        self.expect(child, "1, 2 or 3 [1]: ")
        child.sendline("2")
        for prompt in ("New passphrase: ", "The same again: "):
            self.expect(child, prompt)
            self.wait_until_hidden(child)
            child.sendline("password1")
        self.expect(child, "can be guessed")
        self.assertEqual(self.finish(child), 0)
        self.assertNotIn("password1", self.transcript)

    def test_warns_when_the_recovery_code_is_not_confirmed(self):
        child = self.start("init", "--key-file", self.key)
        self.expect(child, "Press Return")
        child.sendline("")
        for _ in range(3):
            self.asked_group(child)
            child.sendline("XXXX")
        self.expect(child, "was not confirmed")
        self.assertEqual(self.finish(child), 0)


class Adding(Terminal):
    def setUp(self):
        super().setUp()
        self.make_vault()

    def start_adding(self):
        child = self.start("add", "openai:work", "--type", "api_key")
        self.expect(child, "Secret for 'openai:work': ")
        self.wait_until_hidden(child)
        return child

    def test_asks_for_the_type_and_takes_an_api_key_for_return(self):
        for typed, kind in (("", "api_key"), ("token", "token")):
            child = self.start("add", f"openai:{kind}")
            self.expect(child, "api_key, token or oauth [api_key]: ")
            child.sendline(typed)
            self.expect(child, f"Secret for 'openai:{kind}': ")
            self.wait_until_hidden(child)
            child.sendline(f"{SECRET}-{kind}")
            self.assertEqual(self.finish(child), 0, self.transcript)
            self.assertEqual(self.json("show", f"openai:{kind}")["profiles"][0]["type"], kind)

    def test_hides_what_is_typed_for_stdin_on_a_terminal(self):
        child = self.start("add", "openai:work", "--type", "api_key", "--stdin")
        self.expect(child, "Secret for 'openai:work': ")
        self.wait_until_hidden(child)
        child.sendline(SECRET)
        self.assertEqual(self.finish(child), 0, self.transcript)
        self.assertNotIn(SECRET, self.transcript)

    def test_never_shows_the_secret(self):
        child = self.start_adding()
        child.sendline(SECRET)
        self.assertEqual(self.finish(child), 0, self.transcript)
        self.assertIn("fingerprint", self.transcript)
        self.assertNotIn(SECRET, self.transcript)
        self.assertNotIn(SECRET[:8], self.transcript)
        self.assertEqual(self.get("openai:work"), SECRET)

    def test_takes_a_bracketed_paste(self):
        child = self.start_adding()
        child.send(f"\x1b[200~{SECRET}\x1b[201~\r")
        self.assertEqual(self.finish(child), 0, self.transcript)
        self.assertEqual(self.get("openai:work"), SECRET)

    def test_takes_a_secret_longer_than_the_kernels_line(self):
        secret = "sk-test-" + "x" * 9000
        child = self.start_adding()
        child.sendline(secret)
        self.assertEqual(self.finish(child), 0, self.transcript)
        self.assertEqual(self.get("openai:work"), secret)

    def test_gives_the_terminal_back_after_control_c_and_signals(self):
        def interrupt(child):
            child.sendintr()

        ways = [
            interrupt,
            lambda child: child.kill(signal.SIGTERM),
            lambda child: child.kill(signal.SIGHUP),
            lambda child: child.sendeof(),
        ]
        for way in ways:
            child = self.start_adding()
            child.send(SECRET[:6])
            if way is ways[-1]:
                child.send("\x7f" * 6)  # Ctrl-D cancels an empty line only
            way(child)
            self.assertEqual(self.finish(child), 130, self.transcript)
            self.assertNotIn(SECRET[:6], self.transcript)
        self.assertEqual(self.ids(), [])

    def test_restores_echo_before_the_shell_gets_the_terminal(self):
        shell = pexpect.spawn(
            "/bin/sh",
            ["-c", f'trap : INT; "{PROGRAM}" add openai:work --type api_key; echo "code=$?"; stty -a'],
            env={**self.environment, "TERM": "xterm"},
            timeout=PATIENCE,
            encoding="utf-8",
        )
        self.addCleanup(shell.close, force=True)
        shell.expect_exact("Secret for 'openai:work': ")
        self.assertTrue(shell.waitnoecho(timeout=PATIENCE))
        shell.sendintr()
        shell.expect(pexpect.EOF)
        settings = shell.before
        self.assertIn("code=130", settings)
        self.assertRegex(settings, r"(?<!-)\becho\b")
        self.assertRegex(settings, r"(?<!-)\bicanon\b")

    def test_asks_nothing_with_no_input(self):
        child = self.start("add", "openai:work", "--type", "api_key", "--no-input")
        self.assertEqual(self.finish(child), 64, self.transcript)
        self.assertIn("--stdin", self.transcript)

    def test_removes_only_what_was_typed_again(self):
        self.add("openai:work", SECRET)
        child = self.start("remove", "openai:work")
        self.expect(child, "Type its name to go on: ")
        child.sendline("yes")
        self.assertEqual(self.finish(child), 130, self.transcript)
        self.assertEqual(self.ids(), ["openai:work"])
        child = self.start("remove", "openai:work")
        self.expect(child, "Type its name to go on: ")
        child.sendline("openai:work")
        self.assertEqual(self.finish(child), 0, self.transcript)
        self.assertEqual(self.ids(), [])


class Scrubbing(Terminal):
    def test_overwrites_only_when_the_word_was_typed(self):
        self.make_vault()
        self.add("openai:a", SECRET)
        note = self.write("note", SECRET)
        for typed, code, left in (("yes", 130, SECRET), ("scrub", 0, "removed-by-claviger:openai:a")):
            child = self.start("scan", "--scrub", note)
            self.expect(child, "Type 'scrub' to go on: ")
            child.sendline(typed)
            self.assertEqual(self.finish(child), code, self.transcript)
            self.assertEqual(note.read_text(), left)
            self.assertNotIn(SECRET, self.transcript)


class Showing(Terminal):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add(
            "google-gemini-cli:a.very.long.account.name@subdomain.example.org",
            "sk-test-1",
            "--email",
            "someone@example.org",
        )
        self.add("anthropic:work", "sk-ant-test-2", "--expires-in", "30d", kind="token")
        self.add("anthropic:old", "sk-ant-test-3", "--expires-at", "2020-01-01", kind="token")

    def shown(self, *words, **more):
        child = self.start(*words, **more)
        self.finish(child)
        return self.transcript

    def test_fits_tables_into_80_columns(self):
        for words in (("list",), ("status",), ("which", "--provider", "anthropic"), ("agent", "list")):
            widest = max(len(COLOURS.sub("", line)) for line in self.shown(*words).splitlines())
            self.assertLessEqual(widest, 80, words)

    def test_survives_a_terminal_of_20_columns(self):
        for words in (("list",), ("status",), ("help",), ("which", "--provider", "anthropic")):
            self.assertTrue(self.shown(*words, COLUMNS="20"))

    def test_colours_a_terminal_only_where_it_is_welcome(self):
        self.assertRegex(self.shown("status"), COLOURS)
        self.assertNotIn("\x1b", self.shown("status", NO_COLOR="1"))
        self.assertNotIn("\x1b", self.shown("status", TERM="dumb"))

    def test_marks_the_next_one_and_says_how_to_fix_it(self):
        text = COLOURS.sub("", self.shown("status", COLUMNS="140"))
        self.assertRegex(text, r"(?m)^ \u25cf anthropic:work +token .* ok")
        self.assertRegex(text, r"(?m)^anthropic +next: anthropic:work\r?$")
        self.assertIn("fix:", text)


if __name__ == "__main__":
    unittest.main()
