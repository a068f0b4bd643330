# SPDX-License-Identifier: Apache-2.0
"""openclaw wire and unwire where a secret is no member of its own: elements of lists, an account that is an object, a
profile that refers to OpenClaw's own secrets store. Nothing else in those places changes."""
import json
import sqlite3
import unittest
from pathlib import Path

from wire_standin import STANDIN, Wired

MAIN = "sk-test-list-main-0123456789"
WORK = "sk-test-list-work-0123456789"
FOREIGN = "test-foreign-of-the-list-0123456789"
STORED = "sk-test-stored-0123456789"
ACCOUNT = {"type": "service_account", "n": 1, "private_key": "test-private-key-0123456789"}


class InLists(Wired):
    def setUp(self):
        super().setUp()
        self.write_store({})
        self.agents = [
            {"id": "main", "default": True, "memorySearch": {"remote": {"apiKey": MAIN}}, "mine": [1.5, FOREIGN, None]},
            {"id": "ops"},
            {"id": "work", "memorySearch": {"remote": {"apiKey": WORK}}},
        ]
        self.agents[2]["tts"] = {"providers": {"x.y": {"apiKey": WORK}}}
        self.configure({"agents": {"list": self.agents}})

    def config(self):
        return json.loads((self.openclaw / "openclaw.json").read_text())

    def unwire(self, manners="", code=0):
        done = self.run_it(
            *("openclaw", "unwire", "--apply", "--yes", "--json", "--openclaw", STANDIN),
            env={"STANDIN": manners, "STANDIN_LOG": str(self.log)},
        )
        self.assertEqual(done.code, code, done)
        for secret in (MAIN, WORK, FOREIGN):
            self.assertNotIn(secret, done.out + done.err)
        return json.loads(done.out) if done.out else None

    def test_every_element_is_wired_and_put_back_and_the_rest_stays(self):
        self.take_in()
        report, words = self.wire()
        self.assertEqual(len(report["replacedInConfig"]), 3)
        self.assertEqual((report["keptInConfig"], report["failures"]), ([], []))
        for secret in (MAIN, WORK):
            self.assertEqual(self.holding(secret), ["openclaw.json.bak"])
            self.assertNotIn(secret, words + json.dumps(report))
        wired = self.config()["agents"]["list"]
        self.assertEqual((wired[0]["mine"], wired[1], wired[0]["default"]), ([1.5, FOREIGN, None], {"id": "ops"}, True))
        ref = wired[2]["tts"]["providers"]["x.y"]["apiKey"]
        self.assertEqual((ref["source"], ref["provider"]), ("exec", "claviger-config"))
        again, _ = self.wire()
        self.assertEqual((again["replacedInConfig"], self.config()["agents"]["list"]), ([], wired))
        self.unwire()
        self.assertEqual(self.config()["agents"]["list"], self.agents)

    def test_words_of_openclaw_that_hold_anything_of_a_list_are_not_shown(self):
        self.take_in()
        report, words = self.wire(manners="echo-patch", code=74)
        self.assertNotIn(FOREIGN, words + json.dumps(report))
        self.assertIn("its words hold a secret and are not shown", words)
        self.assertEqual(self.config()["agents"]["list"], self.agents)


class AnAccount(Wired):
    def setUp(self):
        super().setUp()
        self.write_store({})
        self.configure({"channels": {"googlechat": {"enabled": False, "accounts": {"a": {"serviceAccount": ACCOUNT}}}}})

    def test_that_is_an_object_is_wired_as_its_json_and_put_back_as_such(self):
        self.take_in()
        path = "channels.googlechat.accounts.a.serviceAccount"
        self.assertEqual(json.loads(self.get("config/" + path)), ACCOUNT)
        report, _ = self.wire()
        self.assertEqual((report["replacedInConfig"], report["keptInConfig"]), ([path], []))
        self.assertEqual(self.holding(ACCOUNT["private_key"]), ["openclaw.json.bak"])
        place = json.loads((self.openclaw / "openclaw.json").read_text())["channels"]["googlechat"]["accounts"]["a"]
        self.assertEqual(list(place), ["serviceAccountRef"])
        self.ok("openclaw", "unwire", "--apply", "--yes", "--openclaw", STANDIN)
        place = json.loads((self.openclaw / "openclaw.json").read_text())["channels"]["googlechat"]["accounts"]["a"]
        self.assertEqual(json.loads(place["serviceAccount"]), ACCOUNT)


class AProfile(Wired):
    """Of 2026.9, in the store of all agents, with a reference to the secrets store."""

    REF = {"source": "store", "provider": "default", "id": "STORED_KEY"}

    def setUp(self):
        super().setUp()
        self.database = Path(self.make_shared_store())
        self.write_store({}, agent="work")
        with sqlite3.connect(self.database) as database:
            database.execute(
                "CREATE TABLE secret_store_entries(scope_kind TEXT, scope_id TEXT, name TEXT, kind TEXT, value TEXT,"
                " deleted_at_ms INTEGER)"
            )
            row = ("team", "", "STORED_KEY", "secret", STORED, None)
            database.execute("INSERT INTO secret_store_entries VALUES(?,?,?,?,?,?)", row)
            profile = {"type": "api_key", "provider": "deep", "keyRef": self.REF, "email": "a@b"}
            store = {"profiles": {"deep:one": profile}}
            database.execute(
                "UPDATE config_machine_state SET value_json = ? WHERE state_key = 'authProfiles.store'",
                (json.dumps(store),),
            )
        database.close()

    def profile(self):
        with sqlite3.connect(self.database) as database:
            text = database.execute(
                "SELECT value_json FROM config_machine_state WHERE state_key = 'authProfiles.store'"
            ).fetchone()[0]
        database.close()
        return json.loads(text)["profiles"]["deep:one"]

    def test_that_refers_to_openclaws_own_store_is_wired_and_put_back(self):
        self.take_in()
        report, _ = self.wire()
        self.assertEqual((report["replaced"], report["kept"], report["failures"]), (["deep:one"], [], []))
        ref = {"source": "exec", "provider": "claviger-config", "id": "config/secrets.store.STORED_KEY"}
        profile = {"type": "api_key", "provider": "deep", "email": "a@b"}
        self.assertEqual(self.profile(), {**profile, "keyRef": ref})
        self.assertEqual([plain["path"] for plain in report["takesNoReference"]], ["secrets.store.STORED_KEY"])
        again, _ = self.wire()
        self.assertEqual((again["replaced"], again["kept"], self.profile()["keyRef"]), ([], [], ref))
        self.ok("openclaw", "unwire", "--apply", "--yes", "--openclaw", STANDIN)
        self.assertEqual(self.profile(), {**profile, "key": STORED})

    def test_whose_stored_value_the_vault_does_not_hold_is_left_with_the_reason(self):
        report, words = self.wire()
        self.assertEqual((report["replaced"], self.profile()["keyRef"]), ([], self.REF))
        self.assertIn("what it refers to in OpenClaw's store is not in the vault", words)


if __name__ == "__main__":
    unittest.main()
