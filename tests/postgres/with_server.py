#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""with_server.py PROGRAM [WORDS...]: runs a test program beside a server of its own, whose place without a schema it
finds in CLAVIGER_TEST_POSTGRES. Without PostgreSQL it runs without one, and says so - or fails, where one is required.
"""
import os
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from server import Server, programs, required  # noqa: E402


def main(words):
    if programs() is None:
        print("PostgreSQL is not installed: its tests are skipped", flush=True)
        return 1 if required() else subprocess.run(words, check=False).returncode
    with Server() as server:
        place = server.place().split("#")[0]
        return subprocess.run(words, env={**os.environ, "CLAVIGER_TEST_POSTGRES": place}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
