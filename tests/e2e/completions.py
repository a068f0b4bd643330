# SPDX-License-Identifier: Apache-2.0
"""Completions in the shells themselves: what bash, zsh and fish offer, and that no vault is opened for it."""
import re
import shutil
import subprocess
import unittest

try:
    import pexpect
except ImportError:
    pexpect = None

from support import PATIENCE, PROGRAM, Home

VALUES = ("FILE", "PATH", "PLACE", "SOURCE", "DIR", "P", "PROVIDER", "P,...", "COMMAND")
# What only the person knows, or what is sealed in the vault.
FREE = set("A AGENT C CHOICE D E G ID KEY L N NAME NEW-ID PROFILE-ID PROFILE-IDS ROLE S SECONDS T TOKEN P_".split())
QUESTIONS = {  # what is typed, the cursor behind it: some of what is offered
    "claviger li": ["list"],
    "claviger order ": ["clear", "get", "set"],
    "claviger list --typ": ["--type"],
    "claviger list --type ": ["api_key", "oauth", "token"],
    "claviger list anthropi": ["anthropic", "anthropic-openai"],
    "claviger import notes": ["notes.env"],
    "claviger export --output notes": ["notes.env"],
    "claviger openclaw wire --state-dir fold": ["folder/"],
    "claviger run -- fish_or_oth": ["fish_or_other"],
    "claviger completion ": ["bash", "fish", "zsh"],
    "claviger help unl": ["unlock", "unlocking"],
}

BASH = r"""
source <("$1" completion bash)
cd "$HOME"
COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
ask() {
    COMP_LINE=$1 COMP_POINT=${#1} COMPREPLY=()
    read -ra COMP_WORDS <<<"${1//[=:]/ & }"
    [[ $1 != *' ' ]] || COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    compopt() { :; }  # only within a real completion
    _claviger claviger "${COMP_WORDS[COMP_CWORD]}" ''
    printf '%s\n' "${COMPREPLY[@]}"
}
ask "$2"
"""


STAND_IN = """#!/bin/sh
case $1 in completion | __complete) exec "{program}" "$@" ;; esac
printf '%s\\n' "$@" >"{started}"
"""


class Completions(Home):
    def setUp(self):
        super().setUp()
        tools = self.home / "tools"
        tools.mkdir()
        self.program = tools / "claviger"
        self.program.symlink_to(PROGRAM)
        other = tools / "fish_or_other"
        other.write_text("#!/bin/sh\n")
        other.chmod(0o755)
        self.environment["PATH"] = f"{tools}:/usr/bin:/bin"
        self.write("notes.env", "A=1\n")
        (self.home / "folder").mkdir()

    def shell(self, *words):
        done = subprocess.run(words, capture_output=True, text=True, cwd=self.home, env=self.environment,
                              timeout=PATIENCE, check=False)
        self.assertEqual(done.stderr, "", words)
        return done.stdout

    def asked(self, *words):
        """What `__complete` offers, and how."""
        kind, *lines = self.ok("__complete", "--", *words).out.splitlines()
        return kind, [line.split("\t")[0] for line in lines]

    def test_bash_offers_what_can_be_typed_next(self):
        for typed, expected in QUESTIONS.items():
            with self.subTest(typed):
                offered = self.shell("bash", "--norc", "-c", BASH, "bash", "claviger", typed).split()
                self.assertEqual(sorted(set(offered)), [word.rstrip("/") for word in expected])

    def test_bash_completes_behind_an_equals_sign(self):
        offered = self.shell("bash", "--norc", "-c", BASH, "bash", "claviger", "claviger list --type=to").split()
        self.assertEqual(offered, ["token"])

    @unittest.skipUnless(shutil.which("fish"), "no fish")
    def test_fish_offers_what_can_be_typed_next(self):
        for typed, expected in {**QUESTIONS, "claviger list --type=to": ["--type=token"]}.items():
            with self.subTest(typed):
                said = self.shell(
                    "fish", "--no-config", "-c", 'claviger completion fish | source; complete -C "$argv[1]"', typed
                )
                self.assertEqual(sorted(line.split("\t")[0] for line in said.splitlines()), expected)

    def typed_with_tab(self, shell, options, setup, typed):
        """The words that the program is started with when TAB and Enter follow what was typed."""
        if pexpect is None:
            self.skipTest("pexpect is not there for this Python")
        started = self.home / "started"
        started.unlink(missing_ok=True)
        self.program.unlink()
        self.program.write_text(STAND_IN.format(program=PROGRAM, started=started))
        self.program.chmod(0o755)
        child = pexpect.spawn(shell, options, env={**self.environment, "TERM": "xterm"}, cwd=str(self.home),
                              timeout=30, encoding="utf-8", dimensions=(40, 160))
        self.addCleanup(child.close, force=True)
        for line in setup:
            child.sendline(line)
        child.sendline("echo rea''dy")
        child.expect("[\r\n]ready\r")
        child.sendline(typed + "\t")
        child.sendline("exit")
        child.expect(pexpect.EOF)
        return started.read_text().splitlines()

    def test_bash_completes_a_line_at_a_terminal(self):
        setup = ["source <(claviger completion bash)"]
        words = self.typed_with_tab("bash", ["--norc", "--noprofile", "-i"], setup, "claviger models auth paste-a")
        self.assertEqual(words, ["models", "auth", "paste-api-key"])

    @unittest.skipUnless(shutil.which("zsh"), "no zsh")
    def test_zsh_completes_a_line_at_a_terminal(self):
        setup = ["autoload -Uz compinit; compinit -u -D", "source <(claviger completion zsh)"]
        for typed, expected in {
            "claviger models auth paste-a": ["models", "auth", "paste-api-key"],
            "claviger list --type to": ["list", "--type", "token"],
            "claviger list --type=to": ["list", "--type=token"],
            "claviger import notes": ["import", "notes.env"],
        }.items():
            with self.subTest(typed):
                self.assertEqual(self.typed_with_tab("zsh", ["-f", "-i"], setup, typed), expected)

    def test_no_shell_finds_a_fault_in_its_script(self):
        for shell in ("bash", "zsh", "fish"):
            if not shutil.which(shell):
                continue
            script = self.write(f"script.{shell}", self.ok("completion", shell).out)
            self.assertEqual(self.shell(shell, "-n", script), "")

    def test_completing_opens_no_vault_and_asks_nothing(self):
        self.vault.parent.mkdir(parents=True)
        self.vault.write_text("not a vault")
        self.assert_untouched(self.vault, lambda: self.asked("get", ""))
        self.assertEqual(self.asked("get", ""), ("words", []))
        self.assertEqual(self.asked("--key-file", "/nowhere", "list", "--type", ""),
                         ("words", ["api_key", "token", "oauth"]))

    def test_half_a_line_is_never_an_error(self):
        for words in (["--nonsense", ""], ["list", "--nonsense=", ""], ["--", "--", ""], ["\x1b[", ""], ["order", "x"]):
            self.asked(*words)

    def test_every_value_that_a_command_declares_is_known_to_the_completions(self):
        """A new name of a value is either completed or put among those that cannot be."""
        unknown = set()
        for command in self.visible_commands():
            text = self.ok("help", *command.split()).out
            for line in re.findall(r"^  (--[a-z-]+ \S+)", text, re.M):
                unknown.add(line.split()[1])
        offered = {value for value in unknown if value in VALUES}
        choices = {"F", "R", "RULE", "TYPE", "WHAT"}
        self.assertIn("FILE", offered)
        self.assertEqual(unknown - set(VALUES) - FREE - choices, set())

    def visible_commands(self):
        names, queue = [], [()]
        while queue:
            words = queue.pop()
            _, offered = self.asked(*words, "")
            for word in offered if len(words) < 4 else ():
                below = self.run_it("help", *words, word)
                if below.out.startswith("claviger " + " ".join((*words, word)) + " - "):
                    names.append(" ".join((*words, word)))
                elif below.code == 0 and "COMMAND [arguments]" in below.out:
                    queue.append((*words, word))
        self.assertGreater(len(names), 40)
        return names


if __name__ == "__main__":
    unittest.main()
