#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""campaign.py --programs FOLDER [--minutes N] [--target NAME]... [--keep]: libFuzzer on every target, in turn.

N minutes (10) are for all of them together, on as many processors as there are. Each starts from its seeds and from
what campaigns found, and stops at its first finding. Prints a row a target: inputs tried, edges of the program
reached, and how many inputs that takes. With --keep the smallest set of inputs that reaches as much becomes
corpus/NAME.found.
Exits 1 when there is a finding, and prints how to see it again.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from corpus import CORPUS, pack, unpacked  # noqa: E402

LONGEST = 1024  # bytes an input; seeds may be longer
WITHOUT_WAITING = ["-print_final_stats=1", "-timeout=20", "-rss_limit_mb=2048", "-verbosity=1", "-reload=0"]
SANITIZERS = {"ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1", "UBSAN_OPTIONS": "print_stacktrace=1"}


class Target:
    def __init__(self, program, work):
        self.program, self.name = program, program.name
        self.inputs, self.findings = Path(work, self.name), program.parent / "found"
        self.inputs.mkdir()
        self.findings.mkdir(exist_ok=True)
        unpacked(self.name, self.inputs)

    def call(self, *options):
        """libFuzzer's words. They hold inputs only where it stopped."""
        environment = {**os.environ, **SANITIZERS, "TMPDIR": str(self.inputs.parent)}
        done = subprocess.run(
            [self.program, *WITHOUT_WAITING, *options], capture_output=True, env=environment, check=False
        )
        return done.returncode, done.stderr.decode("utf-8", "replace")

    def run(self, seconds):
        prefix = f"-artifact_prefix={self.findings}/{self.name}-"
        longest = max([LONGEST, *(path.stat().st_size for path in (CORPUS / self.name).glob("*"))])
        limits = [f"-max_total_time={seconds}", f"-max_len={longest}", prefix]
        code, words = self.call(*limits, self.inputs, CORPUS / self.name)
        reached = re.findall(r"cov: (\d+) .*corp: (\d+)/", words)
        tried = re.search(r"number_of_executed_units: (\d+)", words)
        return {
            "tried": int(tried[1]) if tried else 0,
            "edges": int(reached[-1][0]) if reached else 0,
            "corpus": int(reached[-1][1]) if reached else 0,
            "finding": self.finding(code, words),
        }

    def finding(self, code, words):
        if code == 0:
            return None
        artifact = re.search(r"Test unit written to (\S+)", words)
        why = re.search(r"^(?:SUMMARY|==\d+==ERROR|ERROR): .*$", words, re.M)
        return f"{why[0] if why else f'exit {code}'}: {self.program} {artifact[1] if artifact else ''}"

    def keep(self, work):
        """The smallest set that reaches as much: what becomes part of the sources."""
        smallest = Path(work, self.name + ".smallest")
        smallest.mkdir()
        self.call("-merge=1", f"-max_len={LONGEST}", smallest, CORPUS / self.name, self.inputs)
        return pack(self.name, smallest.iterdir())


def campaign(target, seconds, work, keep):
    figures = target.run(seconds)
    figures["kept"] = target.keep(work) if keep and not figures["finding"] else "-"
    return figures


def report(targets, results, seconds):
    print("| target | seconds | inputs tried | edges reached | inputs that reach them | kept | findings |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for target, result in zip(targets, results):
        counts = f"{result['tried']:,} | {result['edges']:,} | {result['corpus']:,} | {result['kept']}"
        print(f"| {target.name} | {seconds} | {counts} | {int(bool(result['finding']))} |")
    found = [result["finding"] for result in results if result["finding"]]
    for finding in found:
        print(f"FOUND: {finding}")
    print(f"{sum(result['tried'] for result in results):,} inputs, {len(found)} findings")
    return 1 if found else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", required=True, type=lambda text: Path(text).resolve())
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--target", action="append")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    names = sorted(path.name for path in CORPUS.iterdir() if path.is_dir())
    chosen = [name for name in names if not options.target or name in options.target]
    processors = os.cpu_count() or 1
    seconds = max(1, int(options.minutes * 60 * processors / max(1, len(chosen))))
    with tempfile.TemporaryDirectory(prefix="claviger-fuzz-") as work, ThreadPoolExecutor(processors) as pool:
        targets = [Target(options.programs / name, work) for name in chosen]
        results = list(pool.map(lambda target: campaign(target, seconds, work, options.keep), targets))
    return report(targets, results, seconds)


if __name__ == "__main__":
    sys.exit(main())
