# SPDX-License-Identifier: Apache-2.0
"""run --mask and --clean: what of the vault's secrets can be seen in the program's output (E10), what else is changed
in it (E11), and that everything else is as without us: terminal, keys, signals, status."""
import base64
import json
import signal
import subprocess
import sys
import time
import unittest
import urllib.parse

try:
    import pexpect
except ImportError:
    print("skipped: pexpect is not there for this Python")
    sys.exit(77)

from support import PATIENCE, PROGRAM, Home

SECRET = "sk-ant-test-AbCd/1234+567=890"
PEM = "-----BEGIN PRIVATE KEY-----\n" + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n" * 2 + "-----END PRIVATE KEY-----"


class Masked(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("anthropic:work", SECRET)

    def masked(self, script, *more, **how):
        """What comes out of a Python program."""
        return self.ok("run", "--mask", "--", sys.executable, "-c", script, *more, **how)

    def start(self, *words, **more):
        child = pexpect.spawn(
            PROGRAM,
            ["run", "--mask", "--", *map(str, words)],
            env={**self.environment, "TERM": "xterm", **more},
            cwd=str(self.home),
            timeout=PATIENCE,
            encoding="utf-8",
            dimensions=(24, 80),
        )
        child.delaybeforesend = None
        self.addCleanup(child.close, force=True)
        return child

    def finish(self, child):
        child.expect(pexpect.EOF)
        child.wait()
        return child.before


class Output(Masked):
    # E10
    def test_shows_no_secret_in_any_form_on_either_stream(self):
        forms = [
            SECRET,
            json.dumps(SECRET),
            json.dumps(SECRET).replace("/", "\\/"),
            base64.b64encode(SECRET.encode()).decode(),
            base64.urlsafe_b64encode(b"user:" + SECRET.encode()).decode(),
            urllib.parse.quote(SECRET, safe=""),
        ]
        for form in forms:
            result = self.masked(f"import sys; print('a', {form!r}, 'b'); print('c', {form!r}, file=sys.stderr)")
            for text in (result.out, result.err):
                self.assertIn("[masked]", text, form)
                self.assertNotIn("1234", text, form)
                self.assertNotIn(form[4:-4], text)

    # E10
    def test_shows_no_secret_that_is_written_in_pieces(self):
        script = f"""
import os, time
for c in {SECRET!r}:
    os.write(1, c.encode())
    time.sleep(0.01)
os.write(1, b"|")
"""
        self.assertEqual(self.masked(script).out, "[masked]|")

    # E10
    def test_shows_no_line_of_a_key_in_pem_form(self):
        self.ok("add", "env/MY_PEM", "--stdin", stdin=PEM)
        out = self.masked("import os\nfor l in os.environ['MY_PEM'].splitlines(): print('>', l)").out
        self.assertNotIn("MIIEvQIBADANBg", out)

    def test_shows_no_secret_of_any_agent_that_the_key_opens(self):
        self.ok("agent", "add", "ops", "--isolated")
        self.add("openai:ops", "sk-test-of-ops-12345", "--agent", "ops")
        self.assertEqual(self.masked("print('sk-test-of-ops-12345')").out, "[masked]\n")

    # E11
    def test_leaves_every_other_byte_as_it_is(self):
        self.ok("add", "openai:short", "--type", "api_key", "--stdin", stdin="1234567")
        script = "import os; os.write(1, bytes(range(256)) * 1000 + b'1234567 sk-ant-test-'); os.write(2, b'\\xff\\0x')"
        done = subprocess.run(
            self.command("run", "--quiet", "--mask", "--", sys.executable, "-c", script),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
        self.assertEqual(done.stdout, bytes(range(256)) * 1000 + b"1234567 sk-ant-test-")
        self.assertEqual(done.stderr, b"\xff\0x")

    def test_passes_much_output_on_whole(self):
        size = 32 << 20
        script = f"import os\nfor _ in range({size >> 16}): os.write(1, b'0123456789abcdef' * 4096)"
        self.assertEqual(len(self.masked(script).out), size)

    def test_passes_on_at_once_what_is_no_beginning_of_a_secret(self):
        with subprocess.Popen(
            self.command("run", "--mask", "--", "/bin/sh", "-c", "printf 'Name: '; read x; echo got $x"),
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as process:
            self.assertEqual(process.stdout.read(6), b"Name: ")
            process.stdin.write(b"me\n")
            process.stdin.close()
            self.assertEqual(process.stdout.read(), b"got me\n")

    def test_ends_the_program_when_nobody_reads_any_more(self):
        with subprocess.Popen(
            self.command("run", "--mask", "--", "/usr/bin/yes"),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        ) as process:
            process.stdout.read(4)
            process.stdout.close()
            self.assertEqual(process.wait(PATIENCE), -signal.SIGPIPE)

    def test_goes_on_when_the_program_closes_its_output(self):
        script = "exec >&-; sleep 0.3; echo still here >&2; exit 3"
        result = self.run_it("run", "--mask", "--", "/bin/sh", "-c", script)
        self.assertEqual((result.code, result.out, result.err), (3, "", "still here\n"))

    def test_is_not_kept_waiting_by_what_the_program_leaves_behind(self):
        result = self.ok("run", "--mask", "--", "/bin/sh", "-c", "sleep 30 & echo done")
        self.assertEqual(result.out, "done\n")

    def test_names_a_secret_that_is_too_short_to_be_masked(self):
        self.add("openai:short", "1234567")
        self.assertIn("Not masked: 'openai:short'", self.masked("pass").err)


class Status(Masked):
    def test_is_the_programs_own(self):
        for code in (0, 1, 77, 255):
            self.assertEqual(self.run_it("run", "--mask", "--", "/bin/sh", "-c", f"exit {code}").code, code)
        for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGINT):
            script = f"kill -{number.value} $$"
            self.assertEqual(self.run_it("run", "--mask", "--", "/bin/sh", "-c", script).code, -number)

    def test_126_and_127_when_the_program_cannot_start(self):
        self.assertEqual(self.run_it("run", "--mask", "--", self.write("plain", "x")).code, 126)
        self.assertEqual(self.run_it("run", "--mask", "--", "no-such-program").code, 127)

    def test_signals_reach_the_program(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1):
            with subprocess.Popen(
                self.command("run", "--mask", "--", "/bin/sh", "-c", f"trap 'echo heard; exit 9' {number.value}\n"
                             "echo ready; while :; do sleep 0.05; done"),
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                start_new_session=True,
            ) as process:
                self.assertEqual(process.stdout.readline(), b"ready\n")
                process.send_signal(number)
                self.assertEqual((process.wait(PATIENCE), process.stdout.read()), (9, b"heard\n"), number)


class Terminal(Masked):
    def test_is_there_for_the_program_with_our_size(self):
        child = self.start("/bin/sh", "-c", "test -t 0 && test -t 1 && test -t 2 && stty size")
        self.assertIn("24 80", self.finish(child))
        self.assertEqual(child.exitstatus, 0)

    def test_follows_our_size(self):
        child = self.start("/bin/sh", "-c", "trap 'stty size' WINCH; echo ready; while :; do sleep 0.05; done")
        child.expect_exact("ready")
        child.setwinsize(33, 99)
        child.expect_exact("33 99")

    def test_shows_no_secret(self):
        child = self.start("/bin/sh", "-c", "echo $ANTHROPIC_API_KEY; echo $ANTHROPIC_API_KEY >&2")
        self.assertEqual(self.finish(child), "[masked]\r\n[masked]\r\n")

    def test_shows_at_once_what_is_typed(self):
        child = self.start("/bin/cat")
        child.send("s")  # may be the beginning of the secret
        child.expect_exact("s")
        child.send("ky\r")
        child.expect_exact("ky\r\nsky\r\n")
        child.sendeof()
        self.finish(child)
        self.assertEqual(child.exitstatus, 0)

    def test_ctrl_c_is_the_programs(self):
        child = self.start("/bin/sh", "-c", "trap 'echo heard; exit 7' INT; echo ready; while :; do sleep 0.05; done")
        child.expect_exact("ready")
        child.sendintr()
        child.expect_exact("heard")
        self.finish(child)
        self.assertEqual(child.exitstatus, 7)

    def test_ctrl_c_ends_a_program_as_it_would_without_us(self):
        child = self.start("/bin/sleep", "60")
        time.sleep(0.5)
        child.sendintr()
        self.finish(child)
        self.assertEqual(child.signalstatus, signal.SIGINT)

    def test_is_as_it_was_afterwards(self):
        script = f"stty -a > before; {PROGRAM} run --mask -- stty raw -echo; stty -a > after; echo over"
        child = pexpect.spawn(
            "/bin/sh", ["-c", script], env=self.environment, cwd=str(self.home), timeout=PATIENCE, encoding="utf-8"
        )
        child.expect_exact("over")
        child.expect(pexpect.EOF)
        child.close()
        self.assertEqual((self.home / "before").read_text(), (self.home / "after").read_text())

    def test_a_password_is_asked_for_without_echo(self):
        script = "import getpass; print('got', len(getpass.getpass('Password: ')))"
        child = self.start(sys.executable, "-c", script)
        child.expect_exact("Password: ")
        time.sleep(0.3)
        child.sendline("hidden")
        self.assertNotIn("hidden", self.finish(child))

    def test_is_for_the_output_alone_where_the_input_is_a_file(self):
        script = f"echo typed | {PROGRAM} run --mask -- /bin/sh -c 'test -t 1 && cat'"
        child = pexpect.spawn(
            "/bin/sh", ["-c", script], env=self.environment, cwd=str(self.home), timeout=PATIENCE, encoding="utf-8"
        )
        child.expect_exact("typed")
        child.expect(pexpect.EOF)
        child.close()


class Clean(Masked):
    def test_leaves_only_what_every_program_needs_and_the_credentials(self):
        ours = {"LC_ALL": "C", "TERM": "xterm", "TZ": "UTC", "AWS_SECRET_ACCESS_KEY": "x", "HTTPS_PROXY": "x"}
        out = self.ok("run", "--clean", "--", "/usr/bin/env", "-0", env=ours).out
        seen = dict(entry.split("=", 1) for entry in out.split("\0") if entry)
        self.assertEqual(sorted(seen), ["ANTHROPIC_API_KEY", "HOME", "LANG", "LC_ALL", "PATH", "TERM", "TZ"])


if __name__ == "__main__":
    unittest.main()
