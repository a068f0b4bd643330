# SPDX-License-Identifier: Apache-2.0
"""Making a vault: what lies where afterwards, what opens it, and what is never overwritten."""
import os
import subprocess
import unittest

from support import PATIENCE, PROGRAM, Home


class Init(Home):
    def test_makes_a_private_vault_and_key_file(self):
        self.ok("init", "--key-file", self.key)
        for path in (self.vault, self.key):
            self.assertEqual(path.stat().st_mode & 0o777, 0o600, path)
            self.assertEqual(path.parent.stat().st_mode & 0o777, 0o700, path.parent)

    def test_keeps_files_private_under_any_umask(self):
        for number, mask in enumerate((0o000, 0o022, 0o077)):
            former = os.umask(mask)
            try:
                vault = self.home / f"v{number}" / "vault.db"
                self.ok("init", "--vault", vault, "--key-file", self.home / f"k{number}")
                self.ok(
                    "add",
                    "a:b",
                    "--type",
                    "api_key",
                    "--stdin",
                    "--vault",
                    vault,
                    "--key-file",
                    self.home / f"k{number}",
                    stdin="sk-test-umask",
                )
            finally:
                os.umask(former)
            for path in [*vault.parent.iterdir(), *self.state.iterdir(), self.home / f"k{number}"]:
                self.assertEqual(path.stat().st_mode & 0o077, 0, path)

    def test_prints_the_recovery_code_alone_on_stdout(self):
        result = self.ok("init", "--key-file", self.key)
        self.assertRegex(result.out, r"^([0-9A-Z]{4}-){13}[0-9A-Z]{4}\n$")
        self.assertIn("Next: claviger add openai:default --type api_key", result.err)

    def test_what_comes_next_works_as_it_is_typed(self):
        """With the key and the vault that nothing but the flags would find, and a source that is there."""
        (self.home / ".openclaw/agents/main/agent").mkdir(parents=True)
        profiles = '{"version":1,"profiles":{"openai:a":{"type":"api_key","provider":"openai","key":"sk-test-a"}}}'
        self.write(".openclaw/agents/main/agent/auth-profiles.json", profiles)
        passphrase = self.write("pass phrase", "correct horse battery\n")
        for number, words in enumerate(
            (
                ("--key-file", "my keys/else where.key"),
                ("--vault", self.home / "other vault.db", "--key-file", self.home / "o'key"),
                ("--vault", self.home / "third.db", "--key-file", self.key),
                ("--vault", self.home / "fourth.db", "--passphrase-file", passphrase),
            )
        ):
            with self.subTest(words):
                result = self.ok("init", "--no-recovery", *words)
                command = result.err.partition("Next: ")[2].strip()
                self.assertTrue(command.endswith("onboard --yes"), command)
                if number == 2:
                    self.assertNotIn("--key-file", command)
                done = subprocess.run(
                    command.replace("claviger", PROGRAM, 1),
                    shell=True,
                    env=self.environment,
                    cwd=self.home,
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    timeout=PATIENCE,
                    check=False,
                )
                self.assertEqual(done.returncode, 0, done)

    def test_makes_no_recovery_code_when_told_so(self):
        self.assertEqual(self.ok("init", "--key-file", self.key, "--no-recovery").out, "")

    def test_opens_with_the_default_key_file_without_being_told(self):
        self.make_vault()
        self.assertEqual(self.ids(), [])

    def test_opens_with_a_passphrase_file(self):
        passphrase = self.write("passphrase", "correct horse\n")
        self.ok("init", "--passphrase-file", passphrase, "--no-recovery")
        self.assertEqual(self.ids("--passphrase-file", passphrase), [])
        other = self.write("other", "wrong horse\n")
        self.fails(71, "list", "--passphrase-file", other)

    def test_refuses_a_vault_that_is_there(self):
        self.make_vault()
        self.assert_untouched(self.vault, lambda: self.fails(68, "init", "--key-file", self.home / "another"))
        self.assertFalse((self.home / "another").exists(), "a key for a vault that was not made")

    def test_refuses_whatever_lies_at_the_path(self):
        text = self.write("notes", "not a vault")
        self.assert_untouched(text, lambda: self.fails(68, "init", "--vault", text, "--key-file", self.key))
        self.assertFalse(self.key.exists())

    def test_refuses_a_dangling_link_at_the_path(self):
        link = self.home / "link.db"
        link.symlink_to(self.home / "elsewhere.db")
        result = self.run_it("init", "--vault", link, "--key-file", self.key)
        self.assertIn(result.code, (68, 77), result)
        self.assertFalse((self.home / "elsewhere.db").exists(), "it was made through a link")
        self.assertFalse(self.key.exists())

    def test_never_replaces_a_file_that_is_no_key(self):
        text = self.write("notes", "my notes\n")
        self.assert_untouched(text, lambda: self.assertNotEqual(self.run_it("init", "--key-file", text).code, 0))
        self.assertFalse(self.vault.exists())

    def test_asks_nothing_without_a_terminal(self):
        self.fails(69, "init", saying="--key-file")
        self.assertFalse(self.vault.exists())

    def test_warns_of_a_key_beside_the_vault(self):
        result = self.ok("init", "--key-file", self.vault.parent / "vault.key")
        self.assertIn("the key file is in the vault's folder", result.err)

    # R7
    def test_makes_the_vault_after_one_that_was_killed_and_clears_up_what_it_left(self):
        self.vault.parent.mkdir(parents=True, mode=0o700)
        remains = [self.vault.with_name(f".vault.db.0011223344556677.tmp{end}") for end in ("", "-journal", ".lock")]
        for path in remains:
            path.write_bytes(b"half")
            path.chmod(0o600)
        self.make_vault()
        self.assertEqual([path for path in remains if path.exists()], [])
        self.ok("verify", "--deep")

    # D9
    def test_gives_every_vault_an_id_of_its_own_also_under_one_key_file(self):
        self.make_vault()
        other = self.home / "other" / "vault.db"
        self.ok("init", "--vault", other, "--key-file", self.key, "--no-recovery")
        ids = {
            self.json("backup", self.home / f"copy{number}.db", "--vault", vault, "--key-file", self.key)["vaultId"]
            for number, vault in enumerate((self.vault, other))
        }
        self.assertEqual(len(ids), 2)
        for vault, secret in ((self.vault, "sk-test-one"), (other, "sk-test-two"), (self.vault, "sk-test-three")):
            self.ok(
                "add",
                "openai:a",
                "--type",
                "api_key",
                "--stdin",
                "--replace",
                "--vault",
                vault,
                "--key-file",
                self.key,
                stdin=secret,
            )
        self.assertEqual(self.get("openai:a", "--vault", other, "--key-file", self.key), "sk-test-two")

    def test_needs_a_home_or_a_path(self):
        self.fails(64, "list", env={"HOME": ""}, saying="--vault")
        self.fails(64, "list", env={"HOME": "/"})

    def test_follows_the_xdg_variables(self):
        folders = {name: str(self.home / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
        self.ok("init", "--key-file", self.home / "XDG_CONFIG_HOME/claviger/vault.key", env=folders)
        self.assertTrue((self.home / "XDG_DATA_HOME/claviger/vault.db").exists())
        self.ok("list", env=folders)
        self.assertFalse(self.vault.exists())


if __name__ == "__main__":
    unittest.main()
