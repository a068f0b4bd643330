# SPDX-License-Identifier: Apache-2.0
"""Runs what the README shows. Every `$` line of its console blocks is run, block after block in one empty home, from
the top of the tree; what it prints must be what the README says, times and what is drawn at random aside.

CLAVIGER_UPDATE_README=1 writes the real output into the README: read the diff.
"""
import os
import re
import subprocess
import unittest

from support import Home, PATIENCE, PROGRAM, TOP

README = TOP / "README.md"
BLOCK = re.compile(r"(?s)```console\n(.*?)```\n")
PASSING = (  # what differs from run to run, and what stands for it
    (r"([0-9A-Z]{4}-){13}[0-9A-Z]{4}", "RECOVERY-CODE"),
    (r"\b\d{4}-\d\d-\d\d\b", "DATE"),
    (r"(\d+ \w+ ago|in \d+ \w+)", "WHEN"),
    (r"\b(?=[0-9a-f]*[0-9])[0-9a-f]{8}\b|\b[0-9a-f]{8}$", "FINGERPRINT"),
    (r" +", " "),
)


def commands_of(block):
    """[(command, what the README says it prints)] of one console block."""
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


class Readme(Home):
    def shell(self, command):
        environment = {**self.environment, "PATH": f"{os.path.dirname(PROGRAM)}:/usr/bin:/bin"}
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=TOP,
            env=environment,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
        )
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
        text = README.read_text()
        self.assertGreater(len(BLOCK.findall(text)), 2, "no console blocks were found")
        written = BLOCK.sub(self.run_block, text)
        if os.environ.get("CLAVIGER_UPDATE_README"):
            README.write_text(written)

    def test_links_to_files_that_are_there(self):
        for target in re.findall(r"\]\(([^)#:]+)\)", README.read_text()):
            self.assertTrue((TOP / target).exists(), target)

    def test_installs_into_an_empty_home(self):
        """The lines to paste, with the build replaced by what was built."""
        lines = re.search(r"(?s)```sh\n(.*?)```", README.read_text())[1]
        self.assertIn("$(scripts/build | tail -n 1)", lines)
        pasted = lines.replace("scripts/build", f"echo '{PROGRAM}'")
        done = subprocess.run(["bash", "-euc", pasted + "command -v claviger; claviger version >/dev/null"], cwd=TOP,
                              env=self.environment, text=True, capture_output=True, timeout=PATIENCE)
        self.assertEqual((done.stdout.split(), done.stderr), ([str(self.home / ".local/bin/claviger")], ""))

    def test_names_on_its_first_screen_what_people_look_for(self):
        first = "\n".join(README.read_text().splitlines()[:24])
        for name in ("Claude Code", "Codex", "git", "docker", "AWS SDKs", "Hermes", "pi", "OpenClaw",
                     "scripts/quickstart", "scripts/test"):
            self.assertRegex(first, rf"\b{name}\b")

    def test_stays_short(self):
        self.assertLessEqual(len(README.read_text().splitlines()), 150)


if __name__ == "__main__":
    unittest.main()
