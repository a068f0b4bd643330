# SPDX-License-Identifier: Apache-2.0
"""pgbouncer before a server of the test's own: in transaction mode, with fewer connections than there are clients."""
import os
import shutil
import subprocess
import time

from server import PATIENCE

PROGRAM = shutil.which("pgbouncer", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/bin")
SETTINGS = """[databases]
* = host={server} port={port}
[pgbouncer]
listen_port = 5432
listen_addr =
unix_socket_dir = {folder}
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 200
logfile = {folder}/log
pidfile = {folder}/pid
"""


class Pooler:
    """`with Pooler(server, folder) as pooler`: pooler.folder has a socket as the server's has."""

    def __init__(self, server, size=2):
        self.server, self.size = server, size
        self.folder = server.folder / "pooler"

    def __enter__(self):
        self.folder.mkdir()
        if self.server.user:
            shutil.chown(self.folder, self.server.user)
        settings = self.folder / "pooler.ini"
        settings.write_text(
            SETTINGS.format(server=self.server.folder, port=self.server.port, folder=self.folder, size=self.size)
        )
        (self.folder / "users").write_text('"tester" ""\n')
        for file in (settings, self.folder / "users"):
            file.chmod(0o644)
        self.process = subprocess.Popen([PROGRAM, settings], user=self.server.user, cwd=self.folder,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)  # fmt: skip
        end = time.monotonic() + PATIENCE
        while not (self.folder / ".s.PGSQL.5432").exists():
            if time.monotonic() > end or self.process.poll() is not None:
                raise RuntimeError("the pooler does not answer")
            time.sleep(0.02)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)

    def place(self, schema):
        return self.server.place(schema).replace(str(self.server.folder), str(self.folder))
