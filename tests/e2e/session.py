# SPDX-License-Identifier: Apache-2.0
"""The session that the README shows: recorded at a pseudo-terminal, with the real program and a sample home, and drawn
as docs/session.svg. What is drawn at random, and dates, are replaced by as many characters.

CLAVIGER_UPDATE_SESSION=1 writes the picture anew: look at it.
"""
import os
import re
import shutil
import sys
import tempfile
import unittest
from pathlib import Path
from xml.etree import ElementTree

try:
    import pexpect
except ImportError:
    print("skipped: pexpect is not there for this Python")
    sys.exit(77)

from onboard import Host, now_ms
from support import PROGRAM, TOP
from terminal_picture import Screen, svg

PICTURE = TOP / "docs/session.svg"
COLUMNS = 96
DAY = 86_400_000
CODE = re.compile(r"(?:[0-9A-Z]{4}-){13}[0-9A-Z]{4}")
SHOWN_CODE = "-".join(["7KQ2", "M4XD", "0V9T", "H6PA", "C3WE", "8RJN", "Y1FS", "5GZB"] * 2)[: 14 * 5 - 1]
SECRETS = ("sk-ant-test-session-1", "sk-test-session-2", "sk-ant-test-session-3", "test-groq-session")


class Session(Host):
    def setUp(self):
        super().setUp()
        # A path of one length, whatever TMPDIR says: long lines break at the same words everywhere.
        folder = tempfile.TemporaryDirectory(prefix="claviger-", dir="/tmp")
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name, "home")
        (self.home / "bin").mkdir(parents=True, mode=0o700)
        self.home.chmod(0o700)
        shutil.copyfile(PROGRAM, self.home / "bin/claviger")
        (self.home / "bin/claviger").chmod(0o755)
        (self.home / "bin/sh").symlink_to("/bin/sh")
        self.environment |= {"HOME": str(self.home), "PATH": str(self.home / "bin"), "TERM": "xterm-256color"}
        self.screen = Screen()

    def put_sample(self):
        half = DAY // 2
        profiles = {
            "anthropic:work": {"type": "token", "provider": "anthropic", "token": SECRETS[0],
                               "expires": now_ms() + 29 * DAY + half},
            "anthropic:default": {"type": "api_key", "provider": "anthropic", "key": SECRETS[2]},
            "openai:work": {"type": "api_key", "provider": "openai", "key": SECRETS[1]},
        }
        self.put_openclaw(profiles=profiles)
        self.put(".openclaw/.env", f"GROQ_API_KEY={SECRETS[3]}\n")
        self.put_claude(token="sk-ant-test-session-login", hours=5.5)

    def shell(self, line, answers=()):
        """One command as it is typed at a prompt, and all that the terminal shows then."""
        child = pexpect.spawn("/bin/sh", ["-c", line], env=self.environment, cwd=str(self.home), timeout=30,
                              encoding="utf-8", dimensions=(60, COLUMNS))
        child.delaybeforesend = None
        self.addCleanup(child.close, force=True)
        shown = f"\x1b[1m$ {line}\x1b[0m\r\n"
        for question, answer in answers:
            child.expect(question)
            shown += child.before + child.after
            child.sendline(answer(shown) if callable(answer) else answer)
        child.expect(pexpect.EOF)
        child.wait()
        self.assertEqual(child.exitstatus, 0, shown + child.before)
        self.screen.write(self.steady(shown + child.before) + "\r\n")

    @staticmethod
    def group_asked_for(shown):
        number = int(re.search(r"Type group (\d+) of the code", shown)[1])
        return CODE.search(shown).group().split("-")[number - 1]

    def steady(self, text):
        """The picture keeps what the screen is cleared of, with a code that is no vault's."""
        text = re.sub(r"\x1b\[[0-9;]*[HJ]", "", text)
        found = CODE.search(text)
        if found:
            for real, shown in zip(found.group().split("-"), SHOWN_CODE.split("-")):
                text = text.replace(real, shown)
        text = text.replace(str(self.home), "/home/you")
        text = re.sub(r"Type group \d+ (.*: )\w{4}", rf"Type group 9 \g<1>{SHOWN_CODE.split('-')[8]}", text)
        return re.sub(r"\b20\d\d-\d\d-\d\d\b", "2027-01-15", text)

    def record(self):
        self.put_sample()
        group = (r"Type group \d+ of the code", self.group_asked_for)
        self.shell("claviger onboard", [("return takes what is ticked:\r\n> ", ""), ("Press Return", ""), group])
        self.shell("claviger status")
        self.shell("claviger which anthropic")
        self.shell("claviger run -- sh -c 'echo \"OPENAI_API_KEY has ${#OPENAI_API_KEY} characters here\"'")

    def test_is_what_the_picture_shows(self):
        self.record()
        seen = self.screen.text()
        for secret in SECRETS:
            self.assertNotIn(secret, seen)
        for word in ("claviger onboard", "next: anthropic:", "WHY", "has 17 characters"):
            self.assertIn(word, seen)
        picture = svg(self.screen, COLUMNS, "claviger: onboard, status, which, run")
        ElementTree.fromstring(picture)
        if os.environ.get("CLAVIGER_UPDATE_SESSION"):
            PICTURE.write_text(picture)
        self.assertEqual(picture, PICTURE.read_text())


class Drawing(unittest.TestCase):
    def test_overwrites_and_erases_as_a_terminal_does(self):
        screen = Screen()
        screen.write("working 10 %\rdone\x1b[K\r\nnext\x1b[2D")
        self.assertEqual(screen.text(), "done\nnext")

    def test_draws_letters_that_mean_something_to_xml(self):
        screen = Screen()
        screen.write("\x1b[1m<a> & 'b'\x1b[0m \x1b[2mdim\x1b[0m \x1b[31mred\x1b[0m")
        texts = list(ElementTree.fromstring(svg(screen, 40, "t")).iter("{http://www.w3.org/2000/svg}text"))
        self.assertEqual([text.text for text in texts], ["<a> & 'b'", "dim", "red"])
        self.assertEqual([texts[0].get("font-weight"), texts[1].get("opacity")], ["bold", "0.6"])
        self.assertNotEqual(texts[2].get("fill"), None)


if __name__ == "__main__":
    unittest.main()
