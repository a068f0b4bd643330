# SPDX-License-Identifier: Apache-2.0
"""docs/schemas and docs/JSON.md: a strict schema for every command, and every command's real output held against it."""
import copy
import json
import re
import sys
import unittest

import schemas
from support import Home, SAMPLES, TOP

if schemas.jsonschema is None:
    print("skipped: python3-jsonschema is not there for this Python")
    sys.exit(77)

PAGE = TOP / "docs/JSON.md"
# Forms that are not ours, and may have more members than we know.
OPEN = {("openclaw-wire", "plan"), ("openclaw-wire", "audit"), ("export", "leftOut"), ("resolve", "values"),
        ("resolve", "errors"), ("onboard", "report")}
NOT_ASKED = {
    "sync": "takes a vault on a server: copies.py asks it there",
    "models auth setup-token": "needs a terminal; it prints what models auth paste-token does",
    "unlock": "a sandbox may have no keyring: unlock.py asks it where there is one",
}
RUNS = (  # (words, stdin), one after another in one home
    (("init", "--no-recovery"), ""),
    (("agent", "add", "ops"), ""),
    (("add", "anthropic:work", "--type", "token", "--stdin", "--expires-at", "2099-01-01"), "sk-ant-test-1"),
    (("add", "env/OTHER", "--stdin"), "test-value"),
    (("import", "-", "--format", "dotenv"), "ANTHROPIC_API_KEY=sk-ant-test-2\n"),
    (("import", str(SAMPLES / "openclaw/state-dir")), ""),
    (("list",), ""),
    (("list", "--config"), ""),
    (("show", "anthropic:work"), ""),
    (("show", "env/OTHER"), ""),
    (("get", "anthropic:work"), ""),
    (("edit", "anthropic:work", "--email", "ann@example.org"), ""),
    (("copy", "anthropic:work", "--to-agent", "ops"), ""),
    (("rename", "openai:work", "openai:renamed", "--agent", "work"), ""),
    (("order", "set", "--provider", "anthropic", "anthropic:work"), ""),
    (("order", "get", "--provider", "anthropic"), ""),
    (("which", "anthropic"), ""),
    (("order", "clear", "--provider", "anthropic"), ""),
    (("pin", "set", "--session", "s", "anthropic:work"), ""),
    (("pin", "get", "--session", "s"), ""),
    (("pin", "clear", "--session", "s"), ""),
    (("report", "anthropic:work", "failure", "--reason", "rate_limit"), ""),
    (("status",), ""),
    (("status", "--all-agents"), ""),
    (("export", "--format", "dotenv"), ""),
    (("export", "--format", "openclaw", "--output", "auth-profiles.json"), ""),
    (("token", "anthropic:work"), ""),
    (("wire", "--list"), ""),
    (("wire", "claude"), ""),
    (("agent", "list"), ""),
    (("agent", "default"), ""),
    (("agent", "token", "create", "ops"), ""),
    (("agent", "token", "list"), ""),
    (("agent", "token", "revoke", "<token>", "--yes"), ""),
    (("key", "add", "--new-key-file", "second.key"), ""),
    (("key", "list"), ""),
    (("key", "remove", "<second>", "--yes"), ""),
    (("key", "rotate", "--yes"), ""),
    (("key", "add", "--recovery"), ""),
    (("lock",), ""),
    (("models", "status"), ""),
    (("models", "auth", "list"), ""),
    (("models", "auth", "paste-token", "--provider", "anthropic", "--profile-id", "anthropic:manual"),
     "sk-ant-oat01-" + "x" * 80),
    (("models", "auth", "paste-api-key", "--provider", "openai"), "sk-test-pasted"),
    (("models", "auth", "order", "set", "--provider", "openai", "openai:manual"), ""),
    (("models", "auth", "order", "get", "--provider", "openai"), ""),
    (("models", "auth", "order", "clear", "--provider", "openai"), ""),
    (("openclaw", "wire", "--state-dir", str(SAMPLES / "openclaw/state-dir")), ""),
    (("openclaw", "unwire", "--state-dir", str(SAMPLES / "openclaw/state-dir")), ""),
    (("resolve",), '{"protocolVersion":1,"provider":"claviger","ids":["profile/anthropic:work","profile/none"]}'),
    (("resolve",), "no request"),
    (("backup", "copy.db"), ""),
    (("verify", "--deep"), ""),
    (("log",), ""),
    (("log", "--verify"), ""),
    (("log", "enable", "reads"), ""),
    (("log", "disable", "reads"), ""),
    (("vault", "copy", "--to", "moved.db"), ""),
    (("vault", "adopt", "--dry-run"), ""),
    (("--vault", "postgres://h/d#team", "vault", "sql", "--reader", "fleet_reader"), ""),
    (("repair", "--dry-run"), ""),
    (("onboard", "--dry-run"), ""),
    (("scan", "--scrub", "--dry-run", "."), ""),
    (("openclaw", "note"), ""),
    (("doctor",), ""),
    (("version",), ""),
    (("paths",), ""),
    (("completion", "bash"), ""),
    (("remove", "anthropic:work", "--yes"), ""),
    (("remove", "env/OTHER", "--yes"), ""),
    (("agent", "remove", "ops", "--yes"), ""),
    (("restore", "copy.db", "--yes"), ""),
)
FINE = {"doctor": (0, 72), "resolve": (0, 65)}  # other exit statuses that come with an answer


