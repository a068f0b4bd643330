#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""replay_seeds.py PROGRAM...: runs each target over its seeds and many small changes of them, and over what campaigns
found. A target without seeds is a failure, and so are seeds without a target."""
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from corpus import CORPUS, seeds, unpacked  # noqa: E402


def name_of(program):
    return Path(program).name.removeprefix("replay_")


def replay(program):
    name = name_of(program)
    with tempfile.TemporaryDirectory(prefix="claviger-replay-") as folder:
        words = [program, *seeds(name), "--once", *unpacked(name, folder)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=600, check=False)
    print(f"{name}: {done.stdout.strip()} {done.stderr.strip()}, exit {done.returncode}", flush=True)
    return done.returncode == 0 and len(seeds(name)) > 0


def main(programs):
    results = [replay(program) for program in programs]
    forgotten = {path.name.removesuffix(".found") for path in CORPUS.iterdir()} - set(map(name_of, programs))
    for name in sorted(forgotten):
        print(f"{name}: seeds, and no such target")
    return 0 if results and all(results) and not forgotten else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
