# SPDX-License-Identifier: Apache-2.0
"""The tables of docs/PERFORMANCE.md."""
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs/PERFORMANCE.md"
BEGIN, END = "<!-- scripts/bench: begin -->\n", "<!-- scripts/bench: end -->\n"


def milliseconds(cell):
    if cell is None:
        return "-"
    if cell.too_slow:
        return "> 30 s"
    if cell.failed or not cell.times:
        return "failed"
    ms = 1000 * cell.least()
    text = f"{ms / 1000:,.1f} s" if ms >= 10_000 else f"{ms:,.0f}" if ms >= 100 else f"{ms:,.2f}"
    return text + ("*" if len(cell.times) == 1 else "")


def ratio(cell, floor):
    known = cell and floor and cell.times and floor.times
    return f" ({cell.least() / floor.least():,.1f})" if known else ""


def times_table(size, measured, names):
    """measured: {work: {contender: Cell}}."""
    yield f"### {size:,} secrets" if size > 1 else "### One secret"
    yield ""
    yield "| ms (ratio to the floor) | " + " | ".join(names) + " |"
    yield "|---" * (len(names) + 1) + "|"
    for work, cells in measured.items():
        floor = cells.get("floor")
        ratios = {name: ratio(cells.get(name), floor) for name in names if name != "floor"}
        columns = [milliseconds(cells.get(name)) + ratios.get(name, "") for name in names]
        yield f"| {work} | " + " | ".join(columns) + " |"
    yield ""


def costs_table(rows):
    """rows: (work, size, our instructions, the floor's, our peak memory, the floor's)."""
    yield "| work | secrets | instructions | floor | ratio | peak memory | floor |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for work, size, ours, floor, memory, least in rows:
        counted = f"{ours:,} | {floor:,} | {ours / floor:.1f}" if ours and floor else "- | - | -"
        yield f"| {work} | {size:,} | {counted} | {megabytes(memory)} | {megabytes(least)} |"
    yield ""


def megabytes(count):
    return f"{count / 1e6:.1f} MB" if count else "-"


def sizes_table(rows, names):
    """rows: (size, bytes of the plain document, {contender: bytes})."""
    yield "| bytes on disk (ratio) | plain auth-profiles.json | " + " | ".join(names) + " |"
    yield "|---" * (len(names) + 2) + "|"
    for size, plain, stores in rows:
        columns = [f"{stores[name]:,} ({stores[name] / plain:.1f})" if name in stores else "-" for name in names]
        yield f"| {size:,} | {plain:,} | " + " | ".join(columns) + " |"
    yield ""


def write(lines):
    text = PAGE.read_text()
    before, rest = text.split(BEGIN)
    PAGE.write_text(before + BEGIN + "\n".join(lines).rstrip() + "\n" + END + rest.split(END)[1])
