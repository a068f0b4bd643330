# SPDX-License-Identifier: Apache-2.0
"""What was begun, done and refused, by whom; and so what a reader may have seen between two moments."""
import threading
from collections import defaultdict

LEFT, RIGHT = "left", "right"  # the two profiles that a writer changes in one transaction


def secret_of(writer, number):
    return f"sk-test-load-{writer}-{number:06}"


def number_in(secret):
    return int(secret.rpartition("-")[2])


class Book:
    """One per run. All writes of one writer follow each other, so that its numbers only grow."""

    def __init__(self, writers):
        self.lock = threading.Lock()
        self.writers = list(writers)
        self.begun = {name: 0 for name in self.writers}
        self.done = {name: 0 for name in self.writers}
        self.refused = {name: set() for name in self.writers}
        self.items = {name: set() for name in self.writers}  # profiles that were added and not removed since
        self.waits = defaultdict(list)  # role: seconds of each command
        self.busy = defaultdict(int)  # role: how often it was told to try again
        self.findings = []

    def begin(self, writer):
        with self.lock:
            self.begun[writer] += 1
            return self.begun[writer]

    def end(self, writer, number, was_done):
        with self.lock:
            if was_done:
                self.done[writer] = number
            else:
                self.refused[writer].add(number)

    def least(self):
        """What a reader that starts now must see at least."""
        with self.lock:
            return dict(self.done)

    def find(self, what):
        with self.lock:
            self.findings.append(what)

    def note(self, role, seconds):
        with self.lock:
            self.waits[role].append(seconds)

    def note_busy(self, role):
        with self.lock:
            self.busy[role] += 1

    def judge_pairs(self, who, secrets, least):
        """secrets: {(writer, side): text} as one look at the vault gave them; a pair or neither of every writer."""
        with self.lock:
            most, refused = dict(self.begun), {name: set(numbers) for name, numbers in self.refused.items()}
        for writer in {name for name, _ in secrets}:
            left, right = secrets.get((writer, LEFT)), secrets.get((writer, RIGHT))
            if left != right or left is None:
                self.find(f"{who}: a state that never was: {writer} has {left} and {right}")
                continue
            number = number_in(left)
            if left != secret_of(writer, number) or not least[writer] <= number <= most[writer]:
                self.find(f"{who}: {writer} has {left}, and {least[writer]} was done before, {most[writer]} begun")
            elif number in refused[writer]:
                self.find(f"{who}: {writer} has {left}, which was refused")

    def starved(self):
        """Writers that got less than a third of what they get on average."""
        mean = sum(self.done.values()) / len(self.done)
        few = {name: count for name, count in self.done.items() if 3 * count < mean}
        return [f"{name} wrote {count} times, {mean:.0f} on average" for name, count in few.items()]
