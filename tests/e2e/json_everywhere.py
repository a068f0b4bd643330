# SPDX-License-Identifier: Apache-2.0
"""--json and the whole table of commands: an error is exactly one object on stderr and nothing on stdout, whatever went
wrong; and data that nobody could be given is a failure."""
import json
import subprocess
import sys
import unittest

import schemas
from support import Home, PATIENCE

if schemas.jsonschema is None:
    print("skipped: python3-jsonschema is not there for this Python")
    sys.exit(77)

from json_schemas import RUNS

ANSWERS_ANYHOW = ("doctor", "resolve")  # what is wrong is their answer
FOR_PROGRAMS = ("aws-credential", "docker-credential", "git-credential")  # stdout and stderr are those programs' own
READERS = (
    ("list",), ("show", "openai:work"), ("status",), ("which", "openai"), ("get", "openai:work"), ("paths",),
    ("version",), ("completion", "bash"), ("doctor",), ("verify",), ("key", "list"), ("agent", "list"),
    ("agent", "token", "list"), ("order", "get", "--provider", "openai"), ("export", "--format", "dotenv"),
    ("openclaw", "note"), ("scan", "."), ("token", "openai:work"), ("wire", "--list"), ("backup", "copy.db"),
    ("add", "openai:new", "--type", "api_key", "--from-file", "secret", "--dry-run"),
)


class JsonEverywhere(Home):
    def test_a_refused_option_a_missing_argument_and_an_unknown_command_are_one_object(self):
        for command in schemas.commands():
            if command != "help":
                self.is_one_object((*command.split(), "--no-such-option"), (64, 125))
                self.is_one_object((*command.split(), *["x"] * 40), (64, 67, 125))
        self.is_one_object(("no-such-command",), 64)
        self.is_one_object(("agent",), 64)
        self.is_one_object(("agent", "no-such-command"), 64)

    def test_a_missing_vault_is_one_object(self):
        self.every_run_fails_well()

    def test_a_locked_vault_is_one_object(self):
        self.ok("init", "--passphrase-file", self.write("words", "correct horse battery"), "--no-recovery")
        self.every_run_fails_well("--no-input")

    def test_a_wrong_key_is_one_object(self):
        self.make_vault()
        other = self.home / "other.key"
        self.ok("init", "--vault", self.home / "other.db", "--key-file", other, "--no-recovery")
        self.every_run_fails_well("--key-file", other)

    def test_what_nobody_could_read_is_a_failure_and_not_done(self):
        self.make_vault()
        self.add("openai:work", "sk-test-1")
        self.write("secret", "sk-test-2")
        for words in READERS:
            with self.subTest(" ".join(words)):
                done = subprocess.run(
                    ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *self.command(*words, "--json")],
                    stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, env=self.environment, cwd=self.home,
                    timeout=PATIENCE)
                self.assertEqual(done.returncode, 74, done.stderr)

    def every_run_fails_well(self, *how):
        failed = 0
        for words, stdin in RUNS:
            if words[0] in ("init", "onboard", *ANSWERS_ANYHOW) or words[0] in FOR_PROGRAMS:
                continue
            result = self.run_it(*words, *how, "--json", stdin=stdin)
            if result.code != 0:
                failed += 1
                self.judge(words, result)
        self.assertGreater(failed, 30)

    def is_one_object(self, words, codes):
        result = self.run_it(*words, "--json")
        with self.subTest(" ".join(words)[:60]):
            self.assertIn(result.code, codes if isinstance(codes, tuple) else (codes,), result)
            self.judge(words, result)

    def judge(self, words, result):
        with self.subTest(" ".join(words)[:60]):
            self.assertEqual(result.out, "", result)
            document = json.loads(result.err)  # nothing beside it
            self.assertEqual(schemas.faults("error", document), [])
            self.assertEqual(document["error"]["exitCode"], result.code)


if __name__ == "__main__":
    unittest.main()
