# SPDX-License-Identifier: Apache-2.0
"""From an empty home to a wired OpenClaw, broken in five ways, and well again: a person at a terminal who types nothing
but what the program itself suggested.

`Person.type` refuses a command that the program has not printed. What is filled in is what a placeholder asks for (FILE,
ID) and what a question asks for. The hands of the person do the rest: keep the recovery code, make room on a disk.
CLAVIGER_TRANSCRIPT names a file that gets the whole transcript.
"""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import unittest
from pathlib import Path

try:
    import pexpect
except ImportError:
    print("skipped: pexpect is not there for this Python")
    sys.exit(77)

from support import Home, PATIENCE, PROGRAM

STANDIN = Path(__file__).resolve().parent / "openclaw_standin.py"
KEY, TOKEN, RENEWED = "sk-test-five-0123456789", "sk-ant-test-five-9876543210", "sk-ant-test-five-renewed-01"
CODE = re.compile(r"(?:[0-9A-Z]{4}-){13}[0-9A-Z]{4}")
COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
COMMANDS = (  # a suggestion stands in backquotes, or at the end of a line behind hint:, fix:, Next:, -> or a colon
    re.compile(r"`([^`]+)`"),
    re.compile(r"(?:^hint: |^fix: |^Next: |-> |: )((?:claviger|openclaw) [^\n`]*)$", re.M),
    re.compile(r"^  (claviger \S+(?: \S+)*)  ", re.M),
)
PLACEHOLDER = re.compile(r"\b[A-Z]{2,}\b")


