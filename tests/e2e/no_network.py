# SPDX-License-Identifier: Apache-2.0
"""K02: no command opens a socket, runs another program that nobody named, or leaves a process behind."""
import os
import shutil
import subprocess
import unittest

from support import PATIENCE, PROGRAM, SAMPLES, Home, Result

REQUEST = '{"protocolVersion":1,"provider":"vault","ids":["profile/openai:a"]}'


def commands(home):
    """Every command that needs no terminal and no other program, in an order in which each succeeds."""
    yield ("list",), ""
    yield ("add", "openai:b", "--type", "api_key", "--stdin"), "sk-test-b"
    yield ("get", "openai:a"), ""
    yield ("show", "openai:a"), ""
    yield ("edit", "openai:b", "--display-name", "B"), ""
    yield ("rename", "openai:b", "openai:c"), ""
    yield ("import", SAMPLES / "openclaw/state-dir"), ""
    yield ("export", "--format", "openclaw"), ""
    yield ("export", "--format", "dotenv", "--output", home / "out.env"), ""
    yield ("order", "set", "--provider", "openai", "openai:a"), ""
    yield ("order", "get", "--provider", "openai"), ""
    yield ("which", "--provider", "openai"), ""
    yield ("pin", "set", "--session", "s", "openai:a"), ""
    yield ("status",), ""
    yield ("models", "status"), ""
    yield ("resolve",), REQUEST
    yield ("agent", "add", "spare"), ""
    yield ("agent", "token", "create", "spare"), ""
    yield ("agent", "remove", "spare", "--yes"), ""
    yield ("key", "list"), ""
    yield ("key", "add", "--new-key-file", home / "second.key"), ""
    yield ("key", "rotate", "--yes"), ""
    yield ("doctor",), ""
    yield ("verify", "--deep"), ""
    yield ("backup", home / "backup.db"), ""
    yield ("restore", home / "backup.db", "--yes"), ""
    yield ("paths",), ""
    yield ("help",), ""
    yield ("--version",), ""
    yield ("remove", "openai:a", "--yes"), ""


class NoNetwork(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:a", "sk-test-a")

    @unittest.skipUnless(shutil.which("strace"), "strace is not on this machine")
    def test_get_and_resolve_make_the_same_calls_with_a_helper_installed_and_without(self):
        calls = {}
        for place in ("with", "without"):
            folder = self.home.parent / place
            (folder / "bin").mkdir(parents=True)
            shutil.copy2(PROGRAM, folder / "bin/claviger")
            if place == "with":
                (folder / "lib/claviger").mkdir(parents=True)
                for name in ("claviger-postgres", "claviger-fetch"):
                    helper = folder / "lib/claviger" / name
                    helper.write_text("#!/bin/sh\nexit 1\n")
                    helper.chmod(0o755)
            for words, stdin in ((("get", "openai:a"), ""), (("resolve",), REQUEST)):
                log = folder / "trace"
                tracing = ["strace", "-f", "-qq", "-o", log, folder / "bin/claviger", *words]
                given = {"env": self.environment, "input": stdin.encode(), "timeout": PATIENCE}
                subprocess.run(tracing, capture_output=True, check=True, **given)
                names = [line.split(None, 1)[1].partition("(")[0] for line in log.read_text().splitlines()]
                calls.setdefault(words, []).append(names)
        for words, (one, other) in calls.items():
            self.assertEqual(one, other, words)

    @unittest.skipUnless(shutil.which("strace"), "strace is not on this machine")
    def test_no_command_opens_a_socket(self):
        log = self.home.parent / "trace"
        for words, stdin in commands(self.home):
            with self.subTest(words=words):
                tracer = ["strace", "-f", "-qq", "-o", log, "-e", "trace=%network,execve,fork,vfork,clone3"]
                done = Result(
                    subprocess.run(
                        [*tracer, *self.command(*words)],
                        input=stdin.encode(),
                        check=False,
                        capture_output=True,
                        env=self.environment,
                        cwd=self.home,
                        timeout=PATIENCE,
                    )
                )
                self.assertEqual(done.code, 0, f"{words}: {done}")
                trace = log.read_text()
                calls = {line.split("(")[0].split()[-1] for line in trace.splitlines() if "(" in line}
                self.assertEqual(calls, {"execve"}, trace)
                self.assertEqual(trace.count("execve("), 1, trace)

    def test_no_command_leaves_a_process_behind(self):
        for words, stdin in commands(self.home):
            with self.subTest(words=words):
                how = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
                with subprocess.Popen(
                    self.command(*words), env=self.environment, cwd=self.home, start_new_session=True, **how
                ) as process:
                    error = process.communicate(stdin.encode(), timeout=PATIENCE)[1]
                self.assertEqual(process.returncode, 0, error)
                with self.assertRaises(ProcessLookupError):
                    os.killpg(process.pid, 0)


if __name__ == "__main__":
    unittest.main()
