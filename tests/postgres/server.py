# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of a test's own: made, started and thrown away by whoever runs the test, reachable over a socket
in its private folder alone. As `nobody` when root runs the tests, since the server refuses root.
"""
import glob
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
SAFE = ("fsync=on",)
PATIENCE = 60  # seconds, for a start or a stop


def programs():
    """The folder of the newest server's programs, or None where PostgreSQL is not installed."""
    found = [shutil.which("initdb")] + sorted(
        glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4])
    )
    found = [Path(os.path.realpath(path)).parent for path in found if path]
    return next((folder for folder in reversed(found) if (folder / "postgres").exists()), None)


def required():
    return os.environ.get("CLAVIGER_REQUIRE_POSTGRES") == "1"


class Server:
    """A cluster with one superuser, `tester`. Used as `with Server() as server:`."""

    def __init__(self, settings=QUICK, authentication="trust", standby_of=None, delay=None):
        self.settings = settings
        self.authentication = authentication
        self.primary = standby_of
        self.delay = delay  # of a standby: "2s"
        self.bin = programs()
        self.user = "nobody" if os.geteuid() == 0 else None
        self.process = None

    def __enter__(self):
        shm = "/dev/shm" if os.access("/dev/shm", os.W_OK) and "TMPDIR" not in os.environ else None
        self.folder = Path(tempfile.mkdtemp(prefix="claviger-pg-", dir=shm))
        try:
            if self.user:
                shutil.chown(self.folder, self.user)
            self.data = self.folder / "data"
            self.make()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, program, *words, **how):
        return subprocess.run(
            [self.bin / program, *map(str, words)],
            user=self.user,
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
            **how,
        ).stdout

    def make(self):
        if self.primary:
            words = ("-h", self.primary.folder, "-U", "tester", "-D", self.data, "-R", "-X", "stream", "-c", "fast")
            self.run("pg_basebackup", *words)
            with open(self.data / "postgresql.conf", "a") as file:
                file.write(f"unix_socket_directories='{self.folder}'\n")
                if self.delay:
                    file.write(f"recovery_min_apply_delay='{self.delay}'\n")
            return
        self.run("initdb", "-D", self.data, "-U", "tester", "-A", self.authentication, "--no-sync", "-E", "UTF8")
        with open(self.data / "postgresql.conf", "a") as file:
            file.write(f"unix_socket_directories='{self.folder}'\nlisten_addresses=''\nmax_connections=200\n")
            file.write("".join(f"{setting}\n" for setting in self.settings))

    def start(self, port=5432):
        self.port = port
        log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen(
            [self.bin / "postgres", "-D", self.data],
            user=self.user,
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        self.wait_until_it_answers()

    def wait_until_it_answers(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError("the server ended: " + (self.folder / "log").read_text()[-2000:])
            asked = [self.bin / "pg_isready", "-q", "-h", self.folder, "-p", str(self.port)]
            if subprocess.run(asked, check=False).returncode == 0:
                return
            time.sleep(0.02)
        raise RuntimeError("the server does not answer")

    def stop(self, how="fast"):
        """fast: as its administrator would. immediate: a crash, its children with it. kill: the postmaster alone."""
        if self.process is None or self.process.poll() is not None:
            return
        signals = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT, "kill": signal.SIGKILL}
        self.process.send_signal(signals[how])
        self.process.wait(PATIENCE)

    def promote(self):
        self.sql("SELECT pg_promote()")

    def place(self, schema="claviger", role="tester", **parameters):
        more = "".join(f"&{name}={value}" for name, value in parameters.items())
        return f"postgres:///postgres?host={self.folder}&user={role}{more}#{schema}"

    def sql(self, text, role="tester"):
        """The first column of the answer's rows, one a line."""
        return self.run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", role, "-d", "postgres",
                        "-c", text).strip()  # fmt: skip
