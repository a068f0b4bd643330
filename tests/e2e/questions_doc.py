# SPDX-License-Identifier: Apache-2.0
"""Runs what docs/QUESTIONS.md shows, from top to bottom in one home with an OpenClaw and a project in it."""
import json
import os
import re
import unittest

from documents import Document
from support import TOP
from wire_standin import KEY, STANDIN, TOKEN, Wired

DOCUMENT = TOP / "docs/QUESTIONS.md"
PROJECT = "sk-test-project-0123456789"
PAGES = ("UNLOCKING.md", "OPENCLAW.md", "HOSTS.md")
QUESTIONS = (  # what people search for
    "move from .env", "auth-profiles.json", "exec provider must not be a symlink", "expired", "shown as ok",
    "systemd, launchd, Docker, Termux, cron", "lose the key", "malicious skill", "back it up",
)


class QuestionsDocument(Document, Wired):
    page, blocks = DOCUMENT, 9

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

    def may_fail(self, command):
        return "exit status" in command or command.startswith("grep -c")

    def judge_the_end(self):
        self.assertNotIn(PROJECT, DOCUMENT.read_text())
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


if __name__ == "__main__":
    unittest.main()
