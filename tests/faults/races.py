# SPDX-License-Identifier: Apache-2.0
"""C05: between any two looks of the program at its files, one of them changes places with a bait: a link to a file of
somebody else's, or another vault. CLAVIGER_BUILT names the program, FAULT_SHIM what is preloaded.

No clock decides: the exchange comes before each call in turn that looks at, opens or changes a file."""
import os
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from world import NEW_SECRET, SECRETS, World, make_full, scratch_folder  # noqa: E402

VICTIM = "what somebody else wrote, and nobody of ours may read or change\n"
BAIT_SECRET = "sk-test-fault-of-the-bait"
DOCUMENTED = {0, 64, 65, 66, 67, 68, 69, 71, 72, 74, 75, 77}


class Races(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = scratch_folder()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.template = make_full(World(os.environ["CLAVIGER_BUILT"], Path(cls.folder.name, "template")))
        (cls.template.home / "victim").write_text(VICTIM)
        (cls.template.home / "victim").chmod(0o644)
        other = World(cls.template.program, Path(cls.folder.name, "other"))
        other.home.mkdir()
        other.ok("init", "--key-file", other.key, "--no-recovery", "--quiet")
        other.ok("add", "openai:a", "--type", "api_key", "--stdin", stdin=BAIT_SECRET)
        (cls.template.home / "other.db").write_bytes(other.vault.read_bytes())
        (cls.template.home / "other.db").chmod(0o600)

    def raced(self, world, at, one, other, words, stdin):
        log = Path(self.folder.name, "calls")
        plan = {"KIND": "swap", "AT": at, "ONE": one, "OTHER": other}
        done = world.disturbed(os.environ["FAULT_SHIM"], log, *words, stdin=stdin, **plan)
        return done, len(log.read_text().splitlines()) if log.exists() else 0

    def each_exchange(self, name, swapped, bait, words, stdin=""):
        """Yields (world, how it ended) for an exchange of `swapped` with a bait before each call."""
        place = Path(self.folder.name, "run")
        at, count = 0, 1
        while at <= count:
            world = self.template.copied_to(place)
            link = world.home / "bait"
            if bait == "link":
                link.symlink_to(world.home / "victim")
            else:
                link.write_bytes((world.home / bait).read_bytes())
                link.chmod(0o600)
            if swapped(world) == world.out / "file":
                (world.out / "file").write_text("an older export\n")
            done, calls = self.raced(world, at, swapped(world), link, [str(word) for word in words(world)], stdin)
            count = calls if at == 0 else count
            with self.subTest(case=name, at=at):
                self.assertIn(done.code, DOCUMENTED, done)
                self.assertEqual((world.home / "victim").read_text(), VICTIM, done)
                self.assertNotIn(VICTIM.strip(), done.out + done.err)
                yield world, done
            at += 1
        self.assertGreater(count, 3, f"{name}: there was nothing to come between")

    def test_no_bait_is_ever_read_or_written(self):
        replace = ("add", "openai:a", "--replace", "--type", "api_key", "--stdin")
        order = ("order", "set", "--provider", "openai", "openai:a")
        cases = (
            ("the vault of a writer", lambda w: w.vault, lambda w: replace, NEW_SECRET),
            ("the lock of a writer", lambda w: Path(f"{w.vault}.lock"), lambda w: order, ""),
            ("the key of a reader", lambda w: w.key, lambda w: ("get", "openai:a"), ""),
            (
                "the target of an export",
                lambda w: w.out / "file",
                lambda w: ("export", "--format", "openclaw", "--force", "--output", w.out / "file"),
                "",
            ),
            (
                "the target of a backup",
                lambda w: w.home / "backup.db",
                lambda w: ("backup", w.home / "backup.db", "--force"),
                "",
            ),
            (
                "what is restored",
                lambda w: w.home / "backup.db",
                lambda w: ("restore", w.home / "backup.db", "--yes"),
                "",
            ),
        )
        for name, swapped, words, stdin in cases:
            for _ in self.each_exchange(name, swapped, "link", words, stdin):
                pass

    def test_another_vault_in_its_place_gives_no_secret_of_its_own(self):
        get = ("get", "openai:a", "--no-newline")
        for _, done in self.each_exchange("another vault", lambda w: w.vault, "other.db", lambda w: get):
            self.assertIn(done.out, ("", SECRETS["openai:a"]), done)
            self.assertNotIn(BAIT_SECRET, done.out + done.err)


if __name__ == "__main__":
    unittest.main()
