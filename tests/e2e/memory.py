# SPDX-License-Identifier: Apache-2.0
"""D07: where no memory may be locked, everything works, and doctor says what that means. What many profiles take."""
import json
import os
import shutil
import subprocess
import unittest

from support import PATIENCE, Home, Result

# Root may lock memory whatever the limit says, unless it loses that right.
WITHOUT_THE_RIGHT = ["setpriv", "--bounding-set=-ipc_lock", "--inh-caps=-ipc_lock"] if os.geteuid() == 0 else []


NEEDED = ["prlimit", *WITHOUT_THE_RIGHT[:1]]


@unittest.skipUnless(all(map(shutil.which, NEEDED)), f"takes {' and '.join(NEEDED)}")
class NoLockedMemory(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:a", "sk-test-a")

    def unlocked(self, *words, stdin=""):
        command = [*WITHOUT_THE_RIGHT, "prlimit", "--memlock=0:0", *self.command(*words)]
        return Result(
            subprocess.run(
                command,
                input=stdin.encode(),
                capture_output=True,
                env=self.environment,
                cwd=self.home,
                timeout=PATIENCE,
                check=False,
            )
        )

    def test_everything_works_where_no_memory_may_be_locked(self):
        self.assertEqual(self.unlocked("get", "openai:a", "--no-newline").out, "sk-test-a")
        for words, stdin in (
            (("add", "openai:b", "--type", "api_key", "--stdin"), "sk-test-b"),
            (("list",), ""),
            (("key", "rotate"), ""),
            (("verify", "--deep"), ""),
        ):
            result = self.unlocked(*words, stdin=stdin)
            self.assertEqual(result.code, 0, f"{words}: {result}")

    def test_doctor_says_so(self):
        result = self.unlocked("doctor")
        self.assertEqual(result.code, 0, result)
        self.assertIn("refuses to lock keys into memory", result.out)
        self.assertNotIn("refuses to lock keys into memory", self.ok("doctor").out)


@unittest.skipUnless(shutil.which("prlimit"), "takes prlimit")
class ManyProfiles(Home):
    """P1: an import holds its source's text and some 60 bytes a profile, not the profiles."""

    COUNT, ROOM = 30_000, 20 << 20  # 1.3 kB a profile, as it once was, would be twice that much

    def within(self, *words):
        command = ["prlimit", f"--data={self.ROOM}", *self.command(*words)]
        done = subprocess.run(
            command, capture_output=True, env=self.environment, cwd=self.home, timeout=5 * PATIENCE, check=False
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_an_import_of_many_needs_little_memory_and_names_them_all(self):
        self.make_vault()
        entries = {
            f"p{number % 20}:{number}": {
                "type": "api_key",
                "provider": f"p{number % 20}",
                "key": f"sk-test-{number:050}",
            }
            for number in range(self.COUNT)
        }
        source = self.home / "auth-profiles.json"
        source.write_text(json.dumps({"version": 1, "profiles": entries}))
        first = self.within("import", str(source), "--json")["agents"][0]
        self.assertEqual(first["added"], list(entries))
        self.assertEqual(first["profiles"], {"added": self.COUNT, "replaced": 0})
        again = self.within("import", str(source), "--json")["agents"][0]
        self.assertEqual((again["added"], again["unchanged"]), ([], list(entries)))
        self.assertEqual(self.ok("get", "p7:7", "--no-newline").out, f"sk-test-{7:050}")


if __name__ == "__main__":
    unittest.main()
