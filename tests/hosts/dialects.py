#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What holds for every command that another program runs: an environment of nothing, a vault that is locked, busy or
damaged, input that never ends, many callers at once."""
import sqlite3
import subprocess
import time
import unittest

from support import Home

SECRETS = {
    "openai:default": "sk-test-dialect-0123456789",
    "git:example.org": "ghp_test_dialect_0123456789",
    "docker:example.org": "dckr_test_dialect_0123456789",
}
AWS_KEY = "test-aws-dialect-0123456789"
GIT = "protocol=https\nhost=example.org\n\n"
# verb, input, what a good answer holds
DIALECTS = (
    (("token", "--provider", "openai"), "", SECRETS["openai:default"]),
    (("git-credential", "get"), GIT, SECRETS["git:example.org"]),
    (("docker-credential", "get"), "example.org\n", SECRETS["docker:example.org"]),
    (("aws-credential",), "", AWS_KEY),
)


class EveryDialect(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        for provider, secret in SECRETS.items():
            name = provider.split(":default")[0]
            self.ok(
                "add", provider, "--provider", name, "--type", "api_key", "--email", "me", "--stdin", stdin=secret
            )  # fmt: skip
        for name, value in (("AWS_ACCESS_KEY_ID", "AKIATEST"), ("AWS_SECRET_ACCESS_KEY", AWS_KEY)):
            self.ok("add", f"env/{name}", "--stdin", stdin=value)
        self.named = ("--vault", str(self.vault), "--key-file", str(self.key))

    def ask(self, verb, stdin, *more):
        done = subprocess.run(
            self.command(*verb, *self.named, *more),
            input=stdin.encode(),
            env={},
            cwd="/",
            capture_output=True,
            timeout=60,
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def assert_refused(self, verb, answer, code):
        status, out, err = answer
        self.assertEqual(len((out + err).splitlines()), 1, (verb, answer))
        for word in (str(self.home), "openai:default", *SECRETS.values(), AWS_KEY):
            self.assertNotIn(word, out + err, verb)
        if verb[0] == "docker-credential":
            self.assertEqual((status, err), (1, ""), answer)
        else:
            self.assertEqual((status, out), (code, ""), answer)

    def test_answers_with_an_empty_environment(self):
        for verb, stdin, secret in DIALECTS:
            code, out, err = self.ask(verb, stdin)
            self.assertEqual((code, err), (0, ""), verb)
            self.assertIn(secret, out)

    def test_says_in_one_line_that_the_key_is_wrong(self):
        other = self.home / "other"
        self.ok("init", "--vault", other / "v.db", "--key-file", other / "k", "--no-recovery")
        self.named = ("--vault", str(self.vault), "--key-file", str(other / "k"))
        for verb, stdin, _ in DIALECTS:
            self.assert_refused(verb, self.ask(verb, stdin), 71)

    def test_says_in_one_line_that_the_file_is_damaged(self):
        with sqlite3.connect(self.vault) as database:
            database.execute("UPDATE record SET sealed_secret = zeroblob(length(sealed_secret))")
        for verb, stdin, _ in DIALECTS:
            self.assert_refused(verb, self.ask(verb, stdin), 72)

    def test_gives_up_on_a_busy_vault_before_its_caller_does(self):
        writer = sqlite3.connect(self.vault, isolation_level=None)
        writer.execute("BEGIN EXCLUSIVE")
        for verb, stdin, _ in DIALECTS:
            begun = time.monotonic()
            self.assert_refused(verb, self.ask(verb, stdin), 75)
            self.assertLess(time.monotonic() - begun, 30, verb)  # git and docker would wait for ever
        writer.close()

    def test_gives_up_on_input_that_never_ends(self):
        for verb, _, _ in DIALECTS[1:3]:
            running = subprocess.Popen(
                self.command(*verb, *self.named),
                env={},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            running.stdin.write(b"a")
            running.stdin.flush()
            self.assertNotEqual(running.wait(timeout=60), 0, verb)
            out = running.stdout.read().decode()
            for stream in (running.stdin, running.stdout, running.stderr):
                stream.close()
            self.assertEqual(len(out.splitlines()), 1 if verb[0] == "docker-credential" else 0)

    def test_answers_64_callers_at_once(self):
        for verb, stdin, secret in DIALECTS:
            running = []
            for _ in range(64):
                one = subprocess.Popen(
                    self.command(*verb, *self.named),
                    env={},
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                )
                running.append(one)
            for one in running:
                out, err = one.communicate(stdin.encode(), timeout=120)
                self.assertEqual(one.returncode, 0, (verb, err))
                self.assertIn(secret, out.decode())


if __name__ == "__main__":
    unittest.main()
