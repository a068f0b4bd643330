# SPDX-License-Identifier: Apache-2.0
"""Who may include whom, as data: the rooms and their arrows, the walls around third-party headers, and who says what.

Read by scripts/check-layers. Each rule carries its sentence and one violation for the self-test to plant.
"""
from dataclasses import dataclass

BASE = ("vault/base/",)
MODEL = BASE + ("vault/model/",)
SECRET_TYPES = ("vault/crypto/secret.h", "vault/crypto/secret_file.h", "vault/crypto/secret_pages.h")
SECRET_PART = ("vault/model/credential.h", "vault/model/batch.h")
FACADE = "vault/*"  # the files that lie in vault/ itself
PLACE = "vault/storage/place.h"  # where a vault lies: text, and no storage
# What lies around a command, without its vault.
SURROUNDINGS = ("cli/process/environment.h", "cli/arguments/global_flags.h")
VAULT_LIBRARY = (
    MODEL
    + SECRET_TYPES
    + (FACADE, PLACE, "vault/access/", "vault/applying/", "vault/upkeep/", "vault/copies/")
    + ("vault/selection/", "vault/policy/", "vault/keys/")
    + ("cli/exit_code.h",)
)
CLI_LIBRARY = VAULT_LIBRARY + ("cli/context.h",)
COMMAND_LINE_PART = (
    MODEL
    + SECRET_TYPES
    + (
        FACADE,
        PLACE,
        "vault/access/",
        "vault/upkeep/",
        "vault/copies/",
        "vault/selection/",
        "vault/policy/",
        "vault/keys/",
        "import/",
        "cli/",
    )
)
# The rooms of cli/commands.
NOUNS = ("profiles", "exchange", "agents", "keys", "vault", "openclaw", "hosts", "shell")


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


@dataclass(frozen=True)
class Silence:
    """What no string literal in these places may match. The literals that are left alone have their reasons."""

    places: tuple
    pattern: str
    left_alone: dict
    sentence: str
    planted: tuple  # literals as they stand in a source, each of them refused


CALLERS = Room("vault/", (), "the library does not know who calls it", "import/format.h", refuses=("import/", "cli/"))

