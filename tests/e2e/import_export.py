# SPDX-License-Identifier: Apache-2.0
"""Other programs' files in and out again: nothing lost, nothing invented, the source as it was."""
import json
import os
import sqlite3
import subprocess
import unittest
from decimal import Decimal

from support import Home, SAMPLES, fingerprint

OPENCLAW = SAMPLES / "openclaw"
EXACT = ("store-2026.2.json", "store-2026.9-export.json", "odd-values.json", "names.json")  # 2026.2 and earlier shapes
OLDER = ("flat-legacy.json", "auth.json", "oauth.json", "aliases.json")  # come back in today's spelling


def parsed(text):
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def secrets_in(value):
    """Every string under a member that holds a secret, wherever it lies."""
    if isinstance(value, list):
        return {secret for one in value for secret in secrets_in(one)}
    if not isinstance(value, dict):
        return set()
    found = {
        one
        for name, one in value.items()
        if isinstance(one, str) and name in ("key", "token", "access", "refresh", "apiKey", "api_key")
    }
    return found | {secret for one in value.values() for secret in secrets_in(one)}


class OpenClaw(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()

    def exported(self, *more):
        return parsed(self.ok("export", "--format", "openclaw", *more).out)

    def test_gives_back_the_same_document(self):
        for name in EXACT:
            with self.subTest(name):
                agent = name.split(".json")[0].replace(".", "-")
                self.ok("agent", "add", agent)
                self.ok("import", OPENCLAW / name, "--agent", agent)
                source = parsed((OPENCLAW / name).read_text())
                exported = self.exported("--agent", agent)
                self.assertEqual(exported, source)
                self.assertEqual(list(exported["profiles"]), list(source["profiles"]), "the order of the profiles")

    def test_gives_back_a_store_with_its_state_beside_it(self):
        folder = self.home / "in/agents/main/agent"
        folder.mkdir(parents=True)
        for part in ("profiles", "state"):
            source = "store-2026.4.json" if part == "profiles" else "store-2026.4.auth-state.json"
            (folder / f"auth-{part}.json").write_text((OPENCLAW / source).read_text())
        self.ok("import", self.home / "in")
        self.ok("export", "--format", "openclaw", "--generation", "2026.4", "--output", self.home / "out.json")
        for name, sample in (("out.json", "store-2026.4.json"), ("auth-state.json", "store-2026.4.auth-state.json")):
            self.assertEqual(parsed((self.home / name).read_text()), parsed((OPENCLAW / sample).read_text()), name)
            self.assertEqual((self.home / name).stat().st_mode & 0o777, 0o600)

    def test_loses_no_secret_of_older_shapes(self):
        for name in OLDER:
            with self.subTest(name):
                agent = name.split(".")[0]
                self.ok("agent", "add", agent, "--isolated")
                rejected = [
                    one
                    for entry in self.json("import", OPENCLAW / name, "--agent", agent)["agents"]
                    for one in entry["skipped"]
                ]
                exported = self.exported("--agent", agent)
                gone = {one["id"] for one in rejected}
                self.assertLessEqual(
                    secrets_in(
                        {
                            name: one
                            for name, one in parsed((OPENCLAW / name).read_text()).items()
                            if f"{name}:default" not in gone and name not in gone
                        }
                    ),
                    secrets_in(exported),
                )
                again = self.write("again.json", self.ok("export", "--format", "openclaw", "--agent", agent).out)
                self.ok("agent", "add", f"{agent}-again", "--isolated")
                self.ok("import", again, "--agent", f"{agent}-again")
                self.assertEqual(self.exported("--agent", f"{agent}-again"), exported)

    def test_takes_a_state_directory_with_all_its_agents(self):
        agents = {one["agent"]: one for one in self.json("import", OPENCLAW / "state-dir")["agents"]}
        self.assertEqual(sorted(agents), ["main", "ops", "work"])
        self.assertEqual(self.get("openai:work", "--agent", "work"), "sk-test-work-openai")
        self.assertEqual(self.get("openai:default", "--agent", "ops"), "sk-test-ops-openai")
        self.assertEqual(self.get("anthropic:manual", "--agent", "ops"), "sk-ant-oat01-test-main-manual")

    def test_leaves_the_source_as_it_was(self):
        before = {path: fingerprint(path) for path in OPENCLAW.rglob("*")}
        self.ok("import", OPENCLAW / "state-dir")
        self.assertEqual({path: fingerprint(path) for path in OPENCLAW.rglob("*")}, before)

    def test_changes_nothing_the_second_time(self):
        self.ok("import", OPENCLAW / "store-2026.2.json")
        (agent,) = self.json("import", OPENCLAW / "store-2026.2.json")["agents"]
        self.assertEqual((agent["added"], agent["replaced"]), ([], []))
        self.assertEqual({one["reason"] for one in agent["skipped"]}, {"unchanged"})

    def test_decides_conflicts_as_told(self):
        self.add("openai:default", "sk-test-mine")
        source = OPENCLAW / "store-2026.2.json"
        self.fails(68, "import", source, "--on-conflict", "fail", saying="openai:default")
        self.assertEqual(self.ids(), ["openai:default"], "half an import was kept")
        self.ok("import", source)
        self.assertEqual(self.get("openai:default"), "sk-test-mine")
        self.ok("import", source, "--on-conflict", "replace")
        self.assertEqual(self.get("openai:default"), "sk-test-openai-default-0001")

    def wired(self, *, key=None):
        entry = {
            "type": "api_key",
            "provider": "openai",
            "keyRef": {"source": "exec", "provider": "claviger", "id": "profile/openai:work"},
        }
        return self.write(
            "auth-profiles.json",
            json.dumps({"version": 1, "profiles": {"openai:work": {**entry, **({"key": key} if key else {})}}}),
        )

    def test_writes_what_opens_when_some_of_it_is_damaged(self):  # fault R2
        for one in ("openai:a", "openai:b", "openai:c"):
            self.add(one, f"sk-test-{one[-1]}")
        with sqlite3.connect(self.vault) as database:
            rows = [row for row, in database.execute("SELECT rowid FROM record ORDER BY rowid")]
            database.execute(
                "UPDATE record SET sealed_sheet = zeroblob(length(sealed_sheet)) WHERE rowid = ?", (rows[0],)
            )
        database.close()
        target = self.home / "auth-profiles.json"
        for how in ("openclaw", "openclaw-refs", "dotenv"):
            self.fails(72, "export", "--format", how, "--output", target, saying="damaged")
            self.assertFalse(target.exists(), "half an export passes for one")
            result = self.run_it("export", "--format", how, "--skip-damaged", "--json", "--output", target)
            self.assertEqual(result.code, 72, result)
            self.assertEqual(len(json.loads(result.out)["damaged"]), 1)
            self.assertIn("OPENAI_API_KEY" if how == "dotenv" else "openai:c", target.read_text())
            for leftover in (target, self.home / "auth-state.json"):
                leftover.unlink(missing_ok=True)

    def test_drops_no_login_that_only_the_target_holds(self):  # fault D6
        def store(refresh):
            return json.dumps(
                {
                    "version": 1,
                    "profiles": {
                        "google:me": {"type": "oauth", "provider": "google", "access": "test-a", "refresh": refresh}
                    },
                }
            )

        self.ok("import", "-", stdin=store("test-r1"))
        target = self.write("auth-profiles.json", store("test-rotated-only-here"))
        self.assert_untouched(
            target,
            lambda: self.fails(
                68, "export", "--format", "openclaw-refs", "--force", "--output", target, saying="google:me"
            ),
        )
        self.ok("import", target, "--on-conflict", "replace")
        self.ok("export", "--format", "openclaw-refs", "--force", "--output", target)
        self.assertEqual(self.get("google:me", "--field", "refresh"), "test-rotated-only-here")

    def test_leaves_no_state_of_profiles_that_are_gone(self):  # fault D7
        self.add("openai:new", "sk-test-1")
        for how in (("openclaw", "--generation", "2026.4"), ("openclaw-refs",)):
            target = self.write("auth-profiles.json", '{"version":1,"profiles":{}}')
            state = self.write("auth-state.json", '{"version":1,"order":{"openai":["openai:gone"]}}')
            self.assert_untouched(state, lambda how=how: self.fails(68, "export", "--format", *how, "--output", target))
            self.ok("export", "--format", *how, "--force", "--output", target)
            self.assertNotIn("openai:gone", state.read_text(), how)
            self.assertIn("openai:new", target.read_text())

    def test_never_replaces_a_secret_by_a_reference_to_the_vault(self):  # fault O1
        self.add("openai:work", "sk-test-the-only-copy")
        for rule in ("replace", "skip", "fail"):
            for more in (("--dry-run",), ()):
                answer = self.json("import", self.wired(), "--on-conflict", rule, *more)
                self.assertEqual(
                    answer["agents"][0]["conflicts"], [{"id": "openai:work", "reason": "already_wired"}], answer
                )
                self.assertEqual(self.get("openai:work"), "sk-test-the-only-copy")
        self.assertIn("already wired", self.ok("import", self.wired(), "--on-conflict", "replace", "--dry-run").out)

    def test_takes_no_reference_to_a_vault_into_a_fresh_one(self):  # fault O1
        self.ok("import", self.wired())
        self.assertEqual(self.ids(), [])
        self.ok("import", self.wired(key="sk-test-inline"))
        self.assertEqual(self.get("openai:work"), "sk-test-inline")
        self.assertNotIn("keyRef", self.ok("export", "--format", "openclaw").out)

    def test_says_on_a_dry_run_what_would_be_lost(self):  # faults O1, T4
        self.add("openai:default", "sk-test-mine")
        source = OPENCLAW / "store-2026.2.json"
        planned = self.ok("import", source, "--on-conflict", "replace", "--dry-run")
        self.assertIn('would replace "openai:default"; its present value would be lost', planned.out.replace("'", '"'))
        answer = self.json("import", source, "--on-conflict", "replace", "--dry-run")
        self.assertEqual(
            (answer["dryRun"], answer["verified"], answer["agents"][0]["lost"]), (True, False, ["openai:default"])
        )
        self.assertEqual(self.get("openai:default"), "sk-test-mine")

    def test_names_what_it_takes(self):  # faults T4, O14
        for more, word in ((("--dry-run",), "would add"), ((), "added")):
            receipt = self.ok("import", OPENCLAW / "state-dir", *more).out.replace("'", '"')
            self.assertIn(f'  {word} "openai:work"\n', receipt)
            self.assertIn(', variable "TAVILY_API_KEY"\n', receipt)
        answer = self.json("import", OPENCLAW / "state-dir")
        main = answer["agents"][0]
        self.assertEqual((main["added"], main["conflicts"], answer["dryRun"]), ([], [], False))
        self.assertEqual(
            {one["id"] for one in main["skipped"]}, {*main["unchanged"], *(one["id"] for one in main["rejected"])}
        )

    def test_tells_other_details_from_another_value(self):  # fault T4
        def store(name, key):
            return json.dumps(
                {
                    "version": 1,
                    "profiles": {"p:a": {"type": "api_key", "provider": "p", "key": key, "displayName": name}},
                }
            )

        self.ok("import", "-", stdin=store("One", "sk-test-1"))
        for stdin, reason, words in (
            (store("Two", "sk-test-1"), "details", "the same secret, but other details"),
            (store("One", "sk-test-2"), "exists", "another value"),
        ):
            self.assertEqual(
                self.json("import", "-", stdin=stdin)["agents"][0]["conflicts"], [{"id": "p:a", "reason": reason}]
            )
            self.assertIn(words, self.ok("import", "-", stdin=stdin).out)

    def test_skips_bad_files_when_told_and_takes_the_rest(self):  # fault O13
        folder = self.home / "in/agents"
        for agent, text in (
            ("main", '{"profiles":{"p:a":{"type":"api_key","provider":"p","key":"sk-test-1"}}}'),
            ("cut", '{"profiles":{"p:b":'),
            ("twice", '{"profiles":{"p:c":{"type":"api_key","provider":"p","key":"sk-test-old","key":"sk-test-new"}}}'),
        ):
            (folder / agent / "agent").mkdir(parents=True)
            (folder / agent / "agent/auth-profiles.json").write_text(text)
        self.assertIn("--skip-bad", self.fails(65, "import", self.home / "in").err)
        self.assertEqual(self.ids(), [])
        result = self.run_it("import", self.home / "in", "--skip-bad")
        self.assertEqual(result.code, 65, result)
        self.assertIn("in/agents/cut/agent/auth-profiles.json", result.out)
        self.assertEqual(self.get("p:a"), "sk-test-1")
        self.assertEqual(self.get("p:c", "--agent", "twice"), "sk-test-new")

    def test_refuses_what_is_claviger_s_own(self):  # C14
        for own, word in ((self.vault, "vault"), (self.key, "key file")):
            self.fails(65, "import", own, saying=word)
            if own == self.key:
                self.fails(65, "import", "-", stdin=own.read_bytes(), saying=word)
                self.fails(65, "import", own, "--format", "dotenv", saying=word)
        token = self.ok("agent", "token", "create", "main").out.strip().splitlines()[-1]
        self.fails(65, "import", "-", stdin=token, saying="token")

    def test_says_the_same_of_an_empty_file_and_an_empty_pipe(self):  # fault T11
        for text in ("", " \n\t\n", "\ufeff"):
            said = {
                self.fails(65, "import", self.write(name, text), saying="nothing in it but blanks").err
                for name in ("empty.json", "empty.env", "empty")
            }
            said.add(self.fails(65, "import", "-", stdin=text).err)
            self.assertEqual(len(said), 1, said)

    def test_names_broken_json_through_a_pipe_as_from_a_file(self):  # fault T11
        for text in ("[1,]", "{", "nul", '"a', "[1 2]", "{'a':1}", "2@", "*", "<null>", "\x00", "[\xe5]", "]"):
            piped = self.fails(65, "import", "-", stdin=text.encode("latin-1"), saying="JSON").err
            self.assertEqual(self.fails(65, "import", self.write("x.json", text.encode("latin-1"))).err, piped, text)

    def test_survives_a_folder_that_no_system_can_have(self):  # fault R12
        for word in ("x" * 300, "y" * 5000, "~/" + "z/" * 2500):
            config = {"agents": {"list": [{"id": "ops", "agentDir": word}, {"id": "main", "agentDir": word}]}}
            (self.home / "in/agents/main/agent").mkdir(parents=True, exist_ok=True)
            (self.home / "in/openclaw.json").write_text(json.dumps(config))
            self.fails(65, "import", self.home / "in", saying="cannot be reached")
            self.assertEqual(self.run_it("import", self.home / "in", "--skip-bad").code, 65)
        for word in ("x" * 300, "y" * 5000):
            self.assertIn(self.run_it("import", self.home / word).code, (65, 66, 74))

    def test_keeps_one_key_when_an_aliased_one_is_pasted_over(self):  # fault D10
        for members in ('"apiKey":"sk-test-former-1"', '"key":"sk-test-former-1","apiKey":"sk-test-former-2"'):
            self.ok(
                "import",
                "-",
                "--on-conflict",
                "replace",
                stdin='{"version":1,"profiles":{"openai:work":{"type":"api_key","provider":"openai",%s}}}' % members,
            )
            self.ok(
                "models",
                "auth",
                "paste-api-key",
                "--provider",
                "openai",
                "--profile-id",
                "openai:work",
                stdin="sk-testnewkey00001",
            )
            exported = self.ok("export", "--format", "openclaw").out
            self.assertNotIn("former", exported)
            self.assertEqual(secrets_in(json.loads(exported)), {"sk-testnewkey00001"})

    def test_takes_no_id_that_looks_like_another_or_cannot_be_seen(self):  # fault D12, C10
        self.add("openai:caf\u00e9", "sk-test-1")
        for odd in ("openai:cafe\u0301", "openai:a ", " openai:a", "openai:a\u200b", "openai:a\n", "openai:\u202ea"):
            self.assertIn(
                self.run_it("add", odd, "--type", "api_key", "--stdin", stdin="sk-test-2").code, (65, 68), odd
            )
        self.fails(
            68, "add", "openai:cafe\u0301", "--type", "api_key", "--stdin", stdin="sk-test-2", saying="looks the same"
        )
        self.add("openai:plain", "sk-test-3")
        self.fails(68, "rename", "openai:plain", "openai:cafe\u0301", saying="looks the same")
        self.ok("rename", "openai:caf\u00e9", "openai:cafe\u0301")
        self.assertEqual(self.ids(), ["openai:cafe\u0301", "openai:plain"])

    def test_copies_no_id_to_an_agent_that_has_one_that_looks_the_same(self):  # fault D12, C10
        self.ok("agent", "add", "ops", "--isolated")
        self.ok("agent", "add", "heir")
        self.add("openai:caf\u00e9", "sk-test-1")
        self.add("openai:cafe\u0301", "sk-test-2", "--agent", "ops")
        self.fails(68, "copy", "openai:caf\u00e9", "--to-agent", "ops", saying="looks the same")
        self.ok("copy", "openai:caf\u00e9", "--to-agent", "heir")
        self.ok("copy", "openai:caf\u00e9", "--to-agent", "heir", "--replace")
        self.assertEqual(self.ids("--agent", "ops"), ["openai:cafe\u0301"])

    def test_reads_from_standard_input(self):
        self.ok("import", "-", "--format", "openclaw", stdin=(OPENCLAW / "names.json").read_bytes())
        self.assertEqual(self.exported(), parsed((OPENCLAW / "names.json").read_text()))


class Dotenv(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.expected = json.loads((SAMPLES / "dotenv/forty-lines.json").read_text())
        self.ok("import", SAMPLES / "dotenv/forty-lines.env")

    def variables(self, *more):
        return json.loads(self.ok("export", "--format", "dotenv", "--dialect", "json", *more).out)

    def test_gives_back_every_name_and_value(self):
        self.assertEqual(self.variables(), self.expected)

    def test_survives_its_own_dotenv(self):
        again = self.write("again.env", self.ok("export", "--format", "dotenv").out)
        self.ok("agent", "add", "again", "--isolated")
        self.ok("import", again, "--agent", "again")
        self.assertEqual(self.variables("--agent", "again"), self.expected)

    def test_survives_a_real_shell(self):
        self.ok("agent", "add", "shell", "--isolated")
        portable = "".join(
            f"{name}='{value}'\n"
            for name, value in (("PLAIN", "sk-test-1"), ("BLANKS", " sk test "), ("DOLLAR", "$HOME`x`!"))
        )
        self.ok("import", "-", "--format", "dotenv", "--agent", "shell", stdin=portable)
        script = self.ok("export", "--format", "dotenv", "--dialect", "sh", "--agent", "shell").out
        shown = subprocess.run(
            ["/bin/sh", "-c", script + 'printf "%s|%s|%s" "$PLAIN" "$BLANKS" "$DOLLAR"'],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        self.assertEqual(shown, "sk-test-1| sk test |$HOME`x`!")

    def test_puts_a_profile_before_a_variable_of_the_same_name(self):
        self.add("openai:work", "sk-test-from-the-profile")
        self.assertEqual(self.variables()["OPENAI_API_KEY"], "sk-test-from-the-profile")
        self.assertEqual(self.variables("--only", "variables"), self.expected)
        self.assertEqual(self.variables("--only", "profiles"), {"OPENAI_API_KEY": "sk-test-from-the-profile"})

    def test_turns_known_variables_into_profiles_when_asked(self):
        self.ok("agent", "add", "second", "--isolated")
        self.ok(
            "import",
            "-",
            "--format",
            "dotenv",
            "--as-profiles",
            "--agent",
            "second",
            stdin="OPENAI_API_KEY=sk-test-promoted\nOTHER=kept\n",
        )
        self.assertEqual(self.get("openai:default", "--agent", "second"), "sk-test-promoted")
        self.assertEqual(self.variables("--agent", "second", "--only", "variables"), {"OTHER": "kept"})

    # F12
    def test_writes_files_that_only_the_owner_can_read(self):
        former = os.umask(0)
        self.addCleanup(os.umask, former)
        self.ok("export", "--format", "dotenv", "--output", self.home / "out.env")
        self.assertEqual((self.home / "out.env").stat().st_mode & 0o777, 0o600)

    def test_replaces_nothing_of_claviger_s_own_even_when_forced(self):  # fault D2
        copy = self.home / "copy.db"
        self.ok("backup", copy)
        key = self.write("another.key", self.key.read_bytes())
        token = self.write("ops.token", self.ok("agent", "token", "create", "main").out.strip().splitlines()[-1] + "\n")
        lock = self.vault.with_name(self.vault.name + ".lock")
        link = self.home / "link.db"
        link.symlink_to(self.vault)
        for own in (self.vault, lock, self.key, copy, key, token, link):
            for how in (("dotenv",), ("openclaw",), ("openclaw-refs",)):
                before = own.read_bytes()
                self.assertIn(self.run_it("export", "--format", *how, "--force", "--output", own).code, (64, 77), own)
                self.assertEqual(own.read_bytes(), before)
        self.assertIn(self.run_it("export", "--format", "dotenv", "--output", str(self.vault) + "-journal").code, (64,))
        self.ok("verify", "--deep")

    def test_warns_where_files_are_copied_away(self):  # F12
        for folder, word in (("Dropbox/keys", "other computers"), ("work", "Git work tree")):
            (self.home / folder).mkdir(parents=True)
        (self.home / "work/.git").mkdir()
        for folder, word in (("Dropbox/keys", "other computers"), ("work", "Git work tree")):
            self.assertIn(word, self.ok("export", "--format", "dotenv", "--output", self.home / folder / "out.env").err)
        self.assertNotIn(
            "other computers", self.ok("export", "--format", "dotenv", "--output", self.home / "out.env").err
        )

    def test_writes_in_plain_text_only_when_the_format_is_named(self):  # F12
        self.fails(64, "export", saying="--format")

    def test_tells_scripts_what_it_wrote(self):  # fault T10
        receipt = self.json("export", "--format", "dotenv", "--output", self.home / "out.env")
        self.assertEqual(
            (receipt["format"], receipt["agent"], receipt["files"]), ("dotenv", "main", [str(self.home / "out.env")])
        )
        self.assertEqual(receipt["written"], len(self.expected))
        told = self.json("export", "--format", "dotenv")
        self.assertEqual(told["content"], (self.home / "out.env").read_text())

    def test_writes_no_bytes_that_dotenv_would_mangle(self):  # fault D11
        self.ok("agent", "add", "bytes", "--isolated")
        self.ok("import", "-", "--format", "dotenv", "--agent", "bytes", stdin=b"LATIN=caf\xe9\n")
        for dialect in ("dotenv", "docker", "systemd", "json"):
            self.fails(65, "export", "--format", "dotenv", "--dialect", dialect, "--agent", "bytes", saying="LATIN")

    def test_replaces_no_file_unless_forced(self):
        there = self.write("there.env", "KEPT=1\n")
        there.chmod(0o644)
        self.assert_untouched(there, lambda: self.fails(68, "export", "--format", "dotenv", "--output", there))
        self.ok("export", "--format", "dotenv", "--output", there, "--force")
        self.assertEqual(there.stat().st_mode & 0o777, 0o600, "the former file's mode was inherited")

    def test_writes_through_no_link(self):
        target = self.write("target", "KEPT=1\n")
        link = self.home / "link.env"
        link.symlink_to(target)
        for more in ((), ("--force",)):
            self.assert_untouched(
                target, lambda more=more: self.run_it("export", "--format", "dotenv", "--output", link, *more)
            )

    def test_takes_openclaws_lock_and_gives_it_back(self):
        target = self.home / "auth-profiles.json"
        self.ok("export", "--format", "openclaw", "--output", target)
        self.assertFalse((self.home / "auth-profiles.json.lock").exists())

    def test_waits_for_a_lock_that_openclaw_holds_and_writes_nothing(self):
        target = self.write("auth-profiles.json", "{}\n")
        self.write("auth-profiles.json.lock", json.dumps({"pid": os.getpid(), "createdAt": "2026-11-21T00:00:00Z"}))
        self.assert_untouched(
            target,
            lambda: self.fails(
                75, "export", "--format", "openclaw", "--generation", "2026.4", "--output", target, "--force"
            ),
        )
        self.assertTrue((self.home / "auth-profiles.json.lock").exists())

    def test_takes_over_the_lock_of_a_process_that_is_gone(self):
        gone = subprocess.Popen(["true"])
        gone.wait()
        self.write("auth-profiles.json.lock", json.dumps({"pid": gone.pid, "createdAt": "2026-11-21T00:00:00Z"}))
        self.ok(
            "export", "--format", "openclaw", "--generation", "2026.4", "--output", self.home / "auth-profiles.json"
        )

    def test_refuses_what_a_dialect_cannot_hold_and_leaves_no_file(self):
        result = self.fails(
            65, "export", "--format", "dotenv", "--dialect", "docker", "--output", self.home / "out.env"
        )
        self.assertIn("LINE_FEEDS", result.err)
        self.assertEqual([one.name for one in self.home.iterdir() if not one.name.startswith(".")], [])


if __name__ == "__main__":
    unittest.main()
