# SPDX-License-Identifier: Apache-2.0
"""What may reach a terminal or a pipe: no escape bytes, nothing that disguises itself, nothing too wide (E01, E12)."""
import json
import unittest

from support import Home

TRICKS = {
    "escape": "p:\x1b[31mred\x1b[0m",
    "title": "p:\x1b]0;owned\x07",
    "c1": "p:\x9b31m",
    "bidi": "p:\u202egnp.exe",
    "isolate": "p:\u2066hidden\u2069",
    "line": "p:one\ntwo",
    "return": "p:shown\rover",
    "zero-width": "p:a\u200bb",
}
FORBIDDEN = [
    *(chr(code) for code in range(0x20) if chr(code) != "\n"),
    "\x7f",
    *(chr(code) for code in range(0x80, 0xA0)),
    *"\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029",
]


class Output(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()

    def assert_harmless(self, text, where):
        self.assertEqual([one for one in FORBIDDEN if one in text], [], where)

    def import_tricks(self):
        document = {
            "version": 1,
            "profiles": {
                name: {"type": "api_key", "provider": "p", "key": "sk-test-1", "email": name}
                for name in TRICKS.values()
            },
        }
        return self.ok("import", self.write("tricks.json", json.dumps(document)))

    def test_escapes_whatever_names_hold(self):
        results = [self.import_tricks(), self.ok("list"), self.ok("status"), self.ok("which", "--provider", "p")]
        for name in TRICKS.values():
            results += [
                self.ok("show", name),
                self.run_it("get", name + "?"),
                self.run_it("order", "set", "--provider", name, name),
                self.run_it("add", name, "--type", "api_key", "--stdin", stdin="sk-test-1"),
                self.run_it("list", "--agent", name),
                self.run_it(name),
                self.run_it("list", "--vault", name),
                self.run_it("list", "--" + name),
                self.ok("remove", name, "--yes"),
            ]
        for result in results:
            self.assert_harmless(result.out + result.err, result)

    def test_keeps_names_apart_in_a_table(self):
        self.import_tricks()
        rows = self.ok("list").out.splitlines()[1:]
        self.assertEqual(len(rows), len(TRICKS))
        self.assertEqual(len(set(row.split()[0] for row in rows)), len(TRICKS))

    def test_gives_names_exactly_in_json(self):
        self.import_tricks()
        result = self.ok("list", "--json")
        self.assertEqual([one["id"] for one in json.loads(result.out)["profiles"]], list(TRICKS.values()))
        self.assertNotIn("\x1b", result.out)

    def test_writes_no_escape_bytes_into_a_pipe(self):
        self.add("anthropic:a", "sk-ant-test-1", "--expires-at", "2020-01-01", kind="token")
        for environment in ({}, {"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": "xterm-256color", "CLICOLOR_FORCE": "1"}):
            for words in (
                ("list",),
                ("status",),
                ("which", "--provider", "anthropic"),
                ("help",),
                ("lisst",),
                ("get", "x:y"),
            ):
                result = self.run_it(*words, env=environment)
                self.assertNotIn("\x1b", result.out + result.err, words)

    def test_cuts_nothing_in_a_pipe(self):
        name = "openai:" + "very-long-" * 12
        self.add(name, "sk-test-1")
        for width in ("20", "80", "nonsense", "-5"):
            self.assertIn(name, self.ok("list", env={"COLUMNS": width}).out)

    def test_says_nothing_beside_data_when_quiet(self):
        result = self.ok("add", "openai:work", "--type", "api_key", "--stdin", "--quiet", stdin="sk-test-1")
        self.assertEqual(result.out + result.err, "")
        self.assertEqual(self.ok("list", "--json", "--quiet").err, "")

    def test_uses_plain_letters_without_utf_8(self):
        self.add("anthropic:a", "sk-ant-test-1", "--expires-in", "3d", kind="token")
        for environment in ({"LANG": "C", "LC_ALL": "C"}, {"LANG": ""}):
            self.assertTrue(self.ok("status", env=environment).out.isascii())

    def test_keeps_errors_to_three_lines(self):
        for words in (
            ("list", "--vault", "/nowhere/v.db"),
            ("get", "x:y"),
            ("lisst",),
            ("add",),
            ("import", "/nowhere"),
        ):
            result = self.run_it(*words)
            self.assertLessEqual(len(result.err.splitlines()), 3, result)
            self.assertTrue(result.err.endswith("\n"))

    def test_tells_its_version_without_a_home(self):
        result = self.ok("--version", env={"HOME": ""})
        self.assertRegex(result.out, r"^claviger \d+\.\d+\.\d+")
        self.assertIn("version", json.loads(self.ok("--version", "--json").out))


if __name__ == "__main__":
    unittest.main()
