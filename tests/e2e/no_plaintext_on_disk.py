# SPDX-License-Identifier: Apache-2.0
"""After every kind of operation nothing readable lies in any file but the key: no secrets, not even the names (B01)."""
import base64
import json
import re
import shutil
import subprocess
import unittest

from support import Home, leaks

SECRETS = [
    f"sk-test-canary-{word}-7c31"
    for word in ("added", "replaced", "token", "access", "refresh", "variable", "imported", "removed")
]
NAMES = [
    "canaryprovider",
    "canaryprofile",
    "canaryrenamed",
    "canary.person",
    "canaryagent",
    "canarygone",
    "Canary Display",
    "CANARY_VARIABLE",
]
ADDED, REPLACED, TOKEN, ACCESS, REFRESH, VARIABLE, IMPORTED, REMOVED = SECRETS

DOCUMENT = {
    "version": 1,
    "profiles": {
        "canaryprovider:imported": {"type": "api_key", "provider": "canaryprovider", "key": IMPORTED},
        "canaryprovider:login": {
            "type": "oauth",
            "provider": "canaryprovider",
            "access": ACCESS,
            "refresh": REFRESH,
            "expires": 4102444800000,
            "email": "canary.person@example.org",
        },
    },
    "order": {"canaryprovider": ["canaryprovider:login", "canaryprovider:imported"]},
    "usageStats": {"canaryprovider:login": {"lastUsed": 1763600000000, "errorCount": 1}},
}


class NoPlaintext(Home):
    def steps(self):
        """Each kind of operation, once: (words, what is piped in)."""
        profile = "canaryprovider:canaryprofile"
        return [
            (("agent", "add", "canaryagent"), ""),
            (
                (
                    "add",
                    profile,
                    "--type",
                    "api_key",
                    "--stdin",
                    "--email",
                    "canary.person@example.org",
                    "--display-name",
                    "Canary Display",
                ),
                ADDED,
            ),
            (("add", profile, "--type", "api_key", "--stdin", "--replace"), REPLACED),
            (
                (
                    "add",
                    "canaryprovider:t",
                    "--type",
                    "token",
                    "--stdin",
                    "--expires-in",
                    "3d",
                    "--agent",
                    "canaryagent",
                ),
                TOKEN,
            ),
            (("edit", profile, "--email", "canary.person@example.com", "--expires-in", "9d"), ""),
            (("rename", profile, "canaryprovider:canaryrenamed"), ""),
            (("copy", "canaryprovider:canaryrenamed", "--to-agent", "canaryagent"), ""),
            (("import", "-", "--format", "openclaw"), json.dumps(DOCUMENT)),
            (("import", "-", "--format", "dotenv", "--agent", "canaryagent"), f"CANARY_VARIABLE={VARIABLE}\n"),
            (
                (
                    "order",
                    "set",
                    "--provider",
                    "canaryprovider",
                    "canaryprovider:login",
                    "canaryprovider:canaryrenamed",
                ),
                "",
            ),
            (("order", "set", "--provider", "canaryprovider", "--default", "canaryprovider:imported"), ""),
            (("get", "canaryprovider:login", "--field", "refresh"), ""),
            (("status", "--all-agents"), ""),
            (("export", "--format", "openclaw"), ""),
            (("add", "canaryprovider:canarygone", "--type", "api_key", "--stdin"), REMOVED),
            (("remove", "canaryprovider:canarygone", "--yes"), ""),
            (("order", "clear", "--provider", "canaryprovider"), ""),
            (("agent", "default", "canaryagent"), ""),
            (("agent", "default", "main"), ""),
            (("agent", "remove", "canaryagent", "--yes"), ""),
        ]

    def assert_nothing_readable(self, after):
        self.assertEqual(leaks(self.home, SECRETS, NAMES, spared=(self.key,)), [], f"after {after}")

    def test_leaves_nothing_readable_after_any_operation(self):
        self.make_vault()
        for words, stdin in self.steps():
            self.ok(*words, stdin=stdin)
            self.assert_nothing_readable(" ".join(words[:2]))

    def test_leaves_nothing_readable_after_failures(self):
        self.make_vault()
        self.add("canaryprovider:canaryprofile", ADDED)
        self.fails(68, "add", "canaryprovider:canaryprofile", "--type", "api_key", "--stdin", stdin=REPLACED)
        self.fails(65, "import", "-", "--format", "openclaw", stdin=json.dumps(DOCUMENT)[:-5])
        self.fails(
            68,
            "import",
            "-",
            "--format",
            "openclaw",
            "--on-conflict",
            "fail",
            stdin=json.dumps(
                {
                    "version": 1,
                    "profiles": {
                        "canaryprovider:canaryprofile": {
                            "type": "api_key",
                            "provider": "canaryprovider",
                            "key": IMPORTED,
                        }
                    },
                }
            ),
        )
        self.assert_nothing_readable("failures")

    def test_would_find_what_it_looks_for(self):
        for number, text in enumerate((ADDED.encode(), ADDED.encode("utf-16-le"), b"canaryagent")):
            self.write(f"leak{number}", text)
        found = {(text, how) for _, text, how in leaks(self.home, SECRETS, NAMES)}
        self.assertEqual(found, {(ADDED, "raw"), (ADDED, "utf-16-le"), ("canaryagent", "raw")})
        for prefix in ("", "x", "xy"):
            self.write("leak", base64.b64encode((prefix + TOKEN + "tail").encode()))
            self.assertTrue(leaks(self.home, [TOKEN]), prefix)

    def test_says_no_secret_and_no_key_in_any_error(self):
        self.make_vault()
        key = self.key.read_text().split()[-1]
        wrong = self.write("wrong.key", "claviger-key " + ADDED + "\n")
        for words, stdin in (
            (("import", "-", "--format", "openclaw"), '{"version":1,"profiles":{"a:b":' + f'"{ADDED}"'),
            (("import", "-", "--format", "openclaw"), f'{{"{ADDED}": {{"type": "{TOKEN}"}}, "{ADDED}": 1}}'),
            (("import", "-", "--format", "dotenv"), f"{ADDED}\n'{TOKEN}"),
            (("list", "--key-file", wrong), ""),
            (("add", "a:b", ADDED), ""),
            (("add", "a:b", "--type", ADDED), ""),
            (("add", "a:b", "--expires-in", ADDED), ""),
            (("add", "g:me", "--type", "oauth", "--stdin", "--expires-in", "1h"), ADDED),
            (("add", "g:me", "--type", "oauth", "--stdin", "--expires-in", "1h"), '{"access":"' + ADDED),
        ):
            result = self.run_it(*words, stdin=stdin)
            self.assertNotIn(key, result.out + result.err)
            for secret in (TOKEN, ADDED):
                if words[-1] != secret or words[1] == "a:b":
                    self.assertNotIn(secret, result.err, words)


