# SPDX-License-Identifier: Apache-2.0
"""What the verbs that read may say of a vault that somebody has changed: the truth, or that it is damaged."""
import json
import re

from scene import OLD, OWN, SEEN, exported

OLDER = "older than those last written"
REFUSALS = {65, 67, 69, 71, 72, 73, 74, 75, 77}  # not a vault, ... , unsafe file
NOT_FOUND = 66
SECRET = re.compile(r"sk-test-tamper-[a-z-]+")


class Judge:
    """`right`: what the file says is what was written. `broken`: it holds a record that nobody ever wrote.

    What THREATS.md does not defend is no finding: beside a broken record, or through a token that only reads the shared
    agent, a single look-up may give an older secret of the same record; and who is told that the records are older than
    those last written on this host gets them.
    """

    def __init__(self, world, right, broken):
        self.world, self.right, self.broken = world, right, broken
        self.findings = []

    def ask(self, *words, stdin="", secrets=(), stale=False, absent=False, also=()):
        """`secrets`: those that may show, and with `stale` what they were before."""
        done = self.world.run(*words, stdin=stdin)
        if done.code not in {0, NOT_FOUND, *REFUSALS, *also}:
            self.find(words, "no status that is documented", done)
        allowed = {*secrets, *(secret + OLD for secret in secrets if stale or OLDER in done.err)}
        for secret in set(SECRET.findall(done.out + "\n" + done.err)) - allowed:
            self.find(words, f"shows {secret}", done)
        if done.code == NOT_FOUND and not absent:
            self.find(words, "absence in the place of damage", done)
        return done

    def get(self, agent, profile, *token):
        only_read = bool(token) and profile not in OWN[agent]
        secret, words = SEEN[agent][profile], (*token, "get", profile, "--agent", agent, "--no-newline")
        done = self.ask(*words, secrets=[secret], stale=self.broken or only_read, absent=only_read)
        if (done.code == 0) != (done.out in (secret, secret + OLD)):
            self.find(words, "neither the secret nor a refusal", done)

    def export(self, agent):
        words = ("export", "--format", "openclaw", "--agent", agent)
        done = self.ask(*words, secrets=OWN[agent].values())
        if done.code == 0 and exported(done.out) != OWN[agent] and OLDER not in done.err:
            self.find(words, "not what was written", done)

    def look(self, agent, verb):
        words = (verb, "--json", "--agent", agent)
        done = self.ask(*words)
        if done.code == 0:
            seen = sorted(entry["id"] for entry in json.loads(done.out)["profiles"])
            if seen != sorted(SEEN[agent]) and OLDER not in done.err:
                self.find(words, "not the profiles that were written", done)

    def resolve(self, agent):
        ids = {f"profile/{profile}": secret for profile, secret in SEEN[agent].items()}
        request = json.dumps({"protocolVersion": 1, "provider": "claviger", "ids": list(ids)})
        words = ("resolve", "--agent", agent)
        done = self.ask(*words, stdin=request, secrets=ids.values(), stale=self.broken)
        if done.code != 0:
            return
        answer = json.loads(done.out)
        for one, secret in answer["values"].items():
            if secret not in (ids[one], ids[one] + OLD):
                self.find(words, f"another secret for {one}", done)
        for one, error in answer.get("errors", {}).items():
            if error["code"] == "NOT_FOUND":
                self.find(words, f"absence of {one} in the place of damage", done)

    def verify(self, *deep):
        done = self.ask("verify", *deep)
        if done.code == 0 and not self.right:
            self.find(("verify", *deep), "accepts what was changed", done)

    def rest(self, has_log):
        self.ask("doctor", also=(1, 2))
        if has_log:
            self.ask("log")


def judged(world, random, right, broken, has_log):
    """The findings of one changed vault. Another choice of agents each time."""
    judge = Judge(world, right, broken)
    agents = list(SEEN)
    for _ in range(2):
        agent = random.choice(agents)
        judge.get(agent, random.choice(sorted(SEEN[agent])))
    judge.get("worker", random.choice(sorted(SEEN["worker"])), "--token-file", world.home / "worker.token")
    judge.export(random.choice(agents))
    for verb in ("list", "status"):
        judge.look(random.choice(agents), verb)
    judge.resolve(random.choice(agents))
    judge.verify()
    if random.random() < 0.2:
        judge.verify("--deep")
    judge.rest(has_log)
    return judge.findings
