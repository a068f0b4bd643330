# SPDX-License-Identifier: Apache-2.0
"""The recipes of docs/UNLOCKING.md, as far as they run without another system: each finds its key and reads with it."""
import os
import shutil
import subprocess
import unittest
from pathlib import Path

from support import PATIENCE, Home, Result

SECRET = "sk-test-unlocked"
PASSPHRASE = "a passphrase of the test"


class Recipes(Home):
    def setUp(self):
        super().setUp()
        self.elsewhere = self.home.parent / "etc"  # what is no usual place
        self.elsewhere.mkdir(mode=0o700)
        self.other_vault = self.elsewhere / "vault.db"
        self.other_key = self.elsewhere / "keys" / "vault.key"
        self.ok("init", "--vault", self.other_vault, "--key-file", self.other_key, "--no-recovery", "--quiet")
        self.ok(
            "add",
            "openai:a",
            "--type",
            "api_key",
            "--stdin",
            "--vault",
            self.other_vault,
            "--key-file",
            self.other_key,
            stdin=SECRET,
        )

    def make_passphrase_vault(self):
        path = self.private("passphrase", PASSPHRASE + "\n")
        vault = self.elsewhere / "by-passphrase.db"
        self.ok("init", "--vault", vault, "--passphrase-file", path, "--no-recovery", "--quiet")
        self.ok(
            "add", "openai:a", "--type", "api_key", "--stdin", "--vault", vault, "--passphrase-file", path, stdin=SECRET
        )
        return vault, path

    def private(self, name, text, mode=0o600):
        path = self.elsewhere / name
        path.write_text(text)
        path.chmod(mode)
        return path

    def bare(self, environment, *words, cwd="/", **how):
        """Nothing in the environment but what the recipe sets; no terminal; started in the root folder."""
        done = subprocess.run(
            self.command(*words),
            env=environment,
            cwd=cwd,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
            start_new_session=True,
            **how
        )
        return Result(done)

    def reads(self, environment, *words, **how):
        result = self.bare(environment, "get", "openai:a", "--no-newline", *words, **how)
        self.assertEqual((result.code, result.out), (0, SECRET), result)
        return result

    # A person, and whatever sets HOME: cron, Termux, launchd's agents.
    def test_the_usual_places_work_with_only_home(self):
        self.make_vault()
        self.add("openai:a", SECRET)
        self.reads({"HOME": str(self.home)})
        self.reads(
            {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "LOGNAME": "me"}, cwd=self.home
        )

    # A script
    def test_an_empty_environment_works_when_both_places_are_named(self):
        self.reads({}, "--vault", self.other_vault, "--key-file", self.other_key)

    def test_a_passphrase_comes_over_a_descriptor(self):
        vault, path = self.make_passphrase_vault()
        with open(path, "rb") as file:
            self.reads({}, "--vault", vault, "--passphrase-fd", file.fileno(), pass_fds=[file.fileno()])
        reading, writing = os.pipe()
        os.write(writing, PASSPHRASE.encode())
        os.close(writing)
        self.reads({}, "--vault", vault, "--passphrase-fd", reading, pass_fds=[reading])
        os.close(reading)

    def test_each_variable_names_its_file(self):
        vault, path = self.make_passphrase_vault()
        self.reads({"CLAVIGER_VAULT": str(self.other_vault), "CLAVIGER_KEY_FILE": str(self.other_key)})
        self.reads({"CLAVIGER_VAULT": str(vault), "CLAVIGER_PASSPHRASE_FILE": str(path)})
        self.reads({"CLAVIGER_VAULT": str(vault), "CLAVIGER_PASSPHRASE": PASSPHRASE})

    def test_a_token_stands_where_a_key_does(self):
        at = ("--vault", self.other_vault, "--key-file", self.other_key)
        token = self.private("token", self.ok("agent", "token", "create", "main", *at).out)
        self.reads({"CLAVIGER_VAULT": str(self.other_vault), "CLAVIGER_TOKEN_FILE": str(token)})
        self.reads({"CLAVIGER_VAULT": str(self.other_vault), "CLAVIGER_TOKEN": token.read_text()})
        folder = self.elsewhere / "credentials"
        folder.mkdir(mode=0o700)
        shutil.copy(token, folder / "claviger.token")
        self.reads({"CLAVIGER_VAULT": str(self.other_vault), "CREDENTIALS_DIRECTORY": str(folder)})

    # systemd
    def credentials(self, key, mode=0o400):
        """As LoadCredential= lays them out: a folder of the service's own, files for reading only."""
        folder = self.elsewhere / "run-credentials"
        folder.mkdir(mode=0o700)
        (folder / "claviger.key").write_bytes(key)
        (folder / "claviger.key").chmod(mode)
        folder.chmod(0o500)
        return {"CREDENTIALS_DIRECTORY": str(folder), "CLAVIGER_VAULT": str(self.other_vault)}

    def test_a_systemd_credential_is_found_without_a_home(self):
        self.reads(self.credentials(self.other_key.read_bytes()))

    def test_an_encrypted_systemd_credential_opens_once_systemd_has_decrypted_it(self):
        program = shutil.which("systemd-creds")
        if not program:
            self.skipTest("no systemd-creds here")
        sealed = self.elsewhere / "claviger.key.cred"
        done = subprocess.run(
            [program, "encrypt", "--with-key=host", "--name=claviger.key", self.other_key, sealed], capture_output=True
        )
        if done.returncode != 0:
            self.skipTest("systemd-creds has no host key here")
        opened = subprocess.run(
            [program, "decrypt", "--name=claviger.key", sealed, "-"], capture_output=True, check=True
        )
        self.assertNotIn(self.other_key.read_bytes().split()[-1], sealed.read_bytes())
        self.reads(self.credentials(opened.stdout))

    def test_a_systemd_credential_open_to_others_is_refused(self):
        result = self.bare(self.credentials(self.other_key.read_bytes(), mode=0o444), "list")
        self.assertEqual(result.code, 77, result)

    # Docker
    def test_a_vault_is_read_where_nothing_can_be_written(self):
        for folder in (self.elsewhere, self.elsewhere / "keys"):
            folder.chmod(0o500)
        self.other_vault.chmod(0o400)
        environment = {"CLAVIGER_VAULT": str(self.other_vault), "CLAVIGER_KEY_FILE": str(self.other_key), "HOME": "/"}
        before = sorted(os.listdir(self.elsewhere))
        self.reads(environment)
        self.assertEqual(sorted(os.listdir(self.elsewhere)), before)
        self.elsewhere.chmod(0o700)

    def test_a_read_only_mount_is_no_hindrance(self):
        if os.geteuid() != 0 or not shutil.which("unshare"):
            self.skipTest("mounting takes root")
        script = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'
        words = self.command(
            "get", "openai:a", "--no-newline", "--vault", self.other_vault, "--key-file", self.other_key
        )
        done = subprocess.run(
            ["unshare", "--mount", "sh", "-c", script, "sh", str(self.elsewhere), *words],
            capture_output=True,
            env={"PATH": os.environ.get("PATH", "/usr/bin:/bin")},
            timeout=PATIENCE,
        )
        if b"ermission" in done.stderr:
            self.skipTest("this sandbox allows no mounts")
        self.assertEqual(done.stdout.decode(), SECRET, done.stderr)

    # Kubernetes
    def test_a_secret_volume_of_links_is_followed(self):
        volume = self.elsewhere / "secrets"
        (volume / "..2027_01_01").mkdir(parents=True)
        key = volume / "..2027_01_01" / "claviger.key"
        key.write_bytes(self.other_key.read_bytes())
        key.chmod(0o400)
        (volume / "..data").symlink_to("..2027_01_01")
        (volume / "claviger.key").symlink_to("..data/claviger.key")
        environment = {"CLAVIGER_VAULT": str(self.other_vault), "CLAVIGER_KEY_FILE": str(volume / "claviger.key")}
        self.reads(environment)
        key.chmod(0o440)  # what fsGroup makes of it
        result = self.bare(environment, "list")
        self.assertEqual(result.code, 77, result)

    # CI
    def test_a_file_written_under_a_strict_umask_is_accepted(self):
        key = "$RUNNER_TEMP/key"
        script = f'umask 077; cat > "{key}"; exec "$0" --key-file "{key}" --vault "$1" get openai:a --no-newline'
        done = subprocess.run(
            ["sh", "-c", script, self.command()[0], str(self.other_vault)],
            input=self.other_key.read_bytes(),
            capture_output=True,
            env={"RUNNER_TEMP": str(self.elsewhere), "PATH": "/usr/bin:/bin"},
            cwd="/",
            timeout=PATIENCE,
        )
        self.assertEqual(done.stdout.decode(), SECRET, done.stderr)

    # What does not work says so
    def test_without_a_key_it_fails_at_once_and_never_asks(self):
        vault, _ = self.make_passphrase_vault()
        result = self.bare({"CLAVIGER_VAULT": str(vault)}, "list")
        self.assertEqual(result.code, 69, result)
        self.assertIn("--passphrase-file", result.err)

    def test_without_home_and_vault_it_says_what_to_set(self):
        result = self.bare({}, "list")
        self.assertEqual(result.code, 64, result)
        self.assertIn("--vault", result.err)

    def test_a_source_that_fails_is_not_passed_over(self):
        self.make_vault()
        self.add("openai:a", SECRET)
        missing = self.bare({"HOME": str(self.home), "CLAVIGER_KEY_FILE": "/nowhere/key"}, "list")
        foreign = self.bare({"HOME": str(self.home), "CLAVIGER_KEY_FILE": str(self.other_key)}, "list")
        self.assertEqual((missing.code, foreign.code), (66, 71), (missing, foreign))

    def test_a_key_file_open_to_others_is_refused(self):
        for mode in (0o640, 0o604, 0o666):
            self.other_key.chmod(mode)
            result = self.bare({}, "list", "--vault", self.other_vault, "--key-file", self.other_key)
            self.assertEqual(result.code, 77, (oct(mode), result))

    def test_the_page_names_only_flags_and_variables_that_exist(self):
        page = (Path(__file__).resolve().parents[2] / "docs" / "UNLOCKING.md").read_text()
        known = self.ok("help", "unlocking").out
        for name in (
            "CLAVIGER_KEY_FILE",
            "CLAVIGER_TOKEN_FILE",
            "CLAVIGER_PASSPHRASE_FILE",
            "--key-file",
            "--token-file",
            "--passphrase-fd",
            "claviger.key",
            "claviger.token",
        ):
            self.assertIn(name, page)
            self.assertIn(name, known)


if __name__ == "__main__":
    unittest.main()
