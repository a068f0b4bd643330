# SPDX-License-Identifier: Apache-2.0
"""What is not a vault, not a key, not a document or not a command: each its own answer, and nothing changed."""
import os
import sqlite3
import threading
import unittest

from support import Home, SAMPLES, files_below, fingerprint


class BadVault(Home):
    """Every kind of thing that can lie at the vault's path (negative tests B10, B11, C03, C04)."""

    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("openai:work", "sk-test-0001")
        self.folder = self.home / "place"
        self.folder.mkdir(mode=0o700)
        self.path = self.folder / "vault.db"

    def refused(self, code, saying="", hint=True):
        """By a reading, a writing and an importing command; with the folder as it was."""
        before = {one: fingerprint(one) for one in self.folder.iterdir()}
        for words in (
            ("list",),
            ("get", "openai:work"),
            ("agent", "add", "x"),
            ("import", SAMPLES / "dotenv/forty-lines.env"),
        ):
            result = self.fails(code, *words, "--vault", self.path, saying=saying)
            if hint:
                self.assertIn("\nhint: ", result.err)
        self.assertEqual({one: fingerprint(one) for one in self.folder.iterdir()}, before)

    def copy_of_the_vault(self):
        self.path.write_bytes(self.vault.read_bytes())
        self.path.chmod(0o600)

    def test_says_that_it_is_missing_and_how_to_make_one(self):
        result = self.fails(67, "list", "--vault", self.path, saying=" init`")
        self.assertIn("there is no vault at", result.err.splitlines()[0])
        self.refused(67)

    def test_makes_no_folder_for_a_missing_one(self):
        self.path = self.folder / "deeper" / "vault.db"
        self.fails(67, "add", "a:b", "--type", "api_key", "--stdin", "--vault", self.path, stdin="sk-test-1")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_refuses_a_text_file(self):
        self.path.write_text("dear diary, " * 100)
        self.path.chmod(0o600)
        self.refused(65)

    def test_refuses_an_empty_file(self):
        self.path.touch(0o600)
        self.refused(65, saying="empty")

    def test_refuses_another_programs_database(self):
        database = sqlite3.connect(self.path)
        database.execute("CREATE TABLE notes (text)")
        database.commit()
        database.close()
        self.path.chmod(0o600)
        self.refused(65, saying="another program")

    def test_refuses_a_folder(self):
        self.path.mkdir(mode=0o700)
        self.refused(65, saying="folder", hint=False)

    def test_refuses_a_fifo_without_waiting_for_its_writer(self):
        os.mkfifo(self.path, 0o600)
        self.refused(77, saying="FIFO", hint=False)

    def test_refuses_a_device(self):
        self.assertIn(self.run_it("list", "--vault", "/dev/zero").code, (65, 77))

    def test_refuses_a_symbolic_link(self):
        self.path.symlink_to(self.vault)
        self.refused(77, saying="symbolic link")

    def test_refuses_a_dangling_link(self):
        self.path.symlink_to(self.folder / "nowhere")
        self.refused(77, saying="symbolic link")

    def test_refuses_a_second_name(self):
        self.copy_of_the_vault()
        os.link(self.path, self.folder / "other")
        self.refused(77, saying="hard link")

    def test_refuses_a_file_that_others_can_read_or_write(self):
        self.copy_of_the_vault()
        for mode in (0o644, 0o606, 0o666, 0o660, 0o620):
            self.path.chmod(mode)
            self.refused(77)

    def test_refuses_a_folder_where_others_can_rename_files(self):
        self.copy_of_the_vault()
        self.folder.chmod(0o777)
        self.refused(77)

    def test_refuses_a_newer_vault(self):
        self.copy_of_the_vault()
        content = bytearray(self.path.read_bytes())
        content[60:64] = (99).to_bytes(4, "big")  # SQLite's user_version: the schema's number
        self.path.write_bytes(content)
        self.refused(73, saying="newer")

    def test_refuses_a_truncated_vault(self):
        self.copy_of_the_vault()
        whole = self.path.read_bytes()
        for length in (511, 4096, len(whole) // 2, len(whole) - 4096, len(whole) - 1):
            self.path.write_bytes(whole[:length])
            self.refused(72, hint=False)

    def test_refuses_a_planted_journal(self):
        self.copy_of_the_vault()
        planted = self.folder / "vault.db-journal"
        planted.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(4096))
        planted.chmod(0o666)
        self.refused(77, hint=False)

    def test_refuses_tables_and_triggers_that_are_not_ours(self):
        self.copy_of_the_vault()
        database = sqlite3.connect(self.path)
        database.execute("CREATE TABLE planted (text)")
        database.commit()
        database.close()
        self.refused(72, hint=False)

    def test_finds_every_flipped_page_or_opens_what_is_whole(self):
        self.copy_of_the_vault()
        whole = bytearray(self.path.read_bytes())
        for offset in range(200, len(whole), 1499):
            flipped = bytearray(whole)
            flipped[offset] ^= 0x40
            self.path.write_bytes(flipped)
            result = self.run_it("get", "openai:work", "--no-newline", "--vault", self.path)
            if result.code == 0:
                self.assertEqual(result.out, "sk-test-0001", offset)
            else:
                self.assertIn(result.code, (65, 66, 71, 72, 73, 77), f"offset {offset}: {result}")
                self.assertEqual(result.out, "")


