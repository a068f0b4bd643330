# SPDX-License-Identifier: Apache-2.0
"""D07: where no memory may be locked, everything works, and doctor says what that means."""
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


if __name__ == "__main__":
    unittest.main()
