# SPDX-License-Identifier: Apache-2.0
"""Who is stopped or killed on the way: what is sent is sent in time or not at all, and who asks knows which."""
import os
import signal
import subprocess
import threading
import time
import unittest
from contextlib import contextmanager
from pathlib import Path

from asking import BODY, PATIENCE, TOKEN, Asking
from token_endpoint import TokenEndpoint, is_silent, says


def helper_of(process):
    """Its only child, once that has become the helper."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
            if Path(f"/proc/{child}/comm").read_text() == "claviger-fetch\n":
                return int(child)
        time.sleep(0.01)
    raise AssertionError("no helper was started")


def is_gone(pid):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.05)
    return False


class Stopped(Asking):
    def setUp(self):
        self.begun, self.may_go_on = threading.Event(), threading.Event()
        self.endpoint = TokenEndpoint(self.certificate, usual=says(200)).__enter__()
        self.addCleanup(self.endpoint.__exit__)

    def hold_the_handshake(self):
        def hold(_plain):
            self.begun.set()
            return self.may_go_on.wait(PATIENCE)

        self.endpoint.handshake = hold

    @contextmanager
    def asking(self, **how):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with subprocess.Popen(self.command(self.endpoint.url, **how), env=self.environment(), **pipes) as process:
            process.stdin.write(BODY.encode())
            process.stdin.close()
            yield process
            process.kill()

    def words_of(self, process):
        return process.stdout.readline().decode().split()

    def wait_for_the_request(self):
        deadline = time.monotonic() + 20
        while not self.endpoint.requests and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual(self.endpoint.spent(TOKEN), 1)

    def test_a_parent_that_slept_until_its_time_was_over_sends_nothing(self):
        self.hold_the_handshake()
        with self.asking(send_within=3000) as process:
            self.assertTrue(self.begun.wait(20))
            process.send_signal(signal.SIGSTOP)
            self.may_go_on.set()
            time.sleep(3.5)
            process.send_signal(signal.SIGCONT)
            self.assertEqual(self.words_of(process)[:2], ["none", "nothing"])
        self.assertEqual(self.endpoint.requests, [])

    def test_a_parent_that_slept_less_than_that_sends_once(self):
        self.hold_the_handshake()
        with self.asking(send_within=15000) as process:
            self.assertTrue(self.begun.wait(20))
            process.send_signal(signal.SIGSTOP)
            self.may_go_on.set()
            time.sleep(1)
            self.assertEqual(self.endpoint.requests, [], "the helper has not had the body")
            process.send_signal(signal.SIGCONT)
            self.assertEqual(self.words_of(process)[:2], ["reply", "200"])
        self.assertEqual(self.endpoint.spent(TOKEN), 1)

    def test_a_helper_that_is_stopped_or_killed_before_it_is_connected_has_sent_nothing(self):
        self.hold_the_handshake()
        for number in (signal.SIGSTOP, signal.SIGKILL):
            with self.subTest(signal=number), self.asking(send_within=2000) as process:
                self.begun.clear()
                self.assertTrue(self.begun.wait(20) or self.endpoint.connections)
                helper = helper_of(process)
                os.kill(helper, number)
                self.assertEqual(self.words_of(process)[:2], ["none", "nothing"])
                self.assertTrue(is_gone(helper))
        self.may_go_on.set()
        self.assertEqual(self.endpoint.requests, [])

    def test_a_helper_that_is_stopped_or_killed_after_it_has_sent_is_unknown(self):
        for number in (signal.SIGSTOP, signal.SIGKILL):
            self.endpoint.requests.clear()
            self.endpoint.then(is_silent)
            with self.subTest(signal=number), self.asking(reply_within=8000) as process:
                self.wait_for_the_request()
                helper = helper_of(process)
                os.kill(helper, number)
                self.assertEqual(self.words_of(process), ["none", "unknown", "speaking"])
                self.assertTrue(is_gone(helper))

    def test_a_helper_does_not_outlive_who_has_started_it(self):
        self.endpoint.then(is_silent)
        with self.asking() as process:
            self.wait_for_the_request()
            helper = helper_of(process)
            process.kill()
            self.assertTrue(is_gone(helper))


if __name__ == "__main__":
    unittest.main()
