# SPDX-License-Identifier: Apache-2.0
"""After wiring: the verbs that change what OpenClaw refers to say so, and doctor compares the two (O4, O11)."""
import json
import unittest

try:
    import pexpect
except ImportError:
    pexpect = None

from support import PATIENCE
from wire_standin import KEY, TOKEN, Wired

RELOAD = "openclaw secrets reload"
WIRE = "claviger openclaw wire --apply"
GATEWAY = "test-gateway-0123456789"


class WiredOnce(Wired):
    def setUp(self):
        super().setUp()
        self.configure({"gateway": {"auth": {"mode": "token", "token": GATEWAY}}})
        self.take_in()
        self.wire()

    def edit_store(self, change, agent="main"):
        profiles = self.store(agent)
        change(profiles)
        self.write_store(profiles, agent)

    def config(self):
        return json.loads((self.openclaw / "openclaw.json").read_text())


class Notes(WiredOnce):
    def note(self, *words, **how):
        return self.ok(*words, **how).err

    def wired_in(self, *words, **how):
        return self.json(*words, **how).get("wiredIn")

    def test_a_replaced_key_names_the_reload(self):  # O11
        words = ("add", "mock:default", "--type", "api_key", "--replace", "--stdin")
        told = self.note(*words, stdin="sk-test-new")
        self.assertIn(RELOAD, told)
        self.assertIn(str(self.openclaw), told)
        self.assertEqual(told.count(RELOAD), 1)
        self.assertEqual(self.wired_in(*words, stdin="sk-test-newer"), [str(self.openclaw)])
        self.assertNotIn("sk-test", told)

    def test_a_replaced_token_with_another_end_names_the_wiring(self):  # O4
        told = self.note(
            "add", "tprov:me", "--type", "token", "--replace", "--stdin", "--expires-in", "90d", stdin="tok-test-2"
        )
        self.assertIn(WIRE + " --reload", told)

    def test_an_edited_expiry_names_the_wiring_and_other_edits_nothing(self):  # O4
        self.assertIn(WIRE + " --reload", self.note("edit", "tprov:me", "--expires-in", "90d"))
        self.wire()
        self.assertNotIn("OpenClaw", self.note("edit", "tprov:me", "--email", "me@example.com"))
        self.assertEqual(self.wired_in("edit", "tprov:me", "--email", "you@example.com"), [str(self.openclaw)])

    def test_a_removal_says_which_reference_leads_nowhere_and_how_to_take_it_out(self):
        told = self.note("remove", "mock:default", "--yes", "--dry-run")
        self.assertIn("profile 'mock:default' of agent 'main'", told)
        self.assertIn("auth-profiles.json", told)
        self.assertEqual(self.wired_in("remove", "mock:default", "--yes"), [str(self.openclaw)])

    @unittest.skipUnless(pexpect, "pexpect is not there for this Python")
    def test_a_removal_says_so_before_it_asks(self):
        child = pexpect.spawn(
            str(self.program),
            ["remove", "mock:default"],
            env={**self.environment, "TERM": "xterm"},
            cwd=str(self.home),
            timeout=PATIENCE,
            encoding="utf-8",
        )
        self.addCleanup(child.close, force=True)
        child.expect_exact("Type its name to go on: ")
        self.assertIn("leads nowhere", child.before)
        child.sendline("no")
        child.expect(pexpect.EOF)
        self.assertNotIn("leads nowhere", child.before)
        self.assertIn("mock:default", self.ids())

    def test_a_rename_says_it_too(self):
        self.assertIn("leads nowhere", self.note("rename", "mock:default", "mock:other"))

    def test_a_secret_of_the_configuration_is_known_by_its_path(self):
        self.assertIn(RELOAD, self.note("add", "config/gateway.auth.token", "--replace", "--stdin", stdin="test-other"))
        told = self.note("remove", "config/gateway.auth.token", "--yes")
        self.assertIn("openclaw config unset gateway.auth.token", told)

    def test_a_variable_is_known_by_its_name(self):
        changed = self.config()
        changed["models"] = {"providers": {"x": {"apiKey": {"source": "exec", "provider": "claviger", "id": "env/X"}}}}
        self.configure(changed)
        self.assertIn(RELOAD, self.note("add", "env/X", "--stdin", stdin="sk-test-x"))
        self.assertIn("leads nowhere", self.note("remove", "env/X", "--yes"))

    def test_what_another_agent_inherits_is_known_by_that_agents_provider(self):
        self.ok("agent", "add", "work")
        self.write_store({"mock:default": {"type": "api_key", "provider": "mock", "key": KEY}}, agent="work")
        self.wire()
        changed = self.store("main")
        changed.pop("mock:default")
        self.write_store(changed)
        words = ("--type", "api_key", "--replace", "--stdin")
        self.assertIn(RELOAD, self.note("add", "mock:default", *words, stdin="sk-test-main"))
        self.assertIn(RELOAD, self.note("copy", "mock:default", "--to-agent", "work"))
        told = self.note("remove", "mock:default", "--agent", "work", "--yes")
        self.assertIn("another one instead", told)
        self.assertNotIn("leads nowhere", told)

    def test_what_nothing_refers_to_has_no_note(self):
        told = self.note("add", "other:one", "--type", "api_key", "--stdin", stdin="sk-test-1")
        told += self.note("remove", "other:one", "--yes")
        self.assertNotIn("OpenClaw", told)
        words = ("add", "other:one", "--type", "api_key", "--stdin")
        self.assertIsNone(self.wired_in(*words, stdin="sk-test-1"))

    def test_another_vault_has_no_note(self):
        other = self.home / "other.db"
        self.ok("init", "--vault", other, "--key-file", self.home / "o.key", "--no-recovery", "--quiet")
        words = ("--vault", other, "--key-file", self.home / "o.key")
        told = self.note("add", "mock:default", "--type", "api_key", "--stdin", *words, stdin="sk-test-1")
        self.assertNotIn("OpenClaw", told)

    def test_an_openclaw_that_cannot_be_read_changes_nothing(self):
        quiet = ("add", "mock:default", "--type", "api_key", "--replace", "--stdin")
        for spoil in (
            lambda: (self.agent_folder() / "auth-profiles.json").write_text("{"),
            lambda: (self.openclaw / "openclaw.json").write_text("{{{"),
            lambda: (self.openclaw / "openclaw.json").unlink(),
            lambda: self.openclaw.rename(self.home / "away"),
        ):
            spoil()
            told = self.note(*quiet, stdin="sk-test-new")
            self.assertNotIn("warning", told)
            self.assertNotIn("reload", told)

    def test_quiet_stays_quiet(self):
        words = ("add", "mock:default", "--type", "api_key", "--replace", "--stdin", "--quiet")
        self.assertEqual(self.note(*words, stdin="sk-test-new"), "")