ROOMS = (
    Room("vault/base/", BASE, "base stands on the standard library alone", "vault/model/usage.h"),
    Room(
        "vault/helper/",
        BASE + ("vault/helper/",),
        "helper programs are started and spoken to here, whatever they are for",
        "vault/crypto/secret.h",
    ),
    Room(
        "vault/oauth/program/",
        BASE + ("vault/helper/", "vault/oauth/fetching/messages.h", "vault/oauth/program/"),
        "the program that speaks to token endpoints knows one request and no vault",
        "vault/crypto/secret.h",
    ),
    Room(
        "vault/oauth/fetching/messages.",
        BASE + ("vault/helper/", "vault/oauth/fetching/messages.h"),
        "what both ends say needs neither end",
        "vault/crypto/secret.h",
    ),
    Room(
        "vault/oauth/fetcher.",
        BASE + SECRET_TYPES,
        "whoever sends a request knows of no vault",
        "vault/model/usage.h",
    ),
    Room(
        "vault/oauth/fetching/",
        BASE + SECRET_TYPES + ("vault/helper/", "vault/oauth/fetcher.h", "vault/oauth/fetching/"),
        "fetching asks what it is told to, and judges no answer",
        "vault/oauth/judgement.h",
    ),
    Room(
        "vault/crypto/",
        BASE + ("vault/crypto/",),
        "crypto handles bytes and keys and knows no profile",
        "vault/model/usage.h",
    ),
    Room(
        "vault/model/credential.",
        MODEL + SECRET_TYPES,
        "the model knows secrets by their types, not how they are sealed",
        "vault/crypto/aead.h",
    ),
    Room(
        "vault/model/",
        MODEL,
        "in the model only credential.h holds secrets",
        "vault/crypto/secret.h",
        all_the_way=False,
    ),
    Room(
        "vault/keys/",
        MODEL + ("vault/crypto/", "vault/keys/"),
        "a key slot does not know what it opens",
        "vault/storage/storage.h",
    ),
    Room(
        "vault/seal/",
        MODEL + ("vault/crypto/", "vault/seal/"),
        "sealing makes records and does not know where they lie",
        "vault/storage/storage.h",
    ),
    Room(
        "vault/policy/",
        MODEL + ("vault/policy/",),
        "judgement needs no secret and no disk",
        "vault/crypto/secret.h",
        refuses=SECRET_PART,
    ),
    Room(
        "vault/storage/",
        MODEL + ("vault/helper/", "vault/storage/"),
        "storage never sees plaintext or keys",
        "vault/crypto/key.h",
        refuses=SECRET_PART,
    ),
    Room(
        "vault/ledger/",
        MODEL + ("vault/crypto/", "vault/keys/", "vault/seal/", "vault/storage/", "vault/ledger/"),
        "the ledger keeps sealed records and judges none",
        "vault/policy/order.h",
    ),
    Room(
        "vault/access/",
        ("vault/",),
        "who may open the vault is decided above the facade, and beside upkeep and selection",
        "vault/upkeep/examine.h",
        refuses=("vault/upkeep/", "vault/selection/"),
        all_the_way=False,
    ),
    Room(
        "vault/applying/",
        ("vault/",),
        "a batch becomes records above the facade, and beside access, upkeep and selection",
        "vault/upkeep/examine.h",
        refuses=("vault/access/", "vault/upkeep/", "vault/copies/", "vault/selection/", "vault/oauth/"),
        all_the_way=False,
    ),
    Room(
        "vault/copies/",
        ("vault/",),
        "a copy is kept and answered from; what becomes of the vault itself is decided elsewhere",
        "vault/upkeep/examine.h",
        refuses=("vault/access/", "vault/upkeep/", "vault/selection/"),
        all_the_way=False,
    ),
    Room(
        "vault/upkeep/",
        ("vault/",),
        "upkeep keeps the file sound and selects nothing",
        "vault/selection/profile_ref.h",
        refuses=("vault/selection/",),
        all_the_way=False,
    ),
    Room(
        "vault/selection/",
        MODEL + (FACADE, "vault/policy/", "vault/crypto/", "vault/selection/"),
        "what an agent gets is judged over readings: no keys, no storage",
        "vault/access/slots.h",
        all_the_way=False,
    ),
    Room(
        "vault/oauth/",
        ("vault/",),
        "logins are refreshed above the facade, and beside access, upkeep and selection; replies are read elsewhere",
        "vault/selection/token_choice.h",
        refuses=(
            "vault/access/",
            "vault/upkeep/",
            "vault/selection/",
            "vault/storage/sqlite/",
            "vault/storage/postgres/",
        ),
        all_the_way=False,
    ),
    Room(
        FACADE,
        ("vault/",),
        "the facade never includes the rooms that stand on it",
        "vault/access/slots.h",
        refuses=(
            "vault/access/",
            "vault/applying/",
            "vault/upkeep/",
            "vault/copies/",
            "vault/selection/",
            "vault/oauth/",
        ),
        all_the_way=False,
    ),
    Room(
        "import/json/",
        BASE + SECRET_TYPES + ("import/json/",),
        "JSON knows no format that is written in it",
        "import/openclaw/profiles.h",
    ),
    Room(
        "import/dotenv/",
        MODEL + SECRET_TYPES + ("import/dotenv/",),
        "a .env file is no JSON",
        "import/json/secret_json.h",
    ),
    Room(
        "import/openclaw/",
        MODEL + SECRET_TYPES + ("import/openclaw/", "import/json/"),
        "OpenClaw's texts are read here, its places in stores",
        "import/stores/state_dir.h",
    ),
    Room(
        "import/logins/",
        MODEL + SECRET_TYPES + ("import/logins/", "import/openclaw/", "import/json/", "import/format.h"),
        "a login is a file, not a place",
        "import/stores/state_dir.h",
    ),
    Room(
        "import/stores/",
        MODEL + SECRET_TYPES + ("import/stores/", "import/openclaw/", "import/dotenv/", "import/json/"),
        "whole places are read by the formats in them",
        "import/logins/external_login.h",
    ),
    Room(
        "import/",
        MODEL + SECRET_TYPES + ("vault/policy/provider_variables.h", "import/"),
        "parsing decides nothing and writes nothing",
        "vault/vault.h",
    ),
    Room(
        "cli/terminal/",
        BASE + SECRET_TYPES + SURROUNDINGS + ("cli/terminal/",),
        "the terminal knows no vault",
        "vault/vault.h",
        all_the_way=False,
    ),
    Room(
        "cli/arguments/",
        MODEL + ("cli/terminal/", "cli/arguments/", "cli/exit_code.h"),
        "arguments are words, not actions",
        "vault/vault.h",
        all_the_way=False,
    ),
    Room(
        "cli/describe/",
        MODEL
        + ("cli/terminal/", "cli/arguments/", "cli/describe/", "cli/exit_code.h", "vault/policy/provider_variables.h"),
        "commands are described from what they declare: no vault, no file, no action",
        "vault/vault.h",
        all_the_way=False,
    ),
    Room(
        "cli/process/",
        BASE + SECRET_TYPES + ("cli/terminal/", "cli/unlocking/paths.h", "cli/matching/", "cli/process/"),
        "starting programs needs no vault",
        "vault/vault.h",
        all_the_way=False,
    ),
    Room(
        "cli/matching/",
        BASE + SECRET_TYPES + ("vault/crypto/secret_text.h", "cli/matching/"),
        "matching knows texts, not whose they are",
        "vault/vault.h",
    ),
    Room(
        "cli/importing/",
        MODEL
        + SECRET_TYPES
        + ("vault/model/batch.h", "vault/policy/", "import/", "cli/process/environment.h", "cli/importing/"),
        "finding and reading sources opens no vault",
        "cli/context.h",
        all_the_way=False,
    ),
    Room(
        "cli/words/",
        VAULT_LIBRARY + ("cli/terminal/", "cli/arguments/", "cli/words/"),
        "words are put together from what they are given: no room of words opens a vault",
        "cli/context.h",
        all_the_way=False,
    ),
    Room(
        "cli/unlocking/",
        CLI_LIBRARY + ("cli/terminal/", "cli/arguments/", "cli/process/", "cli/words/", "cli/unlocking/"),
        "unlocking knows keys and no credentials",
        "cli/credentials/pasted.h",
        all_the_way=False,
    ),
    Room(
        "cli/credentials/",
        CLI_LIBRARY + ("import/", "cli/terminal/", "cli/arguments/", "cli/process/", "cli/words/", "cli/credentials/"),
        "secrets that people bring do not unlock anything",
        "cli/unlocking/unlock.h",
        all_the_way=False,
    ),
    Room(
        "cli/openclaw/",
        CLI_LIBRARY
        + (
            "import/",
            "cli/terminal/",
            "cli/arguments/",
            "cli/process/",
            "cli/words/",
            "cli/unlocking/",
            "cli/openclaw/",
        ),
        "wiring another program is no command",
        "cli/commands/commands.h",
        all_the_way=False,
    ),
    Room(
        "cli/scan/",
        CLI_LIBRARY
        + (
            "import/",
            "cli/terminal/",
            "cli/arguments/",
            "cli/process/",
            "cli/words/",
            "cli/unlocking/paths.h",
            "cli/matching/",
            "cli/scan/",
        ),
        "searching files opens no vault and commands nothing",
        "cli/openclaw/place.h",
        refuses=("cli/context.h",),
        all_the_way=False,
    ),
    Room(
        "cli/onboarding/",
        CLI_LIBRARY
        + (
            "import/",
            "cli/terminal/",
            "cli/arguments/",
            "cli/process/",
            "cli/words/",
            "cli/unlocking/",
            "cli/importing/",
            "cli/openclaw/",
            "cli/onboarding/",
        ),
        "what a host offers is told and taken here; who asks for it is a command",
        "cli/commands/commands.h",
        all_the_way=False,
    ),
    Room(
        "cli/hosts/",
        CLI_LIBRARY
        + (
            "import/",
            "cli/terminal/",
            "cli/arguments/",
            "cli/process/",
            "cli/words/",
            "cli/unlocking/",
            "cli/hosts/",
        ),
        "answering another program is no command",
        "cli/commands/commands.h",
        all_the_way=False,
    ),
    Room(
        "cli/doctor/",
        CLI_LIBRARY
        + (
            "import/",
            "cli/terminal/",
            "cli/arguments/",
            "cli/process/",
            "cli/words/",
            "cli/unlocking/",
            "cli/doctor/",
            "vault/crypto/key.h",
        ),
        "checks are made, not commanded",
        "cli/commands/commands.h",
        all_the_way=False,
    ),
    *(
        Room(
            f"cli/commands/{noun}/",
            COMMAND_LINE_PART,
            "commands never include commands of another noun: what they share lies in the other rooms",
            "cli/commands/profiles/a.h" if noun != "profiles" else "cli/commands/keys/a.h",
            refuses=tuple(f"cli/commands/{other}/" for other in NOUNS if other != noun),
            all_the_way=False,
        )
        for noun in NOUNS
    ),
    Room(
        "cli/",
        COMMAND_LINE_PART,
        "the command line has no SQL and no crypto: it asks the facade",
        "vault/storage/storage.h",
        all_the_way=False,
    ),
)

