# SPDX-License-Identifier: Apache-2.0
"""What the targets start from, in corpus/: a folder of named seeds for each target, written by people, and beside it
NAME.found, written by campaign.py: a line in base64 for each input that reached something the others do not."""
import base64
from pathlib import Path

CORPUS = Path(__file__).resolve().parent / "corpus"
MOST_FOUND = 120  # lines; a campaign that found more keeps every second, third ... of them, by their length


def seeds(name):
    return sorted(path for path in (CORPUS / name).glob("*") if path.is_file())


def unpacked(name, folder):
    """Writes the found inputs below the folder, one file each, and gives their paths."""
    packed = CORPUS / f"{name}.found"
    lines = packed.read_text().split() if packed.exists() else []
    paths = [Path(folder, f"{name}-{number}") for number in range(len(lines))]
    for path, line in zip(paths, lines):
        path.write_bytes(base64.b64decode(line, validate=True))
    return paths


def pack(name, paths):
    """Keeps these inputs as the found ones; those that are seeds already are none. Gives their number."""
    known = {path.read_bytes() for path in seeds(name)}
    kept = sorted({path.read_bytes() for path in paths} - known - {b""}, key=lambda one: (len(one), one))
    kept = kept[:: 1 + len(kept) // MOST_FOUND]
    packed = CORPUS / f"{name}.found"
    packed.write_text("".join(base64.b64encode(one).decode() + "\n" for one in kept))
    return len(kept)
