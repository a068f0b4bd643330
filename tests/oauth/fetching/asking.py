# SPDX-License-Identifier: Apache-2.0
"""Asking an endpoint through the helper program, and what came of it. For the tests beside this file."""
import os
import subprocess
import sys
import unittest
from collections import namedtuple
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from authority import Authority  # noqa: E402

ASKS = os.environ["FETCH_ONCE"]
PROGRAM = os.environ["FETCH_PROGRAM"]
TOKEN = "rt-test-canary-0123456789abcdef"
BODY = f"grant_type=refresh_token&client_id=app_test&refresh_token={TOKEN}"
PATIENCE = 60  # seconds, for one request

Outcome = namedtuple("Outcome", "kind first second body trouble")
LOST = ("none", "unknown", "speaking")


def unsent(phase):
    return ("none", "nothing", phase)


class Asking(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.authority = Authority().__enter__()
        cls.addClassCleanup(cls.authority.__exit__)
        cls.certificate = cls.authority.certificate()

    def command(self, url, kind="form", send_within=5000, reply_within=20000):
        return [ASKS, PROGRAM, str(send_within), str(reply_within), kind, url]

    def environment(self, **more):
        return {"PATH": os.environ["PATH"], "SSL_CERT_FILE": str(self.authority.file), **more}

    def ask(self, url, body=BODY, environment=(), **how):
        done = subprocess.run(
            self.command(url, **how),
            input=body.encode(),
            env=self.environment(**dict(environment)),
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        self.assertEqual(done.returncode, 0, done)
        line, _, body = done.stdout.partition(b"\n")
        return Outcome(*line.decode().split(), body, done.stderr.decode())

    def assert_reply(self, outcome, status, body=None, retry_after="-"):
        self.assertEqual(outcome[:3], ("reply", str(status), retry_after), outcome)
        if body is not None:
            self.assertEqual(outcome.body, body)

    def assert_none(self, outcome, expected):
        self.assertEqual(outcome[:3], expected, outcome)
        self.assertEqual(outcome.trouble, "")
