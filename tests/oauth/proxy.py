# SPDX-License-Identifier: Apache-2.0
"""A proxy on loopback that tunnels to one place whatever name is asked for, or refuses."""
import socket
import threading

PATIENCE = 60  # seconds


class Proxy:
    """Used as `with Proxy(port) as proxy:`. proxy.asked has the first line of every request; `refusal`: what it says
    instead of tunnelling, and then it closes."""

    def __init__(self, port=None, refusal=None):
        self.port_behind = port
        self.refusal = refusal
        self.asked, self.heads = [], []

    def __enter__(self):
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=16)
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()

    def accept(self):
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        client.settimeout(PATIENCE)
        with client:
            head = b""
            while b"\r\n\r\n" not in head:
                part = client.recv(4096)
                if not part:
                    return
                head += part
            self.heads.append(head)
            self.asked.append(head.partition(b"\r\n")[0].decode())
            if self.refusal is not None:
                client.sendall(self.refusal)
                return
            with socket.create_connection(("127.0.0.1", self.port_behind), PATIENCE) as server:
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=pass_on, args=(server, client), daemon=True)
                back.start()
                pass_on(client, server)
                back.join(PATIENCE)


def pass_on(source, sink):
    try:
        while part := source.recv(65536):
            sink.sendall(part)
    except OSError:
        pass
    try:
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass
