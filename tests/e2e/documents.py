# SPDX-License-Identifier: Apache-2.0
"""Pages that show what the program says. Every `$` line of a page's console blocks is run, block after block in one
home; what it prints must be what the page says, times and what is drawn at random aside.

CLAVIGER_UPDATE_README=1 writes the real output into the page: read the diff.
"""
import os
import re
import subprocess

from support import PATIENCE

BLOCK = re.compile(r"(?s)```console\n(.*?)```\n")
PASSING = (  # what differs from run to run, and what stands for it
    (r"([0-9A-Z]{4}-){13}[0-9A-Z]{4}", "RECOVERY-CODE"),
    (r"\b\d{4}-\d\d-\d\d\b", "DATE"),
    (r"(\d+ \w+ ago|in \d+ \w+)", "WHEN"),
    (r"\b(?=[0-9a-f]*[0-9])[0-9a-f]{8}\b|\b[0-9a-f]{8}$", "FINGERPRINT"),
    (r" +", " "),
)


def commands_of(block):
    """[(command, what the page says it prints)] of one console block."""
    pairs = []
    for line in block.splitlines():
        if line.startswith("$ "):
            pairs.append((line[2:], []))
        else:
            pairs[-1][1].append(line)
    return pairs


def steady(lines):
    text = "\n".join(line.rstrip() for line in lines).strip()
    for pattern, stands_for in PASSING:
        text = re.sub(pattern, stands_for, text)
    return text


class Document:
    """Beside a Home: the page, how many console blocks it has at least, and where its commands are run."""

    page = None
    blocks = 1

    def place_of_commands(self):
        return self.home

    def may_fail(self, command):
        return False

    def shell(self, command):
        done = subprocess.run(
            ["bash", "-c", "umask 077; " + command],
            cwd=self.place_of_commands(),
            env=self.environment,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
        )
        if not self.may_fail(command):
            self.assertEqual(done.returncode, 0, f"{command}: {done.stdout}")
        return [line.replace(str(self.home), "/home/you") for line in done.stdout.splitlines()]

    def run_block(self, match):
        lines = ["```console"]
        for command, said in commands_of(match.group(1)):
            real = self.shell(command)
            if not os.environ.get("CLAVIGER_UPDATE_README"):
                with self.subTest(command):
                    self.assertEqual(steady(real), steady(said))
            lines += [f"$ {command}", *(line.rstrip() for line in real)]
        return "\n".join(lines) + "\n```\n"

    def test_shows_what_the_program_says(self):
        text = self.page.read_text()
        self.assertGreaterEqual(len(BLOCK.findall(text)), self.blocks, "no console blocks were found")
        written = BLOCK.sub(self.run_block, text)
        if os.environ.get("CLAVIGER_UPDATE_README"):
            self.page.write_text(written)
        self.judge_the_end()

    def judge_the_end(self):
        pass

    def test_links_to_files_that_are_there(self):
        for target in re.findall(r"\]\(([^)#:]+)\)", self.page.read_text()):
            self.assertTrue((self.page.parent / target).exists(), target)
