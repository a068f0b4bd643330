# SPDX-License-Identifier: Apache-2.0
"""One encrypted file for each secret: pass, systemd-creds."""
import os

from contender import Contender, Work


class Pass(Contender):
    """With a key of its own that has no passphrase, as a host without a person needs it."""

    name = program = "pass"
    most = 1_000

    def variables(self):
        return {"GNUPGHOME": f"{self.folder}/gnupg", "PASSWORD_STORE_DIR": f"{self.folder}/store"}

    def begin(self):
        (self.folder / "gnupg").mkdir(mode=0o700)
        quietly = ("gpg", "--batch", "--quiet", "--passphrase", "")
        self.call(*quietly, "--quick-gen-key", "bench@example.invalid", "default", "default", "never")
        self.call("pass", "init", "bench@example.invalid")

    def fill(self):  # as `pass insert` does it, in one process
        paths = [self.folder / "store" / name for name in self.data.names]
        for path, name in zip(paths, self.data.names):
            path.write_text(self.data.secret(name) + "\n")
        self.call("gpg", "--batch", "--quiet", "-r", "bench@example.invalid", "--multifile", "--encrypt", *paths)
        for path in paths:
            path.unlink()

    def works(self):
        show = "\n".join(f"pass show {name}" for name in self.data.asked)
        one = 'echo "$secret" | pass insert -m "$name"'
        insert = f"while IFS='=' read -r name secret; do {one}; done <{self.data.lines}"
        twenty = " ".join(f'N{number}="$(pass show {name})"' for number, name in enumerate(self.data.twenty))
        return {
            "get": Work(("pass", "show", self.data.middle)),
            "resolve of 50": Work(self.script("resolve", show)),
            "run with 20": Work(self.script("run", f"exec env {twenty} /bin/true")),
            "list": Work(("pass", "ls")),
            "import": Work(self.script("import", insert), "empty"),
            "export": Work(self.script("export", "cd store\nfor file in *.gpg; do pass show \"${file%.gpg}\"; done")),
            "remove": Work(("pass", "rm", "-f", self.data.middle), "full"),
        }

    def is_store(self, path):
        return path.suffix == ".gpg" and path.parent.name == "store"


class SystemdCreds(Contender):
    """Sealed with the host's own key, which only root reads."""

    name = program = "systemd-creds"
    most = 64

    @classmethod
    def missing(cls):
        return super().missing() or ("" if os.geteuid() == 0 else "systemd-creds takes root here")

    def taking_in(self):
        encrypt = 'echo "$secret" | systemd-creds encrypt --with-key=host - "${name#*:}"'
        return self.script("import", f"while IFS='=' read -r name secret; do {encrypt}; done <{self.data.lines}")

    def file_of(self, name):  # no name of theirs has a colon
        return str(self.folder / name.partition(":")[2])

    def fill(self):
        self.call(*self.taking_in())

    def works(self):
        show = "\n".join(f"systemd-creds decrypt {self.file_of(name)} -" for name in self.data.asked)
        one = self.file_of(self.data.middle)
        return {
            "get": Work(("systemd-creds", "decrypt", one, "-")),
            "resolve of 50": Work(self.script("resolve", show)),
            "import": Work(self.taking_in(), "empty"),
            "remove": Work(("rm", one), "full"),
        }
