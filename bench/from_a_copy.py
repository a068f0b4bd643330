#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""from_a_copy.py [PROGRAM]: what an answer from a fresh copy of a vault on a server costs, against the vault in a file.

Counts instructions, by valgrind, of get and of resolve of 50 in vaults of 50 and of 1,000 profiles. Starts a server of
its own; nothing asks it while it is counted.
"""
import json
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
TOP = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TOP / "bench"), str(TOP / "tests/postgres")]
from measuring import Bench, made_program, profiles  # noqa: E402
from server import Server  # noqa: E402

ASKED = 50
ROW = "| {:<14} | {:>8} | {:>12} | {:>12} | {:>5} |"


def measure(program, server, count, folder):
    bench, ids = Bench(program, folder), list(profiles(count))
    document = json.dumps({"version": 1, "profiles": profiles(count)}).encode()
    bench.claviger("import", "-", "--format", "openclaw", "--quiet", stdin=document)
    asked = [f"profile/{one}" for one in ids[:: count // ASKED]]
    request = json.dumps({"protocolVersion": 1, "provider": "claviger", "ids": asked}).encode()
    works = (("get", ("get", ids[0]), b""), ("resolve of 50", ("resolve",), request))
    in_a_file = [bench.count(*words, stdin=stdin) for _, words, stdin in works]
    place = server.place(f"copy{count}")
    bench.claviger("vault", "copy", "--to", place)
    bench.environment.update(CLAVIGER_VAULT=place, CLAVIGER_FRESH="1h")
    bench.claviger("sync")
    for (work, words, stdin), there in zip(works, in_a_file):
        here = bench.count(*words, stdin=stdin)
        print(ROW.format(work, count, f"{there:,}", f"{here:,}", f"{here / there:.2f}"), flush=True)


def main():
    program = str(Path(sys.argv[1] if len(sys.argv) > 1 else made_program()).resolve())
    print(ROW.format("work", "profiles", "a file", "a copy", "ratio"))
    with Server() as server:
        for count in (50, 1000):
            with tempfile.TemporaryDirectory(prefix="claviger-bench-", dir="/tmp") as folder:
                measure(program, server, count, folder)


if __name__ == "__main__":
    main()
