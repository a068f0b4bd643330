# SPDX-License-Identifier: Apache-2.0
"""What the command line says is so: JSON everywhere, ends that count, placeholders, what steers programs, damage."""
import json
import sqlite3
import time
import unittest

from support import Home

HOUR = 3_600_000
DAY = 24 * HOUR
SHOW = ("/usr/bin/env", "-0")


class Vault(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()

    def login(self, name, hours, refresh="rt-test-1"):
        """An OAuth login whose access token ends in so many hours; they may be negative."""
        entry = {
            "type": "oauth",
            "provider": name.split(":")[0],
            "access": "at-test-1",
            "expires": int(time.time() * 1000) + hours * HOUR,
        }
        if refresh:
            entry["refresh"] = refresh
        store = {"version": 1, "profiles": {name: entry}}
        self.ok("import", self.write("auth-profiles.json", json.dumps(store)))

    def keep_placeholder(self):
        store = {"version": 1, "profiles": {"openai:p": {"type": "api_key", "provider": "openai", "key": "[REDACTED]"}}}
        self.ok("import", self.write("auth-profiles.json", json.dumps(store)))


class Json(Vault):
    """T10: every command honours --json, dry runs and errors too."""

    def setUp(self):
        super().setUp()
        self.add("openai:a", "sk-test-a")

    def test_get_prints_one_object_with_the_secret_escaped(self):
        self.ok("import", self.write("more.env", "ODD=\"a\\nb\"\n"))
        told = self.json("get", "openai:a")
        self.assertEqual(told.pop("revision"), self.json("show", "openai:a")["profiles"][0]["revision"])
        self.assertEqual(told, {"schemaVersion": 1, "id": "openai:a", "field": "key", "value": "sk-test-a"})
        self.assertEqual(self.json("get", "env/ODD")["value"], "a\nb")

    def test_a_change_prints_one_object_and_a_dry_run_says_so(self):
        self.ok("agent", "add", "ops")
        for words in (
            ("rename", "openai:a", "openai:b"),
            ("copy", "openai:a", "--to-agent", "ops"),
            ("remove", "openai:a", "--yes"),
            ("order", "set", "--provider", "openai", "openai:a"),
            ("order", "clear", "--provider", "openai"),
            ("edit", "openai:a", "--email", "me@example.com"),
            ("pin", "set", "--session", "s", "openai:a"),
            ("pin", "clear", "--session", "s"),
            ("report", "openai:a", "success"),
        ):
            with self.subTest(words):
                document = self.json(*words, "--dry-run")
                self.assertIs(document["dryRun"], True)
        self.assertEqual(self.ids(), ["openai:a"])
        self.assertEqual(
            self.json("rename", "openai:a", "openai:b"),
            {"schemaVersion": 1, "agent": "main", "from": "openai:a", "to": "openai:b"},
        )
        self.assertEqual(self.json("copy", "openai:b", "--to-agent", "ops")["toAgent"], "ops")
        self.assertEqual(self.json("order", "clear", "--provider", "openai")["order"], None)
        self.assertEqual(self.json("remove", "openai:b", "--yes")["removed"], "openai:b")

    def test_an_error_is_one_object_on_stderr(self):
        for code, name, words in (
            (66, "not_found", ("get", "openai:x")),
            (64, "usage", ("get",)),
            (64, "usage", ("lsit",)),
            (125, "usage", ("run",)),
            (67, "vault_missing", ("--vault", "/nowhere/v.db", "list")),
        ):
            with self.subTest(words):
                result = self.run_it("--json", *words)
                error = json.loads(result.err)["error"]
                self.assertEqual((result.code, result.out, error["code"], error["exitCode"]), (code, "", name, code))

    def test_a_program_that_is_not_there_is_one_object_too(self):
        result = self.run_it("--json", "run", "--", "/nowhere/program")
        error = json.loads(result.err)["error"]
        self.assertEqual((result.code, error["exitCode"], error["code"]), (127, 127, "not_found"))

    def test_names_reach_nobody_raw(self):
        """S8"""
        self.ok("edit", "openai:a", "--display-name", "a\u202eb\u009bc")
        out = self.ok("list", "--json").out + self.ok("show", "openai:a", "--json").out
        self.assertNotIn("\u202e", out)
        self.assertNotIn("\u009b", out)
        self.assertIn("\\u202e", self.ok("status", "--json").out + out)


class Ends(Vault):
    def test_status_can_leave_refreshable_logins_uncounted(self):
        """T1"""
        self.login("google-gemini-cli:me", -40 * 24)
        self.assertEqual(self.run_it("status", "--check").code, 1)
        self.ok("status", "--check", "--ignore-refreshable")
        document = self.json("status", "--ignore-refreshable")
        self.assertEqual((document["profiles"][0]["status"], document["verdict"]["exitCode"]), ("expired", 0))

    def test_a_login_without_a_refresh_token_counts_all_the_same(self):
        """T1"""
        self.login("google-gemini-cli:me", -1, refresh=None)
        self.assertEqual(self.run_it("status", "--check", "--ignore-refreshable").code, 1)

    def test_which_says_that_the_login_it_names_is_over(self):
        """T2"""
        self.login("google-gemini-cli:me", -40 * 24)
        self.assertIn("expired 40 days ago", self.ok("which", "google-gemini-cli").out)
        self.assertIn("expired 40 days ago", self.json("which", "google-gemini-cli")["candidates"][0]["reason"])

    def test_an_end_of_thirty_days_is_said_as_thirty_days(self):
        """T8"""
        self.assertIn("in 30 days", self.add("anthropic:t", "sk-ant-test-1", "--expires-in", "30d", kind="token").err)
        self.assertIn("in 30 days", self.ok("list").out)

    def test_an_api_keys_end_counts(self):
        """S10"""
        self.add("openai:old", "sk-test-1", "--expires-at", "2020-01-01")
        profile = self.json("status")["profiles"][0]
        self.assertEqual((profile["status"], profile["reason"]), ("expired", "expired"))
        self.assertEqual(self.run_it("status", "--check").code, 1)
        self.assertIsNone(self.json("which", "openai")["next"])
        self.assertNotIn("OPENAI_API_KEY", self.ok("run", "--", *SHOW).out)


class WhichProvider(Vault):
    """T2"""

    def setUp(self):
        super().setUp()
        self.add("openai:a", "sk-test-a")
        self.add("anthropic:a", "sk-ant-test-a")

    def test_an_unknown_provider_is_not_found_with_the_one_that_was_meant(self):
        self.assertIn("did you mean 'openai'?", self.fails(66, "which", "opena").err)
        self.assertIn("did you mean 'openai'?", self.fails(66, "which", "--provider", "opena").err)
        self.fails(64, "which")
        self.fails(64, "which", "openai", "--provider", "anthropic")

    def test_a_misspelt_provider_is_not_found_by_list_status_and_order_get_either(self):
        self.ok("agent", "add", "ops", "--isolated")
        for words in (
            ("status", "--provider", "opena"),
            ("status", "--check", "--provider", "opena", "--all-agents"),
            ("list", "opena"),
            ("list", "--provider", "opena"),
            ("order", "get", "--provider", "opena"),
            ("models", "status", "--provider", "opena"),
        ):
            with self.subTest(words):
                self.assertIn("did you mean 'openai'?", self.fails(66, *words).err)
                error = json.loads(self.run_it(*words, "--json").err)["error"]
                self.assertEqual((error["exitCode"], error["hint"]), (66, "did you mean 'openai'?"))
        self.assertIn("did you mean 'openai'?", self.fails(125, "run", "--only", "opena", "--", *SHOW).err)

    def test_a_provider_of_which_there_is_nothing_is_a_fair_question(self):
        for provider in ("mistral", "groq", "example.org"):
            with self.subTest(provider):
                self.assertEqual(self.json("status", "--provider", provider)["verdict"]["exitCode"], 1)
                self.assertEqual(self.ids(provider), [])
                self.assertIsNone(self.json("order", "get", "--provider", provider)["order"])

    def test_nothing_usable_is_said(self):
        self.ok("edit", "openai:a", "--expires-in", "1ms")
        time.sleep(0.02)
        result = self.ok("which", "openai")
        self.assertEqual(result.out.splitlines()[0], "(none)")
        self.assertIn("Nothing of 'openai' can be used now.", result.err)

    def test_a_pin_of_another_provider_is_told(self):
        result = self.ok("which", "openai", "--pin", "anthropic:a")
        self.assertIn("is for 'anthropic'", result.err)
        self.assertEqual(result.out.splitlines()[0], "openai:a")
        self.fails(66, "which", "openai", "--pin", "openai:x")


class Listing(Vault):
    def setUp(self):
        super().setUp()
        self.add("openai:a", "sk-test-a")
        self.add("anthropic:t", "sk-ant-test-t", "--expires-in", "3d", kind="token")
        self.ok("import", self.write("more.env", "GROQ_API_KEY=gsk-test\nOTHER=x\n"))

    def test_narrows_by_provider_type_and_end(self):
        self.assertEqual(self.ids("openai"), ["openai:a"])
        self.assertEqual(self.ids("--provider", "openai"), ["openai:a"])
        self.assertEqual(self.ids("--type", "token"), ["anthropic:t"])
        self.assertEqual(self.ids("--expiring", "7d"), ["anthropic:t"])
        self.assertEqual(self.ids("--expiring", "1d"), [])

    def test_shows_variables_masked(self):
        out = self.ok("list").out
        self.assertIn("env/GROQ_API_KEY", out)
        self.assertNotIn("gsk-test", out)
        document = self.json("list", "--variables")
        self.assertEqual(
            (document["profiles"], [one["name"] for one in document["variables"]]), ([], ["GROQ_API_KEY", "OTHER"])
        )

    def test_has_its_short_names(self):
        self.assertEqual(self.ok("ls", "openai").out, self.ok("list", "openai").out)
        self.ok("rm", "openai:a", "--yes")
        self.assertEqual(self.ids(), ["anthropic:t"])


class Placeholders(Vault):
    """S11"""

    def setUp(self):
        super().setUp()
        self.keep_placeholder()

    def test_count_as_missing(self):
        profile = self.json("status")["profiles"][0]
        self.assertEqual((profile["status"], profile["reason"]), ("missing", "placeholder"))
        self.assertEqual(self.run_it("status", "--check").code, 1)

    def test_are_withheld_by_run_and_resolve(self):
        self.assertNotIn("REDACTED", self.ok("run", "--", *SHOW).out)
        ids = ["provider/openai", "profile/openai:p", "profile/openai:p/key"]
        request = json.dumps({"protocolVersion": 1, "provider": "claviger", "ids": ids})
        answer = json.loads(self.ok("resolve", stdin=request).out)
        self.assertEqual(set(answer["errors"]), set(ids))
        self.assertNotIn("REDACTED", json.dumps(answer))

    def test_are_given_by_get_only_when_insisted(self):
        self.fails(65, "get", "openai:p", saying="placeholder")
        self.assertEqual(self.get("openai:p", "--force"), "[REDACTED]")

    def test_end_with_a_real_secret_and_leave_an_export_as_they_came(self):
        self.assertIn("[REDACTED]", self.ok("export", "--format", "openclaw").out)
        self.add("openai:p", "sk-test-real", "--replace")
        self.assertEqual(self.json("status")["profiles"][0]["status"], "static")


class VariablePlaceholders(Vault):
    """S11: what stands in a variable in a value's place is judged as in a profile."""

    def setUp(self):
        super().setUp()
        lines = "OPENAI_API_KEY=${OPENAI_API_KEY}\nGROQ_API_KEY=YOUR_API_KEY_HERE\nMASKED=******\nEMPTY=\nFINE=yes\n"
        self.ok("import", self.write("project.env", lines))

    def test_are_missing_where_variables_are_shown(self):
        told = {one["name"]: (one.get("status"), one.get("reason")) for one in self.json("list")["variables"]}
        missing = ("missing", "placeholder")
        fine = (None, None)
        self.assertEqual(
            told, {"OPENAI_API_KEY": missing, "GROQ_API_KEY": missing, "MASKED": missing, "EMPTY": fine, "FINE": fine}
        )
        rows = {line.split()[0]: line for line in self.ok("list", "--variables").out.splitlines()}
        self.assertIn("(placeholder)", rows["env/GROQ_API_KEY"])
        self.assertIn("********", rows["env/FINE"])

    def test_serve_no_provider(self):
        self.assertEqual(self.run_it("status", "--check", "--provider", "openai").code, 1)
        document = self.json("which", "openai")
        self.assertEqual(document["variables"], [])
        self.assertEqual(document["excluded"], [{"id": "env/OPENAI_API_KEY", "reason": "placeholder"}])
        result = self.ok("which", "openai")
        self.assertIn("not used: holds a placeholder", result.out)
        self.assertIn("Nothing of 'openai' can be used now.", result.err)

    def test_are_withheld_by_run_with_a_warning_and_hide_nothing_of_the_environment(self):
        result = self.ok("run", "--", *SHOW, env={"OPENAI_API_KEY": "sk-test-outside"})
        self.assertIn("OPENAI_API_KEY=sk-test-outside", result.out)
        self.assertIn("FINE=yes", result.out)
        self.assertIn("EMPTY=", result.out)
        for name in ("OPENAI_API_KEY", "GROQ_API_KEY", "MASKED"):
            self.assertIn(f"left out, since it holds a placeholder and no value: '{name}'", result.err)
        self.assertNotIn("HERE", result.out)

    def test_are_not_found_by_resolve(self):
        ids = ["env/OPENAI_API_KEY", "provider/openai", "env/MASKED"]
        request = json.dumps({"protocolVersion": 1, "provider": "claviger", "ids": [*ids, "env/FINE"]})
        answer = json.loads(self.ok("resolve", stdin=request).out)
        codes = {name: error["code"] for name, error in answer["errors"].items()}
        self.assertEqual(codes, dict.fromkeys(ids, "NOT_FOUND"))
        self.assertEqual(answer["values"], {"env/FINE": "yes"})

    def test_are_given_by_get_only_when_insisted(self):
        self.assertIn("env/GROQ_API_KEY --force", self.fails(65, "get", "env/GROQ_API_KEY", saying="placeholder").err)
        self.assertEqual(self.get("env/GROQ_API_KEY", "--force"), "YOUR_API_KEY_HERE")
        self.assertEqual(self.get("env/EMPTY"), "")

    def test_end_with_a_real_value_and_leave_an_export_as_they_came(self):
        self.assertIn("YOUR_API_KEY_HERE", self.ok("export", "--format", "dotenv").out)
        self.ok("import", self.write("real.env", "GROQ_API_KEY=gsk-test-1\n"), "--on-conflict", "replace")
        self.assertEqual(self.get("env/GROQ_API_KEY"), "gsk-test-1")
        self.assertEqual(self.run_it("status", "--check", "--provider", "groq").code, 0)

    def test_are_never_taken_in_the_place_of_a_value(self):
        """O1, S11"""
        result = self.ok("import", self.write("again.env", "FINE=${FINE}\n"), "--on-conflict", "replace")
        self.assertEqual(self.get("env/FINE"), "yes", result)


class Steering(Vault):
    """S2"""

    NAMES = (
        "LD_PRELOAD",
        "PATH",
        "NODE_OPTIONS",
        "BASH_ENV",
        "ENV",
        "PYTHONSTARTUP",
        "PERL5OPT",
        "GIT_SSH_COMMAND",
        "IFS",
    )

    def test_what_steers_programs_stays_out_with_a_warning(self):
        self.ok("import", self.write("evil.env", "".join(f"{name}=/evil\n" for name in self.NAMES) + "FINE=yes\n"))
        result = self.ok("run", "--", *SHOW)
        self.assertNotIn("/evil", result.out)
        self.assertIn("FINE=yes", result.out)
        for name in self.NAMES:
            self.assertIn(f"'{name}'", result.err)

    def test_import_names_what_run_will_leave_out(self):
        """S2"""
        source = self.write("evil.env", "".join(f"{name}=/evil\n" for name in self.NAMES) + "FINE=yes\n")
        (agent,) = self.json("import", source, "--dry-run")["agents"]
        told = [one["id"] for one in agent["warnings"] if one["reason"] == "withheld_by_run"]
        self.assertEqual(told, list(self.NAMES))
        out = self.ok("import", source).out
        self.assertIn("note 'LD_PRELOAD': it can make programs run other code", out)
        self.assertIn("--allow-env", out)
        self.assertNotIn("note 'FINE'", out)

    def test_what_is_named_goes_in(self):
        self.ok("import", self.write("more.env", "NODE_OPTIONS=--no-warnings\nGIT_SSH_COMMAND=/evil\n"))
        result = self.ok("run", "--allow-env", "NODE_OPTIONS", "--", *SHOW)
        self.assertIn("NODE_OPTIONS=--no-warnings", result.out)
        self.assertNotIn("/evil", result.out)


class ExportDryRun(Vault):
    """T10: what would be written where, and nothing touched."""

    def setUp(self):
        super().setUp()
        self.add("openai:a", "sk-test-a")
        self.ok("order", "set", "--provider", "openai", "openai:a")
        self.out = self.home / "out"
        self.out.mkdir()

    def test_says_what_would_be_written_and_writes_nothing(self):
        target, state = self.out / "auth-profiles.json", self.out / "auth-state.json"
        for words, files in (
            (("--format", "openclaw", "--output", target), [target]),
            (("--format", "openclaw", "--generation", "2026.4", "--output", target), [target, state]),
            (("--format", "openclaw-refs", "--output", target), [target, state]),
            (("--format", "dotenv", "--output", self.out / "a.env"), [self.out / "a.env"]),
            (("--format", "dotenv"), []),
        ):
            with self.subTest(words):
                result = self.ok("export", *words, "--dry-run")
                self.assertEqual(result.out, "")
                self.assertIn("Would write", result.err)
                document = self.json("export", *words, "--dry-run")
                self.assertEqual((document["dryRun"], document["written"]), (True, 1))
                self.assertEqual(document["files"], list(map(str, files)))
                self.assertNotIn("sk-test", json.dumps(document) + result.err)
                self.assertEqual(list(self.out.iterdir()), [])

    def test_refuses_what_the_export_would_refuse(self):
        target = self.out / "auth-profiles.json"
        target.write_text("another's")
        words = ("export", "--format", "openclaw", "--output", target, "--dry-run")
        self.fails(68, *words, saying="exists already")
        self.ok(*words, "--force")
        self.assertEqual(target.read_text(), "another's")
        self.fails(74, "export", "--format", "dotenv", "--output", self.home / "none/a.env", "--dry-run")

    def test_references_are_not_called_plain_text(self):
        """O14"""
        result = self.ok("export", "--format", "openclaw-refs", "--output", self.out / "auth-profiles.json")
        self.assertNotIn("plain text", result.err)
        self.assertIn("references to this vault and no secret", result.err)


class Damage(Vault):
    """R2: what lists gives what opens, names the rest and ends with 72."""

    def setUp(self):
        super().setUp()
        self.add("openai:a", "sk-test-a")
        self.add("anthropic:b", "sk-ant-test-b")
        database = sqlite3.connect(self.vault)
        row = max(row for (row,) in database.execute("SELECT rowid FROM record"))
        sheet = bytearray(database.execute("SELECT sealed_sheet FROM record WHERE rowid = ?", (row,)).fetchone()[0])
        sheet[-1] ^= 1
        database.execute("UPDATE record SET sealed_sheet = ? WHERE rowid = ?", (bytes(sheet), row))
        database.commit()
        database.close()

    def test_list_status_and_which_show_the_rest(self):
        for words in (("list",), ("status",), ("which", "openai")):
            with self.subTest(words):
                result = self.run_it(*words, "--json")
                self.assertEqual(result.code, 72, result)
                damaged = json.loads(result.out)["damaged"]
                self.assertEqual([(one["agent"], one["kind"]) for one in damaged], [("main", "profile")])
                self.assertEqual(sorted(damaged[0]), ["agent", "kind", "name", "row"])
                self.assertIn("openai:a", result.out)
                self.assertEqual(self.run_it(*words).code, 72)

    def test_runs_status_is_its_childs_and_the_warning_comes_before_it(self):
        """R2"""
        result = self.run_it("run", "--", "/bin/sh", "-c", "echo from the child >&2; exit 7")
        self.assertEqual(result.code, 7)
        self.assertLess(result.err.index("damaged: profile"), result.err.index("from the child"))

    def test_run_gives_the_child_what_opens(self):
        result = self.ok("run", "--", *SHOW)
        self.assertIn("OPENAI_API_KEY=sk-test-a", result.out)
        self.assertIn("damaged: profile", result.err)


if __name__ == "__main__":
    unittest.main()
