#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""campaign.py --program P [--minutes N | --steps N] [--writers 8] [--readers 32]: many programs at one vault at once.

Beside the writers and readers one renews the keys again and again, and one copies the vault. Found is: an exit status
that is neither 0 nor 75; a reading of a state that never was; a write that was reported as done and is not there, or
as refused and is; a writer that got less than a third of what the others got (only with --minutes); a vault that
`verify --deep` refuses at the end. With --steps each takes so many steps, whatever time they take: then nothing
depends on the clock. Prints a row for each kind of worker, and every finding; exits 1 when there is any.
"""
import argparse
import json
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "faults")]
from actors import Backup, Reader, Rotator, Writer, pairs_in  # noqa: E402
from book import Book  # noqa: E402
from world import World, make_empty  # noqa: E402


def made_world(program, home):
    world = make_empty(World(program, home))
    world.ok("init", "--key-file", world.key, "--no-recovery", "--quiet")
    token = world.home / "reader.token"
    token.write_text(world.ok("agent", "token", "create", "main"))
    token.chmod(0o600)
    return world


def work(actor, steps, deadline):
    taken = 0
    while (taken < steps) if steps else (time.monotonic() < deadline):
        try:
            actor.step()
        except Exception as error:  # an answer that cannot be read is a finding, not the end of the campaign
            actor.book.find(f"{actor.name}: {type(error).__name__}: {error}")
        taken += 1


def all_at_once(actors, steps, deadline):
    threads = [threading.Thread(target=work, args=(actor, steps, deadline)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def judge_the_end(world, book):
    """Everything that was reported as done is there, and nothing else."""
    for words in (("verify", "--deep"), ("doctor",)):
        done = world.run(*words)
        if done.code != 0:
            book.find(f"at the end: {' '.join(words)}: {done}")
    document = json.loads(world.ok("export", "--format", "openclaw"))
    book.judge_pairs("at the end", pairs_in(document), book.least())
    seen = {profile for profile in document["profiles"] if ":item-" in profile}
    wanted = set().union(*book.items.values())
    for profile in sorted(seen ^ wanted):
        book.find(f"at the end: {profile} is {'there, and was not' if profile in seen else 'gone, and was'} to be kept")
    left = sorted(path.name for path in world.vault.parent.iterdir())
    if left != ["vault.db", "vault.db.lock"]:
        book.find(f"at the end: beside the vault lie {left}")


def report(book, seconds):
    print("| who | commands | told to try again | mean wait, ms | worst wait, ms |\n|---|---:|---:|---:|---:|")
    for role, waits in sorted(book.waits.items()):
        mean, worst = 1000 * sum(waits) / len(waits), 1000 * max(waits)
        print(f"| {role} | {len(waits)} | {book.busy[role]} | {mean:.0f} | {worst:.0f} |")
    counts = sorted(book.done.values())
    print(f"pairs written: {sum(counts)}; by one writer {counts[0]} at the least, {counts[-1]} at the most")
    for finding in book.findings:
        print(f"FOUND: {finding}")
    print(f"{seconds:.0f} s, {len(book.findings)} findings")
    return 1 if book.findings else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.environ.get("CLAVIGER_BINARY") or os.environ.get("CLAVIGER_BUILT"))
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--readers", type=int, default=32)
    options = parser.parse_args()
    book = Book(f"writer{number}" for number in range(options.writers))
    with tempfile.TemporaryDirectory(prefix="claviger-load-") as folder:  # a disk that is waited for
        world = made_world(os.path.abspath(options.program), Path(folder, "home"))
        writers = [Writer(world, book, name) for name in book.writers]
        for writer in writers:
            writer.write_pair()
        others = [Reader(world, book, f"reader{number}") for number in range(options.readers)]
        others += [Rotator(world, book, "rotator"), Backup(world, book, "backup")]
        began = time.monotonic()
        all_at_once(writers + others, options.steps, began + 60 * options.minutes)
        seconds = time.monotonic() - began
        judge_the_end(world, book)
    if not options.steps:
        book.findings += book.starved()
    return report(book, seconds)


if __name__ == "__main__":
    sys.exit(main())
