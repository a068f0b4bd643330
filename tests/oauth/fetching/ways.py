# SPDX-License-Identifier: Apache-2.0
"""The way to an endpoint: as long as it is not open, nothing was sent, and it is told how far one came."""
import socket
import ssl
import subprocess
import threading
import time
import unittest
from contextlib import contextmanager
from pathlib import Path

from asking import ASKS, BODY, LOST, TOKEN, Asking, unsent
from authority import Authority
from proxy import Proxy
from token_endpoint import TokenEndpoint, closes_before_reading, resets_before_reading, says


@contextmanager
def nobody_listens():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    yield f"https://127.0.0.1:{port}/"


@contextmanager
def nobody_accepts():
    """A port whose queue is full: who connects waits."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        time.sleep(0.2)
        yield f"https://127.0.0.1:{full.getsockname()[1]}/"
        for one in waiting:
            one.close()


class Ways(Asking):
    def assert_untouched(self, endpoint):
        self.assertEqual(endpoint.spent(TOKEN), 0)
        self.assertEqual(endpoint.requests, [])

    def test_a_name_that_cannot_be_found(self):
        self.assert_none(self.ask(f"https://{'a' * 64}.test/"), unsent("name"))

    def test_nobody_who_listens_or_accepts(self):
        with nobody_listens() as url:
            self.assert_none(self.ask(url), unsent("connecting"))
        with nobody_accepts() as url:
            begun = time.monotonic()
            self.assert_none(self.ask(url, send_within=1000), unsent("connecting"))
            self.assertLess(time.monotonic() - begun, 15)

    def test_a_certificate_that_is_not_to_be_trusted(self):
        with Authority() as another:
            bad = {
                "another authority's": another.certificate(),
                "over": self.authority.certificate(over=True),
                "of another host": self.authority.certificate(names="DNS:tokens.test"),
            }
            for name, certificate in bad.items():
                with self.subTest(certificate=name), TokenEndpoint(certificate) as endpoint:
                    self.assert_none(self.ask(endpoint.url), unsent("tls"))
                    self.assert_untouched(endpoint)

    def test_authorities_come_from_the_environment_and_a_file_of_none_trusts_nobody(self):
        with TokenEndpoint(self.certificate, usual=says(200)) as endpoint:
            self.assert_reply(self.ask(endpoint.url), 200)
            for name in ("/nowhere/ca.pem", "/dev/null"):
                self.assert_none(self.ask(endpoint.url, environment={"SSL_CERT_FILE": name}), unsent("tls"))
            self.assertEqual(len(endpoint.requests), 1)

    def test_authorities_of_a_folder(self):
        folder = self.authority.folder / "hashed"
        folder.mkdir()
        (folder / "ca.pem").write_bytes(self.authority.file.read_bytes())
        subprocess.run(["openssl", "rehash", folder], check=True, capture_output=True)
        with TokenEndpoint(self.certificate, usual=says(200)) as endpoint:
            trusting = {"SSL_CERT_FILE": "", "SSL_CERT_DIR": str(folder)}
            self.assert_reply(self.ask(endpoint.url, environment=trusting), 200)

    def test_tls_before_1_2_is_none_and_1_2_and_1_3_are(self):
        old, new = ssl.TLSVersion.TLSv1_1, (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)
        with TokenEndpoint(self.certificate, versions=(old, old)) as endpoint:
            self.assert_none(self.ask(endpoint.url), unsent("tls"))
            self.assert_untouched(endpoint)
        for version in new:
            with TokenEndpoint(self.certificate, versions=(version, version), usual=says(200)) as endpoint:
                self.assert_reply(self.ask(endpoint.url), 200)

    def test_what_does_not_speak_tls_or_says_nothing_at_all(self):
        in_the_clear = b"HTTP/1.1 400 Bad Request\r\n\r\n"
        for begin in (lambda plain: plain.sendall(in_the_clear), lambda plain: None):
            with TokenEndpoint(self.certificate) as endpoint:
                endpoint.handshake = begin
                self.assert_none(self.ask(endpoint.url), unsent("tls"))
        with TokenEndpoint(self.certificate) as endpoint:
            endpoint.handshake = lambda plain: endpoint.stopped.wait(20) and None
            self.assert_none(self.ask(endpoint.url, send_within=1000), unsent("tls"))

    def test_who_closes_before_reading_may_have_had_it(self):
        for certificate in (None, self.certificate):
            with TokenEndpoint(certificate, usual=closes_before_reading) as endpoint:
                self.assert_none(self.ask(endpoint.url), LOST)
                self.assertEqual(endpoint.connections, 1, "asked again")

    def test_who_resets_before_reading_is_not_asked_again(self):
        for certificate in (None, self.certificate):
            with TokenEndpoint(certificate, usual=resets_before_reading) as endpoint:
                # Whether the connection was still coming about, or was there, is a matter of microseconds.
                self.assertIn(self.ask(endpoint.url)[:3], (unsent("connecting"), unsent("tls"), LOST))
                self.assertEqual(endpoint.connections, 1, "asked again")
                self.assertEqual(endpoint.spent(TOKEN), 0)

    def test_nothing_is_sent_to_what_is_neither_https_nor_on_this_host(self):
        with TokenEndpoint(usual=says(200)) as endpoint:
            port = endpoint.port
            refused = (
                f"http://tokens.test:{port}/",
                f"http://127.0.0.1.tokens.test:{port}/",
                f"http://user:word@127.0.0.1:{port}/",
                f"ftp://127.0.0.1:{port}/",
                "file:///etc/hostname",
                f"gopher://127.0.0.1:{port}/x",
                f"127.0.0.1:{port}",
                "https://",
                "",
            )
            for url in refused:
                with self.subTest(url=url):
                    self.assertEqual(self.ask(url)[:2], ("none", "nothing"))
            self.assertEqual(endpoint.connections, 0)

    def test_the_sixth_protocol_and_localhost_by_its_name(self):
        with TokenEndpoint(self.certificate, usual=says(200)) as endpoint:
            self.assert_reply(self.ask(endpoint.url.replace("127.0.0.1", "localhost")), 200)
        if not socket.has_ipv6:
            self.skipTest("no IPv6 here")
        try:
            with TokenEndpoint(self.certificate, host="::1", usual=says(200)) as endpoint:
                self.assert_reply(self.ask(f"https://[::1]:{endpoint.port}/"), 200)
        except OSError:
            self.skipTest("no IPv6 here")


class Proxies(Asking):
    """Behind names that mean nothing here: only the proxy knows where they are."""

    def setUp(self):
        certificate = self.authority.certificate(names="DNS:tokens.test")
        self.endpoint = TokenEndpoint(certificate, usual=says(200)).__enter__()
        self.addCleanup(self.endpoint.__exit__)

    def test_the_environment_names_one_and_its_password_reaches_it_alone(self):
        with Proxy(self.endpoint.port) as proxy:
            for name in ("https_proxy", "HTTPS_PROXY"):
                url = proxy.url.replace("http://", "http://me:test-word@")
                self.assert_reply(self.ask("https://tokens.test/t", environment={name: url}), 200)
            self.assertEqual(proxy.asked, ["CONNECT tokens.test:443 HTTP/1.1"] * 2)
            self.assertIn(b"Proxy-Authorization: Basic", proxy.heads[0])
            self.assertFalse(any(TOKEN.encode() in head for head in proxy.heads))
        self.assertNotIn("proxy-authorization", self.endpoint.requests[0].headers)
        self.assertEqual(self.endpoint.spent(TOKEN), 2)

    def test_one_that_refuses_or_closes_or_is_not_there_has_sent_nothing(self):
        refusals = (
            b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
            b"HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n",
            b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\nhaha",
            b"",
        )
        for refusal in refusals:
            with self.subTest(refusal=refusal), Proxy(refusal=refusal) as proxy:
                outcome = self.ask("https://tokens.test/", environment={"https_proxy": proxy.url})
                self.assertEqual(outcome[:2], ("none", "nothing"), outcome)
                if refusal:
                    self.assertEqual(outcome.second, "connecting")
        with nobody_listens() as url:
            environment = {"https_proxy": url.replace("https", "http")}
            self.assert_none(self.ask("https://tokens.test/", environment=environment), unsent("connecting"))
        self.assertEqual(self.endpoint.connections, 0)

    def test_one_whose_name_or_kind_is_not_known_has_sent_nothing(self):
        for proxy, phase in ((f"http://{'a' * 64}.test:1", "name"), ("ftp://127.0.0.1:1", None)):
            outcome = self.ask("https://tokens.test/", environment={"https_proxy": proxy})
            self.assertEqual(outcome[:2], ("none", "nothing"), outcome)
            if phase:
                self.assertEqual(outcome.second, phase)

    def test_what_is_on_this_host_is_asked_without_one(self):
        with TokenEndpoint(self.certificate, usual=says(200)) as here, Proxy(here.port) as proxy:
            for variable in ("https_proxy", "HTTPS_PROXY"):
                self.assert_reply(self.ask(here.url, environment={variable: proxy.url}), 200)
            self.assertEqual(proxy.asked, [])

    def test_names_that_are_to_go_without_one_do(self):
        with Proxy(self.endpoint.port) as proxy:
            name = f"{'a' * 64}.test"
            for variable in ("no_proxy", "NO_PROXY"):
                outcome = self.ask(f"https://{name}/", environment={"https_proxy": proxy.url, variable: name})
                self.assert_none(outcome, unsent("name"))
            self.assertEqual(proxy.asked, [])

    def test_variables_of_other_proxies_have_no_say(self):
        with Proxy(self.endpoint.port) as proxy:
            environment = {"ALL_PROXY": proxy.url, "all_proxy": proxy.url, "http_proxy": proxy.url}
            self.ask(f"https://{'a' * 64}.test/", environment=environment)
            self.assertEqual(proxy.asked, [])


class Traces(Asking):
    """While a request is on its way, it can be seen nowhere but in the two processes and at the endpoint."""

    def test_a_token_is_in_no_command_line_environment_or_file_and_the_helper_is_closed_to_others(self):
        seen = {}
        asking = threading.Event()

        def look(endpoint, connection):
            connection.read()
            asking.wait(20)
            for process in Path("/proc").iterdir():
                try:
                    words = (process / "cmdline").read_bytes()
                except OSError:
                    continue
                if words.startswith(b"claviger-fetch") or ASKS.encode() in words:
                    seen[words.split(b"\0")[0]] = self.traces_of(process, words)
            says(200)(endpoint, connection)

        with TokenEndpoint(self.certificate, usual=look) as endpoint:
            command = self.command(endpoint.url)
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
            environment = self.environment(CLAVIGER_TEST_SECRET="test-canary-of-a-variable")
            with subprocess.Popen(command, env=environment, **pipes) as process:
                asking.set()
                out, _ = process.communicate(BODY.encode(), timeout=60)
        self.assertTrue(out.startswith(b"reply 200"), out)
        helper = seen[b"claviger-fetch"]
        self.assertEqual(helper["words"], b"claviger-fetch\0")
        self.assertEqual(helper["owner"], 0, "a process that may be dumped belongs to its user")
        for name, what in seen.items():
            self.assertFalse(any(TOKEN.encode() in text for text in what["texts"]), name)
        self.assertFalse(any(b"test-canary" in text for text in helper["texts"]))

    def traces_of(self, process, words):
        texts = [words]
        for name in ("environ", "maps", "status"):
            try:
                texts.append((process / name).read_bytes())
            except OSError:
                pass
        files = []
        for link in (process / "fd").iterdir():
            try:
                files.append(str(link.readlink()))
            except OSError:
                continue
        texts += [Path(name).read_bytes() for name in files if Path(name).is_file()]
        return {"words": words, "texts": texts, "owner": (process / "environ").stat().st_uid}


if __name__ == "__main__":
    unittest.main()
