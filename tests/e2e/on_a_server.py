#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tests of these files once more, with every vault in a schema of its own on a PostgreSQL server instead of a file.

Left out is a test that speaks of the vault's file itself: its source, or its class's setUp, names it. Whatever else is
left out stands in EXCEPT, with the reason.
"""
import importlib
import inspect
import re
import sys
import unittest
from pathlib import Path

import support

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "postgres"))
from server import Server, programs, required  # noqa: E402

FILES = (
    "add_get", "agents", "compare_and_set", "keys", "list_edit_remove", "models", "order_which", "pins", "report",
    "resolve", "run", "status", "text_secrets", "tokens",
)  # fmt: skip
OF_THE_FILE = re.compile(
    r"self\.vault\b|self\.wrapped|self\.sealed_keys|rewritten|\.db\b|--vault|CLAVIGER_VAULT|XDG_DATA_HOME|\.local/share"
)
NO_VARIABLE = "a program that is run gets no CLAVIGER_VAULT"
EXCEPT = {
    "run.Environment.test_is_ours_with_the_agents_credentials": NO_VARIABLE,
    "tokens.TheHolder.test_a_child_started_with_a_token_still_finds_the_default_key_file": NO_VARIABLE,
}


class Schemas:
    """Gives each test's home a schema that no other has."""

    def __init__(self, server):
        self.server = server
        self.count = 0

    def begin(self):
        self.count += 1
        return self.server.place(f"s{self.count}")


def speaks_of_the_file(test):
    sources = [inspect.getsource(getattr(test, test._testMethodName))]
    sources += [inspect.getsource(base.setUp) for base in type(test).__mro__
                if "setUp" in base.__dict__ and base.__module__ not in ("support", "unittest.case")]  # fmt: skip
    return any(OF_THE_FILE.search(source) for source in sources)


def each_test(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from each_test(test)
        else:
            yield test


def chosen_tests():
    chosen = unittest.TestSuite()
    for name in FILES:
        for test in each_test(unittest.defaultTestLoader.loadTestsFromModule(importlib.import_module(name))):
            if not speaks_of_the_file(test) and test.id() not in EXCEPT:
                chosen.addTest(test)
    return chosen


def main():
    if programs() is None:
        print("PostgreSQL is not installed")
        return 1 if required() else 77
    with Server() as server:
        schemas = Schemas(server)
        of_files = support.Home.setUp

        def set_up(home):
            of_files(home)
            home.environment["CLAVIGER_VAULT"] = schemas.begin()

        support.Home.setUp = set_up
        tests = chosen_tests()
        print(f"{tests.countTestCases()} tests on a server", flush=True)
        return 0 if unittest.TextTestRunner().run(tests).wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
