# SPDX-License-Identifier: Apache-2.0
"""D15: each request for memory in turn is refused. CLAVIGER_BUILT names the program, ALLOCATION_SHIM what is preloaded;
STEP (1: every request) is how many are passed over each time; `get` is always refused every one."""
import os
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from judgement import admitted  # noqa: E402
from world import CANARIES, NEW_SECRET, SECRETS, World, make_full, scratch_folder  # noqa: E402

STEP = int(os.environ.get("STEP", "37"))
DONE, IO = 0, 74
READERS = (
    ("get", "openai:a", "--no-newline"),
    ("list", "--json"),
    ("status", "--json"),
    ("verify", "--json"),
    ("export", "--format", "openclaw"),
    ("which", "--provider", "openai", "--json"),
)


class OutOfMemory(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = scratch_folder()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.world = make_full(World(os.environ["CLAVIGER_BUILT"], Path(cls.folder.name, "full")))

    def starved(self, world, at, *words, stdin=""):
        log = Path(self.folder.name, "count")
        return world.disturbed(os.environ["ALLOCATION_SHIM"], log, *words, stdin=stdin, AT=at), log

    def requests_of(self, world, *words, stdin=""):
        done, log = self.starved(world, 0, *words, stdin=stdin)
        self.assertEqual(done.code, DONE, done)
        return done, int(log.read_text())

    def assert_said_well(self, done, words):
        self.assertTrue(done.code in (DONE, IO) or admitted(done), f"{words}: {done}")
        for secret in CANARIES:
            self.assertNotIn(secret, done.err, words)

    def test_too_little_memory_is_said_and_nothing_else(self):
        for words in READERS:
            whole, count = self.requests_of(self.world, *words)
            self.assertGreater(count, 100)
            for at in range(1, count, 1 if words[0] == "get" else STEP):
                with self.subTest(words=words, at=at):
                    done, _ = self.starved(self.world, at, *words)
                    self.assert_said_well(done, words)
                    if done.code == DONE and "checkedAtMs" not in whole.out:
                        self.assertEqual(done.out, whole.out)

    def test_a_writer_leaves_the_old_state_or_the_new_one(self):
        words = ("add", "openai:a", "--replace", "--type", "api_key", "--stdin", "--json")
        _, count = self.requests_of(self.world.copied_to(Path(self.folder.name, "whole")), *words, stdin=NEW_SECRET)
        for at in range(1, count, STEP):
            with self.subTest(at=at):
                world = self.world.copied_to(Path(self.folder.name, "starved"))
                done, _ = self.starved(world, at, *words, stdin=NEW_SECRET)
                self.assert_said_well(done, words)
                seen = world.ok("get", "openai:a", "--no-newline")
                kept = done.code == DONE or admitted(done)
                self.assertEqual(seen, NEW_SECRET if kept else SECRETS["openai:a"], done)


if __name__ == "__main__":
    unittest.main()