@unittest.skipUnless(shutil.which("strace"), "strace is not on this machine")
class WritesNothingElse(Home):
    OPENED = re.compile(r'(?:openat\([^,]+, |open\(|creat\()"([^"]+)"[^)]*(?:O_WRONLY|O_RDWR|O_CREAT)[^)]*\)\s*=\s*\d+')

    def traced(self, *words, stdin=""):
        log = self.home.parent / "trace"
        done = subprocess.run(
            [
                "strace",
                "-f",
                "-qq",
                "-s",
                "4096",
                "-e",
                "trace=open,openat,creat,socket,connect,execve",
                "-o",
                log,
                *self.command(*words),
            ],
            input=stdin.encode(),
            capture_output=True,
            env=self.environment,
            cwd=self.home,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return log.read_text()

    def assert_writes_only_its_own(self, trace):
        opened = set(self.OPENED.findall(trace))
        own = (str(self.vault.parent) + "/", str(self.state))
        foreign = [
            path
            for path in opened
            if not path.startswith(own) and not path.startswith("/dev/") and not path.startswith("mark-")
        ]
        self.assertEqual(foreign, [])
        return opened

    def test_opens_nothing_but_vault_lock_journal_and_mark_for_writing(self):
        self.make_vault()
        for words, stdin in (
            (("import", "-", "--format", "openclaw"), json.dumps(DOCUMENT)),
            (("add", "a:b", "--type", "api_key", "--stdin"), ADDED),
            (("remove", "a:b", "--yes"), ""),
        ):
            opened = self.assert_writes_only_its_own(self.traced(*words, stdin=stdin))
            self.assertTrue(any(path.endswith("vault.db") for path in opened), "the trace shows nothing")

    def test_opens_no_socket_and_runs_no_program(self):
        self.make_vault()
        self.add("a:b", ADDED)
        for words in (("get", "a:b"), ("list",), ("status",), ("export", "--format", "openclaw")):
            trace = self.traced(*words)
            self.assertNotIn("socket(", trace)
            self.assertEqual(trace.count("execve("), 1)

    def test_reads_without_writing(self):
        self.make_vault()
        self.add("a:b", ADDED)
        for words in (("get", "a:b"), ("list",), ("which", "--provider", "a"), ("paths",)):
            self.assertEqual(self.assert_writes_only_its_own(self.traced(*words)) - {"/dev/null"}, set(), words)


if __name__ == "__main__":
    unittest.main()
