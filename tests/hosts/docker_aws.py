#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docker-credential and aws-credential: what docker, podman and the AWS SDKs send and what they take back."""
import json
import subprocess
import sys
import unittest

from support import PROGRAM, Home

SECRET = "dckr_test_0123456789"


class Docker(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.ok(
            "add", "docker:ghcr.io", "--provider", "docker:ghcr.io", "--type", "token", "--email", "me", "--stdin",
            stdin=SECRET,
        )  # fmt: skip
        self.link = self.home / "docker-credential-claviger"
        self.link.symlink_to(PROGRAM)

    def helper(self, action, stdin=""):
        """As docker calls it: by its name in PATH, with nothing but the action."""
        done = subprocess.run(
            [str(self.link), action], input=stdin.encode(), env=self.environment, capture_output=True, timeout=60
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def test_get_answers_with_the_server_as_it_was_asked_for(self):
        for server in ("ghcr.io", "https://ghcr.io", "https://ghcr.io/v2/"):
            code, out, err = self.helper("get", server)
            self.assertEqual((code, err), (0, ""))
            self.assertEqual(json.loads(out), {"ServerURL": server, "Username": "me", "Secret": SECRET})

    def test_knows_the_default_server_by_the_name_docker_has_for_it(self):
        self.ok(
            "add", "docker:docker.io", "--provider", "docker:docker.io", "--type", "token", "--email", "hub", "--stdin",
            stdin="dckr_test_hub",
        )  # fmt: skip
        code, out, _ = self.helper("get", "https://index.docker.io/v1/\n")
        self.assertEqual((code, json.loads(out)["Username"]), (0, "hub"))
        self.assertEqual(json.loads(self.helper("list")[1]), {"https://index.docker.io/v1/": "hub", "ghcr.io": "me"})

    def test_says_on_stdout_word_for_word_that_it_has_nothing(self):
        for asked in ("example.org", "", "\n"):
            self.assertEqual(self.helper("get", asked), (1, "credentials not found in native keychain\n", ""))

    def test_refuses_a_login_without_a_user_name(self):
        self.ok("edit", "docker:ghcr.io", "--email", "")
        code, out, _ = self.helper("get", "ghcr.io")
        self.assertEqual(code, 1)
        self.assertIn("user name", out)
        self.assertNotIn(SECRET, out)
        self.assertEqual(self.helper("list")[1], "{}\n")

    def test_changes_nothing_and_says_so(self):
        before = self.vault.read_bytes()
        stored = json.dumps({"ServerURL": "ghcr.io", "Username": "x", "Secret": "test-stored"})
        for action, stdin in (("store", stored), ("erase", "ghcr.io"), ("version", "")):
            code, out, err = self.helper(action, stdin)
            self.assertEqual((code, err, len(out.splitlines())), (1, "", 1))
            self.assertNotIn("test-stored", out)
        self.assertEqual(self.vault.read_bytes(), before)

    def test_tells_a_locked_vault_in_one_sentence_on_stdout(self):
        self.key.rename(self.home / "away.key")
        code, out, err = self.helper("get", "ghcr.io")
        self.assertEqual((code, err), (1, ""))
        self.assertEqual(len(out.splitlines()), 1)
        self.assertNotIn("credentials not found", out)
        self.assertNotIn(str(self.home), out)

    def test_refuses_more_than_a_mebibyte(self):
        code, out, _ = self.helper("get", "a" * ((1 << 20) + 1))
        self.assertEqual(code, 1)
        self.assertIn("1 MiB", out)


class Aws(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()

    def set(self, **variables):
        for name, value in variables.items():
            self.ok("add", f"env/{name}", "--stdin", "--replace", stdin=value)

    def test_answers_with_what_is_there(self):
        self.set(AWS_ACCESS_KEY_ID="AKIATEST", AWS_SECRET_ACCESS_KEY="test/secret+0123")
        told = json.loads(self.ok("aws-credential").out)
        self.assertEqual(told, {"Version": 1, "AccessKeyId": "AKIATEST", "SecretAccessKey": "test/secret+0123"})
        self.set(AWS_SESSION_TOKEN="test-session", AWS_CREDENTIAL_EXPIRATION="2090-01-01T00:00:00+01:00")
        told = json.loads(self.ok("aws-credential").out)
        self.assertEqual((told["SessionToken"], told["Expiration"]), ("test-session", "2089-12-31T23:00:00Z"))

    def test_takes_another_set_by_its_prefix(self):
        self.set(PROD_AWS_ACCESS_KEY_ID="AKIAPROD", PROD_AWS_SECRET_ACCESS_KEY="test-prod")
        self.assertEqual(json.loads(self.ok("aws-credential", "--prefix", "PROD_").out)["AccessKeyId"], "AKIAPROD")
        self.fails(66, "aws-credential")

    def test_gives_nothing_that_has_expired_or_that_is_half_there(self):
        self.set(AWS_ACCESS_KEY_ID="AKIATEST")
        self.fails(66, "aws-credential")
        self.set(AWS_SECRET_ACCESS_KEY="test-secret", AWS_CREDENTIAL_EXPIRATION="2020-01-01T00:00:00Z")
        self.fails(66, "aws-credential", saying="expired")
        self.set(AWS_CREDENTIAL_EXPIRATION="soon")
        self.fails(65, "aws-credential", saying="AWS_CREDENTIAL_EXPIRATION")

    def test_is_what_botocore_takes(self):
        try:
            import botocore.session
        except ImportError:
            self.skipTest("no botocore")
        self.set(AWS_ACCESS_KEY_ID="AKIATEST", AWS_SECRET_ACCESS_KEY="test-secret", AWS_SESSION_TOKEN="test-session")
        lines = self.ok("wire", "aws").out
        self.write("aws-config", lines)
        code = (
            "import botocore.session; c = botocore.session.Session().get_credentials();"
            "print(c.method, c.access_key, c.secret_key, c.token)"
        )
        environment = {**self.environment, "AWS_CONFIG_FILE": str(self.home / "aws-config")}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, timeout=120)
        self.assertEqual(
            done.stdout.decode().split(), ["custom-process", "AKIATEST", "test-secret", "test-session"], done
        )


if __name__ == "__main__":
    unittest.main()
