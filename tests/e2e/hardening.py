# SPDX-License-Identifier: Apache-2.0
"""The process while it holds secrets: no core dumps, no tracing by others, closed descriptors, private files."""
import os
import re
import shutil
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

import pexpect

from support import PATIENCE, Home

NOBODY = 65534


def limits_of(pid):
    line = re.search(r"^Max core file size +(\S+)", Path(f"/proc/{pid}/limits").read_text(), re.M)
    return line[1]


class AtAPrompt(Home):
    """A claviger that waits for a secret, looked at from outside."""

    def setUp(self):
        super().setUp()
        self.make_vault()

    def waiting(self, *words, become=()):
        command = [*become, *self.command(*words)]
        child = pexpect.spawn(command[0], command[1:], env=self.environment, cwd=str(self.home), timeout=30)
        self.addCleanup(child.close, force=True)
        child.expect("openai:a.*: ?$")
        return child

    def test_leaves_no_core_dump(self):
        child = self.waiting("add", "openai:a", "--type", "api_key")
        self.assertEqual(limits_of(child.pid), "0")
        child.sendintr()
        child.expect(pexpect.EOF)

    def test_keeps_its_descriptors_from_children(self):
        child = self.waiting("add", "openai:a", "--type", "api_key")
        inherited = []
        for entry in Path(f"/proc/{child.pid}/fdinfo").iterdir():
            flags = int(re.search(r"^flags:\s+(\d+)", entry.read_text(), re.M)[1], 8)
            if not flags & os.O_CLOEXEC:
                inherited.append(int(entry.name))
        self.assertEqual(sorted(inherited), [0, 1, 2])
        child.sendintr()
        child.expect(pexpect.EOF)

    def test_a_crash_leaves_nothing_behind(self):
        child = self.waiting("add", "openai:a", "--type", "api_key")
        child.kill(signal.SIGSEGV)
        child.expect(pexpect.EOF)
        child.wait()
        self.assertEqual(child.signalstatus, signal.SIGSEGV)
        self.assertEqual([path.name for path in self.home.rglob("*") if "core" in path.name], [])
        # The kernel says in the wait status whether it dumped; pexpect keeps the raw one.
        self.assertFalse(os.WCOREDUMP(child.status))

    # D14
    @unittest.skipUnless(os.geteuid() == 0 and shutil.which("setpriv"), "takes root and setpriv to be another user")
    def test_is_closed_to_other_processes_of_its_user(self):
        folder = tempfile.TemporaryDirectory(prefix="claviger-e2e-nobody-")
        self.addCleanup(folder.cleanup)
        home = Path(folder.name)
        program = home / "claviger"
        shutil.copy(self.command()[0], program)
        program.chmod(0o755)
        shutil.copytree(self.home, home / "home")
        for path in [home, *home.rglob("*")]:
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        self.environment["HOME"] = str(home / "home")
        child = pexpect.spawn(
            "setpriv",
            [
                f"--reuid={NOBODY}",
                f"--regid={NOBODY}",
                "--clear-groups",
                str(program),
                "add",
                "openai:a",
                "--type",
                "api_key",
            ],
            env=self.environment,
            cwd=str(home),
            timeout=30,
        )
        self.addCleanup(child.close, force=True)
        child.expect("openai:a.*: ?$")
        # What is not dumpable belongs to root in /proc.
        self.assertEqual(os.stat(f"/proc/{child.pid}/mem").st_uid, 0)
        self.assertEqual(
            re.search(r"^Uid:\s+(\d+)", Path(f"/proc/{child.pid}/status").read_text(), re.M)[1], str(NOBODY)
        )
        become = [
            "setpriv",
            f"--reuid={NOBODY}",
            f"--regid={NOBODY}",
            "--clear-groups",
            "cat",
            f"/proc/{child.pid}/environ",
        ]
        self.assertNotEqual(subprocess.run(become, capture_output=True, timeout=PATIENCE, check=False).returncode, 0)
        child.sendintr()
        child.expect(pexpect.EOF)


class Files(Home):
    # C01
    def test_are_private_whatever_the_umask(self):
        for mask in (0o000, 0o022, 0o077, 0o777):
            with self.subTest(mask=oct(mask)):
                self.each_file_is_private(mask)

    def each_file_is_private(self, mask):
        home = self.home / f"umask-{mask:03o}"
        home.mkdir(mode=0o700)
        environment = {**self.environment, "HOME": str(home)}

        def run(*words, stdin=b""):
            done = subprocess.run(
                self.command(*words),
                env=environment,
                input=stdin,
                capture_output=True,
                cwd=home,
                timeout=PATIENCE,
                preexec_fn=lambda: os.umask(mask),
                check=False,
            )
            self.assertEqual(done.returncode, 0, done.stderr)

        run("init", "--key-file", home / ".config/claviger/vault.key", "--no-recovery")
        run("add", "openai:a", "--type", "api_key", "--stdin", stdin=b"sk-test-a")
        run("key", "add", "--new-key-file", home / "deep/er/second.key")
        run("export", "--format", "dotenv", "--output", home / "out.env")
        run("key", "rotate", "--yes")
        found = {path.relative_to(home): path.stat().st_mode & 0o7777 for path in home.rglob("*")}
        self.assertGreater(len(found), 8)
        for path, mode in found.items():
            self.assertEqual(mode & 0o077, 0, f"{path} {mode:o}")

    # D13
    def test_a_secret_never_lands_in_the_vault_by_way_of_a_closed_stdout(self):
        self.make_vault()
        self.add("openai:a", "sk-test-a")

        def close_all():
            for descriptor in (0, 1, 2):
                os.close(descriptor)

        before = self.vault.read_bytes()
        process = subprocess.Popen(self.command("get", "openai:a"), env=self.environment, preexec_fn=close_all)
        process.wait(PATIENCE)
        self.assertEqual(self.vault.read_bytes(), before)

    # Fault D8
    def test_data_for_a_closed_stdout_is_an_error_and_not_a_success(self):
        self.make_vault()
        self.add("openai:a", "sk-test-a")
        for words in (("get", "openai:a"), ("list",), ("export", "--format", "dotenv"), ("paths",), ("help",)):
            done = subprocess.run(
                self.command(*words),
                env=self.environment,
                stderr=subprocess.PIPE,
                timeout=PATIENCE,
                preexec_fn=lambda: os.close(1),
                check=False,
            )
            self.assertEqual(done.returncode, 74, (words, done.stderr))
            self.assertIn(b"standard output is closed", done.stderr)

    def test_a_child_of_run_may_print_to_a_closed_stdout(self):
        self.make_vault()
        done = subprocess.run(
            self.command("run", "--", "sh", "-c", "echo hello"),
            env=self.environment,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            preexec_fn=lambda: os.close(1),
            check=False,
        )
        self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_a_command_with_nothing_to_print_needs_no_stdout(self):
        self.make_vault()
        done = subprocess.run(
            self.command("agent", "add", "worker"),
            env=self.environment,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            preexec_fn=lambda: os.close(1),
            check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
