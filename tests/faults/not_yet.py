# SPDX-License-Identifier: Apache-2.0
"""What is known to go wrong and is being mended: {(command or "*", rule): the fault's id}. Empty in a release."""
NOT_YET = {
    ("agent remove", "state"): "R13",
    ("init", "shown"): "D8",
    ("out of memory", "signal"): "D15: the destructor of nlohmann's JSON allocates",
    ("out of memory", "statement"): "D15: SQLite's result 1 for a schema it had no memory to read",
    ("out of memory", "state"): "D15: out of memory while telling what was done",
}
