#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A stand-in for the openclaw command, as good or as bad as STANDIN says, word by word:

lie: says done, does nothing · refuse · half: applies one target, then fails · hang-apply, hang-audit · flood-audit ·
deep-audit · odd-audit · silent-audit · empty-audit · unresolved-audit · rotate: the shared store's key changes
meanwhile · child, daemon: leaves a child behind that holds the pipes · no-reload · of `config patch`: refuse-patch,
lie-patch, hang-patch · half-patch: applies the first two members, then fails · rotate-config: telegram's token
changes between reading and writing · move-fields: slack's token moves to an account, as 2026.4 moves it ·
echo-patch: refuses with the whole patch in its words · newer-value: telegram's token is set while it checks ·
paste-late: it is set while it writes ·
careful-patch: refuses to write less than half of what stands there, as 2026.4 does. Every
call is noted in STANDIN_LOG, every patch in STANDIN_LOG.patches.
"""
import json
import os
import sqlite3
import sys
import time
from pathlib import Path

state = Path(os.environ["OPENCLAW_STATE_DIR"])
manners = os.environ.get("STANDIN", "").split()
words = sys.argv[1:]
if "STANDIN_LOG" in os.environ:
    with open(os.environ["STANDIN_LOG"], "a") as log:
        log.write(" ".join(words) + "\n")


def end(code, **answer):
    print(json.dumps(answer))
    sys.exit(code)


def leave_a_child():
    if os.fork() == 0:
        if "daemon" in manners:
            os.setsid()
        Path(os.environ["STANDIN_LOG"] + ".pid").write_text(str(os.getpid()))
        time.sleep(60)
        os._exit(0)


def config():
    path = state / "openclaw.json"
    return json.loads(path.read_text()) if path.exists() else {}


def write(path, content):
    if path.name == "openclaw.json" and path.exists():
        path.with_name(path.name + ".bak").write_bytes(path.read_bytes())
    temporary = path.with_name(path.name + ".0f8fad5b-d9cb-469f-a165-70867728950e.tmp")
    temporary.write_text(json.dumps(content, indent=2) + "\n")
    temporary.rename(path)


def stored_in(path):
    with sqlite3.connect(path) as database:
        text = database.execute("SELECT store_json FROM auth_profile_store WHERE store_key = 'primary'").fetchone()[0]
    database.close()
    return json.loads(text)


def store_in(path, store):
    with sqlite3.connect(path) as database:
        database.execute("UPDATE auth_profile_store SET store_json = ?", (json.dumps(store),))
    database.close()


def rotate():
    with sqlite3.connect(state / "state/openclaw.sqlite") as database:
        old = database.execute(
            "SELECT value_json FROM config_machine_state WHERE state_key = 'authProfiles.store'"
        ).fetchone()[0]
        database.execute(
            "UPDATE config_machine_state SET value_json = ? WHERE state_key = 'authProfiles.store'",
            (old.replace("sk-test-shared-0123456789", "sk-test-rotated-0123456789"),),
        )
    database.close()


def point_at(segments, ref):
    changed = config()
    place = changed
    for name in segments[:-1]:
        place = place[name]
    place[segments[-1]] = ref
    write(state / "openclaw.json", changed)


def rotate_config():
    path = state / "openclaw.json"
    path.write_text(path.read_text().replace("100200300:test-telegram", "100200300:test-rotated"))


def merged(old, patch):
    if not isinstance(old, dict) or not isinstance(patch, dict):
        return {k: merged({}, v) for k, v in patch.items() if v is not None} if isinstance(patch, dict) else patch
    result = dict(old)
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(old.get(name), value)
    return result


def move_fields(content):
    slack = content.get("channels", {}).get("slack", {})
    if "botToken" in slack:
        slack.setdefault("accounts", {}).setdefault("default", {})["botToken"] = slack.pop("botToken")


def refuse_a_big_drop(content):
    before, after = (state / "openclaw.json").stat().st_size, len(json.dumps(content, indent=2))
    if before >= 512 and after < before // 2:
        (state / "openclaw.json.rejected").write_text(json.dumps(content))
        sys.exit(f"Config write rejected (size-drop:{before}->{after})")


def patch():
    text = sys.stdin.read()
    if "STANDIN_LOG" in os.environ:
        with open(os.environ["STANDIN_LOG"] + ".patches", "a") as log:
            log.write(text + "\n")
    asked = json.loads(text)
    if "echo-patch" in manners:
        sys.exit("Config validation failed: unexpected input " + text)
    if "refuse-patch" in manners:
        sys.exit("Config validation failed: gateway.auth.token: *** input")
    if "newer-value" in manners and "--dry-run" in words:
        point_at(["channels", "telegram", "botToken"], "100200300:test-newer")
    if "--dry-run" in words or "lie-patch" in manners:
        return
    if "hang-patch" in manners:
        time.sleep(600)
    if "rotate-config" in manners:
        rotate_config()
    if "paste-late" in manners and "telegram" in asked.get("channels", {}):
        point_at(["channels", "telegram", "botToken"], "100200300:test-late")
    if "half-patch" in manners:
        asked = dict(list(asked.items())[:2])
    changed = merged(config(), asked)
    if "move-fields" in manners:
        move_fields(changed)
    if "careful-patch" in manners:
        refuse_a_big_drop(changed)
    write(state / "openclaw.json", changed)
    if "half-patch" in manners:
        sys.exit("no space left on device")


def apply():
    plan = json.loads(Path(words[words.index("--from") + 1]).read_text())
    if "refuse" in manners:
        end(1, error={"message": "Environment variable \x1b[31mMISSING_NAME is missing"})
    if "--dry-run" in words or "lie" in manners:
        end(0, ok=True)
    if "hang-apply" in manners:
        time.sleep(600)
    changed = config()
    changed.setdefault("secrets", {}).setdefault("providers", {}).update(plan["providerUpserts"])
    write(state / "openclaw.json", changed)
    for target in plan["targets"][: 1 if "half" in manners else None]:
        if "agentId" not in target:
            point_at(target["pathSegments"], target["ref"])
            continue
        path = state / "agents" / target["agentId"] / "agent" / "auth-profiles.json"
        database = path.with_name("openclaw-agent.sqlite")
        store = stored_in(database) if database.exists() else json.loads(path.read_text())
        _, name, field = target["pathSegments"]
        kind = target["type"].split(".")[1]
        profile = store["profiles"].setdefault(name, {"type": kind, "provider": target.get("authProfileProvider")})
        profile.pop(field, None)
        store["profiles"][name][field + "Ref"] = target["ref"]
        store_in(database, store) if database.exists() else write(path, store)
    if "rotate" in manners:
        rotate()
    if "child" in manners or "daemon" in manners:
        leave_a_child()
    if "half" in manners:
        end(1, error={"message": "the disk is full"})
    end(0, ok=True)


def audit():
    if "hang-audit" in manners:
        time.sleep(600)
    if "flood-audit" in manners:
        while True:
            sys.stdout.write("x" * 65536)
    if "deep-audit" in manners:
        print('{"status":' + "[" * 400000)
        sys.exit(0)
    if "silent-audit" in manners:
        sys.exit(0)
    if "odd-audit" in manners:
        end(0, status=3, resolution="many")
    if "empty-audit" in manners:
        end(0, status="clean", resolution={"refsChecked": 0})
    if "unresolved-audit" in manners:
        end(2, status="unresolved", resolution={"refsChecked": 1})
    end(0, status="clean", resolution={"refsChecked": 2})


if words[:2] == ["secrets", "apply"]:
    apply()
elif words[:2] == ["secrets", "audit"]:
    audit()
elif words[:2] == ["secrets", "reload"]:
    sys.exit(1 if "no-reload" in manners else 0)
elif words[:2] == ["config", "patch"]:
    patch()
elif words[:2] == ["config", "set"]:
    changed = config()
    changed.setdefault("auth", {}).setdefault("profiles", {}).update(json.loads(words[3]))
    if "--dry-run" not in words:
        write(state / "openclaw.json", changed)
    sys.exit(0)
