# SPDX-License-Identifier: Apache-2.0
"""K05: any words on the command line end with a documented code: never with a signal, never as a bug, never in a wait.

A fixed seed; RANDOM_WORDS says how many command lines are tried."""
import os
import random
import unittest

from support import Home

COMMANDS = (
    "init",
    "add",
    "get",
    "show",
    "list",
    "edit",
    "rename",
    "copy",
    "remove",
    "import",
    "export",
    "order set",
    "order get",
    "order clear",
    "which",
    "pin set",
    "pin get",
    "status",
    "run",
    "resolve",
    "agent list",
    "agent add",
    "agent remove",
    "agent token create",
    "agent token revoke",
    "key list",
    "key add",
    "key remove",
    "key rotate",
    "lock",
    "doctor",
    "verify",
    "backup",
    "restore",
    "report",
    "models status",
    "models auth paste-token",
    "paths",
    "help",
    "openclaw wire",
    "completion",
    "__complete",
    "repair",
    "log",
    "log enable",
    "log disable",
)
OPTIONS = (
    "--json",
    "--agent",
    "--provider",
    "--type",
    "--vault",
    "--key-file",
    "--token-file",
    "--passphrase-fd",
    "--expires-in",
    "--expires-at",
    "--yes",
    "--dry-run",
    "--format",
    "--dialect",
    "--only",
    "--output",
    "--force",
    "--stdin",
    "--help",
    "--from-file",
    "--session",
    "--generation",
    "--quiet",
    "--no-input",
    "--field",
    "--check",
    "--warn-within",
    "--version",
    "--all-agents",
    "--",
    "--x",
    "-",
    "-x",
    "---",
)
VALUES = (
    "",
    " ",
    "openai:a",
    "main",
    "0",
    "-1",
    "4294967299",
    "99999999999999999999",
    "30d",
    "1e400",
    "NaN",
    "api_key",
    "openclaw",
    "dotenv",
    "/",
    "/dev/null",
    "/proc/self/mem",
    "no-such-file",
    "../..",
    "\x01\x1b[31m",
    "\u202e",
    "\ufeff",
    "a" * 5000,
    "%s%n%d",
    "=",
    "--=",
    "--json=x",
    "env/NAME",
    "profile/x",
    "\udcff\udcfe",
)
DOCUMENTED = {0, 1, 2, 64, 65, 66, 67, 68, 69, 71, 72, 74, 75, 77, 125, 126, 127, 130}


class RandomWords(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:a", "sk-test-canary-of-random-words")

    def words(self, chance):
        chosen = chance.choice(COMMANDS).split()
        for _ in range(chance.randrange(6)):
            chosen.append(chance.choice(chance.choice((OPTIONS, VALUES))))
        if chance.random() < 0.2:
            chance.shuffle(chosen)
        return chosen

    def test_end_with_a_documented_code(self):
        chance = random.Random(20261121)
        for number in range(int(os.environ.get("RANDOM_WORDS", "400"))):
            words = self.words(chance)
            with self.subTest(number=number, words=words):
                done = self.run_it(*words, stdin="sk-test-typed")
                self.assertIn(done.code, DOCUMENTED, f"{words}: {done}")
                if chosen_prints_no_secret(words):
                    self.assertNotIn("canary-of-random-words", done.out + done.err)

    def test_an_empty_or_endless_path_is_refused(self):
        for path in ("", "a" * 5000):
            for words in (
                ("backup", path),
                ("restore", path, "--yes"),
                ("import", path),
                ("doctor", "--vault", path),
                ("export", "--format", "openclaw", "--output", path),
                ("key", "add", "--new-key-file", path),
                ("list", "--key-file", path),
                ("openclaw", "wire", "--state-dir", path),
                ("init", "--vault", path),
                ("list", "--token-file", path),
                ("add", "openai:b", "--type", "api_key", "--from-file", path),
            ):
                with self.subTest(words=[word[:40] for word in words]):
                    done = self.run_it(*words)
                    self.assertIn(done.code, DOCUMENTED - {0, 1, 2}, f"{words[:3]}: {done}")


def chosen_prints_no_secret(words):
    return not {"get", "export", "run", "resolve"} & set(words)


if __name__ == "__main__":
    unittest.main()
