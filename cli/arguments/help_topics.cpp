// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "cli/arguments/help.h"

namespace cli {
namespace {

constexpr std::string_view kExitCodes = R"(Exit codes. Scripts may rely on them.

    0  done; for `status --check`: nothing is expired, missing or expiring
    1  `status --check`: something in use is expired or missing;
       `scan --check`: a copy of a secret was found
    2  `status --check` only: something in use is expiring, nothing worse
   64  the command line makes no sense
   65  refused input: a file to import, a request, a value
   66  not found: a profile, an agent, a file
   67  there is no vault at the place looked at
   68  it exists already
   69  a key is needed, and none was offered
   70  a bug in claviger
   71  the key offered does not open this vault
   72  the vault is damaged, was tampered with, or is older than it should be
   73  the vault was made by a newer claviger; nothing was touched
   74  the system refused to read or write; nothing was lost
   75  somebody else is writing; try again
   77  denied: the key does not cover this, or a file is open to others
  130  cancelled

`run` passes on its child's exit status. It says 125 when it failed before the
child started, 126 when the program cannot be executed, 127 when there is
none.
)";

constexpr std::string_view kUnlocking = R"(Unlocking. The first of these that is present is used. When it does not open
the vault that is an error: the next one is not tried.

  1. an option: --key-file, --token-file, --passphrase-file, --passphrase-fd
  2. the environment: CLAVIGER_TOKEN_FILE, CLAVIGER_TOKEN, CLAVIGER_KEY_FILE,
     CLAVIGER_PASSPHRASE_FILE, CLAVIGER_PASSPHRASE
  3. systemd credentials named claviger.token, claviger.key and
     claviger.passphrase (LoadCredential=, LoadCredentialEncrypted=)
  4. a key that `claviger unlock` keeps in the kernel, until it expires
  5. the default key file, if it is there (`claviger paths` shows where)
  6. a passphrase, asked for on the terminal

Without a terminal, or with --no-input, nothing is ever asked: the command
ends at once with exit code 69 and says what it could have used. A passphrase
is never read from stdin, which belongs to data. Neither the variables nor the
descriptors named above reach a program that claviger starts.

`claviger unlock` keeps one agent's key for all processes of the user, by
default for 8 hours: `claviger lock` drops it, and so does a change of keys.
`unlock --root` keeps the key of the whole vault, and `claviger lock --all`
drops what was kept for vaults that have moved since. An agent's token comes
from `claviger agent token create`; it opens that agent's records only. A token
does not hide what is in a usual place: under one user, the default key file
and `unlock --root` open the whole vault to every program, with a token or not.
)";

constexpr std::string_view kOpenClaw = R"(OpenClaw and the vault.

What is there already comes in with
  claviger import ~/.openclaw --dry-run     shows what would be taken
  claviger import ~/.openclaw               takes it; the source stays as it is

Each agent of OpenClaw becomes an agent of the vault; main's profiles are seen
by all agents that inherit. The order of profiles, their expiry and their
cooldowns come along. A .env file becomes variables, which rank below every
profile.

To export:
  claviger export --format openclaw --output auth-profiles.json
  claviger export --format dotenv --output .env

Which profile OpenClaw would use next, and why, is shown by
  claviger which anthropic
  claviger status --check                   for scripts: see `help exit-codes`
)";

constexpr std::string_view kRecovery = R"(When the key is gone.

`claviger init` shows a recovery code, once. It opens the vault like any other
key; keep it on paper, away from the host and from the vault's backups. Nobody
can make a new one without a key that still opens the vault, and there is no
back door: a vault for which key file, passphrase and recovery code are all
lost stays closed.

The code is not a way to unlock other commands; it makes a new key:
  claviger key add --new-key-file FILE --with-recovery-code
asks for the code unseen (--recovery-code-stdin reads it from a pipe), and
from then on FILE opens the vault. Wrong letters are reported by group.

When the machine is gone and nothing is left but a backup and the code, on any
machine that has claviger:
  claviger restore BACKUP --with-recovery-code --new-key-file FILE
  claviger --key-file FILE verify --deep
  claviger --key-file FILE list
puts the vault in its usual place (`claviger paths` says where) and makes a new
key for it. Agent tokens made before the backup work again; keys on the lost
machine open the vault, too, until they are removed:
  claviger --key-file FILE key rotate

If somebody else may have the old key:
  claviger --key-file FILE key rotate
renews every key and seals everything anew. Keys that are not given stop
working, and are named first; a recovery code among them is replaced by a new
one, shown once. `claviger key list` shows what opens the vault, `claviger key
add --recovery` makes another code, `claviger key remove` removes a key.

Keep the key file out of the backups that hold the vault: who has both has
everything.

A vault that does not open is not always a wrong key. Exit code 71 means a key
that does not fit, 72 a damaged or altered file, 73 a file of a newer
claviger, 67 no file at all. A damaged record costs one profile, not the
others.
)";

constexpr std::string_view kThreats = R"(What the vault protects, and what it does not.

A copy of the vault's file - a backup, a stolen disk, a synchronised folder -
tells nobody your secrets, and not the names of providers, agents or profiles
either. It does show how many records there are, roughly how large, and
between two copies which of them changed. Who alters the file is noticed; who
puts an older copy in its place is noticed where the mark kept beside the
user's state still exists.

While the vault is unlocked on a host, it does not protect against whoever
runs as the same user, or as root, on that host: they can read what you can
read, replace this program, or wait for the passphrase. An agent that may call
`claviger get` or read the key file has your secrets; a token of its own
limits an agent to what is its. Text that was once written elsewhere - shell
history, logs, a .env that was imported - stays there until you remove it.

The key file unlocks for whoever holds it. A passphrase is as good as it is
long.
)";

constexpr std::array kTopics = {
    HelpTopic{"exit-codes", "what the exit status means", kExitCodes},
    HelpTopic{"unlocking", "where keys are looked for, and in which order", kUnlocking},
    HelpTopic{"openclaw", "moving to and from OpenClaw", kOpenClaw},
    HelpTopic{"recovery", "lost keys and files that do not open", kRecovery},
    HelpTopic{"threats", "what the vault protects, and what not", kThreats},
};

}  // namespace

std::span<const HelpTopic> help_topics() noexcept { return kTopics; }

}  // namespace cli
