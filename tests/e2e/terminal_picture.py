# SPDX-License-Identifier: Apache-2.0
"""A terminal's screen as an SVG picture: text, bold, dim and the eight colours, overwriting and erasing; no cursor."""
import html
import re

ESCAPE = re.compile(r"\x1b\[([0-9;?]*)([A-Za-z])|\x1b[()][A-Z0-9]|\x1b.")
COLOURS = ("#484f58", "#ff7b72", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#76e3ea", "#e6edf3")
BACKGROUND, FOREGROUND = "#0d1117", "#e6edf3"
WIDTH, HEIGHT, SIZE, MARGIN = 8.43, 19, 14, 16  # of a cell in pixels, of the letters, around it all
PLAIN = frozenset()


class Screen:
    """Rows of (character, styles). As high as what was written to it: nothing scrolls away."""

    def __init__(self):
        self.rows, self.row, self.column, self.styles = [[]], 0, 0, PLAIN

    def write(self, text):
        at = 0
        for escape in ESCAPE.finditer(text):
            self.print(text[at : escape.start()])
            self.obey(escape.group(1) or "", escape.group(2))
            at = escape.end()
        self.print(text[at:])

    def print(self, text):
        for character in text:
            if character == "\r":
                self.column = 0
            elif character == "\n":
                self.row += 1
                if self.row == len(self.rows):
                    self.rows.append([])
            elif character == "\b":
                self.column = max(0, self.column - 1)
            elif character >= " ":
                self.put(character)

    def put(self, character):
        row = self.rows[self.row]
        row.extend([(" ", PLAIN)] * (self.column - len(row)))
        row[self.column : self.column + 1] = [(character, self.styles)]
        self.column += 1

    def obey(self, numbers, letter):
        if letter == "m":
            for number in (int(word or 0) for word in numbers.split(";")):
                self.styles = PLAIN if number == 0 else self.styles | {number}
        elif letter == "K":
            del self.rows[self.row][self.column :]
        elif letter == "A":
            self.row = max(0, self.row - int(numbers or 1))
        elif letter == "H":
            self.row = self.column = 0
        elif letter == "J" and numbers in ("2", "3"):
            self.rows = [[] for _ in range(self.row + 1)]
        elif letter == "J":
            self.rows[self.row + 1 :] = []
            del self.rows[self.row][self.column :]

    def text(self):
        return "\n".join("".join(character for character, _ in row).rstrip() for row in self.rows).rstrip("\n")


def look_of(styles):
    look = ' font-weight="bold"' if 1 in styles else ""
    look += ' opacity="0.6"' if 2 in styles else ""
    colour = next((number % 10 for number in styles if 30 <= number <= 37 or 90 <= number <= 97), None)
    return look + (f' fill="{COLOURS[colour]}"' if colour is not None else "")


def runs_of(row):
    """[(column, text, styles)] of neighbours that look alike; blanks are left out where nothing shows."""
    runs = []
    for column, (character, styles) in enumerate(row):
        if runs and runs[-1][2] == styles:
            runs[-1][1] += character
        else:
            runs.append([column, character, styles])
    return [(column, text, styles) for column, text, styles in runs if text.strip()]


def svg(screen, columns, title):
    rows = [row for row in screen.rows]
    while rows and not "".join(character for character, _ in rows[-1]).strip():
        rows.pop()
    width, height = round(columns * WIDTH + 2 * MARGIN), len(rows) * HEIGHT + 2 * MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f"<title>{html.escape(title)}</title>",
        f'<rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>',
        f'<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="{SIZE}" fill="{FOREGROUND}"'
        ' xml:space="preserve">',
    ]
    for number, row in enumerate(rows):
        y = MARGIN + number * HEIGHT + SIZE
        for column, text, styles in runs_of(row):
            text = text.rstrip()
            lead = len(text) - len(text.lstrip())
            x, length = MARGIN + (column + lead) * WIDTH, len(text.lstrip()) * WIDTH
            shown = html.escape(text.lstrip(), quote=False)
            lines.append(f'<text x="{x:.1f}" y="{y}" textLength="{length:.1f}"{look_of(styles)}>{shown}</text>')
    return "\n".join([*lines, "</g>", "</svg>", ""])
