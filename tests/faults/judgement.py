# SPDX-License-Identifier: Apache-2.0
"""What may be true after a fault: the old state, the new one, or an admitted unknown; and always a way on."""
import json
import signal
from dataclasses import dataclass

from world import PROBE, Unreadable, plaintext_in

DONE, IO = 0, 74
KILLS = ("kill_before", "kill_after", "kill_torn")


@dataclass(frozen=True)
class Fault:
    at: int
    call: str
    kind: str
    error: int = 0
    error_name: str = ""

    def __str__(self):
        return f"{self.kind}{' ' + self.error_name if self.error_name else ''} at {self.at} ({self.call})"


@dataclass
class Outcome:
    done: object  # how the disturbed command ended
    state: str = "unknown"  # old, new, or neither


def admitted(done):
    """The change was made and could not be checked or made to last, and it says so."""
    last = done.err.strip().rpartition("\n")[2]
    try:
        return json.loads(last)["error"]["code"] == "committed_unverified"
    except (ValueError, KeyError, TypeError):
        return False


def exit_faults(fault, done):
    """What is wrong with the way in which it ended, whatever lies on the disk."""
    if fault.kind in KILLS:
        if done.code not in (-signal.SIGKILL, DONE):
            yield "exit", f"not killed: {done}"
    elif done.code < 0:
        yield "exit", f"died of signal {-done.code}"
    elif done.code not in (DONE, IO) and not admitted(done):
        yield "exit", f"{done}"


def state_faults(fault, outcome, old_is_new):
    if outcome.state == "neither":
        yield "state", f"neither the old state nor the new one, after {outcome.done}"
    elif fault.kind in KILLS or old_is_new or admitted(outcome.done):
        return
    elif outcome.done.code == DONE and outcome.state != "new":
        yield "state", "it said that it was done, and nothing was"
    elif outcome.done.code != DONE and outcome.state != "old":
        yield "state", f"it said that it failed, and it was done: {outcome.done}"


def judge(verb, world, notes, fault, done, old, new):
    """Yields (rule, what) for each thing that must not be."""
    yield from exit_faults(fault, done)
    outcome = Outcome(done)
    unlink_failed = fault.kind == "once" and fault.call.startswith("unlink")
    left = [] if unlink_failed else plaintext_in(world, verb.spared(world))
    if left:
        yield "plaintext", f"{left}"
    temporary = [path.name for path in world.files() if path.name.endswith(".tmp")]
    if temporary and fault.kind not in KILLS and not unlink_failed:
        yield "remains", f"{temporary} after {done}"
    try:
        seen = verb.state(world, notes)
        outcome.state = "old" if seen == old else "new" if seen == new else "neither"
    except Unreadable as error:
        yield "reader", f"{error} | after {done}"
    yield from writer_faults(world, fault)
    if outcome.state == "unknown":
        try:
            seen = verb.state(world, notes)
            outcome.state = "old" if seen == old else "new" if seen == new else "neither"
        except Unreadable as error:
            yield "state", f"no reading even after a write: {error}"
            return
    yield from state_faults(fault, outcome, old == new)
    if outcome.state == "neither":
        yield "difference", difference(seen, old, new)
    yield from verb.besides(world, notes, outcome)


def writer_faults(world, fault):
    add = ("add", PROBE, "--type", "api_key", "--stdin")
    for words, stdin in ((add, "sk-test-fault-probe"), (("verify", "--deep"), "")):
        done = world.run(*words, stdin=stdin)
        if done.code != 0:
            yield "writer", f"{' '.join(words)}: {done}"


def difference(seen, old, new):
    if not isinstance(seen, dict):
        return f"saw {seen!r}"
    differing = sorted(key for key in {*seen, *new} if seen.get(key) != new.get(key))
    return "; ".join(f"{key}: {seen.get(key)!r}, new {new.get(key)!r}" for key in differing)[:500]
