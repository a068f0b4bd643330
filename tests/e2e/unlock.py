# SPDX-License-Identifier: Apache-2.0
"""unlock and lock: a key left with the kernel, whom it serves, when it ends, and a kernel that refuses."""
import shutil
import subprocess
import time
import unittest

from support import PATIENCE, Home, leaks


class Unlock(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:shared", "sk-test-shared")
        self.ok("agent", "add", "worker")
        self.add("openai:worker", "sk-test-worker", "--agent", "worker")
        # Not where it would be found unasked: what opens the vault from here on is the kernel's key.
        self.hidden = self.home / "hidden.key"
        self.key.rename(self.hidden)
        self.addCleanup(self.run_it, "lock")

    def unlock(self, *words):
        result = self.run_it("--key-file", self.hidden, "unlock", *words)
        if result.code == 74:
            self.assertIn("claviger help unlocking", result.err)
            self.skipTest("this kernel keeps no keys: " + result.err.splitlines()[0])
        self.assertEqual((result.code, result.out), (0, ""), result)
        return result


class Descriptors(Home):
    # Fault S9
    def test_a_descriptor_number_is_never_cut_to_another(self):
        phrase = self.write("pass", "a passphrase of a test")
        self.ok("init", "--passphrase-file", phrase, "--no-recovery")
        for number in (2**32, 2**32 + 3, 2**31, 2**62):
            self.fails(64, "list", "--passphrase-fd", number, saying="--passphrase-fd", stdin=phrase.read_text())
        self.ok("list", "--passphrase-fd", 0, stdin=phrase.read_text())


class Unlocked(Unlock):
    def test_opens_the_vault_for_processes_that_know_no_key(self):
        self.fails(69, "list")
        self.unlock()
        self.assertEqual(self.get("openai:shared"), "sk-test-shared")

    def test_ends_with_lock(self):
        self.unlock()
        self.assertIn("Locked", self.ok("lock").err)
        self.fails(69, "list")
        self.assertIn("No key was cached", self.ok("lock").err)

    # Fault S4
    def test_lock_all_ends_it_for_vaults_that_were_moved_too(self):
        self.unlock("--root")
        moved = self.vault.with_name("moved.db")
        self.vault.rename(moved)
        self.fails(67, "lock")
        self.ok("--vault", moved, "list")
        answer = self.json("lock", "--all")
        self.assertEqual(len(answer["dropped"]), 1)
        self.fails(69, "--vault", moved, "list")
        self.assertEqual(self.json("lock", "--all")["dropped"], [])

    # Fault T10
    def test_says_in_json_what_was_left_and_what_was_dropped(self):
        self.unlock()
        done = self.json("--key-file", self.hidden, "--agent", "worker", "unlock", "--for", "1h")
        self.assertEqual((done["agent"], done["root"]), ("worker", False))
        self.assertAlmostEqual(done["expiresAtMs"] / 1000, time.time() + 3600, delta=300)
        self.assertIsNone(self.json("--key-file", self.hidden, "unlock", "--root")["agent"])
        self.assertEqual(self.json("lock")["dropped"], [done["vaultId"]])

    def test_ends_at_its_time(self):
        self.unlock("--for", "500ms")
        self.ok("list")
        end = time.monotonic() + 10
        while self.run_it("list").code == 0 and time.monotonic() < end:
            pass
        self.fails(69, "list")

    def test_is_of_one_agent_unless_told_otherwise(self):
        self.unlock("--agent", "worker")
        self.assertEqual(self.ids(), ["openai:worker", "openai:shared"])
        self.fails(77, "--agent", "main", "order", "set", "--provider", "openai", "openai:shared")
        self.fails(77, "key", "list")
        self.unlock()
        self.fails(66, "--agent", "worker", "list")
        self.unlock("--root")
        self.assertEqual(self.ids("--agent", "main"), ["openai:shared"])
        self.assertEqual(len(self.json("key", "list")["keys"]), 1)

    def test_of_a_token_opens_what_the_token_opens(self):
        token = self.write("token", self.ok("--key-file", self.hidden, "agent", "token", "create", "worker").out)
        self.unlock()  # tells whether the kernel can
        self.ok("--token-file", token, "unlock", "--for", "1h")
        self.assertEqual(self.ids(), ["openai:worker"])
        self.fails(77, "--token-file", token, "unlock", "--root")
        self.fails(66, "--token-file", token, "--agent", "main", "unlock")

    def test_is_outranked_by_a_key_that_somebody_named(self):
        self.unlock("--agent", "worker")
        self.assertEqual(self.ids("--key-file", self.hidden), ["openai:shared"])
        self.fails(71, "--passphrase-file", self.write("pass", "no such passphrase"), "list")

    def test_outranks_the_default_key_file(self):
        self.unlock("--agent", "worker")
        shutil.copy(self.hidden, self.key)
        self.fails(77, "key", "list")

    def test_counts_as_absent_for_another_vault(self):
        self.unlock()
        other = self.home / "other/vault.db"
        self.ok("init", "--vault", other, "--key-file", self.home / "other.key", "--no-recovery")
        self.fails(69, "--vault", other, "list")
        self.assertIn("No key was cached", self.ok("--vault", other, "lock").err)
        self.ok("list")

    def test_counts_as_absent_once_the_keys_were_changed(self):
        for words in (("--root",), ("--agent", "worker")):
            self.unlock(*words)
            kept = self.home / "elsewhere"
            # The rotation happens where the cache is not seen: it cannot be told to forget.
            self.ok("--key-file", self.hidden, "key", "rotate", env={"XDG_STATE_HOME": str(kept)})
            self.unlock(*words)
            self.ok("list")
            self.ok("--key-file", self.hidden, "key", "rotate")
            self.fails(69, "list")

    def test_replaces_an_earlier_key(self):
        self.unlock("--root")
        self.unlock("--agent", "worker")
        self.fails(77, "key", "list")

    def test_leaves_nothing_on_the_disk(self):
        self.unlock("--root")
        self.assertEqual(leaks(self.home, ["sk-test-shared"], spared=(self.hidden,)), [])
        names = {path.name for path in self.home.rglob("*") if path.is_file()}
        self.assertFalse({name for name in names if "cache" in name})

    def test_refuses_times_that_make_no_sense(self):
        for text in ("0", "0h", "-1h", "31d", "soon"):
            self.fails(64, "--key-file", self.hidden, "unlock", f"--for={text}")
        self.fails(64, "--key-file", self.hidden, "--agent", "worker", "unlock", "--root")
        self.fails(66, "--key-file", self.hidden, "--agent", "nobody", "unlock")
        self.fails(69, "unlock")


@unittest.skipUnless(shutil.which("strace"), "no strace on this machine")
class Refused(Unlock):
    """A kernel or a sandbox that says no, played by strace."""

    def under(self, call, error, *words):
        tracer = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error={error}"]
        return subprocess.run(
            tracer + self.command(*words),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )

    def test_unlock_says_who_refuses_and_what_to_do(self):
        for error, reason in (
            ("ENOSYS", "keeps no keys"),
            ("EPERM", "sandbox"),
            ("EACCES", "no access"),
            ("EDQUOT", "used up"),
            ("ENOMEM", "no memory"),
        ):
            done = self.under("add_key", error, "--key-file", self.hidden, "unlock")
            self.assertEqual(done.returncode, 74, done.stderr)
            self.assertIn(reason, done.stderr.decode())
            self.assertIn("--key-file", done.stderr.decode())
            self.fails(69, "list")

    def test_a_key_without_its_end_is_never_left(self):
        done = self.under("keyctl", "EPERM", "--key-file", self.hidden, "unlock")
        self.assertEqual(done.returncode, 74, done.stderr)
        self.fails(69, "list")

    def test_other_commands_go_on_with_the_next_key(self):
        for error in ("ENOSYS", "EPERM", "EACCES"):
            done = self.under("keyctl", error, "list")
            self.assertEqual(done.returncode, 69, done.stderr)
            shutil.copy(self.hidden, self.key)
            self.assertEqual(self.under("keyctl", error, "list").returncode, 0)
            self.key.unlink()
            self.assertEqual(self.under("keyctl", error, "lock").returncode, 0)


if __name__ == "__main__":
    unittest.main()
