# SPDX-License-Identifier: Apache-2.0
"""Many programs at one vault: all are answered, and what all wrote is there afterwards (negative tests B08, G08)."""
import os
import subprocess
import unittest

from support import Home, PATIENCE


class Concurrency(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:work", "sk-test-0001")

    def start(self, *words, stdin=b""):
        reading, writing = os.pipe()
        os.write(writing, stdin)
        os.close(writing)
        started = subprocess.Popen(
            self.command(*words),
            stdin=reading,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment,
            cwd=self.home,
        )
        os.close(reading)
        return started

    def finished(self, programs):
        answers = [(one.communicate(timeout=PATIENCE), one.returncode) for one in programs]
        for (_, err), code in answers:
            self.assertEqual(code, 0, err)
        return [out.decode() for (out, _), _ in answers]

    def test_answers_twenty_readers_at_once(self):
        answers = self.finished([self.start("get", "openai:work") for _ in range(20)])
        self.assertEqual(answers, ["sk-test-0001\n"] * 20)

    def test_keeps_what_eight_writers_add_at_once(self):
        self.finished(
            [
                self.start(
                    "add", f"openai:{number}", "--type", "api_key", "--stdin", stdin=f"sk-test-{number}".encode()
                )
                for number in range(8)
            ]
        )
        self.assertEqual(sorted(self.ids()), sorted(["openai:work"] + [f"openai:{number}" for number in range(8)]))
        for number in range(8):
            self.assertEqual(self.get(f"openai:{number}"), f"sk-test-{number}")

    def test_shows_readers_the_former_or_the_latter_while_it_is_replaced(self):
        programs = []
        for number in range(8):
            programs.append(
                self.start(
                    "add",
                    "openai:work",
                    "--type",
                    "api_key",
                    "--stdin",
                    "--replace",
                    stdin=f"sk-test-replaced-{number}".encode(),
                )
            )
            programs += [self.start("get", "openai:work", "--no-newline") for _ in range(2)]
        allowed = {"sk-test-0001", ""} | {f"sk-test-replaced-{number}" for number in range(8)}
        self.assertLessEqual(set(self.finished(programs)), allowed)

    def test_lets_one_of_many_add_the_same_id(self):
        programs = [
            self.start("add", "openai:one", "--type", "api_key", "--stdin", stdin=f"sk-test-{number}".encode())
            for number in range(6)
        ]
        codes = []
        for one in programs:
            one.communicate(timeout=PATIENCE)
            codes.append(one.returncode)
        self.assertEqual(sorted(codes), [0] + [68] * 5)

    def test_lets_one_of_many_make_the_vault(self):
        vault = self.home / "race/vault.db"
        programs = [
            self.start("init", "--vault", vault, "--key-file", self.home / f"key-{number}", "--no-recovery")
            for number in range(4)
        ]
        codes = []
        for one in programs:
            one.communicate(timeout=PATIENCE)
            codes.append(one.returncode)
        self.assertEqual(sorted(codes), [0] + [68] * 3)
        self.ok("list", "--vault", vault, "--key-file", self.home / f"key-{codes.index(0)}")

    # B08, fault R3
    def test_rotates_beside_getters_adders_resolvers_and_another_rotator(self):
        token = self.write("token", self.ok("agent", "token", "create", "main").out)
        request = b'{"protocolVersion": 1, "provider": "claviger", "ids": ["profile/openai:work"]}'
        programs = []
        for number in range(6):
            programs.append(("rotate", self.start("key", "rotate", "--yes")))
            programs.append(
                (
                    "add",
                    self.start(
                        "add", f"openai:{number}", "--type", "api_key", "--stdin", stdin=f"sk-test-{number}".encode()
                    ),
                )
            )
            programs.append(("get", self.start("get", "openai:work", "--no-newline")))
            programs.append(("get", self.start("--token-file", token, "get", "openai:work", "--no-newline")))
            programs.append(("resolve", self.start("resolve", stdin=request)))
        added = 0
        for what, one in programs:
            out, err = one.communicate(timeout=PATIENCE)
            self.assertIn(one.returncode, (0, 75), (what, err))
            added += what == "add" and one.returncode == 0
            if one.returncode == 0 and what == "get":
                self.assertEqual(out, b"sk-test-0001")
            self.assertNotIn(b"DAMAGED", out, what)
        self.assertEqual(len(self.ids()), added + 1)
        self.assertEqual(self.get("openai:work"), "sk-test-0001")
        self.ok("verify", "--deep")

    def test_leaves_nothing_beside_the_vault_but_its_lock(self):
        self.finished(
            [
                self.start("add", f"openai:{number}", "--type", "api_key", "--stdin", stdin=b"sk-test-x")
                for number in range(4)
            ]
        )
        self.assertEqual(sorted(one.name for one in self.vault.parent.iterdir()), ["vault.db", "vault.db.lock"])


if __name__ == "__main__":
    unittest.main()
