#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""claviger git-credential: the real git, against a server on 127.0.0.1 that asks for Basic auth, and the protocol."""
import base64
import functools
import http.server
import os
import shutil
import ssl
import subprocess
import threading
import time
import unittest

from support import PROGRAM, Home, Result

GOOD = "ghp_test_git_helper_0123456789"
OTHER = "ghp_test_of_another_user_0123456789"


def asked(**attributes):
    return "".join(f"{name}={value}\n" for name, value in attributes.items()) + "\n"


class Protocol(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()

    def login(self, provider, secret, *more):
        self.ok("add", provider, "--provider", provider, "--type", "token", "--stdin", *more, stdin=secret)

    def answer(self, **attributes):
        return self.ok("git-credential", "get", stdin=asked(**attributes)).out

    def test_answers_with_the_token_and_the_user_that_any_token_has(self):
        self.login("git:example.org", GOOD)
        self.assertEqual(
            self.answer(protocol="https", host="Example.org", path="a/b"),
            f"username=x-access-token\npassword={GOOD}\n",
        )

    def test_prefers_the_longest_path_and_names_the_end(self):
        self.login("git:example.org", OTHER)
        self.login("git:example.org/team", GOOD, "--email", "robot", "--expires-in", "2h")
        lines = self.answer(protocol="https", host="example.org", path="team/x.git").splitlines()
        self.assertEqual(lines[:2], ["username=robot", f"password={GOOD}"])
        name, end = lines[2].split("=")
        self.assertEqual(name, "password_expiry_utc")
        self.assertAlmostEqual(int(end), time.time() + 7200, delta=60)

    def test_leaves_to_the_next_helper_what_it_does_not_have(self):
        self.login("git:example.org", GOOD, "--email", "me")
        self.login("git:ended.example", GOOD, "--expires-in", "20s")
        for attributes in (
            {"protocol": "http", "host": "example.org"},
            {"protocol": "https", "host": "example.com"},
            {"protocol": "https", "host": "example.org", "username": "you"},
            {"protocol": "https", "host": "ended.example"},
            {"protocol": "https"},
            {},
        ):
            result = self.ok("git-credential", "get", stdin=asked(**attributes))
            self.assertEqual((result.out, result.err), ("", ""), attributes)

    def test_reads_and_ignores_store_erase_and_what_git_may_invent(self):
        self.login("git:example.org", GOOD)
        before = self.vault.read_bytes()
        for operation in ("store", "erase", "capability"):
            stdin = asked(protocol="https", host="example.org", username="x", password="test-other")
            self.assertEqual(self.ok("git-credential", operation, stdin=stdin).out, "")
        self.assertEqual(self.vault.read_bytes(), before)

    def test_says_nothing_on_stdout_and_one_line_on_stderr_when_it_cannot_answer(self):
        self.login("git:example.org", GOOD)
        self.key.rename(self.home / "away.key")
        result = self.fails(69, "git-credential", "get", stdin=asked(protocol="https", host="example.org"))
        self.assertEqual(len(result.err.splitlines()), 1)
        self.assertNotIn(str(self.home), result.err)

    def test_refuses_more_than_a_mebibyte(self):
        self.fails(65, "git-credential", "get", stdin="host=" + "a" * (1 << 20) + "\n", saying="1 MiB")

    def test_answers_at_the_blank_line_and_waits_five_seconds_for_one_at_most(self):
        self.login("git:example.org", GOOD)
        for text, expected in ((asked(protocol="https", host="example.org"), 0), ("protocol=https\n", 65)):
            running = subprocess.Popen(
                self.command("git-credential", "get"),
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            running.stdin.write(text.encode())
            running.stdin.flush()  # and never closed
            self.assertEqual(running.wait(timeout=60), expected)
            for stream in (running.stdin, running.stdout, running.stderr):
                stream.close()

    def test_answers_under_the_name_by_which_git_finds_a_helper(self):
        self.login("git:example.org", GOOD)
        link = self.home / "git-credential-claviger"
        link.symlink_to(PROGRAM)
        done = subprocess.run(
            [str(link), "get"],
            input=asked(protocol="https", host="example.org").encode(),
            env=self.environment,
            capture_output=True,
        )
        self.assertIn(f"password={GOOD}\n".encode(), done.stdout)


class Server(http.server.SimpleHTTPRequestHandler):
    """A bare repository's files, to whoever shows `robot` and the good token, or `friend` and the other one."""

    def do_GET(self):
        shown = self.headers.get("Authorization", "")
        users = {f"x-access-token:{GOOD}", f"friend:{OTHER}"}
        if shown not in {"Basic " + base64.b64encode(user.encode()).decode() for user in users}:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="test"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, *_):
        pass


@unittest.skipUnless(shutil.which("git") and shutil.which("openssl"), "no git or no openssl")
class RealGit(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.environment["PATH"] = os.environ["PATH"]
        self.environment["GIT_TERMINAL_PROMPT"] = "0"
        self.serve()

    def run_here(self, *words, **more):
        return Result(
            subprocess.run(words, cwd=self.home, env=self.environment, capture_output=True, timeout=60, **more)
        )

    def done(self, *words):
        result = self.run_here(*words)
        self.assertEqual(result.code, 0, f"{words}: {result}")
        return result

    def serve(self):
        site = self.home / "site"
        self.done("git", "init", "-q", "--bare", str(site / "team/repo.git"))
        self.done("git", "-C", str(site / "team/repo.git"), "update-server-info")
        certificate = self.home / "server.pem"
        subject = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
        self.done(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject, "-keyout",
            str(certificate), "-out", str(self.home / "ca.pem"),
        )  # fmt: skip
        with certificate.open("a") as both:
            both.write((self.home / "ca.pem").read_text())
        self.environment["GIT_SSL_CAINFO"] = str(self.home / "ca.pem")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Server, directory=str(site)))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.host = f"localhost:{server.server_address[1]}"
        self.repository = f"https://{self.host}/team/repo.git"

    def login(self, secret, *more, at=""):
        provider = f"git:{self.host}{at}"
        self.ok(
            "add", f"{provider}{len(secret)}", "--provider", provider, "--type", "token", "--stdin", *more, stdin=secret
        )

    def wire(self):
        return self.ok("wire", "git", "--provider", f"git:{self.host}", "--apply")

    def test_gets_through_with_the_token_once_wired(self):
        self.assertNotEqual(self.run_here("git", "ls-remote", self.repository).code, 0)
        self.login(GOOD)
        self.wire()
        self.done("git", "ls-remote", self.repository)

    def test_is_refused_with_a_wrong_token_and_asks_us_for_no_erasing(self):
        self.login("ghp_test_wrong_0123456789")
        self.wire()
        before = self.vault.read_bytes()
        self.assertNotEqual(self.run_here("git", "ls-remote", self.repository).code, 0)
        self.assertEqual(self.vault.read_bytes(), before)

    def test_is_not_shown_an_expired_token(self):
        self.login(GOOD)
        self.wire()
        self.login("ghp_test_short_012345", "--expires-in", "20s", at="/team")
        self.done("git", "config", "--global", "credential.useHttpPath", "true")
        self.done("git", "ls-remote", self.repository)  # with the host's own

    def test_tells_two_users_of_one_host_apart(self):
        self.login("ghp_test_wrong_0123456789")
        self.login(OTHER, "--email", "friend")
        self.wire()
        self.done("git", "ls-remote", self.repository.replace("https://", "https://friend@"))

    def test_wiring_twice_changes_nothing(self):
        self.login(GOOD)
        self.wire()
        before = (self.home / ".gitconfig").read_text()
        self.assertIn("already", self.wire().err)
        self.assertEqual((self.home / ".gitconfig").read_text(), before)


if __name__ == "__main__":
    unittest.main()
