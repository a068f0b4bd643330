#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""wire and unwire killed beside the real OpenClaw 2026.9.6: just before and just after each command that they have it
run, with and without that command's whole group. The same command again finishes the rest."""
import json
import os
import signal
import subprocess

from support import PATIENCE, SQLITE_ERA, Host, Provider, main, model_provider

KEY = "sk-test-plaintext-key-0123456789"
TOKEN = "tok-test-plaintext-token-0123456789"
GATEWAY = "test-gateway-token-0123456789"
TELEGRAM = "100200300:test-telegram-0123456789"
SECRETS = (KEY, TOKEN, GATEWAY, TELEGRAM)

# Calls the real one, and kills who called it: at its Nth call, before or after that call's work.
SHIM = """#!/bin/sh
calls=$(cat {home}/calls 2>/dev/null || echo 0); calls=$((calls + 1)); echo $calls >{home}/calls
victim() {{
  if [ {who} = group ]; then kill -9 -- -$(cat {home}/group); else kill -9 $PPID; fi
  sleep 0.2
}}
[ $calls = {nth} ] && [ {when} = before ] && victim
{real} "$@"
status=$?
[ $calls = {nth} ] && [ {when} = after ] && victim
exit $status
"""


class Killed(Host):
    def install(self, provider):
        self.configure(
            agents={"defaults": {"model": "mock/m1"}},
            gateway={"mode": "local", "auth": {"mode": "token", "token": GATEWAY}},
            channels={"telegram": {"enabled": False, "botToken": TELEGRAM}},
            models={"providers": {"mock": model_provider(provider.port)}},
        )
        self.openclaw(SQLITE_ERA, "models", "auth", "paste-token", "--provider", "tprov", stdin=TOKEN)
        self.openclaw(SQLITE_ERA, "models", "auth", "paste-api-key", "--provider", "mock", stdin=KEY)
        self.ok("import", self.state)

    def shim(self, nth, when, who):
        real = " ".join(f"'{word}'" for word in self.openclaw_words(SQLITE_ERA))
        path = self.home / "bin" / "killing"
        path.write_text(SHIM.format(home=self.home, nth=nth, when=when, who=who, real=real))
        path.chmod(0o755)
        (self.home / "calls").unlink(missing_ok=True)
        return path

    def run_killed(self, verb, nth, when, who):
        """Whether it was killed: not when it makes fewer calls."""
        process = subprocess.Popen(
            [self.program, "openclaw", verb, "--apply", "--yes", "--json", "--openclaw", self.shim(nth, when, who)],
            env=self.environment,
            cwd=self.home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=lambda: (self.home / "group").write_text(str(os.getpid())),
        )
        status = process.wait(timeout=PATIENCE)
        self.wait_for_the_rest(process.pid)
        self.assertIn(status, (0, -signal.SIGKILL))
        return status != 0

    def wait_for_the_rest(self, session):
        """What a killed program left running ends by itself; it must not meet the next run."""
        while True:
            left = subprocess.run(["pgrep", "-s", str(session)], capture_output=True).stdout
            if not left:
                return

    def again(self, verb):
        done = self.claviger("openclaw", verb, "--apply", "--yes", "--json", "--openclaw", self.real)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        report = json.loads(done.stdout)
        self.assertEqual((report["kept"], report["keptInConfig"], report["failures"]), ([], [], []))
        return report

    def assert_works(self, provider):
        provider.seen.clear()
        self.assert_model_sees(SQLITE_ERA, provider, KEY)

    def assert_wired(self):
        audit = self.openclaw_json(SQLITE_ERA, "secrets", "audit", "--allow-exec", "--json")
        found = [(finding["code"], finding["jsonPath"]) for finding in audit["findings"]]
        self.assertEqual(found, [("PLAINTEXT_FOUND", "models.providers.mock.apiKey")])  # "mock:manual": a profile's id
        self.assertEqual(audit["summary"]["unresolvedRefCount"], 0)
        for secret in SECRETS:
            self.assertEqual([name for name in self.files_with(secret) if ".bak" not in name], [])

    def assert_unwired(self):
        config = self.configuration()
        self.assertEqual(config["gateway"]["auth"]["token"], GATEWAY)
        self.assertEqual(config["channels"]["telegram"]["botToken"], TELEGRAM)
        self.assertEqual(config.get("secrets", {}).get("providers", {}), {})
        self.assertNotEqual(self.files_with(TOKEN), [])

    def until_it_is_killed_no_more(self, verb, nth, who, when, provider):
        """At its Nth call; then it is run again. Whether it makes that many."""
        if verb in self.ended:
            return self.again(verb)
        if self.run_killed(verb, nth, when, who):
            self.assert_works(provider)
            self.again(verb)
        else:
            self.ended.add(verb)

    def there_and_back(self, when, who_of):
        provider = Provider()
        self.addCleanup(provider.server_close)
        self.addCleanup(provider.shutdown)
        self.real = self.openclaw_command(SQLITE_ERA)
        self.install(provider)
        self.ended, nth = set(), 0
        while len(self.ended) < 2:
            nth += 1
            for verb, check in (("wire", self.assert_wired), ("unwire", self.assert_unwired)):
                with self.subTest(verb=verb, call=nth, when=when, who=who_of[verb]):
                    self.until_it_is_killed_no_more(verb, nth, who_of[verb], when, provider)
                    check()
        self.assertGreater(nth, 3)

    def test_killed_before_each_call_of_openclaw_it_leaves_one_that_works_and_is_finished_by_running_it_again(self):
        self.there_and_back("before", {"wire": "program", "unwire": "group"})

    def test_killed_after_each_call_of_openclaw_it_leaves_one_that_works_and_is_finished_by_running_it_again(self):
        self.there_and_back("after", {"wire": "group", "unwire": "program"})


if __name__ == "__main__":
    main()
