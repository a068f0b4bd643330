# SPDX-License-Identifier: Apache-2.0
"""Which fields of openclaw.json take a reference is the installed OpenClaw's to say: its own list is read, from import
to unwire, where its package has one; a list that is none is named, and the built-in one used."""
import json
import os
import unittest

from wire_standin import KEY, STANDIN, Wired

LIST = "docs/reference/secretref-user-supplied-credentials-matrix.json"
FRESH = "test-fresh-secret-0123456789"
GATEWAY = "test-gateway-0123456789"
MINTED = "test-minted-0123456789"


def list_of(*paths, excluded=()):
    entries = [{"configFile": "openclaw.json", "path": path, "secretShape": "secret_input"} for path in paths]
    return {"version": 1, "excludedMutableOrRuntimeManaged": list(excluded), "entries": entries}


class TheInstalledList(Wired):
    def setUp(self):
        super().setUp()
        self.package = self.home / "lib/node_modules/openclaw"
        (self.package / LIST).parent.mkdir(parents=True)
        (self.package / "openclaw.mjs").write_bytes(STANDIN.read_bytes())
        (self.package / "openclaw.mjs").chmod(0o755)
        (self.home / "bin/openclaw").symlink_to("../lib/node_modules/openclaw/openclaw.mjs")
        self.environment["PATH"] = f"{self.home}/bin:{self.environment['PATH']}"
        self.write_store({"mock:default": {"type": "api_key", "provider": "mock", "key": KEY}})
        self.configure({"gateway": {"auth": {"token": GATEWAY}}, "later": {"x": {"secret": FRESH}}})

    def install(self, content):
        text = content if isinstance(content, str) else json.dumps(content)
        (self.package / LIST).write_text(text)

    def config(self):
        return json.loads((self.openclaw / "openclaw.json").read_text())

    def test_a_field_that_only_it_knows_is_imported_wired_compared_and_put_back(self):
        self.install(list_of("later.*.secret"))
        self.take_in()
        self.assertEqual(self.get("config/later.x.secret"), FRESH)
        report, _ = self.wire(openclaw="openclaw")
        self.assertEqual(report["replacedInConfig"], ["gateway.auth.token", "later.x.secret"])
        self.assertEqual((report["keptInConfig"], report["failures"]), ([], []))
        self.assertEqual(self.holding(FRESH), ["openclaw.json.bak"])
        row = self.row_of_doctor()
        self.assertEqual(row["rating"], "secure", row)
        self.ok("openclaw", "unwire", "--apply", "--yes")
        self.assertEqual(self.config()["later"]["x"]["secret"], FRESH)
        self.assertEqual(self.config().get("secrets", {}).get("providers", {}), {})

    def row_of_doctor(self):
        done = self.run_it("doctor", "--json")
        return [row for row in json.loads(done.out)["checks"] if row["id"] == "openclaw"][0]

    def test_doctor_sees_plaintext_in_a_field_that_only_it_knows(self):
        self.install(list_of("later.*.secret"))
        self.take_in()
        self.wire(openclaw="openclaw")
        config = self.config()
        config["later"]["x"]["secret"] = "test-put-back-0123456789"
        self.configure(config)
        row = self.row_of_doctor()
        self.assertEqual(row["rating"], "insecure", row)
        self.assertIn("later.x.secret", row["evidence"])

    def test_a_field_that_it_excludes_is_left_alone(self):
        self.install(list_of("later.*.secret", excluded=["gateway.auth.token", "hooks.token"]))
        self.take_in()
        self.assertNotEqual(self.run_it("get", "config/gateway.auth.token").code, 0)
        report, _ = self.wire(openclaw="openclaw")
        self.assertEqual(report["replacedInConfig"], ["later.x.secret"])
        self.assertEqual(self.config()["gateway"]["auth"]["token"], GATEWAY)

    def test_one_that_is_none_is_named_once_and_the_built_in_one_is_used(self):
        for content in ("{", "[]", list_of(), list_of("*.secret"), "x" * (1 << 20) + "x"):
            with self.subTest(str(content)[:40]):
                self.install(content)
                said = self.ok("import", self.openclaw, "--on-conflict", "replace").err
                self.assertEqual(said.count("own list of secret fields is not used"), 1, said)
                self.assertEqual(self.get("config/gateway.auth.token"), GATEWAY)
        _, words = self.wire(openclaw="openclaw")
        self.assertEqual(words.count("own list of secret fields is not used"), 1, words)
        self.assertEqual(self.config()["later"]["x"]["secret"], FRESH)
        self.assertNotEqual(self.config()["gateway"]["auth"]["token"], GATEWAY)

    def test_a_fifo_in_its_place_does_not_hang(self):
        os.mkfifo(self.package / LIST)
        said = self.ok("import", self.openclaw).err
        self.assertIn("own list of secret fields is not used", said)


if __name__ == "__main__":
    unittest.main()