class BadKey(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()

    def test_says_that_a_key_is_needed_when_there_is_none(self):
        self.key.rename(self.home / "away")
        self.assert_untouched(self.vault, lambda: self.fails(69, "list", saying="--key-file"))

    def test_tells_another_vaults_key_from_a_missing_one(self):
        self.ok("init", "--vault", self.home / "other/v.db", "--key-file", self.home / "other.key", "--no-recovery")
        self.fails(71, "list", "--key-file", self.home / "other.key")
        self.fails(66, "list", "--key-file", self.home / "gone.key")

    def test_tells_a_damaged_key_file(self):
        text = self.key.read_text()
        for broken in (text[:-10], text.replace(text[-8], "A" if text[-8] != "A" else "B"), "", "junk\n", text + text):
            path = self.write("broken.key", broken)
            result = self.run_it("list", "--key-file", path)
            self.assertIn(result.code, (65, 71, 72), result)
            self.assertEqual(result.out, "")

    def test_refuses_a_key_file_that_others_can_read(self):
        self.key.chmod(0o644)
        self.fails(77, "list")
        self.fails(77, "list", "--key-file", self.key)

    def test_falls_back_to_nothing_when_the_named_key_fails(self):
        wrong = self.write("wrong.key", "junk\n")
        self.assertNotEqual(self.run_it("list", env={"CLAVIGER_KEY_FILE": str(wrong)}).code, 0)

    def test_refuses_two_keys_at_once(self):
        self.fails(64, "list", "--key-file", self.key, "--passphrase-file", self.key)

    def test_never_reads_a_passphrase_from_a_pipe_meant_for_data(self):
        vault = self.home / "p/v.db"
        passphrase = self.write("passphrase", "correct horse\n")
        self.ok("init", "--vault", vault, "--passphrase-file", passphrase, "--no-recovery")
        self.key.unlink()
        self.fails(69, "list", "--vault", vault, stdin="correct horse\n")


class BadWords(Home):
    def test_names_the_command_that_was_meant(self):
        self.fails(64, "lisst", saying="did you mean `claviger list`?")
        self.fails(64, "order", "st", "--provider", "x")
        self.fails(64, "list", "--provder", "x", saying="--provider")

    def test_tells_what_is_missing_or_too_much(self):
        for words in (
            ("get",),
            ("get", "a", "b"),
            ("add", "a:b"),
            ("add", "a:b", "--type", "gold"),
            ("which",),
            ("copy", "a:b"),
            ("list", "--json=maybe"),
            ("status", "--warn-within", "soon"),
            ("export",),
            ("agent", "add"),
        ):
            self.fails(64, *words)

    def test_prints_a_groups_help_and_fails_without_its_verb(self):
        result = self.run_it("order")
        self.assertEqual((result.code, result.out), (64, ""))
        self.assertIn("order set", result.err)

    def test_explains_every_command_without_a_vault(self):
        overview = self.ok("help").out
        self.assertIn("order clear", overview)
        for command in ("init", "add", "get", "import", "export", "order set", "which", "status", "agent default"):
            self.assertIn("Usage: claviger " + command, self.ok("help", *command.split()).out)
            self.assertEqual(self.ok("help", *command.split()).out, self.ok(*command.split(), "--help").out)
        for topic in ("exit-codes", "unlocking", "openclaw", "recovery", "threats"):
            self.assertGreater(len(self.ok("help", topic).out), 200)

    def test_refuses_ids_that_are_empty_or_without_end(self):
        self.make_vault()
        for name in ("", "a:" + "x" * 5000):
            self.assertIn(
                self.run_it("add", name, "--type", "api_key", "--stdin", stdin="sk-test-1").code, (64, 65), repr(name)
            )
        self.assertEqual(self.ids(), [])


class BadDocuments(Home):
    """Refused whole, with the place of the fault, and without a word of what was in it (negative tests F01, E03)."""

    def setUp(self):
        super().setUp()
        self.make_vault()

    def refused(self, content, saying=""):
        source = self.write("auth-profiles.json", content)
        before = fingerprint(self.vault)
        result = self.fails(65, "import", source, saying=saying)
        self.assertEqual(fingerprint(self.vault), before, "the vault was written to")
        self.assertNotIn("canary", result.err)
        return result

    def test_names_line_and_column(self):
        self.refused('{"version":1,"profiles":{\n  "a:b": {,}}}', saying="line 2, column 11")
        self.refused(
            '{"version":1,\n"profiles":{"a:b":{"type":"api_key","provider":"a","key":"sk-test-canary}}}',
            saying="line 2",
        )

    def test_refuses_what_is_not_json_as_it_should_be(self):
        nested = '{"version":1,"profiles":' + "[" * 100000 + "]" * 100000 + "}"
        twice = '{"version":1,"profiles":{"a:b":{"type":"api_key","provider":"a","key":"sk-test-canary"},"a:b":{}}}'
        for content in (
            nested,
            twice,
            b'{"version":1,"profiles":{"a:\xff\xfe":{}}}',
            '{"version":1,"profiles":{"a:\\ud800":{}}}',
            '{"version":1,"profiles":{}} trailing-canary',
        ):
            self.refused(content)

    def test_refuses_documents_of_another_kind(self):
        for content in ("", "[]", "3", '"canary"', '{"version":1,"profiles":7}'):
            self.refused(content)

    def test_names_what_is_missing_or_unreadable(self):
        self.fails(66, "import", self.home / "gone.json")
        self.fails(64, "import", self.write("a.json", "{}"), "--format", "gold")

    def test_never_waits_for_a_fifo(self):
        fifo = self.home / "fifo"
        os.mkfifo(fifo, 0o600)
        guard = threading.Timer(60, lambda: os.close(os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)))
        guard.start()
        self.addCleanup(guard.cancel)
        self.assertNotEqual(self.run_it("import", fifo).code, 0)

    # C14
    def test_refuses_to_swallow_its_own_vault_and_key(self):
        for source in (self.vault, self.key):
            self.assert_untouched(
                self.vault, lambda source=source: self.assertIn(self.run_it("import", source).code, (64, 65, 77))
            )
        self.assertEqual(self.ids(), [])

    def test_leaves_nothing_behind(self):
        self.refused("{")
        names = {path.name for path in files_below(self.home)}
        self.assertLessEqual(
            {name for name in names if not name.startswith("mark-")},
            {"vault.db", "vault.db.lock", "vault.key", "auth-profiles.json"},
        )


if __name__ == "__main__":
    unittest.main()
