#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""OpenClaw 2026.4.29 reads what we export: every profile under its label, every order."""
import json
import shutil

from support import JSON_ERA, SAMPLES, Host, labels, main, masked

STORES = ("store-2026.2.json", "store-2026.4.json", "store-2026.9-export.json")


def label_of(profile):
    """How 2026.4 tells a profile of a store, or None where this depends on more than the store."""
    kind = profile.get("type")
    if kind == "oauth":
        name = profile.get("displayName") or profile.get("email")
        return f"OAuth ({name})" if name else "OAuth"
    field, prefix = ("key", "") if kind == "api_key" else ("token", "token:")
    ref = profile.get(field + "Ref")
    if profile.get(field, "").strip():
        return prefix + masked(profile[field])
    return f"{prefix}ref({ref['source']}:{ref['id']})" if ref else prefix + "missing"


class Exports(Host):
    def export(self, sample):
        """The sample as a vault gives it out again, put where 2026.4 looks for it."""
        source = self.home / "auth-profiles.json"
        shutil.copyfile(SAMPLES / sample, source)
        beside = SAMPLES / sample.replace(".json", ".auth-state.json")
        if beside.exists():
            shutil.copyfile(beside, self.home / "auth-state.json")
        self.ok("import", source, "--format", "openclaw")
        folder = self.agent_folder()
        self.ok("export", "--format", "openclaw", "--generation", "2026.4", "--output", folder / "auth-profiles.json")
        state = folder / "auth-state.json"
        profiles = json.loads((folder / "auth-profiles.json").read_text())["profiles"]
        return profiles, json.loads(state.read_text()) if state.exists() else {}

    def check(self, sample):
        self.configure(plugins={"enabled": False})
        profiles, state = self.export(sample)
        self.assertGreater(len(profiles), 3)
        status = self.openclaw_json(JSON_ERA, "models", "status", "--json")
        shown = {label: text.split(" [", 1)[0] for label, text in labels(status).items()}
        for profile_id, profile in profiles.items():
            self.assertEqual(shown.get(profile_id), label_of(profile), profile_id)
        told = {row["profileId"] for row in status["auth"]["oauth"]["profiles"]}
        self.assertEqual(told, set(profiles), "profiles that OpenClaw does not see as we wrote them")
        for provider, order in list(state.get("order", {}).items())[:2]:
            answer = self.openclaw_json(JSON_ERA, "models", "auth", "order", "get", "--provider", provider, "--json")
            self.assertEqual(answer["order"], order, provider)


for store in STORES:
    setattr(
        Exports,
        "test_" + store.removesuffix(".json").replace("-", "_").replace(".", "_"),
        lambda self, store=store: self.check(store),
    )


if __name__ == "__main__":
    main()
