# SPDX-License-Identifier: Apache-2.0
"""The manual pages: which there are, that they say what is declared, and that no reader finds a fault in them."""
import re
import shutil
import subprocess
import unittest

from support import Home, TOP


class Manual(Home):
    def pages(self):
        return self.ok("__man").out.split()

    def written(self):
        folder = self.home / "man"
        folder.mkdir()
        for page in self.pages():
            (folder / page).write_text(self.ok("__man", page, "--date", "2026-01-31").out)
        return [*sorted(folder.iterdir()), TOP / "packaging/monitor/claviger-monitor.1"]

    def test_every_command_of_the_help_is_on_a_page(self):
        pages = self.pages()
        listed = re.findall(r"^  ([a-z][a-z -]*?) {2,}\S", self.ok("__man", "claviger.1").out, re.M)
        self.assertEqual(listed, [], "this is a page, not the help")
        commands = re.findall(r"^\.TP\n\\fB([a-z][a-z \\-]*)\\fP\n", self.ok("__man", "claviger.1").out, re.M)
        self.assertGreater(len(commands), 40)
        for command in commands:
            words = command.replace("\\-", "-").split()
            self.assertIn(f"claviger-{words[0]}.1", pages)
            self.assertEqual(self.ok("help", *words).code, 0)

    def test_every_option_of_a_command_is_on_its_page(self):
        for command in (("import",), ("status",), ("run",), ("openclaw", "wire"), ("key", "add"), ("export",)):
            page = self.ok("__man", f"claviger-{command[0]}.1").out.replace("\\-", "-")
            own = re.findall(r"^  (--[a-z-]+)", self.ok("help", *command).out.split("\nGlobal options")[0], re.M)
            self.assertTrue(own)
            for option in own:
                self.assertIn(f"\\fB{option}\\fP", page, command)

    def test_every_topic_has_a_page_in_section_7(self):
        topics = [page for page in self.pages() if page.endswith(".7")]
        self.assertIn("claviger-unlocking.7", topics)
        for page in topics:
            topic = page.removeprefix("claviger-").removesuffix(".7")
            self.assertEqual(self.run_it("help", topic).code, 0)

    def test_a_page_is_the_same_every_time_and_carries_no_date_of_its_own(self):
        first = self.ok("__man", "claviger.1", "--date", "2026-01-31").out
        self.assertEqual(first, self.ok("__man", "claviger.1", "--date", "2026-01-31").out)
        self.assertEqual(re.findall(r"\d{4}-\d\d-\d\d", first), ["2026-01-31"])

    @unittest.skipUnless(shutil.which("mandoc"), "no mandoc")
    def test_mandoc_has_no_warning_about_any_page(self):
        done = subprocess.run(["mandoc", "-Tlint", "-Wwarning", *self.written()], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, ""))

    @unittest.skipUnless(shutil.which("groff"), "no groff")
    def test_groff_has_no_warning_about_any_page(self):
        for page in self.written():
            done = subprocess.run(["groff", "-man", "-ww", "-Tutf8", "-rF0", page], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""), page)

    def test_a_page_that_is_not_there_is_a_usage_error(self):
        self.fails(64, "__man", "claviger-nothing.1")


if __name__ == "__main__":
    unittest.main()
