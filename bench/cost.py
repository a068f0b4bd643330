# SPDX-License-Identifier: Apache-2.0
"""What a run costs besides time: instructions and peak memory."""
import os
import re
import shutil
import subprocess
from pathlib import Path

from measuring import COUNTING, instructions_in

TOP = Path(__file__).resolve().parent.parent
MOST_COUNTED = 10_000  # secrets: valgrind is some fifty times slower


def wrapped(words):
    """The program itself, also where a shell is in front of it."""
    if words[0] != "sh":
        return words, None
    line = open(words[1]).read().strip().splitlines()[-1]
    match = re.fullmatch(r"exec (.*?)(?: <(\S+))?", line)
    return (match[1].split(), match[2]) if match else (None, None)


def run_through(contender, work, through):
    words, given = wrapped(work.words)
    if words is None:
        return None
    if work.begins:
        contender.call(*contender.reset(work.begins))
    with open(given or os.devnull, "rb") as stdin:
        command = [*through, *words]
        return subprocess.run(command, env=contender.environment, stdin=stdin, capture_output=True)


def instructions(contender, work):
    if contender.data.count > MOST_COUNTED or not shutil.which("valgrind"):
        return None
    done = run_through(contender, work, COUNTING)
    counted = done and done.returncode == 0 and b"refs:" in done.stderr  # not of what becomes another program
    return instructions_in(done.stderr) if counted else None


def build_peak(folder):
    target = Path(folder, "peak")
    subprocess.run(["cc", "-O2", "-static", TOP / "bench/peak.c", "-o", target], check=True)
    return target


def peak_memory(contender, work, peak):
    """Bytes, as the kernel counted them."""
    report = contender.data.folder / "peak.kib"
    done = run_through(contender, work, (peak, report))
    return int(report.read_text()) * 1024 if done and done.returncode == 0 else None
