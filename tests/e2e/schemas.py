# SPDX-License-Identifier: Apache-2.0
"""The JSON Schemas of docs/schemas, and whose they are. Without python3-jsonschema nothing is compared."""
import functools
import json
from pathlib import Path

try:
    import jsonschema
except ImportError:
    jsonschema = None

FOLDER = Path(__file__).resolve().parents[2] / "docs/schemas"
# Global options whose value is a word of its own.
WITH_VALUE = {"--vault", "--agent", "-a", "--key-file", "--token-file", "--passphrase-file", "--passphrase-fd",
              "--fresh", "--offline"}
ALIASES = {"ls": "list", "rm": "remove"}


@functools.cache
def commands():
    """{command: its schema's name, or None when it prints no JSON}"""
    return json.loads((FOLDER / "commands.json").read_text())["commands"]


@functools.cache
def validator(name):
    return jsonschema.Draft202012Validator(json.loads((FOLDER / f"{name}.json").read_text()))


def command_of(words):
    """The longest command that the words begin with, global options apart; None when there is none."""
    leading, skip = [], False
    for word in map(str, words):
        if skip or word.startswith("-"):
            skip = not skip and word in WITH_VALUE
            continue
        leading.append(ALIASES.get(word, word) if not leading else word)
    for count in range(min(len(leading), 4), 0, -1):
        if " ".join(leading[:count]) in commands():
            return " ".join(leading[:count])
    return None


def faults(name, document):
    return [f"{name}.json: at {'/'.join(map(str, fault.absolute_path)) or 'the top'}: {fault.message}"
            for fault in validator(name).iter_errors(document)]


def faults_of_output(words, out):
    """What of a command's stdout is not as its schema has it. `run` prints what its child does."""
    name = "version" if "--version" in words else commands().get(command_of(words))
    if jsonschema is None or name is None or not out.strip():
        return []
    return faults(name, json.loads(out))
