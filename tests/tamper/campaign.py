#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""campaign.py --program P [--minutes N | --vaults N] [--seed S] [--only NUMBER] [--keep FOLDER]: changed vaults.

Each is a copy of one small vault, changed by somebody who has no key: bits and pages of the file, rows, the schema, a
planted journal. Then every verb that reads is asked. Found is: a signal, 70, or a status that is not documented; a
secret that is not the one that was asked for; absence where there is damage; a list that misses something without a
word; a changed set that `verify` accepts. The changes of a vault follow from the seed and its number; the home of each
finding is kept below FOLDER, with the key, to be looked at. Exits 1 when there is a finding.
"""
import argparse
import os
import random
import shutil
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from changes import change  # noqa: E402
from judgement import judged  # noqa: E402
from scene import contents, made_scene, records_in  # noqa: E402
from world import scratch_folder  # noqa: E402


class Campaign:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.world = made_scene(options.program, folder)
        self.before = contents(self.world.vault)
        self.written = records_in(self.before) | records_in(contents(folder / "old.db"))
        self.has_log = self.world.run("help", "log").code == 0

    def one(self, number):
        """(number, kind of outcome, what was changed, findings) of the vault of this number."""
        chance = random.Random(f"{self.options.seed}/{number}")
        world = self.world.copied_to(self.folder / f"vault-{number}")
        said = change(chance, world.vault, self.folder)
        if (world.vault.parent / (world.vault.name + "-journal")).exists():
            world.run("list")  # whatever SQLite makes of the journal is what is judged
        after = contents(world.vault)
        broken = not after or not records_in(after) <= self.written
        right = self.before in (after, contents(world.vault, "index"))
        findings = judged(world, chance, right, broken, self.has_log)
        if findings and self.options.keep:
            self.world.copied_to(Path(self.options.keep, f"before-{number}"))
            world.copied_to(Path(self.options.keep, f"vault-{number}"))
        shutil.rmtree(world.home)
        kind = "the same rows" if right else "other rows" if after else "no file that SQLite reads"
        return number, kind, said, findings

    def run(self):
        options = self.options
        deadline = time.monotonic() + 60 * options.minutes
        numbers = [options.only] if options.only is not None else range(options.vaults) if options.vaults else count()
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            results, rest = [], iter(numbers)
            while True:
                batch = list(islice(rest, 64))
                results += pool.map(self.one, batch)
                if not batch or (not options.vaults and time.monotonic() > deadline):
                    return results


def report(results, options):
    found = 0
    for number, _, said, findings in results:
        for finding in findings:
            found += 1
            print(f"FOUND: --seed {options.seed} --only {number}: {said}: {finding[:600]}")
    for kind, times in sorted(Counter(kind for _, kind, _, _ in results).items()):
        print(f"{times} vaults: {kind}")
    print(f"{len(results)} changed vaults, {found} findings")
    return 1 if found else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.environ.get("CLAVIGER_BINARY") or os.environ.get("CLAVIGER_BUILT"))
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--vaults", type=int, default=0)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", type=int)
    parser.add_argument("--keep")
    options = parser.parse_args()
    options.program = os.path.abspath(options.program)
    with scratch_folder() as folder:
        return report(Campaign(options, Path(os.path.realpath(folder))).run(), options)


if __name__ == "__main__":
    sys.exit(main())