class Schemas(Home):
    def test_every_command_has_a_schema_or_prints_no_json(self):
        known = set(schemas.commands())
        self.assertEqual(self.commands_of_the_program() - {"ls", "rm"}, known)
        for name in filter(None, schemas.commands().values()):
            self.assertTrue((schemas.FOLDER / f"{name}.json").exists(), name)

    def commands_of_the_program(self):
        names, groups = set(), [(), ("log",)]  # which is a command as well
        while groups:
            before = groups.pop()
            for line in self.ok("__complete", "--", *before, "").out.splitlines()[1:]:
                word, about = line.split("\t")
                if word.startswith("-"):
                    continue  # options of the command that has commands below it
                if about:
                    names.add(" ".join((*before, word)))
                else:
                    groups.append((*before, word))
        return names

    def test_every_schema_is_one_and_refuses_members_it_does_not_name(self):
        for path in sorted(schemas.FOLDER.glob("*.json")):
            if path.stem == "commands":
                continue
            with self.subTest(path.stem):
                schema = json.loads(path.read_text())
                schemas.jsonschema.Draft202012Validator.check_schema(schema)
                self.assertEqual(schema["title"], path.stem)
                self.assertEqual(self.open_objects(schema, path.stem), [])

    def open_objects(self, node, schema, member=""):
        if isinstance(node, list):
            return [one for entry in node for one in self.open_objects(entry, schema, member)]
        if not isinstance(node, dict):
            return []
        found = []
        if node.get("type") == "object" and node.get("additionalProperties") is not False:
            found = [] if (schema, member) in OPEN else [member]
        for name, value in node.items():
            inner = name if name not in ("items", "properties", "anyOf", "oneOf", "$defs") else member
            found += self.open_objects(value, schema, inner)
        return found

    def test_every_command_prints_what_its_schema_has_and_nothing_else(self):
        self.write("shared", "")
        seen = {command: 0 for command, name in schemas.commands().items() if name}
        made = {}
        for words, stdin in RUNS:
            with self.subTest(" ".join(words)):
                words = tuple(made.get(word, word) for word in words)
                more = ("--key-file", self.key) if words[0] == "init" else ()
                result = self.run_it(*words, *more, *(() if words[0] == "resolve" else ("--json",)), stdin=stdin)
                command = schemas.command_of(words)
                self.assertIn(result.code, FINE.get(words[0], (0,)), result)
                document = json.loads(result.out)
                name = schemas.commands()[command]
                self.assertEqual(schemas.faults(name, document), [])
                self.refuses_what_is_changed(name, document)
                seen[command] += 1
                if command == "agent token create":
                    made["<token>"] = document["slot"]
                if words[:2] == ("key", "add"):
                    made["<second>"] = document["slot"]
        self.assertEqual({command for command, count in seen.items() if count == 0}, set(NOT_ASKED))

    def refuses_what_is_changed(self, name, document):
        more = {**document, "noSuchMember": 1}
        self.assertNotEqual(schemas.faults(name, more), [], "one member more")
        required = json.loads((schemas.FOLDER / f"{name}.json").read_text())["required"]
        self.assertTrue(required)
        for member in required:
            less = copy.deepcopy(document)
            del less[member]
            self.assertNotEqual(schemas.faults(name, less), [], f"without {member}")

    def test_an_error_is_as_its_schema_has_it_for_every_command(self):
        for command in schemas.commands():
            if command == "help":
                continue
            with self.subTest(command):
                result = self.run_it(*command.split(), "--no-such-option", "--json")
                self.assertEqual(result.out, "")
                self.assertEqual(schemas.faults("error", json.loads(result.err)), [])

    def test_the_version_is_as_its_schema_has_it(self):
        self.assertEqual(schemas.faults("version", self.json("--version")), [])


class Page(unittest.TestCase):
    """docs/JSON.md"""

    def examples(self):
        text = PAGE.read_text()
        return re.findall(r"^## `?([a-z-]+)`?$.*?^```json\n(.*?)^```$", text, re.M | re.S)

    def test_it_shows_an_object_of_every_schema(self):
        there = {path.stem for path in schemas.FOLDER.glob("*.json")} - {"commands"}
        self.assertEqual({name for name, _ in self.examples()}, there)

    def test_what_it_shows_is_as_the_schema_has_it(self):
        for name, text in self.examples():
            with self.subTest(name):
                self.assertEqual(schemas.faults(name, json.loads(text)), [])

    def test_it_names_the_commands_of_every_schema(self):
        text = PAGE.read_text()
        for command, name in schemas.commands().items():
            if name:
                section = text.split(f"\n## {name}\n")[1].split("\n## ")[0]
                self.assertIn(f"`{command}`", section, name)


if __name__ == "__main__":
    unittest.main()
