# SPDX-License-Identifier: Apache-2.0
"""Long help by the screenful: only for a person, only by the pager they chose, which learns nothing else."""
import sys
import unittest

try:
    import pexpect  # noqa: F401
except ImportError:
    print("skipped: pexpect is not there for this Python")
    sys.exit(77)

from terminal import Terminal

FIRST, LAST = "claviger - an encrypted vault", "explains more."


class Pager(Terminal):
    def put_pager(self, script):
        pager = self.write("pager", "#!/bin/sh\n" + script)
        pager.chmod(0o755)
        return str(pager)

    def shown(self, *words, **more):
        child = self.start(*words, **more)
        code = self.finish(child)
        return code, self.transcript

    def test_shows_what_does_not_fit_and_is_given_less_and_nothing_secret(self):
        pager = self.put_pager('env > "$HOME/seen"; echo "LINES $(wc -l)"\n')
        told = {"CLAVIGER_PASSPHRASE": "correct horse", "OPENAI_API_KEY": "sk-test-1", "CLAVIGER_AGENT": "ops"}
        code, text = self.shown("help", PAGER=pager, **told)
        self.assertEqual(code, 0, text)
        self.assertRegex(text, r"LINES \d\d")
        self.assertNotIn(FIRST, text)
        seen = (self.home / "seen").read_text()
        self.assertIn("LESS=FRX\n", seen)
        for word in ("CLAVIGER_", "correct horse", "sk-test-1"):
            self.assertNotIn(word, seen)

    def test_keeps_the_options_of_less_that_the_person_has_set(self):
        pager = self.put_pager('env > "$HOME/seen"; cat > /dev/null\n')
        self.assertEqual(self.shown("help", PAGER=pager, LESS="-S")[0], 0)
        self.assertIn("LESS=-S\n", (self.home / "seen").read_text())

    def test_may_have_options_of_its_own(self):
        pager = self.put_pager('echo "given $1"; cat > /dev/null\n')
        self.assertIn("given -x", self.shown("help", PAGER=pager + " -x")[1])

    def test_is_not_started_for_a_pipe_a_short_text_a_dumb_terminal_or_without_input(self):
        pager = self.put_pager('touch "$HOME/started"; cat\n')
        self.assertIn(LAST, self.ok("help", env={"PAGER": pager, "TERM": "xterm"}).out)
        self.assertIn("Usage", self.shown("help", "lock", "--no-input", PAGER=pager)[1])
        self.assertIn(LAST, self.shown("help", PAGER=pager, TERM="dumb")[1])
        self.assertIn(LAST, self.shown("help", "--no-input", PAGER=pager)[1])
        self.assertIn("claviger init", self.shown(PAGER=pager)[1])
        self.assertFalse((self.home / "started").exists())

    def test_that_is_missing_or_unfit_leaves_the_text_to_the_terminal(self):
        unfit = self.write("unfit", "no program")
        for pager in ("/no/such/pager", "no-such-pager-anywhere", str(unfit), "   ", ""):
            with self.subTest(pager):
                code, text = self.shown("help", PAGER=pager)
                self.assertEqual(code, 0, text)
                self.assertIn(FIRST, text)
                self.assertIn(LAST, text)

    def test_that_is_left_early_is_no_error(self):
        for script in ("exit 0\n", "head -n 1\n", "exit 1\n", "kill -TERM $$\n"):
            with self.subTest(script):
                code, text = self.shown("help", PAGER=self.put_pager(script))
                self.assertEqual(code, 0, text)
                self.assertNotIn("claviger: ", text)


if __name__ == "__main__":
    unittest.main()
