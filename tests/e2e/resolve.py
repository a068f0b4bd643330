#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""claviger resolve: OpenClaw's exec provider protocol, as OpenClaw speaks it and as nobody should."""
import concurrent.futures
import json
import os
import sqlite3
import subprocess
import time
import unittest

from support import PROGRAM, Home

KEY = "sk-test-resolve-one-0123456789"
TOKEN = "tok-test-resolve-two-0123456789"
# Two ids that the reference's 48 bits cannot tell apart, found by search.
TWINS = ("mock:10434352", "mock:10831184")


def request(*ids, **members):
    return json.dumps(
        {"protocolVersion": 1, "provider": "claviger", "ids": list(ids), **members}, separators=(",", ":")
    )


class Resolve(Home):
    def setUp(self):
        super().setUp()
        self.make_vault()
        self.fixed = ["resolve", "--vault", self.vault, "--key-file", self.key]

    def answer(self, *ids, more=(), code=0):
        result = self.run_it(*self.fixed, *more, stdin=request(*ids))
        self.assertEqual(result.code, code, result)
        return json.loads(result.out)

    def values(self, *ids, more=()):
        answer = self.answer(*ids, more=more)
        self.assertNotIn("errors", answer)
        return answer["values"]

    def code_of(self, asked, more=()):
        answer = self.answer(asked, more=more)
        self.assertEqual(answer["values"], {})
        return answer["errors"][asked]["code"]

    def import_profiles(self, profiles, **more):
        path = self.write("auth-profiles.json", json.dumps({"version": 1, "profiles": profiles, **more}))
        self.ok("import", path)

    def raw(self, data, env=None, more=()):
        done = subprocess.run(
            self.command(*self.fixed, *more), input=data, capture_output=True, cwd="/", env=env or {}, timeout=60
        )
        return done.returncode, done.stdout, done.stderr


