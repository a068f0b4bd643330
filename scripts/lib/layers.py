# SPDX-License-Identifier: Apache-2.0
"""Who may include whom, as data: the rooms and their arrows, and the walls around third-party headers.

Read by scripts/check-layers. Each rule carries its sentence and one violation for the self-test to plant.
"""
from dataclasses import dataclass

BASE = ("vault/base/",)
MODEL = BASE + ("vault/model/",)
SECRET_TYPES = ("vault/crypto/secret.h", "vault/crypto/secret_file.h")
SECRET_PART = ("vault/model/credential.h", "vault/model/batch.h")
FACADE = "vault/*"  # the files that lie in vault/ itself


@dataclass(frozen=True)
class Room:
    """The first room whose place fits a file is the file's. `allows` and `refuses` are prefixes; refuses wins."""
    place: str
    allows: tuple
    sentence: str
    planted: str  # an include that breaks the rule
    refuses: tuple = ()
    all_the_way: bool = True  # what is included must keep to the same list, however far down


@dataclass(frozen=True)
class Wall:
    """A third-party header (prefixes) and the only places that may include it."""
    headers: tuple
    places: tuple
    sentence: str


CALLERS = Room("vault/", (), "the library does not know who calls it", "import/format.h", refuses=("import/", "cli/"))

ROOMS = (
    Room("vault/base/", BASE, "base stands on the standard library alone", "vault/model/usage.h"),
    Room("vault/crypto/", BASE + ("vault/crypto/",), "crypto handles bytes and keys and knows no profile",
         "vault/model/usage.h"),
    Room("vault/model/credential.", MODEL + SECRET_TYPES,
         "the model knows secrets by their types, not how they are sealed", "vault/crypto/aead.h"),
    Room("vault/model/", MODEL, "in the model only credential.h holds secrets", "vault/crypto/secret.h",
         all_the_way=False),
    Room("vault/keys/", MODEL + ("vault/crypto/", "vault/keys/"), "a key slot does not know what it opens",
         "vault/storage/storage.h"),
    Room("vault/seal/", MODEL + ("vault/crypto/", "vault/seal/"),
         "sealing makes records and does not know where they lie", "vault/storage/storage.h"),
    Room("vault/policy/", MODEL + ("vault/policy/",), "judgement needs no secret and no disk",
         "vault/crypto/secret.h", refuses=SECRET_PART),
    Room("vault/storage/", MODEL + ("vault/storage/",), "storage never sees plaintext or keys",
         "vault/crypto/key.h", refuses=SECRET_PART),
    Room("vault/ledger/", MODEL + ("vault/crypto/", "vault/keys/", "vault/seal/", "vault/storage/", "vault/ledger/"),
         "the ledger keeps sealed records and judges none", "vault/policy/order.h"),
    Room(FACADE, ("vault/",), "the facade stands on the rooms of vault/ and on nothing else", "tests/any.h",
         all_the_way=False),
    Room("import/", MODEL + SECRET_TYPES + ("import/",), "parsing decides nothing and writes nothing", "vault/vault.h"),
    Room("cli/", MODEL + SECRET_TYPES + (FACADE, "vault/policy/", "vault/keys/", "import/", "cli/"),
         "the command line has no SQL and no crypto: it asks the facade", "vault/storage/storage.h", all_the_way=False),
)

WALLS = (
    Wall(("sodium.h", "sodium/"), ("vault/crypto/",), "only crypto knows the cipher library"),
    Wall(("SQLiteCpp/", "sqlite3.h"), ("vault/storage/sqlite/", "import/foreign_database"),
         "only the SQLite storage and the reader of foreign SQLite files speak SQL"),
    Wall(("CLI/",), ("cli/option_reader.cpp",), "only cli/option_reader.cpp includes CLI11: its texts can quote secrets"),
    Wall(("nlohmann/",), ("import/", "cli/"), "JSON is for foreign formats and for printing, not for the vault"),
    Wall(("keyutils.h",), ("cli/", "vault/keys/"), "only those who unlock meet the kernel's keyring"),
    Wall(("fmt/",), ("import/", "cli/"), "the vault throws and returns; it does not format"),
    Wall(("iostream", "regex", "locale"), (), "start-up time and secrets: no iostream, regex or locale in the product"),
)
