# SPDX-License-Identifier: Apache-2.0
"""How long each takes, by hyperfine, in turns: whatever else the machine does meanwhile, it does to all of them."""
import json
import shlex
import subprocess
import time
from dataclasses import dataclass, field

SPENT = 1.0  # seconds for all runs of one cell, at the most
TURNS, RUNS = 8, 3


@dataclass
class Cell:
    """What one contender takes for one work. Times in seconds."""

    contender: object
    work: object
    times: list = field(default_factory=list)
    too_slow: bool = False
    failed: str = ""

    def least(self):
        return min(self.times) if self.times else None

    def turns(self):
        return min(TURNS, max(0, int(SPENT / (RUNS * self.times[0])))) if self.times else 0

    def first(self):
        """One run by itself: does it work, and how many more are worth their time?"""
        contender, work = self.contender, self.work
        if work.begins:
            contender.call(*contender.reset(work.begins))
        began = time.perf_counter()
        try:
            done = subprocess.run(work.words, env=contender.environment, timeout=contender.patience, capture_output=True)
            self.times.append(time.perf_counter() - began)
            if done.returncode != 0:
                self.failed, self.times = done.stderr.decode("utf-8", "replace")[-300:], []
        except subprocess.TimeoutExpired:
            self.too_slow = True


def hyperfine(cells, folder):
    """One turn: each of the cells runs RUNS times."""
    environment, words = {}, []
    for cell in cells:
        environment.update(cell.contender.environment)
    for cell in cells:
        begins = cell.work.begins
        words += ["--prepare", shlex.join(cell.contender.reset(begins)) if begins else "true"]
    report = folder / "hyperfine.json"
    command = ["hyperfine", "-N", "--style=none", "--runs", str(RUNS), "--export-json", report, *words]
    command += [shlex.join(cell.work.words) for cell in cells]
    done = subprocess.run(command, env=environment, capture_output=True)
    if done.returncode != 0:
        raise RuntimeError(f"hyperfine: {done.stderr.decode('utf-8', 'replace')[-500:]}")
    for cell, result in zip(cells, json.loads(report.read_text())["results"]):
        cell.times += result["times"]


def measure(cells, folder):
    """Fills the cells of one work."""
    for cell in cells:
        cell.first()
    turns = {id(cell): cell.turns() for cell in cells}
    for cell in cells:
        if turns[id(cell)]:
            cell.times.clear()  # the first run was cold
    for turn in range(TURNS):
        taking_part = [cell for cell in cells if turns[id(cell)] > turn]
        if taking_part:
            hyperfine(taking_part, folder)
