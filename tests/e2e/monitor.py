# SPDX-License-Identifier: Apache-2.0
"""claviger-monitor: when it tells, whom, how often, and what it never hands on. Also metrics, and the systemd units."""
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from support import Home, PROGRAM, Result, TOP

MONITOR = TOP / "packaging/monitor"


class Monitored(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.told = self.home / "told"
        self.memory = self.state / "monitor-state"
        self.notifier = self.program("notify", f'echo "args: $*" >> {self.told}; cat >> {self.told}\n')

    def program(self, name, body):
        path = self.write(name, "#!/bin/sh\n" + body)
        path.chmod(0o755)
        return path

    def monitor(self, environment=None):
        given = {
            "CLAVIGER_MONITOR_PROGRAM": PROGRAM,
            "CLAVIGER_MONITOR_NOTIFY": str(self.notifier),
            **(environment or {}),
        }
        given = {name: value for name, value in given.items() if value is not None}
        return Result(
            subprocess.run(
                [MONITOR / "claviger-monitor"],
                capture_output=True,
                cwd=self.home,
                check=False,
                stdin=subprocess.DEVNULL,
                env={**self.environment, **given},
                timeout=120,
            )
        )

    def messages(self):
        """The titles told since the last call."""
        text = self.told.read_text() if self.told.exists() else ""
        self.told.unlink(missing_ok=True)
        return re.findall(r"^Credentials .*$", text, re.M)

    def expiring(self):
        self.add("mistral:a", "test-token", "--expires-in", "1h", kind="token")


class Monitor(Monitored):
    def test_says_nothing_while_all_is_well(self):
        self.add("openai:a", "sk-test-a")
        result = self.monitor()
        self.assertEqual((result.code, result.out, result.err), (0, "", ""))
        self.assertEqual(self.messages(), [])

    def test_tells_once_an_interval_and_at_once_when_the_answer_changes(self):
        self.expiring()
        self.assertEqual([self.monitor().code for _ in range(3)], [2, 2, 2])
        self.assertEqual(self.messages(), ["Credentials are about to expire"])
        self.ok("edit", "mistral:a", "--expires-at", "2020-01-01")
        self.assertEqual([self.monitor().code for _ in range(2)], [1, 1])
        self.assertEqual(self.messages(), ["Credentials have expired or are missing"])
        code, at = self.memory.read_text().split()
        self.memory.write_text(f"{code} {int(at) - 3600}\n")
        self.assertEqual(self.monitor().code, 1)
        self.assertEqual(self.messages(), ["Credentials have expired or are missing"])
        self.ok("edit", "mistral:a", "--expires-in", "365d")
        self.assertEqual([self.monitor().code for _ in range(2)], [0, 0])
        self.assertEqual(self.messages(), ["Credentials are fine again"])

    def test_hands_the_report_over_on_standard_input(self):
        self.expiring()
        self.monitor()
        told = self.told.read_text()
        self.assertTrue(told.startswith("args: \nCredentials are about to expire\n\n"), told)
        self.assertIn("mistral:a", told)
        self.assertNotIn("test-token", told)

    def test_never_evaluates_what_a_profile_is_called(self):
        trap = self.home / "trapped"
        for name in (f"$(touch {trap})", f"`touch {trap}`", f"'; touch {trap}; '", f"\n\ntouch {trap}\n", "%n%s", "-n"):
            self.bring(name, 1)
        self.assertEqual(self.monitor().code, 2)
        self.assertFalse(trap.exists())
        self.assertIn("$(touch", self.told.read_text())

    def test_keeps_its_keys_from_the_notify_command(self):
        self.expiring()
        seen = self.home / "seen"
        notifier = self.program("spy", f"cat > /dev/null; env > {seen}\n")
        self.monitor(
            {
                "CLAVIGER_MONITOR_NOTIFY": str(notifier),
                "CLAVIGER_KEY_FILE": str(self.key),
                "CREDENTIALS_DIRECTORY": "/nowhere",
            }
        )
        self.assertNotRegex(seen.read_text(), r"(?m)^(CLAVIGER_|CREDENTIALS_DIRECTORY)")

    def test_passes_arguments_of_the_notify_command_unexpanded(self):
        self.expiring()
        self.monitor({"CLAVIGER_MONITOR_NOTIFY": f"{self.notifier} --to * $HOME"})
        self.assertIn("args: --to * $HOME\n", self.told.read_text())

    def test_tries_again_when_the_notify_command_has_failed(self):
        self.expiring()
        broken = self.program("broken", "exit 1\n")
        result = self.monitor({"CLAVIGER_MONITOR_NOTIFY": str(broken)})
        self.assertEqual(result.code, 2)
        self.assertIn("will try again", result.err)
        self.assertFalse(self.memory.exists())
        self.monitor()
        self.assertEqual(len(self.messages()), 1)

    def test_prints_what_nobody_is_told(self):
        self.expiring()
        result = self.monitor({"CLAVIGER_MONITOR_NOTIFY": None})
        self.assertTrue(result.out.startswith("Credentials are about to expire\n\n"))
        self.assertEqual(self.monitor({"CLAVIGER_MONITOR_NOTIFY": None}).out, "")

    def test_reads_its_configuration_and_executes_none_of_it(self):
        self.expiring()
        trap = self.home / "trapped"
        folder = self.home / ".config/claviger"
        (folder / "monitor.conf").write_text(
            f"# how early\nwarn-within = 30m\nnotify = {self.notifier} $(touch {trap})\ninterval=60\n"
        )
        self.assertEqual(self.monitor({"CLAVIGER_MONITOR_NOTIFY": None}).code, 0)
        self.assertEqual(self.monitor({"CLAVIGER_MONITOR_NOTIFY": None, "CLAVIGER_MONITOR_WARN_WITHIN": "2h"}).code, 2)
        self.assertEqual(len(self.messages()), 1)
        self.assertFalse(trap.exists())
        for line in ("nonsense", "unknown = 1", "interval = soon"):
            (folder / "monitor.conf").write_text(line + "\n")
            self.assertEqual(self.monitor().code, 64, line)

    def test_tells_when_it_could_not_look(self):
        self.key.unlink()
        self.assertEqual(self.monitor().code, 69)
        self.vault.unlink()
        self.assertEqual(self.monitor().code, 67)
        self.assertEqual(self.messages(), ["Credentials could not be checked"] * 2)

    def test_survives_a_damaged_memory_and_a_clock_set_back(self):
        self.expiring()
        self.state.mkdir(parents=True, exist_ok=True)
        for memory in ("", "x y\n", "2 99999999999\n", "$(reboot) 1\n"):
            self.memory.write_text(memory)
            self.assertEqual(self.monitor().code, 2)
            self.assertEqual(len(self.messages()), 1, memory)

    def test_needs_no_more_than_an_agents_token(self):
        self.expiring()
        path = self.write("token", self.ok("agent", "token", "create", "main").out)
        self.key.unlink()
        self.assertEqual(self.monitor({"CLAVIGER_TOKEN_FILE": str(path)}).code, 2)
        folder = self.home / "credentials"
        folder.mkdir(mode=0o700)
        path.rename(folder / "claviger.token")
        self.assertEqual(self.monitor({"CREDENTIALS_DIRECTORY": str(folder)}).code, 2)

    def test_keeps_its_memory_private(self):
        self.expiring()
        self.monitor()
        self.assertEqual(self.memory.stat().st_mode & 0o777, 0o600)
        self.assertEqual([path.name for path in self.state.iterdir() if "monitor" in path.name], ["monitor-state"])


class WithOpenclaw(Monitored):
    """`openclaw = yes`, beside an OpenClaw that refers to the vault."""

    def setUp(self):
        super().setUp()
        self.add("mock:a", "sk-test-0123456789")
        self.agent = self.home / ".openclaw/agents/main/agent"
        self.agent.mkdir(parents=True)
        program = self.home / "bin/claviger"
        program.parent.mkdir()
        shutil.copyfile(PROGRAM, program)
        program.chmod(0o755)
        words = ["resolve", "--vault", str(self.vault), "--key-file", str(self.key), "--agent", "main"]
        block = {"source": "exec", "command": str(program), "args": words, "timeoutMs": 5000}
        config = {"secrets": {"providers": {"claviger": block}}}
        (self.home / ".openclaw/openclaw.json").write_text(json.dumps(config))
        self.refer()
        self.environment["CLAVIGER_MONITOR_OPENCLAW"] = "yes"

    def store(self, entry):
        profiles = {"mock:a": {"type": "api_key", "provider": "mock", **entry}}
        (self.agent / "auth-profiles.json").write_text(json.dumps({"version": 1, "profiles": profiles}))

    def refer(self):
        self.store({"keyRef": {"source": "exec", "provider": "claviger", "id": "profile/mock:a"}})

    def test_says_nothing_while_both_agree(self):
        self.assertEqual((self.monitor().code, self.messages()), (0, []))

    def test_tells_of_plaintext_that_was_put_back_when_asked_to(self):
        self.store({"key": "sk-test-0123456789"})
        self.assertEqual(self.monitor().code, 1)
        told = self.told.read_text()
        self.assertIn("OpenClaw does not agree with the vault\n\ninsecure", told)
        self.assertIn("mock:a", told)
        self.assertIn("claviger openclaw wire --apply", told)
        self.assertNotIn("recovery", told)
        self.assertNotIn("sk-test", told)
        self.refer()
        self.assertEqual(self.monitor().code, 0)
        self.assertEqual(self.monitor({"CLAVIGER_MONITOR_OPENCLAW": "no"}).code, 0)

    def test_looks_at_the_vault_alone_unless_asked(self):
        self.environment.pop("CLAVIGER_MONITOR_OPENCLAW")
        self.store({"key": "sk-test-0123456789"})
        self.assertEqual((self.monitor().code, self.messages()), (0, []))
        config = self.home / ".config/claviger/monitor.conf"
        config.write_text("openclaw = yes\n")
        self.assertEqual(self.monitor().code, 1)

    def test_tells_of_worse_credentials_first(self):
        self.store({"key": "sk-test-0123456789"})
        self.add("mistral:b", "test-token", "--expires-at", "2020-01-01", kind="token")
        self.assertEqual(self.monitor().code, 1)
        self.assertEqual(self.messages(), ["Credentials have expired or are missing"])


class Units(unittest.TestCase):
    @unittest.skipUnless(shutil.which("systemd-analyze"), "there is no systemd here")
    def test_systemd_understands_them(self):
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder, ".local/bin/claviger-monitor")
            program.parent.mkdir(parents=True)
            shutil.copy(MONITOR / "claviger-monitor", program)
            for name in ("claviger-monitor.service", "claviger-monitor.timer"):
                text = (
                    (MONITOR / name)
                    .read_text()
                    .replace("%h/", f"{folder}/")
                    .replace("Documentation=man:claviger(1)\n", "")
                )
                Path(folder, name).write_text(text)
            done = subprocess.run(
                ["systemd-analyze", "verify", "--user", *map(str, Path(folder).glob("claviger-*"))],
                capture_output=True,
                text=True,
                check=False,
                timeout=120,
                env={**os.environ, "HOME": folder, "XDG_RUNTIME_DIR": folder},
            )
        ours = [line for line in done.stderr.splitlines() if "claviger-monitor" in line]
        self.assertEqual(ours, [], done.stderr)

    @unittest.skipUnless(shutil.which("shellcheck"), "there is no shellcheck here")
    def test_shellcheck_has_nothing_to_say(self):
        scripts = ["claviger-monitor", "notify-desktop", "notify-ntfy", "termux-widget"]
        done = subprocess.run(
            ["shellcheck", "-s", "sh", *scripts], cwd=MONITOR, capture_output=True, text=True, check=False
        )
        self.assertEqual((done.returncode, done.stdout), (0, ""))


