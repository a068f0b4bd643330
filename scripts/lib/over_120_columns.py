#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""over_120_columns.py: names the lines of tracked sources and scripts that are longer than 120 characters; 1 when there
are any. What clang-format leaves alone (comments, strings) and what it does not read (Python, shell, CMake) included.
"""
import subprocess
import sys
from pathlib import Path

SOURCES = ["*.h", "*.cpp", "*.py", "*.sql", "*CMakeLists.txt", "*.cmake", ".ci/*"]
SOURCES += ["bench/*", "packaging/*", "scripts/*"]
PROSE = {".md", ".json"}  # a paragraph of Markdown is as long as it likes


def main() -> int:
    found = 0
    for name in sorted(set(subprocess.check_output(["git", "ls-files", *SOURCES], text=True).splitlines())):
        if Path(name).suffix in PROSE or not Path(name).is_file():
            continue
        for number, line in enumerate(Path(name).read_text(encoding="utf-8").splitlines(), 1):
            if len(line) > 120:
                found += 1
                print(f"{name}:{number}: {len(line)} columns", file=sys.stderr)
    return 1 if found else 0


sys.exit(main())
