# SPDX-License-Identifier: Apache-2.0
"""Other programs that keep secrets, each by its own best way for the work. None of them is told to be slow."""
from peers.one_file import Age, Sqlcipher
from peers.one_secret_a_file import Pass, SystemdCreds
from peers.others import Dotenvx, KeePassXC, OpenClaw

ALL = (Age, Sqlcipher, Pass, SystemdCreds, KeePassXC, Dotenvx, OpenClaw)
