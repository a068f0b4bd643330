# SPDX-License-Identifier: Apache-2.0
"""Ctrl-C outside of a question, waits that a person can see, and the bar: what is said, and what is left behind."""
import fcntl
import json
import signal
import subprocess
import sys
import time
import unittest

try:
    import pexpect  # noqa: F401
except ImportError:
    print("skipped: pexpect is not there for this Python")
    sys.exit(77)

from support import fingerprint
from terminal import Terminal

WAITING = "waiting for other writers of the vault"


class Cancelled(Terminal):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:work", "sk-test-1")

    def hold_the_turn(self):
        """As a writer that is at work does."""
        lock = open(f"{self.vault}.lock", "rb")
        fcntl.flock(lock, fcntl.LOCK_EX)
        self.addCleanup(lock.close)
        return lock

    def assert_cancelled(self, child, saying):
        before = fingerprint(self.vault)
        child.sendintr()
        self.assertEqual(self.finish(child), 130, self.transcript)
        self.assertIn(f"claviger: {saying}\r\n", self.transcript)
        self.assertEqual(fingerprint(self.vault), before)
        self.assertNotIn("\x1b[?25l", self.transcript)  # no cursor that would have to be shown again

    def test_import_that_waits_for_its_input_has_written_nothing(self):
        child = self.start("import", "-", "--format", "dotenv")
        child.sendline("OPENAI_API_KEY=sk-test-2")
        time.sleep(0.5)  # it has opened the vault and reads
        self.assert_cancelled(child, "cancelled; nothing was written")
        self.assertEqual(self.json("list", "--variables")["variables"], [])

    def test_import_that_waits_for_another_writer_says_so_and_has_written_nothing(self):
        self.hold_the_turn()
        child = self.start("import", self.write("one.env", "OPENAI_API_KEY=sk-test-2\n"))
        self.expect(child, WAITING)
        self.assert_cancelled(child, "cancelled; nothing was written")

    def test_onboard_outside_a_question_has_written_nothing(self):
        self.write(".env", "ANTHROPIC_API_KEY=sk-ant-test-1\n")
        self.hold_the_turn()
        child = self.start("onboard", "--yes")
        self.expect(child, WAITING)
        self.assert_cancelled(child, "cancelled; nothing was written")

    def test_a_question_has_written_nothing_and_echo_is_back(self):
        child = self.start("add", "openai:new", "--type", "api_key")
        self.expect(child, "Secret for 'openai:new': ")
        self.wait_until_hidden(child)
        child.sendintr()
        self.assertEqual(self.finish(child), 130, self.transcript)
        self.assertIn(" cancelled; nothing was written\r\n", self.transcript)

    def test_is_one_object_with_json(self):
        self.hold_the_turn()
        process = subprocess.Popen(self.command("import", "-", "--format", "dotenv", "--json"), env=self.environment,
                                   cwd=self.home, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
        self.assertEqual((process.returncode, out), (130, b""))
        self.assertEqual(json.loads(err)["error"]["message"], "cancelled; nothing was written")

    def test_whoever_has_us_ignore_it_is_obeyed(self):
        lock = self.hold_the_turn()
        process = subprocess.Popen(
            ["/bin/sh", "-c", 'trap "" INT; exec "$@"', "sh",
             *self.command("import", self.write("one.env", "OPENAI_API_KEY=sk-test-2\n"))],
            env=self.environment, cwd=self.home, stderr=subprocess.PIPE)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        lock.close()
        self.assertEqual(process.wait(), 0, process.communicate())

    def test_a_wait_is_said_on_a_terminal_alone(self):
        lock = self.hold_the_turn()
        process = subprocess.Popen(
            self.command("edit", "openai:work", "--email", "ann@example.org"), env=self.environment, cwd=self.home,
            stderr=subprocess.PIPE)
        time.sleep(1.5)
        lock.close()
        _, err = process.communicate()
        self.assertEqual(process.returncode, 0, err)
        self.assertNotIn(WAITING.encode(), err)


if __name__ == "__main__":
    unittest.main()
