# SPDX-License-Identifier: Apache-2.0
"""A change of keys that is killed: at random moments, and at every write, sync and unlink."""
import random
import shutil
import signal
import subprocess
import time
import unittest

from keys import Keys

SECRETS = {f"openai:{number}": f"sk-test-rotate-{number:04d}" for number in range(40)}


class CutShort(Keys):
    """B06: after a kill there is the old state or the new one, everything in it, and every token works."""

    def setUp(self):
        super().setUp()
        self.ok("agent", "add", "worker")
        lines = "".join(f"NAME_{number}={value}\n" for number, value in enumerate(SECRETS.values()))
        self.ok("import", self.write("big.env", lines), "--agent", "worker")
        self.add("openai:own", "sk-test-own", "--agent", "worker")
        self.token = self.write("token", self.ok("agent", "token", "create", "worker", "--with-shared").out)
        self.good = self.home.parent / "good"
        shutil.copytree(self.home, self.good)
        self.old = self.wrapped()
        self.expected = self.values()

    def put_back(self):
        shutil.rmtree(self.home)
        shutil.copytree(self.good, self.home)

    def values(self):
        return {
            "variables": self.json("export", "--format", "dotenv", "--dialect", "json", "--agent", "worker"),
            "own": self.get("openai:own", "--agent", "worker"),
            "main": self.get("openai:a"),
        }

    def assert_whole(self):
        """One writer first: it undoes a killed one's journal, and makes up for the rewriting."""
        self.ok("agent", "default", "main")
        self.assertEqual(self.values(), self.expected)
        self.assertEqual(self.ok("--token-file", self.token, "get", "openai:own").out, "sk-test-own\n")
        self.assertEqual(self.ok("--token-file", self.token, "get", "openai:a").out, "sk-test-a\n")
        now = self.wrapped()
        renewed = [blob for blob in self.old if blob not in now]
        self.assertIn(len(renewed), (0, len(self.old)), "half of the keys were renewed")
        self.assert_gone(renewed)
        self.ok("key", "rotate")
        self.assertEqual(self.values(), self.expected)
        return bool(renewed)

    def json(self, *words, **how):
        if words[0] != "export":
            return super().json(*words, **how)
        return self.ok(*words, **how).out

    def test_at_any_moment(self):
        start = time.monotonic()
        self.ok("key", "rotate")
        usual = time.monotonic() - start
        chance = random.Random(20261121)
        outcomes = set()
        for _ in range(25):
            self.put_back()
            process = subprocess.Popen(
                self.command("key", "rotate"),
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                process.wait(timeout=chance.uniform(0.2, 1.1) * usual)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
            outcomes.add(self.assert_whole())
        self.assertTrue(outcomes)

    @unittest.skipUnless(shutil.which("strace"), "no strace on this machine")
    def test_at_every_point_where_the_file_is_written(self):
        outcomes = set()
        for call, step in (("pwrite64", 7), ("fdatasync", 1), ("fsync", 1), ("unlink", 1), ("ftruncate", 1)):
            number = 1
            while True:
                self.put_back()
                tracer = [
                    "strace",
                    "-f",
                    "-qq",
                    "-o",
                    "/dev/null",
                    "-e",
                    f"trace={call}",
                    "-e",
                    f"inject={call}:signal=SIGKILL:when={number}",
                ]
                done = subprocess.run(
                    tracer + self.command("key", "rotate"),
                    env=self.environment,
                    capture_output=True,
                    stdin=subprocess.DEVNULL,
                    timeout=120,
                )
                if done.returncode == 0:
                    break
                with self.subTest(call=call, number=number):
                    outcomes.add(self.assert_whole())
                number += step
        self.assertEqual(outcomes, {False, True}, "the kills never fell on both sides of the commit")


if __name__ == "__main__":
    unittest.main()
