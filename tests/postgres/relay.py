# SPDX-License-Identifier: Apache-2.0
"""Stands between the program and a server: as far away as one likes, and counting the journeys that were waited for."""
import collections
import os
import selectors
import socket
import threading
import time

READY = ord("Z")  # a server says so once for every question that was waited for, and once after the login
NEVER = float("inf")


class Relay:
    """`with Relay(server, folder) as relay`: relay.place() leads through it. `delay`: seconds, each way; opening a
    connection takes one journey as it does on a network. `port`: of the server on 127.0.0.1, else its socket is used.
    """

    def __init__(self, server, folder, delay=0.0, port=None):
        self.folder, self.delay = folder, delay
        self.to = ("127.0.0.1", port) if port else f"{server.folder}/.s.PGSQL.{server.port}"
        self.family = socket.AF_INET if port else socket.AF_UNIX
        self.journeys, self.connections = 0, 0
        self.ended = False

    def __enter__(self):
        self.folder.mkdir(mode=0o700)
        self.listening = socket.socket(self.family)
        self.listening.bind(("127.0.0.1", 0) if self.port_is_used else f"{self.folder}/.s.PGSQL.5432")
        self.listening.listen(128)
        self.threads = [threading.Thread(target=self.accept)]
        self.threads[0].start()
        return self

    def __exit__(self, *_):
        self.ended = True
        with socket.socket(self.family) as last:
            last.connect(self.listening.getsockname())
            for thread in self.threads:
                thread.join()
        if not self.port_is_used:
            os.unlink(self.listening.getsockname())
        self.listening.close()

    @property
    def port_is_used(self):
        return self.family == socket.AF_INET

    def place(self, server, schema):
        return server.place(schema).replace(str(server.folder), str(self.folder))

    def accept(self):
        while True:
            client, _ = self.listening.accept()
            if self.ended:
                return client.close()
            self.connections += 1
            self.threads.append(threading.Thread(target=self.serve, args=(client,)))
            self.threads[-1].start()

    def serve(self, client):
        with client, socket.socket(self.family) as server:
            server.connect(self.to)
            opened = time.monotonic() + 2 * self.delay
            ways = {client: Way(server, opened), server: Way(client, opened, self.count)}
            watched = selectors.DefaultSelector()
            for end in ways:
                if self.port_is_used:
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                watched.register(end, selectors.EVENT_READ)
            while not self.ended:
                due = min(way.due for way in ways.values())
                for key, _ in watched.select(max(0.0, min(0.5, due - time.monotonic()))):
                    if not ways[key.fileobj].take(key.fileobj, self.delay):
                        watched.unregister(key.fileobj)
                if not all([way.pass_on() for way in ways.values()]):
                    return

    def count(self, kind):
        self.journeys += kind == READY


class Way:
    """What goes one way, with the time at which it arrives."""

    def __init__(self, into, opened, count=None):
        self.into, self.opened, self.count = into, opened, count
        self.coming, self.unread = collections.deque(), b""

    @property
    def due(self):
        return self.coming[0][0] if self.coming else NEVER

    def take(self, end, delay):
        try:
            data = end.recv(1 << 18)
        except OSError:
            data = b""
        self.coming.append((max(time.monotonic(), self.opened) + delay, data))
        if self.count:
            self.read(data)
        return data

    def read(self, data):
        self.unread += data
        while len(self.unread) >= 5:
            size = 1 + int.from_bytes(self.unread[1:5], "big")
            if len(self.unread) < size:
                return
            self.count(self.unread[0])
            self.unread = self.unread[size:]

    def pass_on(self):
        """False: the other end is gone, or has said its last word."""
        while self.coming and self.coming[0][0] <= time.monotonic():
            data = self.coming.popleft()[1]
            try:
                if not data:
                    return False
                self.into.sendall(data)
            except OSError:
                return False
        return True