class Ids(Resolve):
    def test_a_key_and_a_token_come_by_profile_id_with_and_without_a_selector(self):
        self.add("openai:default", KEY)
        self.add("anthropic:work", TOKEN, kind="token")
        self.assertEqual(
            self.values("profile/openai:default", "profile/openai:default/key", "profile/anthropic:work/token"),
            {"profile/openai:default": KEY, "profile/openai:default/key": KEY, "profile/anthropic:work/token": TOKEN},
        )

    def test_any_profile_comes_by_the_reference_that_list_tells(self):
        self.add("openai:me@example.org ✓", KEY)
        ref = self.json("list")["profiles"][0]["ref"]
        self.assertEqual(self.values(ref, ref + "/key"), {ref: KEY, ref + "/key": KEY})

    def test_two_profiles_of_one_reference_are_ambiguous(self):
        for twin in TWINS:
            self.add(twin, KEY)
        refs = {profile["ref"] for profile in self.json("list")["profiles"]}
        self.assertEqual(len(refs), 1, "the twins are no twins any more")
        self.assertEqual(self.code_of(refs.pop()), "AMBIGUOUS_DUPLICATE_KEY")
        self.assertEqual(self.values("profile/" + TWINS[0]), {"profile/" + TWINS[0]: KEY})

    # G10
    def test_an_id_that_can_be_read_in_two_ways_is_ambiguous(self):
        self.add("openai:a", KEY)
        self.add("openai:a/key", TOKEN)
        self.assertEqual(self.code_of("profile/openai:a/key"), "AMBIGUOUS_DUPLICATE_KEY")
        self.assertEqual(self.values("profile/openai:a"), {"profile/openai:a": KEY})

    def test_a_provider_means_the_next_key_in_order_and_after_those_the_variable(self):
        self.add("openai:a", KEY)
        self.add("openai:b", KEY + "-b")
        self.ok("order", "set", "--provider", "openai", "openai:b", "openai:a")
        self.ok(
            "import",
            self.write(".env", "OPENAI_API_KEY=sk-test-variable-0001\nGROQ_API_KEY=gsk-test-0001\nXAI_API_KEY=\n"),
        )
        self.assertEqual(
            self.values("provider/openai", "provider/OpenAI", "provider/groq", "env/OPENAI_API_KEY"),
            {
                "provider/openai": KEY + "-b",
                "provider/OpenAI": KEY + "-b",
                "provider/groq": "gsk-test-0001",
                "env/OPENAI_API_KEY": "sk-test-variable-0001",
            },
        )
        self.assertEqual([self.code_of("env/XAI_API_KEY"), self.code_of("provider/xai")], ["NOT_FOUND"] * 2)

    # G12
    def test_of_a_login_only_the_access_token_is_served_and_only_by_name(self):
        self.import_profiles(
            {
                "openai:me": {
                    "type": "oauth",
                    "provider": "openai",
                    "access": "at-test-1",
                    "refresh": "rt-test-1",
                    "idToken": "it-test-1",
                    "expires": 4102444800000,
                }
            }
        )
        self.assertEqual(self.values("profile/openai:me/access"), {"profile/openai:me/access": "at-test-1"})
        ids = [f"profile/openai:me{end}" for end in ("", "/key", "/token", "/refresh", "/idToken")] + [
            "provider/openai"
        ]
        answer = self.answer(*ids)
        self.assertEqual(answer["values"], {})
        self.assertEqual(
            {json.dumps(error) for error in answer["errors"].values()},
            {'{"code": "NOT_FOUND", "message": "not found"}'},
        )

    # G03
    def test_what_is_not_served_all_looks_alike(self):
        self.ok("agent", "add", "other", "--isolated")
        self.add("openai:private", KEY, "--agent", "other")
        self.import_profiles(
            {
                "p:blank": {"type": "api_key", "provider": "p", "key": "  "},
                "p:nul": {"type": "api_key", "provider": "p", "key": "a\0b"},
                "p:ref": {
                    "type": "api_key",
                    "provider": "p",
                    "keyRef": {"source": "env", "provider": "default", "id": "X"},
                },
            }
        )
        ids = [
            "profile/openai:private",
            "profile/p:blank",
            "profile/p:nul",
            "profile/p:ref",
            "profile/none",
            "ref/000000000000",
            "provider/p",
            "provider/",
            "env/NONE",
            "env/",
            "profile/",
            "ref/",
            "",
            "x",
            "other/profile/openai:private",
            "-profile/x",
            "profile/../x",
            "profile/./x",
            "profile/a b",
            "profile/é",
            "a" * 257,
            "profile/p:ref#key",
        ]
        answer = self.answer(*ids)
        self.assertEqual(answer["values"], {})
        self.assertEqual(set(answer["errors"]), set(ids))
        self.assertEqual({error["code"] for error in answer["errors"].values()}, {"NOT_FOUND"})

    def test_an_agent_sees_its_own_and_what_it_inherits(self):
        self.add("openai:shared", KEY)
        self.ok("agent", "add", "work")
        self.ok("agent", "add", "alone", "--isolated")
        self.assertEqual(self.values("profile/openai:shared", more=["--agent", "work"]), {"profile/openai:shared": KEY})
        self.assertEqual(self.code_of("profile/openai:shared", more=["--agent", "alone"]), "NOT_FOUND")
        self.assertEqual(self.code_of("profile/openai:shared", more=["--agent", "nobody"]), "NOT_FOUND")

    def test_values_come_exact_but_for_blanks_around_them(self):
        odd = 'sk-test-"quotes"\\back\tTab é✓😀'
        self.import_profiles({"p:odd": {"type": "api_key", "provider": "p", "key": f" {odd}\r\n"}})
        code, out, _ = self.raw(request("profile/p:odd").encode())
        self.assertEqual((code, json.loads(out.decode("utf-8"))["values"]["profile/p:odd"]), (0, odd))

    def test_a_value_that_is_not_utf8_is_not_found(self):
        self.ok("import", self.write(".env", b"GROQ_API_KEY=gsk-\xff-test\n"), "--format", "dotenv")
        self.assertEqual(self.code_of("env/GROQ_API_KEY"), "NOT_FOUND")