class Doctor(WiredOnce):
    def rows(self, code=0, **how):
        result = self.run_it("doctor", "--json", **how)
        self.assertEqual(result.code, code, result)
        for secret in (KEY, TOKEN, GATEWAY):
            self.assertNotIn(secret, result.out + result.err)
        return [check for check in json.loads(result.out)["checks"] if check["id"] == "openclaw"]

    def only(self, rating, evidence, remedy="", **how):
        rows = self.rows(**how)
        self.assertEqual({row["rating"] for row in rows}, {rating}, rows)
        self.assertIn(evidence, rows[0]["evidence"])
        self.assertIn(remedy, rows[0]["remedy"] or "")

    def test_agreement_is_secure(self):
        self.only("secure", "3 references")

    def test_without_an_openclaw_there_is_no_row(self):
        self.openclaw.rename(self.home / "away")
        self.assertEqual(self.rows(), [])
        self.assertEqual(len(self.rows(env={"OPENCLAW_STATE_DIR": str(self.home / "away")})), 1)

    def test_an_openclaw_that_is_not_wired_is_named_with_the_way_to_wire_it(self):
        self.configure({})
        self.only("skipped", "does not use this vault", "claviger openclaw wire --apply")

    def test_plaintext_put_back_is_insecure(self):
        entry = {"type": "token", "provider": "tprov", "token": TOKEN, "expires": 4102444800000}
        self.edit_store(lambda profiles: profiles.update({"tprov:me": entry}))
        self.only("insecure", "profile 'tprov:me' of agent 'main'", WIRE)

    def test_newer_plaintext_is_insecure_and_is_to_be_imported(self):
        entry = {"type": "api_key", "provider": "mock", "key": "sk-test-pasted-0123456789"}
        self.edit_store(lambda profiles: profiles.update({"mock:default": entry}))
        self.only("insecure", "profile 'mock:default' of agent 'main'", "--on-conflict replace")

    def test_plaintext_put_back_into_the_configuration_is_insecure(self):
        changed = self.config()
        changed["gateway"]["auth"]["token"] = GATEWAY
        self.configure(changed)
        self.only("insecure", "'gateway.auth.token' in openclaw.json", WIRE)

    def test_plaintext_that_no_wiring_ends_is_weak(self):
        entry = {"type": "api_key", "provider": "mock", "key": "sk-test-saved-0123456789"}
        entry["setup"] = {"replacement": True}
        self.edit_store(lambda profiles: profiles.update({"mock:saved": entry}))
        self.only("weak", "profile 'mock:saved' of agent 'main'")

    def test_a_date_that_drifted_is_weak(self):  # O4
        self.ok("edit", "tprov:me", "--expires-in", "90d")
        self.only("weak", "profile 'tprov:me' of agent 'main'", WIRE)

    def test_a_reference_to_what_is_gone_is_broken(self):
        self.ok("remove", "mock:default", "--yes")
        self.only("broken", "profile 'mock:default' of agent 'main'", code=72)

    def test_a_provider_that_does_not_answer_is_broken(self):
        self.key.rename(self.home / "moved.key")
        self.only("broken", "LOCKED", WIRE, code=72, env={"CLAVIGER_KEY_FILE": str(self.home / "moved.key")})

    def test_a_program_that_moved_is_broken(self):
        moved = self.program.with_name("claviger-2")
        self.program.rename(moved)
        self.program = moved
        self.only("broken", "OpenClaw would refuse to run", WIRE, code=72)

    def test_a_provider_that_hangs_holds_doctor_up_for_seconds_only(self):
        slow = self.program.with_name("slow")
        slow.write_text("#!/bin/sh\nexec sleep 600\n")
        slow.chmod(0o755)
        changed = self.config()
        for block in changed["secrets"]["providers"].values():
            block.update(command=str(slow), timeoutMs=120000)
        self.configure(changed)
        self.only("skipped", "not waited for")  # within support.PATIENCE

    def test_a_store_that_cannot_be_read_is_told(self):
        (self.agent_folder() / "auth-profiles.json").write_text("{")
        self.only("skipped", "could not be compared")

    def test_an_agents_token_is_no_reason_to_call_others_references_gone(self):
        token = self.write("token", self.ok("agent", "token", "create", "main").out)
        rows = self.rows(env={"CLAVIGER_TOKEN_FILE": str(token)})
        self.assertEqual([row["rating"] for row in rows], ["secure"], rows)


