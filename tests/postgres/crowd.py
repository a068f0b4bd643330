#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""crowd.py --program P [--seconds N]: 64 clients at one vault on a server of the campaign's own.

48 resolve, 16 write, each a pin of its own and all one order. Found is: an exit status that is not 0; a pin that is not
what its writer was last told; a vault that `verify --deep` refuses. Prints the figures: how many answers and commits
there were, the fewest and most of one writer, and the longest that one process took from its start to its end.
"""
import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from server import PATIENCE, SAFE, Server, programs  # noqa: E402

READERS, WRITERS = 48, 16
PROFILES = ("openai:a", "openai:b")
REQUEST = '{"protocolVersion":1,"provider":"vault","ids":["profile/openai:a"]}'


@dataclass
class Writer:
    number: int
    commits: int = 0
    pin: str = ""  # as it was last told to be kept
    worst: float = 0.0


@dataclass
class Crowd:
    """`run(words, stdin)`: starts the program; a finished subprocess."""

    run: object
    writers: list = field(default_factory=lambda: [Writer(number) for number in range(WRITERS)])
    answers: list = field(default_factory=lambda: [0] * READERS)
    worst_answer: float = 0.0
    told_to_wait: int = 0
    wrong: list = field(default_factory=list)

    def ask(self, words, stdin=""):
        begun = time.monotonic()
        done = self.run(words, stdin)
        if done.returncode != 0:
            self.wrong.append(f"{' '.join(words)}: exit {done.returncode}: {done.stderr}")
        return done, time.monotonic() - begun

    def resolve(self, number):
        done, took = self.ask(("resolve",), REQUEST)
        told_to_wait = '"BUSY"' in str(done.stdout)  # what resolve says when its own time is up
        self.told_to_wait += told_to_wait
        if done.returncode == 0 and not told_to_wait and "sk-test" not in str(done.stdout):
            self.wrong.append(f"resolve: {done.stdout}")
        self.answers[number] += done.returncode == 0
        self.worst_answer = max(self.worst_answer, took)

    def write(self, writer):
        profile = PROFILES[writer.commits // 2 % 2]
        for words in (("pin", "set", "--session", f"s{writer.number}", profile),
                      ("order", "set", "--provider", "openai", profile)):  # fmt: skip
            done, took = self.ask(words)
            writer.worst = max(writer.worst, took)
            if done.returncode != 0:
                continue
            writer.commits += 1
            if words[0] == "pin":
                writer.pin = profile

    def work(self, goes_on):
        """`goes_on(rounds)`: asked before each round of each client."""

        def repeat(step, *given):
            rounds = 0
            while goes_on(rounds):
                step(*given)
                rounds += 1

        clients = [threading.Thread(target=repeat, args=(self.resolve, number)) for number in range(READERS)]
        clients += [threading.Thread(target=repeat, args=(self.write, writer)) for writer in self.writers]
        for client in clients:
            client.start()
        for client in clients:
            client.join()

    def judge(self):
        """What was told to be kept is there, and the vault is whole."""
        for writer in self.writers:
            done, _ = self.ask(("pin", "get", "--session", f"s{writer.number}", "--json"))
            if done.returncode == 0 and json.loads(done.stdout)["profile"] != writer.pin:
                self.wrong.append(f"writer {writer.number} was told {writer.pin}: {done.stdout}")
        self.ask(("verify", "--deep"))
        return self.wrong

    def figures(self):
        commits = [writer.commits for writer in self.writers]
        mean = sum(commits) / len(commits)
        to_wait, longest = self.told_to_wait, self.worst_answer
        yield f"answers: {sum(self.answers)}, {to_wait} of them to try again, the longest {longest:.1f} s"
        yield f"commits: {sum(commits)}, {min(commits)} to {max(commits)} a writer, {mean:.1f} on average"
        yield f"the longest write: {max(writer.worst for writer in self.writers):.1f} s"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    program = str(Path(options.program).resolve())
    if programs() is None:
        sys.exit("PostgreSQL is not installed")
    with Server(SAFE) as server, tempfile.TemporaryDirectory(prefix="claviger-crowd-") as home:
        environment = {"HOME": home, "PATH": "/usr/bin:/bin", "CLAVIGER_VAULT": server.place("crowd"),
                       "CLAVIGER_KEY_FILE": f"{home}/key"}  # fmt: skip

        def run(words, stdin=""):
            return subprocess.run([program, *words], input=stdin, text=True, capture_output=True, cwd=home,
                                  env=environment, timeout=PATIENCE, check=False)  # fmt: skip

        crowd = Crowd(run)
        crowd.ask(("init", "--key-file", f"{home}/key", "--no-recovery", "--quiet"))
        for profile in PROFILES:
            crowd.ask(("add", profile, "--type", "api_key", "--stdin"), "sk-test-crowd")
        end = time.monotonic() + options.seconds
        crowd.work(lambda _: time.monotonic() < end)
        print(*crowd.figures(), sep="\n")
        findings = crowd.judge()
        print(*findings, f"{len(findings)} findings", sep="\n")
        return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
