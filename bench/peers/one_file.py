# SPDX-License-Identifier: Apache-2.0
"""All secrets in one encrypted file: age, sqlcipher."""
from contender import Contender, Work


class Age(Contender):
    name = program = "age"
    most = 100_000

    def begin(self):
        self.call("age-keygen", "-o", self.folder / "key")
        self.recipient = self.call("age-keygen", "-y", self.folder / "key").decode().strip()

    def taking_in(self):
        return "age", "-r", self.recipient, "-o", str(self.folder / "store.age"), str(self.data.lines)

    def fill(self):
        self.call(*self.taking_in())

    def works(self):
        opened, one = "age -d -i key store.age", f"^{self.data.middle}="
        twenty = f'exec env $({opened} | head -n {len(self.data.twenty)}) /bin/true'
        without = f"{opened} | grep -v '{one}' | age -r {self.recipient} -o new.age\nmv new.age store.age"
        return {
            "get": Work(self.script("get", f"{opened} | sed -n 's/{one}//p'")),
            "resolve of 50": Work(self.script("resolve", f"{opened} | grep -F -f {self.data.wanted}")),
            "run with 20": Work(self.script("run", twenty)),
            "list": Work(self.script("list", f"{opened} | cut -d= -f1")),
            "import": Work(self.taking_in(), "empty"),
            "export": Work(("age", "-d", "-i", str(self.folder / "key"), str(self.folder / "store.age"))),
            "remove": Work(self.script("remove", without), "full"),
        }

    def is_store(self, path):
        return path.suffix == ".age"


class Sqlcipher(Contender):
    """With a raw key, so that no passphrase is stretched."""

    name = program = "sqlcipher"
    most = 100_000
    key = "PRAGMA key = \"x'" + "5a" * 32 + "'\";\n"

    def asked(self, name, sql):
        path = self.data.folder / f"sqlcipher-{name}.sql"
        path.write_text(self.key + sql)
        return self.script(name, f"exec sqlcipher store.db <{path}")

    def taking_in(self):
        rows = "".join(f"INSERT INTO s VALUES ('{name}', '{self.data.secret(name)}');\n" for name in self.data.names)
        sql = f"BEGIN;\nCREATE TABLE s (name TEXT PRIMARY KEY, secret TEXT) WITHOUT ROWID;\n{rows}COMMIT;\n"
        return self.asked("import", sql)

    def fill(self):
        self.call(*self.taking_in())

    def works(self):
        asked, twenty = (
            "SELECT name, secret FROM s WHERE name IN (" + ", ".join(f"'{name}'" for name in names) + ");"
            for names in (self.data.asked, self.data.twenty)
        )
        one = f"WHERE name = '{self.data.middle}';"
        reading = self.asked("twenty", twenty)[1]
        run = f"exec env $(sh {reading} | grep '|' | tr '|' '=') /bin/true"
        return {
            "get": Work(self.asked("get", f"SELECT secret FROM s {one}")),
            "resolve of 50": Work(self.asked("resolve", asked)),
            "run with 20": Work(self.script("run", run)),
            "list": Work(self.asked("list", "SELECT name FROM s;")),
            "import": Work(self.taking_in(), "empty"),
            "export": Work(self.asked("export", "SELECT name, secret FROM s;")),
            "remove": Work(self.asked("remove", f"DELETE FROM s {one}"), "full"),
        }