class Added(WiredOnce):
    """wire --add: a profile that OpenClaw does not have is put there as a reference."""

    def setUp(self):
        super().setUp()
        self.add("mock:new", "sk-test-added-0123456789")

    def test_a_new_profile_is_put_there_when_asked_for_and_not_else(self):
        self.wire()
        self.assertNotIn("mock:new", self.store())
        report, _ = self.wire("--add", "mock:new")
        self.assertEqual((report["replaced"], report["failures"]), (["mock:new"], []))
        self.assertEqual(
            self.store()["mock:new"],
            {
                "type": "api_key",
                "provider": "mock",
                "keyRef": {"source": "exec", "provider": "claviger", "id": "profile/mock:new"},
            },
        )
        self.assertEqual(self.holding("sk-test-added-0123456789"), [])

    def test_once_it_is_there_asking_again_changes_nothing(self):
        self.wire("--add", "mock:new", "--add", "mock:new")
        before = self.store()
        report, _ = self.wire("--add", "mock:new", "--add", "mock:default")
        self.assertEqual((report["replaced"], self.store()), ([], before))

    def test_a_new_token_ends_there_when_it_ends_in_the_vault(self):
        self.add("tprov:new", "tok-test-2", "--expires-at", "2090-01-01T00:00:00Z", kind="token")
        self.wire("--add", "tprov:new")
        self.assertEqual(self.store()["tprov:new"]["expires"], 3786912000000)

    def test_the_printed_plan_has_it_too(self):
        plan, _ = self.wire("--add", "mock:new", apply=False)
        self.assertIn("mock:new", json.dumps(plan))
        plan = json.loads(self.ok("openclaw", "wire", "--add", "mock:new").out)
        self.assertEqual([target["authProfileProvider"] for target in plan["targets"]], ["mock"])
        self.assertNotIn("sk-test", json.dumps(plan))

    def test_what_cannot_be_added_is_refused_before_anything_changes(self):
        login = '{"access":"a","refresh":"r"}'
        self.ok("add", "oa:me", "--type", "oauth", "--stdin", "--expires-in", "8h", stdin=login)
        before = self.store()
        self.wire("--add", "mock:none", code=66)
        self.wire("--add", "oa:me", code=65)
        self.assertEqual(self.store(), before)


if __name__ == "__main__":
    unittest.main()
