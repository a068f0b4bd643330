#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""From plaintext to references: a state directory as OpenClaw made it, imported and wired, holds no key or token any
more, and OpenClaw still shows the key to its provider."""
import json
import shlex
import subprocess

from support import JSON_ERA, SQLITE_ERA, Host, Provider, labels, main, model_provider

KEY = "sk-test-plaintext-key-0123456789"
TOKEN = "tok-test-plaintext-token-0123456789"
WORK_KEY = "sk-test-plaintext-work-0123456789"
LOGIN = "at-test-login-0123456789"
DISTANT = 4102444800000
ODD_ID = 'mock:o\'neil.b@[ex]"ample".org'


class Wire(Host):
    def wire(self, version, *more):
        done = self.claviger(
            "openclaw",
            "wire",
            "--state-dir",
            self.state,
            "--apply",
            "--openclaw",
            self.openclaw_command(version),
            "--json",
            *more,
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        report = json.loads(done.stdout)
        self.assertTrue(report["applied"])
        self.assertEqual(report["audit"]["summary"]["unresolvedRefCount"], 0)
        self.assertIn(report["verdict"], ("clean", "findings"))
        self.assertEqual((report["kept"], report["failures"]), ([], []))
        return report, done.stderr

    def test_2026_9_shared_store(self):
        provider = Provider()
        self.configure(
            agents={"defaults": {"model": "mock/m1"}}, models={"providers": {"mock": model_provider(provider.port)}}
        )
        self.openclaw(
            SQLITE_ERA,
            "models",
            "auth",
            "paste-token",
            "--provider",
            "tprov",
            "--expires-in",
            "365d",
            stdin="tok-test-older-value-01234",
        )
        self.openclaw(
            SQLITE_ERA, "models", "auth", "paste-token", "--provider", "tprov", "--expires-in", "365d", stdin=TOKEN
        )
        self.openclaw(SQLITE_ERA, "models", "auth", "paste-api-key", "--provider", "mock", stdin=KEY)
        self.assertEqual(self.files_with(KEY), ["state/openclaw.sqlite"])
        self.ok("import", self.state)
        expires = self.listed()["tprov:manual"]["expiresAtMs"]
        report, words = self.wire(SQLITE_ERA)
        self.assertEqual([target["id"] for target in report["sharedStore"]], ["tprov:manual", "mock:manual"])
        self.assertEqual((report["left"], report["leftovers"]), ([], []))
        self.assertEqual(report["audit"]["resolution"]["refsChecked"], 2)
        self.assertEqual((self.files_with(KEY), self.files_with(TOKEN)), ([], []))
        self.assertNotIn(KEY, words)
        self.assert_model_sees(SQLITE_ERA, provider, KEY)
        status = self.openclaw_json(SQLITE_ERA, "models", "status", "--json")
        token = [one for one in status["auth"]["oauth"]["profiles"] if one["profileId"] == "tprov:manual"][0]
        self.assertEqual(token["expiresAt"], expires)
        self.assertEqual(labels(status)["tprov:manual"], "token:ref(exec:profile/tprov:manual)")

    def test_2026_4_with_two_agents_and_a_login(self):
        provider = Provider()
        self.configure(
            agents={"defaults": {"model": "mock/m1"}, "list": [{"id": "main", "default": True}, {"id": "work"}]},
            models={"providers": {"mock": model_provider(provider.port)}},
            plugins={"enabled": False},
        )
        self.write_store(
            {
                "mock:default": {"type": "api_key", "provider": "mock", "key": KEY},
                "tprov:me@example.org": {"type": "token", "provider": "tprov", "token": TOKEN, "expires": DISTANT},
                "login:me": {
                    "type": "oauth",
                    "provider": "login",
                    "access": LOGIN,
                    "refresh": "rt-test-01234567",
                    "expires": DISTANT,
                },
            }
        )
        self.write_store({"mock:default": {"type": "api_key", "provider": "mock", "key": WORK_KEY}}, agent="work")
        (self.state / "agents/main/agent/auth-profiles.json.bak").write_text(KEY)
        self.ok("import", self.state)
        report, words = self.wire(JSON_ERA, "--remove-leftovers", "--yes")
        self.assertEqual(
            [(target["agentId"], target["ref"]["provider"]) for target in report["plan"]["targets"]],
            [("main", "claviger"), ("main", "claviger"), ("work", "claviger-work")],
        )
        self.assertEqual([left["id"] for left in report["left"]], ["login:me"])
        self.assertEqual(len(report["removed"]), 1)
        for secret in (KEY, TOKEN, WORK_KEY):
            self.assertEqual(self.files_with(secret), [])
            self.assertNotIn(secret, words)
        self.assertEqual(self.files_with(LOGIN), ["agents/main/agent/auth-profiles.json"])
        self.assert_model_sees(JSON_ERA, provider, KEY)

    def two_profiles_one_named(self, provider, **more):
        """Without a say in openclaw.json the token would be taken: OpenClaw prefers tokens to keys."""
        self.configure(
            agents={"defaults": {"model": "mock/m1"}},
            models={"providers": {"mock": model_provider(provider.port)}},
            auth={"profiles": {"mock:default": {"provider": "mock", "mode": "api_key"}}},
            **more,
        )
        self.write_store(
            {
                "mock:default": {"type": "api_key", "provider": "mock", "key": KEY},
                ODD_ID: {"type": "token", "provider": "mock", "token": TOKEN, "expires": DISTANT},
            }
        )
        self.ok("import", self.state)

    def assert_it_is_named(self, version, provider):
        named = self.configuration()["auth"]["profiles"]
        self.assert_model_sees(version, provider, KEY)
        report, _ = self.wire(version)
        self.assertEqual((report["declared"], report["undeclared"], report["declaringCommands"]), ([ODD_ID], [], []))
        self.assertEqual(
            self.configuration()["auth"]["profiles"], {**named, ODD_ID: {"provider": "mock", "mode": "token"}}
        )
        provider.seen.clear()
        self.assert_model_sees(version, provider, TOKEN)

    def test_2026_9_is_told_of_a_profile_it_would_pass_over(self):
        provider = Provider()
        self.two_profiles_one_named(provider)
        self.openclaw(SQLITE_ERA, "doctor", "--fix", "--non-interactive", code=None)  # moves the store to its database
        self.assertTrue(any(name.endswith(".sqlite") for name in self.files_with(TOKEN)))
        self.assert_it_is_named(SQLITE_ERA, provider)

    def test_2026_4_is_told_of_a_profile_it_would_pass_over(self):
        provider = Provider()
        self.two_profiles_one_named(provider, plugins={"enabled": False})
        self.assert_it_is_named(JSON_ERA, provider)

    def test_the_printed_command_names_it_too(self):
        self.two_profiles_one_named(Provider())
        done = self.claviger("openclaw", "wire", "--state-dir", self.state)
        command = done.stderr.split("To add what is missing: openclaw ")[1].splitlines()[0]
        report = json.loads(self.ok("openclaw", "wire", "--state-dir", self.state, "--json"))
        self.assertEqual((report["undeclared"], report["declaringCommands"]), ([ODD_ID], [shlex.split(command)]))
        shell = subprocess.run(
            ["sh", "-c", f"{self.openclaw_command(SQLITE_ERA)} {command}"],
            env=self.openclaw_environment(),
            capture_output=True,
            text=True,
        )
        self.assertEqual(shell.returncode, 0, shell.stderr)
        self.assertEqual(list(self.configuration()["auth"]["profiles"]), ["mock:default", ODD_ID])

    def test_what_openclaw_would_not_take_is_told_and_the_next_run_makes_up_for_it(self):
        self.two_profiles_one_named(Provider())
        self.openclaw(SQLITE_ERA, "doctor", "--fix", "--non-interactive", code=None)
        real = self.openclaw_command(SQLITE_ERA).rename(self.home / "bin" / "real")
        refusing = self.home / "bin" / "refusing"
        refusing.write_text(f'#!/bin/sh\n[ "$1 $2" = "config set" ] && exit 1\nexec {real} "$@"\n')
        refusing.chmod(0o755)
        state = ("openclaw", "wire", "--state-dir", self.state, "--apply", "--json", "--openclaw")
        report = json.loads(self.ok(*state, refusing))
        self.assertEqual((report["applied"], report["declared"], report["undeclared"]), (True, [], [ODD_ID]))
        self.assertEqual(len(report["declaringCommands"]), 1)
        report = json.loads(self.ok(*state, real, "--dry-run"))
        self.assertEqual((report["applied"], report["declared"]), (False, [ODD_ID]))
        self.assertNotIn(ODD_ID, self.configuration()["auth"]["profiles"])
        report = json.loads(self.ok(*state, real))
        self.assertEqual((report["sharedStore"], report["declared"], report["undeclared"]), ([], [ODD_ID], []))
        self.assertIn(ODD_ID, self.configuration()["auth"]["profiles"])

    def test_an_order_is_a_say_of_its_own(self):
        self.two_profiles_one_named(Provider())
        config = self.configuration()
        config["auth"]["order"] = {"mock": ["mock:default"]}
        self.configure(**config)
        report = json.loads(self.ok("openclaw", "wire", "--state-dir", self.state, "--json"))
        self.assertEqual((report["undeclared"], report["declaringCommands"]), ([], []))


class Refusals(Host):
    # G09
    def test_a_command_that_openclaw_would_refuse_is_refused_first(self):
        self.configure()
        link = self.home / "bin" / "link"
        self.program.chmod(0o775)
        done = self.claviger("openclaw", "wire", "--state-dir", self.state)
        self.assertEqual((done.returncode, done.stdout), (77, ""))
        self.assertIn("others may write to it", done.stderr)
        self.program.chmod(0o755)
        link.symlink_to(self.program)
        block = json.loads(self.ok("openclaw", "wire", "--state-dir", self.state))["providerUpserts"]["claviger"]
        self.assertEqual((block["command"], block["trustedDirs"]), (str(self.program), [str(self.program.parent)]))

    def test_only_the_same_value_is_replaced(self):
        self.configure()
        self.write_store(
            {
                "a:same": {"type": "api_key", "provider": "a", "key": KEY},
                "a:other": {"type": "api_key", "provider": "a", "key": "sk-test-another-value"},
                "a:new": {"type": "api_key", "provider": "a", "key": "sk-test-never-imported"},
            }
        )
        self.ok("add", "a:same", "--type", "api_key", "--stdin", stdin=KEY)
        self.ok("add", "a:other", "--type", "api_key", "--stdin", stdin=KEY)
        report = json.loads(self.ok("openclaw", "wire", "--state-dir", self.state, "--json"))
        self.assertEqual([target["pathSegments"][1] for target in report["plan"]["targets"]], ["a:same"])
        self.assertEqual([left["id"] for left in report["left"]], ["a:other", "a:new"])
        self.assertFalse(report["applied"])

    def test_what_answers_a_question_here_cannot_unlock_there(self):
        self.configure()
        self.key.rename(self.home / "elsewhere.key")
        phrase = self.home / "phrase"
        phrase.write_text("a long passphrase 123")
        phrase.chmod(0o600)
        done = self.claviger("openclaw", "wire", "--state-dir", self.state, "--alias", "Not Fit")
        self.assertEqual(done.returncode, 64)
        done = self.claviger("openclaw", "wire", "--state-dir", self.state)
        self.assertEqual(done.returncode, 69)


if __name__ == "__main__":
    main()
