# SPDX-License-Identifier: Apache-2.0
"""The wizard at a terminal: ticks, questions, what a cancelled run says, and the steps that follow an import."""
import json
import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

try:
    import pexpect
except ImportError:
    print("skipped: pexpect is not there for this Python")
    sys.exit(77)

from onboard import KEYS, Host
from support import PATIENCE, PROGRAM

STANDIN = Path(__file__).resolve().parent / "openclaw_standin.py"
QUESTION = "return takes what is ticked:\r\n> "
CODE = re.compile(r"(?:[0-9A-Z]{4}-){13}[0-9A-Z]{4}")


class AtTerminal(Host):
    def setUp(self):
        super().setUp()
        # OpenClaw takes no program that others may write to.
        self.program = self.home / "bin/claviger"
        self.program.parent.mkdir()
        shutil.copyfile(PROGRAM, self.program)
        self.program.chmod(0o755)

    def command(self, *words):
        return [str(getattr(self, "program", PROGRAM)), *map(str, words)]

    def start(self, *words, columns=80, **more):
        command, *arguments = self.command("onboard", *words)
        env = {**self.environment, "TERM": "xterm", **more}
        self.child = pexpect.spawn(command, arguments, env=env, cwd=str(self.home), timeout=PATIENCE,
                                   encoding="utf-8", dimensions=(24, columns))
        self.child.delaybeforesend = None
        self.addCleanup(self.child.close, force=True)
        self.seen = ""

    def expect(self, text):
        self.child.expect_exact(text)
        self.seen += self.child.before + self.child.after

    def answer(self, question, line):
        self.expect(question)
        self.child.sendline(line)

    def confirm_code(self):
        self.expect("Press Return")
        code = CODE.search(self.seen).group()
        self.child.sendline("")
        self.child.expect(r"Type group (\d+) of the code")
        self.seen += self.child.before + self.child.after
        self.child.sendline(code.split("-")[int(self.child.match.group(1)) - 1])

    def finish(self):
        self.child.expect(pexpect.EOF)
        self.seen += self.child.before
        self.child.wait()
        return self.child.exitstatus

    def put_standin(self):
        """An `openclaw` in PATH."""
        script = self.home / "bin/openclaw"
        script.write_text(f'#!/bin/sh\nexec {sys.executable} {STANDIN} "$@"\n')
        script.chmod(0o755)
        self.environment["PATH"] = f"{self.home}/bin:/usr/bin:/bin"
        self.environment["STANDIN_LOG"] = str(self.home / "calls")


class Choosing(AtTerminal):
    def test_takes_everything_new_when_only_return_is_pressed(self):
        self.put_everything()
        self.start()
        self.answer(QUESTION, "")
        self.confirm_code()
        self.assertEqual(self.finish(), 0, self.seen)
        self.assertEqual(self.get("openai:work"), KEYS["openai:work"])
        self.assertIn("Next: claviger openclaw wire --apply", self.seen)

    def test_takes_what_is_ticked_and_nothing_else(self):
        self.put_openclaw(profiles={name: {"type": "api_key", "provider": "p", "key": f"sk-test-{name}"}
                                    for name in ("p:a", "p:b", "p:c", "p:d")})
        self.start("--no-recovery")
        self.answer(QUESTION, "none")
        self.answer(QUESTION, "1, 3-4")
        self.answer(QUESTION, "3")
        self.answer(QUESTION, "99")
        self.expect("Not a number of the table")
        self.answer(QUESTION, "")
        self.assertEqual(self.finish(), 0, self.seen)
        self.assertEqual(self.ids(), ["p:a", "p:d"])

    def test_replaces_another_value_only_when_its_number_is_typed(self):
        self.make_vault()
        self.add("openai:work", "sk-test-in-the-vault")
        self.put_openclaw()
        self.start()
        self.answer(QUESTION, "all")
        self.answer(QUESTION, "")
        self.assertEqual(self.finish(), 0, self.seen)
        self.assertEqual(self.get("openai:work"), "sk-test-in-the-vault")
        self.start()
        self.answer(QUESTION, "1")
        self.answer(QUESTION, "")
        self.assertEqual(self.finish(), 0, self.seen)
        self.assertEqual(self.get("openai:work"), KEYS["openai:work"])

    def test_makes_no_vault_when_nothing_is_ticked(self):
        self.put_openclaw()
        self.start()
        self.answer(QUESTION, "none")
        self.answer(QUESTION, "")
        self.assertEqual(self.finish(), 0, self.seen)
        self.assertIn("no vault was made", self.seen)
        self.assertFalse(self.vault.exists())
        self.assertFalse(self.key.exists())

    def test_says_that_nothing_was_written_when_it_is_cancelled_at_the_table(self):
        self.put_openclaw()
        self.start()
        self.expect(QUESTION)
        self.child.sendintr()
        self.assertEqual(self.finish(), 130, self.seen)
        self.assertIn("cancelled; nothing was written", " ".join(self.seen.split()))
        self.assertFalse(self.vault.exists())

    def test_says_what_was_written_when_it_is_cancelled_afterwards(self):
        self.put_openclaw()
        self.start()
        self.answer(QUESTION, "")
        self.expect("Press Return")
        self.child.sendintr()
        self.assertEqual(self.finish(), 130, self.seen)
        self.assertIn("the vault was made", " ".join(self.seen.split()))
        self.assertEqual(self.ids(), [])

    def test_fits_into_80_columns_without_colour_on_a_dumb_terminal(self):
        self.put_everything()
        self.start("--no-recovery", TERM="dumb", LANG="C")
        self.answer(QUESTION, "")
        self.assertEqual(self.finish(), 0, self.seen)
        self.assertNotIn("\x1b", self.seen)
        table = self.seen[: self.seen.index("Numbers (3")].splitlines()
        self.assertLessEqual(max(len(line) for line in table if "/" not in line), 80)
        self.assertTrue(self.seen.isascii())

    def test_asks_nothing_with_yes(self):
        self.put_everything()
        self.start("--yes")
        self.assertEqual(self.finish(), 0, self.seen)
        self.assertNotIn("[y/N]", self.seen)