class Requests(Resolve):
    # G02
    def test_each_id_is_answered_once_and_nothing_else_stands_on_stdout(self):
        self.add("openai:default", KEY)
        code, out, err = self.raw(request("profile/openai:default", "profile/openai:default", "gone").encode())
        self.assertEqual((code, err), (0, b""))
        self.assertEqual(
            out.decode(),
            '{"protocolVersion":1,"values":{"profile/openai:default":"%s"},"errors":{"gone":'
            '{"code":"NOT_FOUND","message":"not found"}}}' % KEY,
        )

    def test_no_ids_is_a_request_too(self):
        self.assertEqual(self.answer(), {"protocolVersion": 1, "values": {}})

    # G01
    def test_a_faulty_request_is_refused_with_an_error_for_every_id_that_can_be_read(self):
        for text in [
            '{"protocolVersion":2,"ids":["a"]}',
            '{"protocolVersion":"1","ids":["a"]}',
            '{"ids":["a"]}',
            '{"protocolVersion":1,"ids":["a",7]}',
            '{"protocolVersion":1.0,"ids":["a"]}',
        ]:
            code, out, err = self.raw(text.encode())
            self.assertEqual(code, 65, text)
            self.assertEqual(json.loads(out)["errors"]["a"]["code"], "INVALID_REQUEST", text)
            self.assertTrue(err.startswith(b"claviger: "), err)

    def test_an_unreadable_request_is_refused_in_one_object(self):
        for data in [
            b"",
            b"nonsense",
            b"[]",
            b"{",
            b'{"protocolVersion":1}',
            b'{"protocolVersion":1,"ids":"a"}',
            b"\xff\xfe",
            b'{"protocolVersion":1,"ids":["a"],"ids":["b"]}',
            b"[" * 100_000,
            b'{"protocolVersion":1,"ids":["\\ud800"]}',
        ]:
            code, out, _ = self.raw(data)
            self.assertEqual(code, 65, data[:40])
            answer = json.loads(out)
            self.assertEqual((answer["values"], answer["error"]["code"]), ({}, "INVALID_REQUEST"), data[:40])

    def test_a_request_of_ten_megabytes_is_refused(self):
        code, out, err = self.raw(request("a" * 10_000_000).encode())
        self.assertEqual((code, json.loads(out)["error"]["code"]), (65, "INVALID_REQUEST"))
        self.assertIn(b"larger than 1 MiB", err)

    # G04
    def test_512_ids_are_answered_in_one_pass_and_in_time(self):
        for i in range(8):
            self.add(f"openai:{i}", f"{KEY}-{i}")
        ids = [f"profile/openai:{i % 8}/key" if i < 8 else f"profile/missing:{i}" for i in range(512)]
        started = time.monotonic()
        answer = self.answer(*ids)
        self.assertLess(time.monotonic() - started, 4)
        self.assertEqual((len(answer["values"]), len(answer["errors"])), (8, 504))

    # G05
    def test_stdin_that_is_never_closed_ends_in_time(self):
        with subprocess.Popen(
            self.command(*self.fixed, "--timeout-ms", "700"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            process.stdin.write(b'{"protocolVersion":1,"ids":["a')
            process.stdin.flush()
            self.assertEqual(process.wait(30), 65)
            self.assertIn(b"not closed in time", process.stderr.read())

    def test_a_whole_request_is_answered_even_if_stdin_stays_open(self):
        self.add("openai:default", KEY)
        with subprocess.Popen(
            self.command(*self.fixed, "--timeout-ms", "700"), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            process.stdin.write(request("profile/openai:default").encode())
            process.stdin.flush()
            self.assertEqual(process.wait(30), 0)
            self.assertEqual(json.loads(process.stdout.read())["values"], {"profile/openai:default": KEY})

    def test_a_reader_that_has_gone_is_an_error_and_no_hang(self):
        self.add("openai:default", KEY)
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(
            self.command(*self.fixed),
            input=request("profile/openai:default").encode(),
            stdout=writing,
            stderr=subprocess.PIPE,
            timeout=60,
        )
        os.close(writing)
        self.assertEqual(done.returncode, 74)

    def test_sixteen_at_once_get_the_same(self):
        self.add("openai:default", KEY)
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(lambda _: self.raw(request("profile/openai:default").encode())[:2], range(16)))
        self.assertEqual(len(set(answers)), 1, answers)
        self.assertEqual(answers[0][0], 0)


class Surroundings(Resolve):
    # G07
    def test_it_works_with_an_empty_environment_in_the_root_folder(self):
        self.add("openai:default", KEY)
        code, out, err = self.raw(request("profile/openai:default").encode(), env={})
        self.assertEqual((code, err), (0, b""))
        self.assertEqual(json.loads(out)["values"]["profile/openai:default"], KEY)

    def test_variables_and_systemd_name_the_key_as_well(self):
        self.add("openai:default", KEY)
        folder = self.home / "credentials"
        folder.mkdir(mode=0o700)
        (folder / "claviger.key").write_bytes(self.key.read_bytes())
        (folder / "claviger.key").chmod(0o600)
        for env in ({"CLAVIGER_KEY_FILE": str(self.key)}, {"CREDENTIALS_DIRECTORY": str(folder)}):
            done = subprocess.run(
                [PROGRAM, "resolve"],
                input=request("profile/openai:default").encode(),
                capture_output=True,
                cwd="/",
                env={"CLAVIGER_VAULT": str(self.vault), **env},
                timeout=60,
            )
            self.assertEqual(json.loads(done.stdout)["values"], {"profile/openai:default": KEY}, done)

    def test_a_vault_that_does_not_open_is_an_error_for_each_id_and_exit_0(self):
        other = self.home / "other.key"
        self.ok("init", "--vault", self.home / "other.db", "--key-file", other, "--no-recovery", "--quiet")
        damaged = self.write("damaged.db", self.vault.read_bytes()[:5000])
        for words, code in (
            (["--vault", self.vault], "LOCKED"),
            (["--vault", self.vault, "--key-file", other], "LOCKED"),
            (["--vault", self.vault, "--key-file", self.home / "none"], "LOCKED"),  # O10
            (["--vault", self.vault, "--token-file", self.home / "none"], "LOCKED"),
            (["--vault", self.home / "none.db", "--key-file", self.key], "VAULT_MISSING"),
            (["--vault", damaged, "--key-file", self.key], "DAMAGED"),
            (["--vault", self.write("text.db", "hello"), "--key-file", self.key], "UNAVAILABLE"),
        ):
            result = subprocess.run(
                self.command("resolve", *words),
                input=request("a", "b").encode(),
                capture_output=True,
                cwd="/",
                env={},
                timeout=60,
            )
            self.assertEqual(result.returncode, 0, (words, result))
            answer = json.loads(result.stdout)
            self.assertEqual([answer["errors"][asked]["code"] for asked in "ab"], [code, code], words)
            self.assertTrue(result.stderr.startswith(b"claviger: "), result)
            self.assertNotIn(str(self.home).encode(), result.stdout)

    # G06
    def test_a_vault_that_is_being_written_is_busy_in_time(self):
        self.add("openai:default", KEY)
        writer = sqlite3.connect(self.vault, isolation_level=None)
        writer.execute("BEGIN EXCLUSIVE")
        started = time.monotonic()
        answer = self.answer("profile/openai:default", more=["--timeout-ms", "900"])
        self.assertLess(time.monotonic() - started, 4)
        self.assertEqual(answer["errors"]["profile/openai:default"]["code"], "BUSY")
        writer.execute("ROLLBACK")
        self.assertEqual(self.values("profile/openai:default"), {"profile/openai:default": KEY})

    def test_it_never_asks(self):
        self.ok(
            "init",
            "--vault",
            self.home / "asks.db",
            "--passphrase-file",
            self.write("phrase", "a long passphrase 123"),
            "--no-recovery",
            "--quiet",
        )
        result = self.run_it(
            "resolve", "--vault", self.home / "asks.db", stdin=request("a"), env={"XDG_CONFIG_HOME": "/nowhere"}
        )
        self.assertEqual((result.code, json.loads(result.out)["errors"]["a"]["code"]), (0, "LOCKED"))

    def test_it_writes_nothing(self):
        self.add("openai:default", KEY)
        before = sorted((path.name, path.read_bytes()) for path in self.vault.parent.iterdir() if path.is_file())
        self.values("profile/openai:default")
        self.assertEqual(
            sorted((path.name, path.read_bytes()) for path in self.vault.parent.iterdir() if path.is_file()), before
        )


if __name__ == "__main__":
    unittest.main()
