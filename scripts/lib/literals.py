# SPDX-License-Identifier: Apache-2.0
"""The string literals of a C++ source, with those that stand side by side put together as the compiler does."""
import re

# What may hide a quote comes first; whichever matches first at a place is what stands there.
TOKEN = re.compile(
    r"//[^\n]*|/\*.*?\*/"
    r'|(?P<include>^[ \t]*#[ \t]*include[^\n]*)'
    r'|(?:u8|[uUL])?R"(?P<mark>[^()\\\s]*)\((?P<raw>.*?)\)(?P=mark)"'
    r'|(?:u8|[uUL])?"(?P<text>(?:[^"\\\n]|\\.)*)"'
    r"|(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'"
    r"|(?P<space>\s+)|.",
    re.DOTALL | re.MULTILINE,
)


def literals(source):
    """[(line number of the first part, text)]; escapes stay as they are written."""
    found, parts, begun = [], [], 0
    for token in TOKEN.finditer(source):
        kind = token.lastgroup
        is_comment = token[0].startswith(("//", "/*"))
        text = token["raw"] if token["raw"] is not None else token["text"]
        if text is not None:
            begun = begun if parts else token.start()
            parts.append(text)
        elif parts and kind != "space" and not is_comment:
            found.append((source.count("\n", 0, begun) + 1, "".join(parts)))
            parts = []
    if parts:
        found.append((source.count("\n", 0, begun) + 1, "".join(parts)))
    return found
