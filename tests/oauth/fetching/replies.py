# SPDX-License-Identifier: Apache-2.0
"""Whatever an endpoint answers: a reply arrives as it is, and a reply that is none is unknown. It is asked once."""
import email.utils
import json
import time
import unittest
from urllib.parse import urlsplit

from asking import BODY, LOST, TOKEN, Asking
from token_endpoint import (
    TokenEndpoint,
    closes_after,
    closes_after_reading,
    cuts_off,
    head,
    is_silent,
    resets_after_reading,
    says,
    says_raw,
)

LONGEST = 64 * 1024


class Replies(Asking):
    certified = True

    def setUp(self):
        self.endpoint = TokenEndpoint(self.certificate if self.certified else None).__enter__()
        self.addCleanup(self.endpoint.__exit__)

    def answer(self, script, **how):
        """What came of asking once, by which the endpoint was asked no more than once."""
        self.endpoint.then(script)
        before, connections = self.endpoint.spent(TOKEN), self.endpoint.connections
        outcome = self.ask(self.endpoint.url, **how)
        self.endpoint.scripts.clear()
        deadline = time.monotonic() + 5
        while self.endpoint.spent(TOKEN) == before and time.monotonic() < deadline:
            time.sleep(0.01)  # the endpoint may be behind
        self.assertEqual(self.endpoint.spent(TOKEN) - before, 1)
        self.assertEqual(self.endpoint.connections - connections, 1)
        return outcome

    def test_a_token_is_spent_once_and_the_next_one_arrives(self):
        refresh, _ = self.endpoint.issue()
        answered = json.loads(self.ask(self.endpoint.url, f"refresh_token={refresh}").body)
        self.assertEqual((answered["access_token"], answered["refresh_token"]), ("at-test-2", "rt-test-2"))
        again = self.ask(self.endpoint.url, f"refresh_token={refresh}")
        self.assert_reply(again, 400)
        self.assertEqual(json.loads(again.body)["error"], "refresh_token_reused")

    def test_each_status_comes_with_its_body(self):
        for status in (200, 201, 204, 400, 401, 403, 404, 408, 417, 421, 429, 500, 502, 503, 504, 511, 599, 999):
            with self.subTest(status=status):
                body = b"" if status == 204 else b'{"error":"test_%d"}' % status
                self.assert_reply(self.answer(says(status, body)), status, body)

    def test_a_redirect_is_a_reply_and_nobody_is_sent_there(self):
        with TokenEndpoint(self.certificate) as elsewhere:
            for status in (301, 302, 303, 307, 308):
                script = says(status, headers=(f"Location: {elsewhere.url}",))
                self.assert_reply(self.answer(script), status)
            self.assertEqual(elsewhere.connections, 0)

    def test_an_authentication_that_is_asked_for_is_not_tried(self):
        for scheme in ("Basic realm=test", "Negotiate", "NTLM", 'Digest realm="test", nonce="1"'):
            self.assert_reply(self.answer(says(401, headers=(f"WWW-Authenticate: {scheme}",))), 401)

    def test_replies_in_front_of_the_reply_are_passed_over(self):
        for before in (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 3):
            self.assert_reply(self.answer(says(200, b"{}", before=before)), 200, b"{}")

    def test_retry_after_comes_in_seconds_whether_it_was_seconds_or_a_date(self):
        self.assert_reply(self.answer(says(429, headers=("Retry-After: 17",))), 429, retry_after="17")
        date = email.utils.formatdate(time.time() + 1000, usegmt=True)
        outcome = self.answer(says(503, headers=(f"Retry-After: {date}",)))
        self.assertEqual(outcome[:2], ("reply", "503"))
        self.assertTrue(980 <= int(outcome.second) <= 1000, outcome)

    def test_retry_after_that_says_nothing_or_too_much_is_bounded(self):
        past = email.utils.formatdate(time.time() - 1000, usegmt=True)
        nothing = ("soon", "", "-5", past, "9" * 40)
        for text, expected in (*((text, "-") for text in nothing), ("9" * 12, str(0x7FFFFFFF))):
            with self.subTest(text=text):
                self.assert_reply(self.answer(says(429, headers=(f"Retry-After: {text}",))), 429, retry_after=expected)

    def test_the_longest_reply_is_one_and_a_byte_more_is_unknown(self):
        self.assert_reply(self.answer(says(200, b"x" * LONGEST)), 200, b"x" * LONGEST)
        self.assert_none(self.answer(says(200, b"x" * (LONGEST + 1))), LOST)
        self.assert_none(self.answer(says_raw(head(200, None) + b"x" * (LONGEST + 1))), LOST)

    def test_heads_without_end_are_unknown(self):
        many = b"".join(b"X-%d: %s\r\n" % (number, b"x" * 900) for number in range(200))
        self.assert_none(self.answer(says_raw(b"HTTP/1.1 200 OK\r\n" + many + b"Content-Length: 0\r\n\r\n")), LOST)
        self.assert_none(self.answer(says_raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 5000)), LOST)

    def test_what_is_cut_off_or_ends_without_an_answer_is_unknown(self):
        for script in (cuts_off(), closes_after_reading, resets_after_reading, closes_after(20)):
            with self.subTest(script=script):
                self.endpoint.then(script)
                self.assert_none(self.ask(self.endpoint.url), LOST)
                self.endpoint.scripts.clear()
        self.assertLessEqual(self.endpoint.spent(TOKEN), 4)

    def test_a_chunked_reply_arrives_and_one_that_is_cut_is_unknown(self):
        front = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{   }\r\n"
        self.assert_reply(self.answer(says_raw(front + b"0\r\n\r\n")), 200, b"{   }")
        self.assert_none(self.answer(says_raw(front)), LOST)

    def test_what_is_no_http_is_unknown(self):
        for nonsense in (b"\x00\x01\x02", b"hello\r\n\r\n", b"HTTP/9.9 200 OK\r\n\r\n", b"{}"):
            with self.subTest(nonsense=nonsense):
                self.assert_none(self.answer(says_raw(nonsense)), LOST)

    def test_silence_and_one_byte_after_the_other_end_with_the_time_and_are_unknown(self):
        for script in (is_silent, says(200, b"{}" * 100, seconds_per_byte=0.2)):
            with self.subTest(script=script):
                begun = time.monotonic()
                self.assert_none(self.answer(script, reply_within=2000), LOST)
                self.assertLess(time.monotonic() - begun, 20)

    def test_the_request_is_what_it_is_to_be_and_no_more(self):
        self.answer(says(200))
        request = self.endpoint.requests[-1]
        self.assertEqual(request.line, f"POST {urlsplit(self.endpoint.url).path} HTTP/1.1")
        self.assertEqual(request.body, BODY.encode())
        headers = dict(request.headers)
        self.assertRegex(headers.pop("user-agent"), r"^claviger/[0-9.]+$")
        authority = urlsplit(self.endpoint.url).netloc
        self.assertEqual(
            headers,
            {
                "host": authority,
                "accept": "application/json",
                "content-type": "application/x-www-form-urlencoded",
                "content-length": str(len(BODY)),
            },
        )

    def test_json_goes_as_json_and_a_cookie_comes_back_to_nobody(self):
        self.answer(says(200, headers=("Set-Cookie: a=b",)))
        self.answer(says(200), kind="json", body='{"refresh_token":"' + TOKEN + '"}')
        headers = self.endpoint.requests[-1].headers
        self.assertEqual(headers["content-type"], "application/json")
        self.assertNotIn("cookie", headers)

    def test_a_long_body_is_sent_whole_and_nobody_is_asked_whether_it_may_come(self):
        body = BODY + "x" * 900_000
        self.answer(says(200), body=body)
        self.assertEqual(self.endpoint.requests[-1].body, body.encode())
        self.assertNotIn("expect", self.endpoint.requests[-1].headers)


class PlainReplies(Replies):
    """The same over http, which is for this host alone."""

    certified = False


if __name__ == "__main__":
    unittest.main()
