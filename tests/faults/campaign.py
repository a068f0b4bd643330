#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""campaign.py --program P --shim S [--sample N] [--minutes M] [--verb V]...: lets files fail below each command.

Each command is run once undisturbed to count the calls by which it changes files. Then, from a fresh copy of the same
home each time, it is killed, refused, interrupted or cut short at every one of them, and what is left is judged. A
sample is the same N runs of each command every time. Prints a table of the figures and every finding; exits 1 when
there is any.
"""
import argparse
import errno
import os
import random
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import verbs  # noqa: E402
from judgement import Fault, judge  # noqa: E402
from world import Unreadable, World, scratch_folder  # noqa: E402

ROOMY = ("open", "write", "link", "rename", "fallocate")  # calls that can ask for room
INTERRUPTIBLE = ("open", "write", "fsync", "ftruncate", "fallocate")


class Scene:
    """One command, its template, and how it looks before and after."""

    def __init__(self, verb, program, shim, folder):
        self.verb, self.shim, self.folder = verb, shim, folder
        self.template = World(program, folder / verb.make.__name__)
        if not self.template.home.exists():
            verb.make(self.template)
        self.notes = verb.notes(self.template)
        self.old = self.state_in("old", run=False)
        self.calls = []
        self.new = self.state_in("new", run=True)

    def state_in(self, name, run):
        world = self.template.copied_to(self.folder / name)
        if run:
            done = self.disturbed(world, None)
            if done.code != 0:
                raise Unreadable(f"{self.verb.name} fails undisturbed: {done}")
        state = self.verb.state(world, self.notes)
        shutil.rmtree(world.home)
        return state

    def disturbed(self, world, fault):
        log = world.home.parent / (world.home.name + ".calls")
        plan = {"AT": fault.at, "KIND": fault.kind, "ERRNO": fault.error} if fault else {}
        words = (*self.verb.words(world, self.notes), "--json")
        done = world.disturbed(self.shim, log, *words, stdin=self.verb.stdin, **plan)
        if not fault:
            self.calls = [line.split(" ", 2) for line in log.read_text().splitlines()]
        return done

    def faults(self):
        """Every fault at every counted call, in their order."""
        yield Fault(1, self.calls[0][1], "kill_before")
        for number, call, path in self.calls:
            at, where = int(number), f"{call} {Path(path).name}"
            yield Fault(at, where, "kill_after")
            yield Fault(at, where, "once", errno.EIO, "EIO")
            if call == "write":
                yield Fault(at, where, "kill_torn")
                yield Fault(at, where, "short")
            if call in ROOMY:
                yield Fault(at, where, "full", errno.ENOSPC, "ENOSPC")
                yield Fault(at, where, "once", errno.EDQUOT, "EDQUOT")
            if call in INTERRUPTIBLE:
                yield Fault(at, where, "once", errno.EINTR, "EINTR")

    def findings(self, fault, place):
        world = self.template.copied_to(place)
        done = self.disturbed(world, fault)
        found = list(judge(self.verb, world, self.notes, fault, done, self.old, self.new))
        shutil.rmtree(place, ignore_errors=True)
        return found


def sample(faults, count, seed):
    """`count` of them, the same for the same seed; all when there are fewer."""
    chosen = random.Random(seed).sample(range(len(faults)), min(count, len(faults)))
    return [faults[index] for index in sorted(chosen)]


def run_verb(verb, options, folder, deadline):
    scene = Scene(verb, options.program, options.shim, folder)
    faults = list(scene.faults())
    chosen = sample(faults, options.sample, verb.name) if options.sample else faults

    def one(numbered):
        number, fault = numbered
        if deadline and time.monotonic() > deadline:
            return fault, None
        return fault, scene.findings(fault, folder / f"run-{number}")

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        results = list(pool.map(one, enumerate(chosen)))
    done = [(fault, found) for fault, found in results if found is not None]
    return {
        "points": len(scene.calls),
        "possible": len(faults),
        "runs": len(done),
        "findings": [(fault, rule, what) for fault, found in done for rule, what in found],
    }


def report(figures):
    """The table, then what was found; says how much that is."""
    print("| command | calls that change files | faults tried | of | findings |\n|---|---:|---:|---:|---:|")
    for name, figure in figures.items():
        print(f"| {name} | {figure['points']} | {figure['runs']} | {figure['possible']} | {len(figure['findings'])} |")
    found = 0
    for name, figure in figures.items():
        for fault, rule, what in figure["findings"]:
            found += 1
            print(f"FOUND: {name}: {fault}: {rule}: {' '.join(what.split())}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=os.path.abspath)
    parser.add_argument("--shim", required=True, type=os.path.abspath)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--verb", action="append")
    options = parser.parse_args()
    if b"/ld-linux" not in Path(options.program).read_bytes()[: 1 << 16]:
        print("the program is linked statically: nothing can be preloaded into it")
        return 77
    wanted = [verb for verb in verbs.ALL if not options.verb or verb.name in options.verb]
    chosen = [verb for verb in wanted if verb.there(options.program)]
    started = time.monotonic()
    deadline = started + 60 * options.minutes if options.minutes else None
    figures = {}
    with scratch_folder() as folder:
        for verb in chosen:
            figures[verb.name] = run_verb(verb, options, Path(os.path.realpath(folder)), deadline)
    found = report(figures)
    runs = sum(figure["runs"] for figure in figures.values())
    print(f"{runs} faults in {time.monotonic() - started:.0f} s, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
