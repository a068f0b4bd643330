# SPDX-License-Identifier: Apache-2.0
"""docs/performance.svg: how long each takes, on a logarithmic scale, because two of them would not fit another."""
import math
from html import escape
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "docs/performance.svg"
SHOWN = (("get", 1_000), ("resolve of 50", 1_000), ("list", 10_000), ("import", 10_000), ("export", 10_000))
AMONG = ("get", "resolve of 50")
LEFT, RIGHT, BAR, GAP, TOP = 150, 90, 16, 5, 46
WIDTH = 760
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600 } .quiet { fill: #6e7781 } .bar { fill: #8c959f } .ours { fill: #0969da }
  .floor { fill: #d0d7de } .paper { fill: #ffffff }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .quiet { fill: #8d96a0 } .bar { fill: #6e7681 } .ours { fill: #4493f8 }
    .floor { fill: #3d444d } .paper { fill: #0d1117 }
  }"""


def words_of(seconds):
    ms = 1000 * seconds
    return f"{ms:,.1f} ms" if ms < 100 else f"{ms:,.0f} ms" if ms < 10_000 else f"{seconds:,.0f} s"


class Drawing:
    def __init__(self, fastest, slowest):
        self.low, self.high = math.log10(fastest / 2), math.log10(slowest)
        self.parts, self.y = [], TOP

    def width(self, seconds):
        share = (math.log10(seconds) - self.low) / (self.high - self.low)
        return max(2, round(share * (WIDTH - LEFT - RIGHT)))

    def text(self, x, text, kind=""):
        self.parts.append(f'<text x="{x}" y="{self.y}" class="{kind}">{escape(text)}</text>')

    def group(self, title, times):
        self.y += 30
        self.text(14, title, "title")
        for name, seconds in sorted(times.items(), key=lambda one: one[1]):
            self.y += BAR + GAP
            kind = "ours" if name == "claviger" else "floor" if name.startswith("floor") else "bar"
            width = self.width(seconds)
            self.text(14, name)
            bar = f'<rect x="{LEFT}" y="{self.y - 12}" width="{width}" height="{BAR}" rx="2" class="{kind}"/>'
            self.parts.append(bar)
            self.text(LEFT + width + 8, words_of(seconds), "quiet")
        self.y += 6


def chart(groups):
    """groups: [(title, {contender: seconds})]."""
    every = [seconds for _, times in groups for seconds in times.values()]
    drawing = Drawing(min(every), max(every))
    for title, times in groups:
        drawing.group(title, times)
    height = drawing.y + 24
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
    title = "How long it takes: logarithmic, shorter is better"
    return "\n".join(
        [
            f'{head} aria-label="{title}">',
            "<!-- SPDX-License-Identifier: Apache-2.0; made by scripts/bench -->",
            f"<style>{STYLE}\n</style>",
            f'<rect width="{WIDTH}" height="{height}" class="paper"/>',
            f'<text x="14" y="26" class="quiet">{title}</text>',
            *drawing.parts,
            "</svg>\n",
        ]
    )


def write(results):
    """results: {size: {work: {contender: Cell}}}."""
    groups = []
    for work, size in SHOWN:
        cells = results.get(size, {}).get(work, {})
        times = {name: cell.least() for name, cell in cells.items() if cell.times and name != "floor, dynamic"}
        if times:
            groups.append((f"{work}, {'among ' if work in AMONG else ''}{size:,}", times))
    if groups:
        TARGET.write_text(chart(groups))
