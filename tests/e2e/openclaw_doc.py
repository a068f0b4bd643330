# SPDX-License-Identifier: Apache-2.0
"""Runs what docs/OPENCLAW.md shows, block after block in one home with an OpenClaw in it, beside a stand-in for the
openclaw command: every command must end well, and do what the text around it says. Other commands must exist."""
import json
import os
import re
import subprocess
import unittest

from documents import BLOCK, commands_of
from support import TOP
from wire_standin import KEY, STANDIN, TOKEN, Wired

DOCUMENT = TOP / "docs" / "OPENCLAW.md"
TELEGRAM = "100200300:test-telegram-0123456789"
ROTATED = "100200300:test-rotated-0123456789"
GATEWAY = "test-gateway-0123456789"
SECOND = "sk-test-second-0123456789"


class OpenclawDocument(Wired):
    def make_vault(self):
        pass  # the document does it

    def setUp(self):
        super().setUp()
        (self.home / "bin" / "openclaw").symlink_to(STANDIN)
        self.environment["PATH"] = f"{self.home}/bin:{os.environ.get('PATH', '/usr/bin:/bin')}"
        self.environment["STANDIN_LOG"] = str(self.log)
        self.environment["OPENCLAW_STATE_DIR"] = str(self.openclaw)
        self.configure(
            {
                "gateway": {"mode": "local", "auth": {"mode": "token", "token": GATEWAY}},
                "channels": {"telegram": {"enabled": True, "botToken": TELEGRAM}},
            }
        )
        (self.openclaw / ".env").write_text(f"LOG_LEVEL=debug\nOLD_BOT={TELEGRAM}\n")
        (self.openclaw / "openclaw.json.bak").write_text(json.dumps({"old": KEY}))

    def run_block(self, block):
        for command, said in commands_of(block):
            done = self.shell(command)
            self.assertEqual(done.code, 0, f"{command}: {done}")
            if said:  # "..." stands for what comes before
                self.assertEqual(said.pop(0), "...")
                heard = done.err.replace(str(self.home), "/home/you")
                self.assertTrue(" ".join(heard.split()).endswith(" ".join(said)), f"{command}: {heard}")
            for secret in (KEY, TOKEN, TELEGRAM, ROTATED, GATEWAY):
                self.assertNotIn(secret, done.out + done.err)

    def shell(self, command):
        home, self.program = self.program, "bash"
        try:
            return self.run_it("-c", command)
        finally:
            self.program = home

    def test_its_commands_move_in_live_and_move_out(self):
        move_in, rotate, expire, compare, second, move_out = BLOCK.findall(DOCUMENT.read_text())
        self.run_block(move_in)
        for secret in (KEY, TOKEN, TELEGRAM, GATEWAY):
            self.assertEqual(self.holding(secret), [])
        self.assertEqual((self.openclaw / ".env").read_text(), "LOG_LEVEL=debug\n")
        self.assertNotIn("--key-file", (self.openclaw / "openclaw.json").read_text())
        self.write("new-token", ROTATED)
        self.run_block(rotate)
        self.assertEqual(self.arriving(["channels", "telegram", "botToken"]), ROTATED)
        self.run_block(expire)
        self.assertEqual(self.store()["tprov:me"]["expires"], 1924992000000)
        for command, _ in commands_of(compare):
            self.assertIn("secure", self.shell(command).out)
        self.write("second-key", SECOND)
        self.run_block(second)
        self.assertEqual(self.store()["mock:second"]["keyRef"]["id"], "profile/mock:second")
        self.run_block(move_out)
        config = json.loads((self.openclaw / "openclaw.json").read_text())
        self.assertEqual(config["channels"]["telegram"]["botToken"], ROTATED)
        self.assertEqual(config["gateway"]["auth"]["token"], GATEWAY)
        self.assertEqual((self.store()["mock:default"]["key"], self.store()["tprov:me"]["token"]), (KEY, TOKEN))
        self.assertEqual(config.get("secrets", {}).get("providers", {}), {})

    def arriving(self, segments):
        """What OpenClaw gets where this reference stands: its provider's command run as OpenClaw runs it."""
        ref = config = json.loads((self.openclaw / "openclaw.json").read_text())
        for name in segments:
            ref = ref[name]
        block = config["secrets"]["providers"][ref["provider"]]
        request = {"protocolVersion": 1, "provider": ref["provider"], "ids": [ref["id"]]}
        passed = {name: self.environment[name] for name in block["passEnv"] if name in self.environment}
        done = subprocess.run(
            [block["command"], *block["args"]], input=json.dumps(request).encode(), env=passed, capture_output=True
        )
        return json.loads(done.stdout)["values"][ref["id"]]

    def test_every_command_and_flag_it_names_exists(self):
        named = re.findall(r"claviger ((?:[a-z]+ ?){1,3})([^`\n|]*)", DOCUMENT.read_text())
        self.assertGreater(len(named), 8)
        for words, rest in named:
            words = words.split()
            known = [n for n in (3, 2, 1) if n <= len(words) and self.run_it("help", *words[:n]).code == 0]
            self.assertTrue(known, f"no command: {words}")
            told = self.ok("help", *words[: known[0]]).out + self.ok("help").out
            for flag in re.findall(r"(?<!\S)--[a-z-]+", rest):
                self.assertIn(flag, told, f"{words} has no {flag}")

    def test_stays_short(self):
        self.assertLessEqual(len(DOCUMENT.read_text().splitlines()), 160)


if __name__ == "__main__":
    unittest.main()
