#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""replay_seeds.py PROGRAM...: runs each target over the seeds in corpus/<its name>; one without seeds is a failure."""
import subprocess
import sys
from pathlib import Path

CORPUS = Path(__file__).resolve().parent / "corpus"


def replay(program):
    name = Path(program).name.removeprefix("replay_")
    seeds = sorted(path for path in (CORPUS / name).glob("*") if path.is_file())
    done = subprocess.run([program, *seeds], capture_output=True, text=True, timeout=600, check=False)
    print(f"{name}: {done.stdout.strip() or done.stderr.strip()}, exit {done.returncode}")
    return done.returncode == 0


if __name__ == "__main__":
    results = [replay(program) for program in sys.argv[1:]]
    sys.exit(0 if results and all(results) else 1)
