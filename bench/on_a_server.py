#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""on_a_server.py [PROGRAM] [--writers PROGRAM]: what a vault on PostgreSQL takes, near and far.

Starts a server of its own, which syncs its disk as servers do. What is far away is so behind tests/postgres/relay.py,
which holds every byte back for half a journey, TLS included. Prints the least and the middle of the times of each work,
and how often it waited for an answer; --writers names bench's `server_writers`, for 64 storages that write at once.
"""
import argparse
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
TOP = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TOP / "bench"), str(TOP / "tests/postgres")]
from contender import Data  # noqa: E402
from measuring import made_program  # noqa: E402
from relay import Relay  # noqa: E402
from server import SAFE, Server  # noqa: E402

FEW, MANY, TRIES = 50, 10_000, 15
PLACES = (("a local socket", 0.0, False), ("1 ms away", 0.001, False), ("20 ms away, TLS", 0.020, True))
ROW = "| {:<20} | {:<16} | {:>9} | {:>9} | {:>8} |"


class World:
    def __init__(self, program, folder, place):
        self.program, self.folder = program, folder
        self.environment = {
            "HOME": str(folder),
            "PATH": "/usr/bin:/bin",
            "CLAVIGER_VAULT": place,
            "CLAVIGER_KEY_FILE": str(folder / "key"),
            "CLAVIGER_FRESH": "0",  # from_a_copy.py has what a copy answers
        }

    def run(self, *words, stdin=b""):
        begun = time.monotonic()
        done = subprocess.run([self.program, *map(str, words)], input=stdin, capture_output=True, env=self.environment)
        took = time.monotonic() - begun
        if done.returncode != 0:
            sys.exit(f"{words}: exit status {done.returncode}: {done.stderr.decode('utf-8', 'replace')}")
        return took

    def times(self, tries, *words, stdin=b""):
        return [self.run(*words, stdin=stdin) for _ in range(tries)]


def serve_tls(server):
    """A certificate of its own for localhost; the port."""
    folder = server.folder
    request = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2".split()
    request += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    request += ["-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    subprocess.run(request, check=True, capture_output=True)
    (folder / "key.pem").chmod(0o600)
    if server.user:
        shutil.chown(folder / "key.pem", server.user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with open(server.data / "postgresql.conf", "a") as file:
        file.write(f"listen_addresses='127.0.0.1'\nport={port}\nssl=on\n")
        file.write(f"ssl_cert_file='{folder}/cert.pem'\nssl_key_file='{folder}/key.pem'\n")
    server.stop()
    server.start(port)
    shutil.copy(folder / "cert.pem", folder / "trusted.pem")
    return port


def place_behind(relay, server, schema, tls):
    if not tls:
        return relay.place(server, schema)
    port = relay.listening.getsockname()[1]
    trusted = server.folder / "trusted.pem"
    return f"postgres://tester@localhost:{port}/postgres?sslmode=verify-full&sslrootcert={trusted}#{schema}"


def measure(program, server, port, number, name, distance, tls):
    folder = Path(tempfile.mkdtemp(prefix="claviger-bench-"))
    data, many = Data(folder, FEW), folder / "many"
    many.mkdir()
    everything = Data(many, MANY)
    # Half of a journey each way.
    with Relay(server, folder / "relay", distance / 2, port if tls else None) as relay:
        through = place_behind(relay, server, f"bench{number}", tls)
        direct = server.place(f"bench{number}").replace("&user", f"&port={server.port}&user")
        world = World(program, folder, direct if distance == 0 else through)
        world.run("init", "--key-file", folder / "key", "--no-recovery", "--quiet")
        world.run("import", data.document, "--format", "openclaw", "--quiet")
        works = (
            ("get", TRIES, ("get", data.middle), b""),
            ("resolve of 50", TRIES, ("resolve",), data.request.read_bytes()),
            ("list", TRIES, ("list",), b""),
            ("add", TRIES, ("add", "openai:new", "--type", "api_key", "--stdin", "--replace"), b"sk-test-new"),
            (f"import of {MANY:,}", 1, ("import", everything.document, "--format", "openclaw", "--quiet"), b""),
            ("get among them", TRIES, ("get", everything.middle), b""),
        )
        for work, tries, words, stdin in works:
            times = world.times(tries, *words, stdin=stdin)
            relay.journeys = 0
            if tries > 1 and distance and not tls:
                world.run(*words, stdin=stdin)
            asked = relay.journeys if tries > 1 and distance and not tls else ""
            print(ROW.format(work, name, f"{min(times) * 1000:,.0f} ms", f"{statistics.median(times) * 1000:,.0f} ms",
                             asked), flush=True)  # fmt: skip
    shutil.rmtree(folder, ignore_errors=True)


def measure_writers(writers, program, server):
    helper = Path(program).resolve().parent.parent / "lib/claviger/claviger-postgres"
    place = server.place("bench0").replace("&user", f"&port={server.port}&user")
    said = subprocess.run([writers, place, helper, "64", "10"], capture_output=True, text=True, check=True).stdout
    a_second, fewest, most, worst = said.split()
    print(f"64 storages writing for 10 s: {a_second} commits/s, {fewest} to {most} each, the longest {worst} ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", nargs="?")
    parser.add_argument("--writers")
    options = parser.parse_args()
    program = str(Path(options.program or made_program()).resolve())
    with Server(SAFE) as server:
        port = serve_tls(server)
        print(ROW.format("work", "server", "least", "median", "journeys"))
        for number, (name, distance, tls) in enumerate(PLACES):
            measure(program, server, port, number, name, distance, tls)
        if options.writers:
            measure_writers(options.writers, program, server)


if __name__ == "__main__":
    main()
