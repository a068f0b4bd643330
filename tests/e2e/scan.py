# SPDX-License-Identifier: Apache-2.0
"""scan: which plaintext copies it finds, what it says of them, and what --scrub overwrites (F14)."""
import base64
import gzip
import json
import os
import sqlite3
import unittest
import urllib.parse

from support import Home

SECRET = "sk-ant-test-AbCd/1234+567=890"
MARKER = "removed-by-claviger:anthropic:work"


class Scan(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.add("anthropic:work", SECRET)

    def found(self, *words, code=0, **how):
        result = self.run_it("scan", *words, "--json", **how)
        self.assertEqual(result.code, code, result)
        self.assertNotIn(SECRET, result.out + result.err)
        return json.loads(result.out)

    def sightings(self, *words, **how):
        return [
            (os.path.relpath(one["file"], self.home), one["line"], one["encoding"], one["id"])
            for one in self.found(*words, **how)["findings"]
        ]

    def place(self, name, content):
        (self.home / name).parent.mkdir(parents=True, exist_ok=True)
        return self.write(name, content)


class Finding(Scan):
    def test_looks_into_the_usual_places_and_nowhere_else(self):
        names = (
            ".openclaw/agents/main/agent/auth-profiles.json.bak",
            ".openclaw-work/agents/main/sessions/1.jsonl",
            ".openclaw.backup/.env",
            ".config/systemd/user/agent.service",
            ".bash_history",
            ".zsh_history",
            ".local/share/fish/fish_history",
            ".python_history",
            ".claude/projects/x/1.jsonl",
            ".codex/history.jsonl",
            ".gemini/tmp/logs.json",
            ".env.local",
        )
        for name in names + ("elsewhere/x.txt",):
            self.place(name, f"x={SECRET}\n")
        self.assertEqual(sorted(one[0] for one in self.sightings()), sorted(names))

    def test_looks_where_openclaw_and_the_shell_are_told_to_keep_theirs(self):
        state, history = self.place("state/a.json", SECRET), self.place("kept/hist", SECRET)
        env = {"OPENCLAW_STATE_DIR": str(state.parent), "HISTFILE": str(history)}
        self.assertEqual(sorted(one[0] for one in self.sightings(env=env)), ["kept/hist", "state/a.json"])

    def test_names_file_line_form_and_profile(self):
        self.place("d/a", f"one\ntwo {SECRET} {SECRET}\n")
        self.place("d/b", "x " + base64.b64encode(b"user:" + SECRET.encode()).decode())
        self.place("d/c", "x " + base64.urlsafe_b64encode(b"\xff\xff" + SECRET.encode() * 2).decode())
        self.place("d/e", "\n\nhttps://x/?k=" + urllib.parse.quote(SECRET, safe=""))
        self.place("d/f", json.dumps({"k": SECRET}).replace("/", "\\/"))
        self.assertEqual(
            self.sightings("d"),
            [
                ("d/a", 2, "raw", "anthropic:work"),
                ("d/a", 2, "raw", "anthropic:work"),
                ("d/b", 1, "base64", "anthropic:work"),
                ("d/c", 1, "base64", "anthropic:work"),
                ("d/c", 1, "base64", "anthropic:work"),
                ("d/e", 3, "url", "anthropic:work"),
                ("d/f", 1, "json", "anthropic:work"),
            ],
        )

    def test_knows_the_secrets_of_all_agents_variables_and_openclaws_own(self):
        self.ok("agent", "add", "ops", "--isolated")
        self.add("openai:ops", "sk-test-of-ops-12345", "--agent", "ops")
        self.ok("import", self.write("v.env", "MY_TOKEN=token-in-a-variable\n"))
        self.ok("add", "config/gateway.auth.token", "--stdin", stdin="token-of-the-gateway")
        self.place("d/a", "sk-test-of-ops-12345\ntoken-in-a-variable\ntoken-of-the-gateway\n")
        found = [(one["agent"], one["kind"], one["id"]) for one in self.found("d")["findings"]]
        self.assertEqual(
            found,
            [
                ("ops", "profile", "openai:ops"),
                ("main", "variable", "env/MY_TOKEN"),
                ("@config", "config", "config/gateway.auth.token"),
            ],
        )

    def test_names_every_place_that_keeps_the_same_value(self):
        self.add("anthropic:second", SECRET)
        self.place("d/a", SECRET)
        (one,) = self.found("d")["findings"]
        self.assertEqual({one["id"], one["also"][0]["id"]}, {"anthropic:work", "anthropic:second"})

    def test_names_what_is_too_short_or_too_common_to_be_looked_for(self):
        self.add("openai:short", "1234567")
        self.ok("import", self.write("v.env", "MODE=production\nURL=https://api.example.com/v1\nA_KEY=production2\n"))
        self.place("d/a", "1234567 production https://api.example.com/v1\n")
        document = self.found("d")
        self.assertEqual(document["findings"], [])
        passed_over = {one["id"]: one["reason"] for one in document["notSearched"]}
        self.assertEqual(sorted(passed_over), ["env/MODE", "env/URL", "openai:short"])
        self.assertIn("shorter than 8 bytes", self.ok("scan", "d").err)

    def test_finds_a_copy_across_the_borders_of_blocks(self):
        size = 256 * 1024
        for before in range(size - len(SECRET), size + 1):
            self.place("d/a", b"x" * before + SECRET.encode() + b"y")
            (one,) = self.found("d")["findings"]
            self.assertEqual(one["offset"], before)

    def test_finds_copies_in_free_pages_of_a_database(self):
        (self.home / "d").mkdir()
        with sqlite3.connect(self.home / "d/x.sqlite") as database:
            database.execute("PRAGMA secure_delete=OFF")
            database.execute("CREATE TABLE t(a)")
            database.execute("INSERT INTO t VALUES(?)", (SECRET + "x" * 3000,))
            database.commit()
            database.execute("DELETE FROM t")
        database.close()
        (one,) = self.found("d")["findings"]
        self.assertIsNone(one["line"])
        self.assertGreater(one["offset"], 4096)

    def test_finds_copies_that_a_database_keeps_in_two_pages(self):
        for size in (512, 4096):
            for before in range(0, 64, 7):
                path = self.home / "d/x.sqlite"
                path.parent.mkdir(exist_ok=True)
                with sqlite3.connect(path) as database:
                    database.execute(f"PRAGMA page_size={size}")
                    database.execute("CREATE TABLE t(a)")
                    step = 64  # so that many borders are met
                    value = "x" * before + "".join(SECRET.ljust(step, ".") for _ in range(300))
                    database.execute("INSERT INTO t VALUES('y'), (?)", (value,))
                database.close()
                self.assertEqual(len(self.found("d")["findings"]), 300, (size, before))
                path.unlink()

    def test_does_not_find_its_own_vault_key_and_backups(self):
        self.ok("backup", self.home / "backup.db")
        self.assertEqual(self.sightings("."), [])

    def test_names_the_fields_of_openclaw_json_that_could_hold_a_reference(self):
        reference = {"source": "exec", "provider": "claviger", "id": "profile/x"}
        config = {"channels": {"telegram": {"botToken": "123:test"}, "discord": {"token": reference}}}
        self.place(".openclaw/openclaw.json", json.dumps(config))
        document = self.found("--check", code=1)
        self.assertEqual([one["path"] for one in document["fields"]], ["channels.telegram.botToken"])


class Reading(Scan):
    def test_follows_no_link_and_opens_nothing_but_files(self):
        self.place("elsewhere/x", SECRET)
        (self.home / "d").mkdir()
        (self.home / "d/link").symlink_to(self.home / "elsewhere")
        (self.home / "d/loop").symlink_to(self.home / "d")
        os.mkfifo(self.home / "d/fifo")
        document = self.found("d")
        self.assertEqual((document["findings"], document["linksNotFollowed"]), ([], 2))

    def test_names_what_it_could_not_read(self):
        closed = self.place("d/closed", SECRET)
        closed.chmod(0)
        if os.access(closed, os.R_OK):
            self.skipTest("root reads everything")
        (one,) = self.found("d")["unread"]
        self.assertEqual(one["file"], str(closed))
        self.assertIn("could not be searched", self.ok("scan", "d").err)

    def test_does_not_enter_what_the_kernel_makes_up(self):
        (one,) = self.found("/proc/self")["unread"]
        self.assertEqual(one["reason"], "belongs to the kernel")

    def test_names_compressed_files_as_not_searched(self):
        self.place("d/a.log.gz", gzip.compress(SECRET.encode()))
        (one,) = self.found("d")["unread"]
        self.assertIn("compressed", one["reason"])

    def test_changes_nothing(self):
        path = self.place("d/a", SECRET)
        self.assert_untouched(path, lambda: self.ok("scan", "d"))
        self.assert_untouched(self.vault, lambda: self.ok("scan", "d"))

    def test_ends_with_1_when_asked_and_something_was_found(self):
        self.place("d/a", SECRET)
        (self.home / "empty").mkdir()
        self.ok("scan", "d")
        self.assertEqual(self.run_it("scan", "d", "--check").code, 1)
        self.ok("scan", "empty", "--check")

    def test_knows_no_folder_that_is_not_there(self):
        self.fails(66, "scan", "nowhere", saying="nowhere")
        self.fails(64, "scan", "--yes", saying="--scrub")


    def test_names_what_is_damaged_and_looks_for_the_rest(self):
        self.add("openai:b", "sk-test-of-openai-b")
        self.place("d/a", "sk-test-of-openai-b")
        whole = self.vault.read_bytes()
        for column in ("sealed_sheet", "sealed_secret"):
            self.vault.write_bytes(whole)
            with sqlite3.connect(self.vault) as database:
                database.execute(f"UPDATE record SET {column} = zeroblob(length({column})) WHERE rowid = 1")
            database.close()
            document = self.found("d", code=72)
            self.assertEqual([one["id"] for one in document["findings"]], ["openai:b"])
            self.assertIn("damaged", self.run_it("scan", "d", "--check").err)
            self.found("d", "--check", code=1)


class Scrubbing(Scan):
    def scrub(self, *words, code=0):
        return self.found("--scrub", "--yes", *words, code=code)

    def test_overwrites_each_copy_and_nothing_else(self):
        history = self.place(".bash_history", f"ls\nexport K={SECRET}\ncd\n")
        transcript = self.place(".claude/a.jsonl", json.dumps({"a": f"key {SECRET} é", "b": [1]}) + "\n")
        env = self.place(".env", f"# note\nANTHROPIC_API_KEY={SECRET}\nOTHER=x\n")
        for path in (history, transcript, env):
            path.chmod(0o640)
        document = self.scrub("--check")
        self.assertEqual(len(document["scrubbed"]), 3)
        self.assertEqual(history.read_text(), f"ls\nexport K={MARKER}\ncd\n")
        self.assertEqual(json.loads(transcript.read_text()), {"a": f"key {MARKER} é", "b": [1]})
        self.assertEqual(env.read_text(), f"# note\nANTHROPIC_API_KEY={MARKER}\nOTHER=x\n")
        self.assertEqual([path.stat().st_mode & 0o777 for path in (history, transcript, env)], [0o640] * 3)
        self.assertEqual(self.sightings(), [])

    def test_leaves_a_marker_that_is_no_secret_to_us(self):
        env = self.place(".env", f"ANTHROPIC_API_KEY={SECRET}\n")
        self.scrub()
        self.ok("import", env)
        self.fails(65, "get", "env/ANTHROPIC_API_KEY", saying="placeholder")

    def test_leaves_alone_what_a_program_takes_its_credentials_from(self):
        kept = [
            self.place(name, SECRET)
            for name in (
                ".openclaw/agents/main/agent/auth-profiles.json",
                ".codex/auth.json",
                ".claude/.credentials.json",
                ".config/systemd/user/a.service",
                ".bashrc",
            )
        ]
        document = self.scrub("--check", code=1)
        self.assertEqual(document["scrubbed"], [])
        self.assertEqual(sorted(one["file"] for one in document["notScrubbed"]), sorted(map(str, kept)))
        for path in kept:
            self.assertEqual(path.read_text(), SECRET)

    def test_leaves_alone_databases_and_what_is_no_text(self):
        kept = self.place("d/binary", b"\0\1" + SECRET.encode())
        with sqlite3.connect(self.home / "d/x.sqlite") as database:
            database.execute("CREATE TABLE t(a)")
            database.execute("INSERT INTO t VALUES(?)", (SECRET,))
        database.close()
        document = self.scrub("d")
        self.assertEqual((document["scrubbed"], len(document["notScrubbed"])), ([], 2))
        self.assertEqual(kept.read_bytes(), b"\0\1" + SECRET.encode())

    def test_leaves_alone_a_file_with_another_name_and_one_that_is_read_only(self):
        twin = self.place("d/twin", SECRET)
        os.link(twin, self.home / "d/other")
        closed = self.place("d/closed", SECRET)
        closed.chmod(0o400)
        reasons = {os.path.basename(one["file"]): one["reason"] for one in self.scrub("d")["notScrubbed"]}
        self.assertIn("hard links", reasons["twin"])
        self.assertIn("read-only", reasons["closed"])
        self.assertEqual((twin.read_text(), closed.read_text()), (SECRET, SECRET))

    def test_leaves_alone_what_another_program_is_writing(self):
        path = self.place("d/log", SECRET)
        with open(path, "a", encoding="utf-8"):
            document = self.found("--scrub", "--yes", "d", code=75)
            self.assertEqual(path.read_text(), SECRET)
        self.assertIn("open for writing", document["notScrubbed"][0]["reason"])
        self.scrub("d")
        self.assertEqual(path.read_text(), MARKER)

    def test_does_what_can_be_done_and_says_what_was_left(self):
        self.place("d/a", SECRET)
        self.place("d/b", b"\0" + SECRET.encode())
        result = self.run_it("scan", "d", "--scrub", "--yes", "--check")
        self.assertEqual(result.code, 1)
        self.assertIn("1 copy overwritten, 1 copy left.", result.err)

    def test_asks_and_writes_nothing_without_an_answer(self):
        path = self.place("d/a", SECRET)
        self.assert_untouched(path, lambda: self.assertEqual(self.run_it("scan", "d", "--scrub").code, 64))

    def test_dry_run_says_what_it_would_do(self):
        path = self.place("d/a", SECRET)
        result = []
        self.assert_untouched(path, lambda: result.append(self.ok("scan", "d", "--scrub", "--dry-run")))
        self.assertIn("Would overwrite 1 copy in", result[0].err)
        document = self.found("d", "--scrub", "--dry-run", "--check", code=1)
        self.assertEqual((document["dryRun"], document["scrubbed"][0]["copies"]), (True, 1))


if __name__ == "__main__":
    unittest.main()