class Following(AtTerminal):
    def test_wires_openclaw_when_it_is_wanted(self):
        self.put_standin()
        self.put(".openclaw/openclaw.json", "{}")
        store = self.put_openclaw()
        self.start("--no-recovery")
        self.answer(QUESTION, "")
        self.expect("1 secret can be replaced")
        self.answer("Wire it to this vault now? [y/N] ", "y")
        self.assertEqual(self.finish(), 0, self.seen)
        self.assertNotIn(KEYS["openai:work"], store.read_text())
        self.assertIn("keyRef", store.read_text())

    def test_is_quiet_to_the_last_word_when_told_so(self):
        self.put_standin()
        self.put(".openclaw/openclaw.json", "{}")
        self.put_openclaw()
        result = self.onboard("--wire", "--monitor", "--no-recovery", "--quiet")
        self.assertEqual(result.err, "")
        self.assertTrue((self.home / ".config/claviger/monitor.token").exists())

    def test_touches_nothing_of_openclaw_when_it_is_not_wanted(self):
        self.put_standin()
        self.put(".openclaw/openclaw.json", "{}")
        store = self.put_openclaw()
        self.start("--no-recovery")
        self.answer(QUESTION, "")
        self.answer("Wire it to this vault now? [y/N] ", "")
        self.assertEqual(self.finish(), 0, self.seen)
        self.assertIn("Next: claviger openclaw wire --apply", self.seen)
        self.assertIn(KEYS["openai:work"], store.read_text())

    def test_wires_without_a_question_when_told_so(self):
        self.put_standin()
        self.put(".openclaw/openclaw.json", "{}")
        store = self.put_openclaw()
        seen = json.loads(self.onboard("--wire", "--json", "--no-recovery").out)
        self.assertEqual(seen["wired"][0]["exitCode"], 0, seen)
        self.assertEqual(seen["wired"][0]["report"]["replaced"], ["openai:work"])
        self.assertEqual(seen["next"], ["claviger status"])
        self.assertIn("keyRef", store.read_text())
        again = self.onboarded("--wire")
        self.assertEqual(again["wired"], [])

    def test_ends_well_where_only_a_passphrase_unlocks_and_names_the_command_instead(self):
        self.put_standin()
        self.put(".openclaw/openclaw.json", "{}")
        self.put_openclaw()
        passphrase = self.write("passphrase", "correct horse\n").read_text().strip()
        self.start("--no-recovery", CLAVIGER_PASSPHRASE=passphrase)
        self.answer(QUESTION, "")
        self.assertEqual(self.finish(), 0, self.seen)
        self.assertNotIn("[y/N]", self.seen)
        self.assertIn("Next: claviger openclaw wire --apply", self.seen)

    def test_names_the_wiring_of_a_profile_of_openclaw_by_its_folder(self):
        self.put_openclaw(".openclaw-work")
        result = self.onboard("--no-recovery")
        self.assertIn(f"Next: claviger openclaw wire --apply --state-dir {self.home}/.openclaw-work", result.err)

    def test_tells_that_wiring_failed_and_keeps_what_was_taken(self):
        self.put_standin()
        self.environment["STANDIN"] = "refuse"
        self.put(".openclaw/openclaw.json", "{}")
        self.put_openclaw()
        result = self.run_it("onboard", "--yes", "--wire", "--no-recovery")
        self.assertEqual(result.code, 74, result)
        self.assertIn("Next: claviger openclaw wire --apply", result.err)
        self.assertEqual(self.get("openai:work"), KEYS["openai:work"])