class Person(Home):
    def setUp(self):
        super().setUp()
        (self.home / "bin").mkdir()
        program = self.home / "bin/claviger"
        shutil.copyfile(PROGRAM, program)
        program.chmod(0o755)
        openclaw = self.home / "bin/openclaw"
        openclaw.write_text(f'#!/bin/sh\nexec {sys.executable} {STANDIN} "$@"\n')
        openclaw.chmod(0o755)
        self.openclaw = self.home / ".openclaw"
        self.environment |= {
            "PATH": f"{self.home}/bin:{os.environ.get('PATH', '/usr/bin:/bin')}",
            "TERM": "xterm",
            "OPENCLAW_STATE_DIR": str(self.openclaw),
        }
        self.transcript = self.screen = self.code = ""
        self.suggested = {"claviger"}  # all that a person knows who has just installed it
        self.around = []
        self.addCleanup(self.keep_transcript)

    def keep_transcript(self):
        if path := os.environ.get("CLAVIGER_TRANSCRIPT"):
            with open(path, "a") as file:
                file.write(f"== {self.id()}\n{self.transcript}\n")

    def listen(self):
        """What the last screen suggests. The terminal is wide: a wrapped command is typed as it was meant."""
        text = COLOURS.sub("", self.screen).replace("\r\n", "\n")
        self.suggested |= {" ".join(found.split()) for pattern in COMMANDS for found in pattern.findall(text)}

    def type(self, command, code=0, fill=None, **answers):
        """Types a command that was suggested, FILE and the like filled in; answers questions by their words."""
        self.assertIn(command, self.suggested, f"nobody suggested it; the last screen was:\n{self.screen}")
        for name, value in (fill or {}).items():
            self.assertRegex(command, rf"\b{name}\b")
            command = re.sub(rf"\b{name}\b", str(value), command)
        self.assertIsNone(PLACEHOLDER.search(re.sub(r"'[^']*'|/\S+", "", command)), command)
        self.run_typed(command, answers)
        self.assertEqual(self.exit, code, f"{command}:\n{self.screen}")

    def run_typed(self, command, answers):
        words = [*self.around, "bash", "-c", command]
        child = pexpect.spawn(words[0], words[1:], env=self.environment, cwd=str(self.home), timeout=30,
                              encoding="utf-8", dimensions=(50, 400))
        child.delaybeforesend = None
        self.addCleanup(child.close, force=True)
        questions = {r"Press Return": self.keep_code, r"Type group (\d+) of the code": self.group}
        questions |= {re.escape(name.replace("_", " ")): answer for name, answer in answers.items()}
        self.screen = ""
        while (number := child.expect([pexpect.EOF, *questions])) > 0:
            self.screen += child.before + child.after
            answer = list(questions.values())[number - 1]
            child.sendline(answer(child.match) if callable(answer) else answer)
        self.screen += child.before
        child.wait()
        self.exit = child.exitstatus
        self.transcript += f"$ {command}\n{COLOURS.sub('', self.screen)}"
        self.assertNotIn(KEY, self.screen)
        self.listen()

    def keep_code(self, _):
        """On paper, before the screen is cleared of it."""
        self.code = CODE.search(self.screen).group()
        return ""

    def group(self, asked):
        return self.code.split("-")[int(asked[1]) - 1]

    # The way in
    def move_in(self):
        self.put_openclaw()
        self.type("claviger")
        self.type("claviger onboard", return_takes_what_is_ticked="", now="n")
        self.type("claviger openclaw wire --apply")
        self.backup = self.home / "vault-copy.db"
        self.type("claviger backup FILE", fill={"FILE": self.backup})
        self.assert_well()

    def put_openclaw(self):
        folder = self.openclaw / "agents/main/agent"
        folder.mkdir(parents=True)
        self.openclaw.chmod(0o700)
        (self.openclaw / "openclaw.json").write_text("{}")
        profiles = {
            "openai:work": {"type": "api_key", "provider": "openai", "key": KEY},
            "anthropic:me": {"type": "token", "provider": "anthropic", "token": TOKEN, "expires": 4102444800000},
        }
        self.store = folder / "auth-profiles.json"
        self.store.write_text(json.dumps({"version": 1, "profiles": profiles}))
        self.store.chmod(0o600)

    def answer_of_the_provider(self):
        """What OpenClaw gets when it runs the block that stands in its configuration."""
        config = json.loads((self.openclaw / "openclaw.json").read_text())
        block = config["secrets"]["providers"]["claviger"]
        profiles = json.loads(self.store.read_text())["profiles"].values()
        ids = [profile.get("keyRef", profile.get("tokenRef"))["id"] for profile in profiles]
        passed = {name: self.environment[name] for name in block["passEnv"] if name in self.environment}
        done = subprocess.run([block["command"], *block["args"]], env=passed, capture_output=True, timeout=PATIENCE,
                              input=json.dumps({"protocolVersion": 1, "provider": "claviger", "ids": ids}).encode())
        return json.loads(done.stdout)

    def assert_well(self):
        """doctor and status are content, and OpenClaw gets both secrets; none stands in its files."""
        self.run_typed("claviger status --check", {})
        self.assertEqual(self.exit, 0, self.screen)
        self.run_typed("claviger doctor", {})
        self.assertEqual(self.exit, 0, self.screen)
        self.assertNotRegex(self.screen, r"(?m)^broken|^insecure|openclaw ")
        answer = self.answer_of_the_provider()
        self.assertEqual(sorted(answer["values"]), ["profile/anthropic:me", "profile/openai:work"], answer)
        for path in self.openclaw.rglob("*.json"):
            self.assertNotIn(KEY, path.read_text(), path)

    # Five ways to break it
    def test_a_home_with_openclaw_is_wired_by_what_is_suggested(self):
        self.move_in()
        self.assertEqual(self.answer_of_the_provider()["values"]["profile/openai:work"], KEY)

    def test_a_wrong_key_file_is_replaced_by_the_recovery_code(self):
        self.move_in()
        other = self.home / "other"
        self.ok("init", "--vault", other / "vault.db", "--key-file", other / "vault.key", "--no-recovery")
        shutil.copyfile(other / "vault.key", self.key)
        self.run_typed("claviger status", {})
        self.assertEqual(self.exit, 69, self.screen)
        making = f"claviger key add --with-recovery-code --new-key-file {self.key}"
        self.type(f"mv -n {self.key} {self.key}.other && {making}", ecovery_code=self.code)
        self.assertTrue(self.key.with_name("vault.key.other").exists())
        self.assert_well()

    def test_a_lost_key_file_is_replaced_by_the_recovery_code(self):
        self.move_in()
        self.key.unlink()
        self.run_typed("claviger status", {})
        self.assertEqual(self.exit, 69, self.screen)
        self.type(f"claviger key add --with-recovery-code --new-key-file {self.key}", ecovery_code=self.code)
        self.assert_well()

    def test_an_expired_token_is_renewed(self):
        self.move_in()
        self.run_typed("claviger edit anthropic:me --expires-at 2026-01-01", {})
        self.type("claviger openclaw wire --apply --reload")
        self.run_typed("claviger status", {})
        self.type("claviger add anthropic:me --type token --expires-in 365d --replace", Secret_for=RENEWED)
        self.type("claviger openclaw wire --apply --reload")
        self.assert_well()
        self.assertEqual(self.answer_of_the_provider()["values"]["profile/anthropic:me"], RENEWED)

    def test_a_full_disk_is_named_and_the_same_command_works_with_room(self):
        self.move_in()
        ballast = self.fill_the_disk()
        spare = self.write("spare", "sk-test-five-spare-0123456789")
        command = f"claviger add groq:spare --type api_key --from-file {spare}"
        self.run_typed(command, {})
        self.assertEqual(self.exit, 74, self.screen)
        self.type("df -h")
        self.assertRegex(self.screen, r"100% \S+/share/claviger")
        self.run_typed(f"rm {ballast}", {})
        self.run_typed(command, {})
        self.assertEqual(self.exit, 0, self.screen)
        self.run_typed("claviger status --check", {})
        self.assertEqual(self.exit, 0, self.screen)

    def fill_the_disk(self):
        """The vault's folder on a small disk of its own, in a mount namespace that lives as long as the test."""
        folder = self.vault.parent
        holder = subprocess.Popen(["unshare", "-rm", "sh", "-c", "echo; exec sleep 600"], stdout=subprocess.PIPE)
        self.addCleanup(lambda: (holder.kill(), holder.wait(), holder.stdout.close()))
        holder.stdout.readline()
        self.around = ["nsenter", "-t", str(holder.pid), "-U", "-m", "--preserve-credentials"]
        ballast = folder / "ballast"
        script = (
            f"cp -a {folder} {self.home}/aside && mount -t tmpfs -o size=256k,mode=700 none {folder}"
            f" && cp -a {self.home}/aside/. {folder}/ && rm -r {self.home}/aside"
            f" && {{ cat /dev/zero > {ballast} 2>/dev/null; true; }}"
        )
        done = subprocess.run([*self.around, "sh", "-c", script], capture_output=True)
        if done.returncode != 0:
            self.skipTest(f"no file system can be mounted here: {done.stderr.decode().strip()}")
        return ballast

    def test_a_damaged_record_is_given_up_and_put_back(self):
        self.move_in()
        self.damage_one_record()
        self.run_typed("claviger status", {})
        self.assertEqual(self.exit, 72, self.screen)
        self.type("claviger verify --deep", code=72)
        self.type("claviger repair", to_go_on="repair")
        self.run_typed("claviger doctor", {})
        self.assertEqual(self.exit, 72, self.screen)
        self.type("claviger add openai:work --type api_key", Secret_for=KEY)
        self.assert_well()

    def damage_one_record(self):
        database = sqlite3.connect(self.vault)
        with database:
            (sheet,) = database.execute("SELECT sealed_sheet FROM record WHERE rowid = 1").fetchone()
            changed = sheet[:-1] + bytes([sheet[-1] ^ 1])
            database.execute("UPDATE record SET sealed_sheet = ? WHERE rowid = 1", (changed,))
        database.close()

    def test_a_vault_that_is_gone_comes_back_from_its_backup(self):
        self.move_in()
        self.vault.unlink()
        for command, code in (("claviger status", 67), ("claviger onboard --yes", 0), ("claviger doctor", 67)):
            self.suggested.clear()
            self.run_typed(command, {})
            self.assertEqual(self.exit, code, self.screen)
            self.assertIn("claviger restore FILE", self.suggested, self.screen)
        self.type("claviger restore FILE", fill={"FILE": self.backup})
        self.assert_well()

    def test_nothing_is_typed_that_was_not_suggested(self):
        with self.assertRaisesRegex(AssertionError, "nobody suggested it"):
            self.type("claviger doctor")


if __name__ == "__main__":
    unittest.main()
