# SPDX-License-Identifier: Apache-2.0
"""What is known to go wrong and is being mended: {(command or "*", rule): the fault's id}. Empty in a release."""
NOT_YET = {
    ("out of memory", "state"): "D15: out of memory while telling what was done",
}