WALLS = (
    Wall(("sodium.h", "sodium/"), ("vault/crypto/",), "only crypto knows the cipher library"),
    Wall(
        ("SQLiteCpp/", "sqlite3.h"),
        ("vault/storage/sqlite/", "import/stores/database/foreign_database"),
        "only the SQLite storage and the reader of foreign SQLite files speak SQL",
    ),
    Wall(
        ("libpq-fe.h", "libpq/"),
        ("vault/storage/postgres/program/",),
        "only the helper program that lives beside this one speaks to PostgreSQL",
    ),
    Wall(
        ("curl/",),
        ("vault/oauth/program/",),
        "only the helper program that lives beside this one speaks to token endpoints",
    ),
    Wall(("nlohmann/",), ("import/", "cli/"), "JSON is for foreign formats and for printing, not for the vault"),
    Wall(("utf8proc.h",), ("vault/model/look_alike.cpp",), "ids are compared in one place, by Unicode's own tables"),
    Wall(("keyutils.h",), ("cli/", "vault/keys/"), "only those who unlock meet the kernel's keyring"),
    Wall(("iostream", "regex", "locale"), (), "start-up time and secrets: no iostream, regex or locale in the product"),
)

COMMAND_LINE = Silence(
    ("vault/", "import/"),
    r"\bclaviger [a-z]|(?<![-\w])--[a-z]",
    {
        "claviger agent token": "hashed, not shown",
        "claviger recovery code": "hashed, not shown",
        "claviger profile ref": "hashed, not shown",
        "claviger config ref": "hashed, not shown",
        "--auth-choice": "a flag of OpenClaw's, looked for in what it wrote",
    },
    "the library does not speak the command line: it names a Remedy, and cli/words has the command",
    ('"claviger doctor"', '"say --force"', '"say " /* " */ "-" "-force"', 'R"x(claviger list)x"'),
)
