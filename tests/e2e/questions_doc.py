# SPDX-License-Identifier: Apache-2.0
"""Runs what docs/QUESTIONS.md shows, from top to bottom in one home with an OpenClaw and a project in it; what is
printed must be what the page says. CLAVIGER_UPDATE_README=1 writes the real output into the page: read the diff."""
import json
import os
import re
import subprocess
import unittest

import readme
from support import PATIENCE, TOP
from wire_standin import KEY, STANDIN, TOKEN, Wired

DOCUMENT = TOP / "docs/QUESTIONS.md"
PROJECT = "sk-test-project-0123456789"
PAGES = ("UNLOCKING.md", "OPENCLAW.md", "HOSTS.md")
QUESTIONS = (  # what people search for
    "move from .env", "auth-profiles.json", "exec provider must not be a symlink", "expired", "shown as ok",
    "systemd, launchd, Docker, Termux, cron", "lose the key", "malicious skill", "back it up",
)


class QuestionsDocument(Wired):
    def make_vault(self):
        pass  # the page does it

    def setUp(self):
        super().setUp()
        (self.home / "bin/openclaw").symlink_to(STANDIN)
        self.environment["PATH"] = f"{self.home}/bin:{os.environ.get('PATH', '/usr/bin:/bin')}"
        self.environment["OPENCLAW_STATE_DIR"] = str(self.openclaw)
        self.write_store({"openai:work": {"type": "api_key", "provider": "openai", "key": KEY}})
        (self.home / "project").mkdir()
        self.write("project/.env", f"OPENROUTER_API_KEY={PROJECT}\nLOG_LEVEL=debug\n")
        self.write("notes", f"to do: tell nobody about {PROJECT}\n")
        self.write("old-token", TOKEN)

    def shell(self, command):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.home,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
        )
        if "exit status" not in command and not command.startswith("grep -c"):
            self.assertEqual(done.returncode, 0, f"{command}: {done.stdout}")
        return [line.replace(str(self.home), "/home/you") for line in done.stdout.splitlines()]

    run_block = readme.Readme.run_block

    def test_shows_what_the_program_says(self):
        text = DOCUMENT.read_text()
        self.assertGreater(len(readme.BLOCK.findall(text)), 8)
        written = readme.BLOCK.sub(self.run_block, text)
        if os.environ.get("CLAVIGER_UPDATE_README"):
            DOCUMENT.write_text(written)
        self.assertNotIn(PROJECT, text)
        store = json.loads((self.agent_folder() / "auth-profiles.json").read_text())["profiles"]["openai:work"]
        self.assertNotIn("key", store)

    def test_answers_every_question_that_people_search_for(self):
        headings = re.findall(r"^## (.*)$", DOCUMENT.read_text(), re.M)
        for question in QUESTIONS:
            self.assertTrue(any(re.search(question, heading) for heading in headings), question)
        anchors = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
        self.assertEqual(re.findall(r"\]\(#([^)]+)\)", DOCUMENT.read_text()), anchors)

    def test_commands_and_flags_in_the_running_text_of_the_pages_exist(self):
        everywhere = self.ok("help").out + self.ok("help", "list").out
        for page in (DOCUMENT, TOP / "README.md", *(TOP / "docs" / name for name in PAGES)):
            for named in re.findall(r"`claviger ([^`]*)`", page.read_text()):
                words = re.match(r"(?:[a-z-]+(?: |$))*", named.partition(" --")[0]).group().split()
                known = [count for count in (3, 2, 1) if count <= len(words) and not self.unknown(words[:count])]
                with self.subTest(page.name, command=named):
                    if words:
                        self.assertTrue(known, "no such command")
                    told = everywhere + (self.ok("help", *words[: known[0]]).out if known else "")
                    for flag in re.findall(r"(?<!\S)--[a-z][a-z-]*", named.partition(" -- ")[0]):
                        self.assertIn(flag, told)

    def unknown(self, words):
        return self.run_it("help", *words).code != 0

    def test_links_to_files_that_are_there(self):
        for target in re.findall(r"\]\(([^)#:]+)\)", DOCUMENT.read_text()):
            self.assertTrue((DOCUMENT.parent / target).exists(), target)


if __name__ == "__main__":
    unittest.main()
