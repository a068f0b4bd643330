#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How often a command asks a server and waits for its answer: what makes a server far away slow. Counted, not timed."""
import json
import sys
import unittest
from pathlib import Path

from support import Home

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "postgres"))
from relay import Relay  # noqa: E402
from server import Server, programs, required  # noqa: E402

SECRET = "sk-test-far-away"
REQUEST = '{"protocolVersion":1,"provider":"vault","ids":["profile/openai:a","profile/openai:b"]}'


class Journeys(Home):
    """The login counts as one."""

    def setUp(self):
        super().setUp()
        self.server = Server().__enter__()
        self.addCleanup(self.server.__exit__)
        self.relay = Relay(self.server, self.home.parent / "relay").__enter__()
        self.addCleanup(self.relay.__exit__)
        self.environment["CLAVIGER_VAULT"] = self.relay.place(self.server, "far")
        self.environment["CLAVIGER_FRESH"] = "0"  # whatever a copy would answer is asked
        self.make_vault()
        self.add("openai:a", SECRET)
        self.add("openai:b", SECRET)

    def journeys(self, *words, stdin=""):
        self.relay.journeys, self.relay.connections = 0, 0
        done = self.ok(*words, stdin=stdin)
        self.assertEqual(self.relay.connections, 1, words)
        self.counted = self.relay.journeys
        return done

    def assert_at_most(self, most):
        self.assertGreater(self.counted, 2, "the relay counts nothing")
        self.assertLessEqual(self.counted, most)

    def import_of(self, count, *more):
        profiles = {
            f"openai:i{number}": {"type": "api_key", "provider": "openai", "key": f"{SECRET}-{number}"}
            for number in range(count)
        }
        source = self.write("many.json", json.dumps({"version": 1, "profiles": profiles}))
        return self.journeys("import", source, *more)

    def test_the_first_to_read_takes_five_and_has_a_copy_then(self):
        self.assertEqual(self.journeys("get", "openai:a", "--no-newline").out, SECRET)
        self.assert_at_most(5)

    def test_a_get_takes_four(self):
        self.get("openai:a")
        self.assertEqual(self.journeys("get", "openai:a", "--no-newline").out, SECRET)
        self.assert_at_most(4)

    def test_resolving_takes_four_however_much_is_asked_for(self):
        self.get("openai:a")
        self.assertIn(SECRET, self.journeys("resolve", stdin=REQUEST).out)
        self.assert_at_most(4)

    def test_a_get_among_many_takes_four(self):
        self.import_of(500)
        self.get("openai:a")
        self.assertEqual(self.journeys("get", "openai:i77", "--no-newline").out, f"{SECRET}-77")
        self.assert_at_most(4)

    def test_an_addition_takes_seven(self):
        self.journeys("add", "openai:c", "--type", "api_key", "--stdin", stdin=SECRET)
        self.assert_at_most(7)

    def test_an_import_takes_a_journey_for_hundreds_of_profiles_and_reads_every_one_back(self):
        self.import_of(500)
        self.assertEqual(len(self.ids()), 502)
        self.assert_at_most(16)

    def test_an_import_of_what_is_there_looks_each_up_without_asking(self):
        self.import_of(500)
        self.import_of(500)
        self.assert_at_most(16)

    def test_a_rotation_of_the_keys_takes_a_journey_for_hundreds_of_rows(self):
        self.import_of(500)
        self.journeys("key", "rotate", "--yes")
        self.assert_at_most(40)
        self.assertEqual(self.get("openai:i77"), f"{SECRET}-77")


if __name__ == "__main__":
    if programs() is None:
        print("PostgreSQL is not installed")
        sys.exit(1 if required() else 77)
    unittest.main()