class Monitoring(AtTerminal):
    def put_systemd(self, code=0):
        script = self.home / "bin/systemctl"
        script.write_text(f'#!/bin/sh\necho "$@" >> {self.home}/systemctl.log\nexit {code}\n')
        script.chmod(0o755)
        (self.home / "run/systemd").mkdir(parents=True)
        self.environment["PATH"] = f"{self.home}/bin:/usr/bin:/bin"
        self.environment["XDG_RUNTIME_DIR"] = str(self.home / "run")

    def test_sets_up_a_timer_when_it_is_wanted(self):
        self.put_systemd()
        self.put_claude()
        self.start("--no-recovery")
        self.answer(QUESTION, "")
        self.answer("what expires? [y/N] ", "yes")
        self.assertEqual(self.finish(), 0, self.seen)
        calls = (self.home / "systemctl.log").read_text().splitlines()
        self.assertEqual(calls, ["--user daemon-reload", "--user enable --now claviger-monitor.timer"])
        units = self.home / ".config/systemd/user"
        self.assertIn("LoadCredential", (units / "claviger-monitor.service").read_text())
        self.assertIn(str(self.program), (units / "claviger-monitor.service.d/host.conf").read_text())
        token = self.home / ".config/claviger/monitor.token"
        self.assertEqual(token.stat().st_mode & 0o777, 0o600)
        self.ok("status", "--token-file", token)

    def test_the_script_that_is_set_up_runs(self):
        self.put_systemd()
        self.put_claude(hours=500)
        self.onboard("--monitor", "--no-recovery")
        env = {**self.environment, "CLAVIGER_TOKEN_FILE": str(self.home / ".config/claviger/monitor.token")}
        done = subprocess.run([self.home / ".local/bin/claviger-monitor"], env=env, capture_output=True, check=False,
                              timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done)

    def test_does_nothing_twice(self):
        self.put_systemd()
        self.put_claude()
        self.assertEqual(self.onboarded("--monitor")["monitor"]["enabled"], True)
        self.assertEqual(self.onboarded("--monitor")["monitor"], {"enabled": True, "written": []})
        self.start()
        self.assertEqual(self.finish(), 0, self.seen)
        self.assertNotIn("systemd look", self.seen)

    def test_leaves_a_unit_alone_that_says_something_else(self):
        self.put_systemd()
        self.put_claude()
        mine = self.put(".config/systemd/user/claviger-monitor.timer", "[Timer]\nOnCalendar=daily\n")
        result = self.run_it("onboard", "--yes", "--monitor", "--no-recovery")
        self.assertEqual(result.code, 68, result)
        self.assertIn("OnCalendar=daily", mine.read_text())
        self.assertFalse((self.home / "systemctl.log").exists())

    def test_tells_that_systemd_refused(self):
        self.put_systemd(code=1)
        self.put_claude()
        result = self.run_it("onboard", "--yes", "--monitor", "--no-recovery")
        self.assertEqual(result.code, 74, result)
        self.assertIn("systemctl --user enable --now claviger-monitor.timer", result.err)

    def test_gives_the_line_for_cron_where_systemd_does_not_run(self):
        self.put_claude()
        result = self.onboard("--monitor", "--no-recovery")
        self.assertIn("*/30 * * * * CLAVIGER_TOKEN_FILE=", result.err)
        self.assertTrue(os.access(self.home / ".local/bin/claviger-monitor", os.X_OK))
        self.assertFalse((self.home / ".config/systemd").exists())


class Note(Host):
    def test_tells_agents_what_they_may_do_and_whom_to_ask(self):
        text = self.ok("openclaw", "note").out
        for words in ("claviger list", "claviger run -- ", "Never run `claviger get`", "claviger add PROVIDER:default"):
            self.assertIn(words, text)
        self.assertLessEqual(max(map(len, text.splitlines())), 82)
        self.assertFalse(self.vault.exists())

    def test_names_the_agent_that_was_asked_for(self):
        self.assertIn("`claviger list --agent work", self.ok("openclaw", "note", "--agent", "work").out.replace(
            "claviger --agent work list", "claviger list --agent work"))

    def test_is_one_object_with_json(self):
        seen = self.json("openclaw", "note")
        self.assertEqual(sorted(seen), ["schemaVersion", "text"])


if __name__ == "__main__":
    unittest.main()
