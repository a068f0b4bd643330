# SPDX-License-Identifier: Apache-2.0
"""A vault of its own to measure the program with: for scripts/check-instructions and scripts/bench."""
import re
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent


def made_program():
    return subprocess.run([TOP / "scripts/build"], check=True, text=True, stdout=subprocess.PIPE).stdout.split()[-1]


COUNTING = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")


def instructions_in(err):
    return int(re.search(rb"I\s+refs:\s+([\d,]+)", err)[1].replace(b",", b""))


class Bench:
    """A vault of its own in /tmp: how deep a path is and what the environment holds is part of the cost."""

    def __init__(self, program, folder):
        self.program, self.folder = program, Path(folder)
        self.environment = {"HOME": folder, "PATH": "/usr/bin:/bin"}
        self.claviger("init", "--key-file", "key", "--no-recovery", "--quiet")

    def claviger(self, *words, stdin=b"", through=()):
        done = subprocess.run(
            [*through, self.program, *words],
            input=stdin,
            capture_output=True,
            env={**self.environment, "CLAVIGER_KEY_FILE": str(self.folder / "key")},
            cwd=self.folder,
        )
        if done.returncode != 0:
            why = done.stderr.decode("utf-8", "replace")
            sys.exit(f"bench: {words}: exit status {done.returncode}: {why}")
        return done

    def count(self, *words, stdin=b""):
        return instructions_in(self.claviger(*words, stdin=stdin, through=COUNTING).stderr)


def profiles(count):
    return {
        f"provider{number % 20}:name-{number:06}": {
            "type": "api_key",
            "provider": f"provider{number % 20}",
            "key": f"sk-test-{number:06}-" + "x" * 40,
        }
        for number in range(count)
    }