class Metrics(Home):
    LINE = re.compile(
        r'claviger_[a-z_]+(\{[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z_]+="(?:[^"\\\n]|\\["\\n])*")*\})? -?\d+(\.\d+)?'
    )

    def setUp(self):
        super().setUp()
        self.make_vault()

    def metrics(self, *more, code=0):
        result = self.run_it("status", "--format", "prometheus", *more)
        self.assertEqual(result.code, code, result)
        return result.out

    def test_tells_what_status_tells(self):
        self.add("openai:a", "sk-test-a")
        self.add("mistral:b", "test-token", "--expires-at", "2020-01-01T00:00:00.500Z", kind="token")
        text = self.metrics("--check", code=1)
        labels = 'agent="main",owner="main",provider="mistral",profile="mistral:b",type="token"'
        self.assertIn(f"claviger_profile_expiry_timestamp_seconds{{{labels}}} 1577836800.500\n", text)
        self.assertIn(f'claviger_profile_status{{{labels},status="expired"}} 1\n', text)
        self.assertIn(f'claviger_profile_status{{{labels},status="ok"}} 0\n', text)
        self.assertIn('claviger_profiles{agent="main",status="static"} 1\n', text)
        self.assertIn("claviger_check_exit_code 1\n", text)
        self.assertNotIn("sk-test-a", text)

    def test_is_well_formed_whatever_profiles_are_called(self):
        for name in ('quo"te', "back\\slash", "new\nline", "esc\x1b[31m", "ü✓", "{}", "\u202ertl"):
            self.bring(name, 9 * 24)
        text = self.metrics()
        samples = [line for line in text.splitlines() if not line.startswith("#")]
        for line in samples:
            self.assertRegex(line, self.LINE)
            self.assertTrue(self.LINE.fullmatch(line), line)
        self.assertEqual(len(samples), len(set(line.rsplit(" ", 1)[0] for line in samples)))
        self.assertIn('profile="quo\\"te"', text)
        self.assertIn('profile="back\\\\slash"', text)
        self.assertNotIn("\x1b", text)

    def test_groups_each_metric_under_its_own_heading(self):
        self.add("openai:a", "sk-test-a")
        current, seen = None, set()
        for line in self.metrics("--all-agents").splitlines():
            if line.startswith("# HELP "):
                current = line.split()[2]
                self.assertNotIn(current, seen)
                seen.add(current)
            else:
                self.assertTrue(re.match(rf"(# TYPE )?{current}[ {{]", line), line)

    def test_counts_every_agent_within_reach(self):
        self.ok("agent", "add", "work")
        self.add("openai:a", "sk-test-a")
        text = self.metrics("--all-agents")
        self.assertIn('claviger_profiles{agent="work",status="static"} 1\n', text)
        self.assertIn('agent="work",owner="main",provider="openai"', text)

    def test_chooses_one_format(self):
        self.add("openai:a", "sk-test-a")
        as_json = self.ok("status", "--format", "json").out
        self.assertIn('"schemaVersion"', as_json)
        self.assertEqual(self.ok("status", "--format", "table").out, self.ok("status").out)
        self.fails(64, "status", "--json", "--format", "prometheus")
        self.fails(64, "status", "--format", "xml")


if __name__ == "__main__":
    unittest.main()
