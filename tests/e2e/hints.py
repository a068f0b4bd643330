# SPDX-License-Identifier: Apache-2.0
"""Every command that the source names for a person - in a hint, behind "fix:" or "Next:", in help - is one that the
program has, with options that it takes, and stands in backquotes or by itself."""
import functools
import re
import unittest

from support import Home, TOP

ROOMS = ("cli", "vault", "import")
LITERAL = re.compile(r'R"(?P<mark>\w*)\((?P<raw>.*?)\)(?P=mark)"|"(?P<text>(?:[^"\\\n]|\\.)*)"|(?P<comment>//[^\n]*)',
                     re.S)
VALUE = "\0"  # what is put in between two literals when the program runs
NAMED = re.compile(r"(?<![\w/.~-])claviger (?=[a-z]|--)")
# What may stand before it in a line for a shell or in another program's configuration.
IN_A_SHELL = (VALUE, "| ", "<(", "$(", "&& ", "'!", "credential_process = ")
# Words in running text that follow the program's name and are no command.
PROSE = {"vault", "running", "starts", "completion", "agent", "profile", "config", "recovery", "from"}
# Not for a person: other programs' configuration, scripts for shells, and what hashes are made for.
NOT_WORDS = ("cli/describe/completion_scripts.cpp", "vault/keys/", "vault/selection/profile_ref.cpp")


def texts_of(source):
    """[(line, text)] of the string literals of a C++ source. Those that stand side by side, or with one value between
    them, are one text."""
    found, end = [], 0
    for match in LITERAL.finditer(source):
        if match["comment"] is not None:
            continue
        text = match["raw"] if match["raw"] is not None else match["text"].encode().decode("unicode_escape")
        between = source[end:match.start()]
        end = match.end()
        if found and re.fullmatch(r"\s*", between):
            found[-1][1] += text
        elif found and re.fullmatch(r"\s*\+[^;{}?]*\+\s*", between):
            found[-1][1] += VALUE + text
        else:
            found.append([source[:match.start()].count("\n") + 1, text])
    return found


class Hints(Home):
    def sources(self):
        for room in ROOMS:
            for path in sorted((TOP / room).rglob("*.cpp")):
                name = str(path.relative_to(TOP))
                if not name.startswith(NOT_WORDS) and "#include" in path.read_text()[:4000]:
                    yield name, path.read_text()

    def commands_named(self):
        """(where, command line, whether it is set off from the words around it)"""
        for name, source in self.sources():
            for line, text in texts_of(source):
                for match in NAMED.finditer(text):
                    before = text[:match.start()]
                    quoted = before.endswith("`")
                    stop = "`" if quoted else "\n"
                    typed = text[match.end():].split("'" if before.endswith("'!") else stop)[0]
                    alone = not before.rsplit("\n", 1)[-1].strip() or before.endswith(IN_A_SHELL)
                    yield f"{name}:{line}", re.sub(r"\s+", " ", typed), quoted or alone

    @functools.cache
    def help_of(self, command):
        result = self.run_it("help", *command.split())
        return result.out if result.code == 0 else None

    def command_in(self, typed):
        """The longest run of words that the program has help for, global options apart."""
        words = [word for word in re.sub(r"--(vault|agent|key-file|token-file) \S+ ", "", typed).split(" ")]
        for count in range(min(4, len(words)), 0, -1):
            name = " ".join(words[:count])
            if re.fullmatch(r"[a-z][a-z-]*( [a-z][a-z-]*)*", name) and self.help_of(name) is not None:
                return name
        return None

    def test_every_command_that_is_named_is_one_with_options_it_takes(self):
        seen = 0
        for where, typed, apart in self.commands_named():
            first = re.split(r"[ ,.;:)'\"\0]", typed)[0]
            if not apart and first in PROSE:
                continue
            with self.subTest(where, typed=typed):
                seen += 1
                self.assertTrue(apart, "a command stands in backquotes or on a line of its own")
                if typed.startswith((VALUE, "--version")):
                    continue
                command = self.command_in(typed)
                self.assertIsNotNone(command, "no such command")
                if command == "help":
                    topic = typed.split(" ")[1:2]
                    if topic and re.fullmatch(r"[a-z-]+", topic[0]):
                        self.assertIsNotNone(self.help_of(topic[0]), "no such topic")
                    continue
                options = typed.split(" -- ")[0].split(" && ")[0].split(" | ")[0]
                known = self.help_of(command) + self.help_of("help")
                for option in re.findall(r"(?<=\s)--?[a-z][a-z-]*", options):
                    self.assertRegex(known, rf"(?<![\w-]){option}(?![\w-])", "no such option")
        self.assertGreater(seen, 150)

    def test_a_hint_with_an_unknown_command_or_option_would_be_found(self):
        text = 'fail("x", "`claviger statsu` shows " + name + "`claviger list --al" "l`"); // "no `claviger x`"'
        read = [one for _, one in texts_of(text)]
        self.assertEqual(read, ["x", f"`claviger statsu` shows {VALUE}`claviger list --all`"])
        self.assertIsNone(self.command_in("statsu"))
        self.assertEqual(self.command_in("agent token list --agent ops"), "agent token list")


if __name__ == "__main__":
    unittest.main()
