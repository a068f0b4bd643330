# SPDX-License-Identifier: Apache-2.0
"""Who works at the vault at once: each step is a program of its own, and what it answers is judged."""
import json
import random
import time

from book import LEFT, RIGHT, secret_of

BUSY = 75
KEPT_ITEMS = 4  # of a writer's own; older ones it removes again


class Actor:
    def __init__(self, world, book, name):
        self.world, self.book, self.name = world, book, name
        self.role = name.rstrip("0123456789")
        self.random = random.Random(name)

    def call(self, *words, stdin=""):
        """How it ended; None when it was busy. Anything but 0 and 75 is a finding."""
        began = time.monotonic()
        done = self.world.run(*words, stdin=stdin)
        self.book.note(self.role, time.monotonic() - began)
        if done.code == BUSY:
            self.book.note_busy(self.role)
        if done.code not in (0, BUSY):
            self.book.find(f"{self.name}: {' '.join(map(str, words))}: {done}")
        return done if done.code == 0 else None


def pair_document(writer, number):
    entry = {"type": "api_key", "provider": writer, "key": secret_of(writer, number)}
    return json.dumps({"version": 1, "profiles": {f"{writer}:{side}": entry for side in (LEFT, RIGHT)}})


class Writer(Actor):
    """Replaces its pair in one transaction, adds a profile, and removes one of those that it added before."""

    def write_pair(self):
        number = self.book.begin(self.name)
        words = ("import", "-", "--format", "openclaw", "--on-conflict", "replace", "--quiet")
        done = self.call(*words, stdin=pair_document(self.name, number))
        self.book.end(self.name, number, done is not None)
        return number

    def step(self):
        number, items = self.write_pair(), self.book.items[self.name]
        item = f"{self.name}:item-{number:06}"
        if self.call("add", item, "--type", "api_key", "--stdin", stdin=secret_of(self.name, number)):
            items.add(item)
        if len(items) > KEPT_ITEMS and self.call("remove", min(items), "--yes"):
            items.remove(min(items))


def pairs_in(document):
    found = {}
    for profile, entry in document["profiles"].items():
        writer, _, side = profile.partition(":")
        if side in (LEFT, RIGHT):
            found[writer, side] = entry["key"]
    return found


class Reader(Actor):
    """Asks in one of several ways, every other reader with an agent's token."""

    def opened(self):
        return ("--token-file", self.world.home / "reader.token") if self.random.random() < 0.5 else ()

    def step(self):
        self.random.choice((self.export, self.resolve, self.get, self.look))()

    def export(self):
        least = self.book.least()
        done = self.call(*self.opened(), "export", "--format", "openclaw")
        if done:
            self.book.judge_pairs(self.name, pairs_in(json.loads(done.out)), least)

    def resolve(self):
        least = self.book.least()
        names = [(writer, side) for writer in self.book.writers for side in (LEFT, RIGHT)]
        ids = {f"profile/{writer}:{side}": (writer, side) for writer, side in names}
        request = {"protocolVersion": 1, "provider": "claviger", "ids": list(ids)}
        done = self.call(*self.opened(), "resolve", stdin=json.dumps(request))
        if done:
            answer = json.loads(done.out)
            codes = {error["code"] for error in answer.get("errors", {}).values()}
            if codes == {"BUSY"} and not answer["values"]:
                return self.book.note_busy(self.role)
            if codes:
                self.book.find(f"{self.name}: resolve: {sorted(codes)}")
            self.book.judge_pairs(self.name, {ids[key]: text for key, text in answer["values"].items()}, least)

    def get(self):
        writer = self.random.choice(self.book.writers)
        least = self.book.least()
        done = self.call(*self.opened(), "get", f"{writer}:{LEFT}", "--no-newline")
        if done:
            self.book.judge_pairs(self.name, {(writer, LEFT): done.out, (writer, RIGHT): done.out}, least)

    def look(self):
        done = self.call(*self.opened(), self.random.choice(("list", "status")), "--json")
        if done:
            seen = {entry["id"] for entry in json.loads(done.out)["profiles"]}
            for writer in self.book.writers:
                if not {f"{writer}:{LEFT}", f"{writer}:{RIGHT}"} <= seen:
                    self.book.find(f"{self.name}: {writer}'s pair is not listed")


class Rotator(Actor):
    def step(self):
        self.call("key", "rotate", "--yes", "--quiet")


class Backup(Actor):
    """Copies the vault and reads the copy with the key of that moment: it may have been changed since."""

    def step(self):
        least, target = self.book.least(), self.world.home / f"{self.name}.db"
        if not self.call("backup", target, "--force", "--quiet"):
            return
        done = self.call("--vault", target, "export", "--format", "openclaw")
        if done:
            self.book.judge_pairs(self.name, pairs_in(json.loads(done.out)), least)
