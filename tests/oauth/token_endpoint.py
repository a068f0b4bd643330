# SPDX-License-Identifier: Apache-2.0
"""A token endpoint on loopback, as hostile as a test needs it: it answers each connection by the next of its scripts,
and counts what came. Without a script it is a provider whose refresh tokens are spent by use.

A script is a function of the endpoint and the connection; those below are the usual ones, `says(429)` and its like.
Nothing is believed of the one who asks: requests are read as bytes, and what came before a connection ended is counted,
whole or not.
"""
import json
import socket
import ssl
import struct
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qs

PATIENCE = 60  # seconds, for one connection


@dataclass
class Request:
    """What came over one connection, as far as it came."""

    raw: bytes = b""
    whole: bool = False
    peer: tuple = ()
    headers: dict = field(default_factory=dict)

    @property
    def line(self):
        return self.raw.partition(b"\r\n")[0].decode("latin-1")

    @property
    def body(self):
        return self.raw.partition(b"\r\n\r\n")[2]

    def fields(self):
        if self.headers.get("content-type") == "application/json":
            return json.loads(self.body)
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


class Connection:
    def __init__(self, endpoint, plain, peer):
        self.endpoint = endpoint
        self.socket = plain
        self.request = Request(peer=peer)

    def begin(self):
        """TLS, where the endpoint has a certificate. False: the other side would not."""
        if not self.endpoint.context:
            return True
        try:
            self.socket = self.endpoint.context.wrap_socket(self.socket, server_side=True)
        except (ssl.SSLError, OSError):
            return False
        return True

    def read(self, most=None):
        """The request, or its first bytes."""
        request = self.request
        while not request.whole and (most is None or len(request.raw) < most):
            part = self.socket.recv(min(65536, most - len(request.raw)) if most else 65536)
            if not part:
                return request
            if not request.raw:
                self.endpoint.count(request)
            request.raw += part
            head, end, body = request.raw.partition(b"\r\n\r\n")
            if end:
                lines = [line.partition(b":") for line in head.split(b"\r\n")[1:]]
                request.headers = {name.decode().lower(): value.strip().decode("latin-1") for name, _, value in lines}
                request.whole = len(body) >= int(request.headers.get("content-length", 0))
        return request

    def send(self, data, seconds_per_byte=0):
        if not seconds_per_byte:
            return self.socket.sendall(data)
        for byte in data:
            self.socket.sendall(bytes([byte]))
            time.sleep(seconds_per_byte)
        return None

    def reset(self):
        """Ends the connection by RST instead of FIN."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def close(self):
        try:
            if isinstance(self.socket, ssl.SSLSocket):
                self.socket.settimeout(1)
                self.socket = self.socket.unwrap()
        except (ssl.SSLError, OSError):
            pass
        self.socket.close()


def head(status, length, headers=()):
    lines = [f"HTTP/1.1 {status} Test", "Content-Type: application/json", *headers]
    lines += [] if length is None else [f"Content-Length: {length}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def as_json(value):
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def says(status, body=b"{}", headers=(), seconds_per_byte=0, before=b""):
    """A reply to a request that was read. `before`: bytes in front of it, such as a 103."""

    def script(_endpoint, connection):
        connection.read()
        data = as_json(body)
        connection.send(before + head(status, len(data), headers) + data, seconds_per_byte)

    return script


def says_raw(data, then=None):
    """These bytes, whatever they are, in answer to a request."""

    def script(_endpoint, connection):
        connection.read()
        connection.send(data)
        if then:
            then(connection)

    return script


def cuts_off(status=200, body=b'{"access_token":"at-test-cut"', of=1000):
    """Less than was announced."""
    return says_raw(head(status, of) + body)


def closes_after_reading(_endpoint, connection):
    connection.read()


def resets_after_reading(_endpoint, connection):
    connection.read()
    connection.reset()


def resets_before_reading(_endpoint, connection):
    connection.reset()


def closes_before_reading(_endpoint, _connection):
    pass


def closes_after(size):
    """When so many bytes of the request have come."""

    def script(_endpoint, connection):
        connection.read(size)
        connection.reset()

    return script


def is_silent(endpoint, connection):
    connection.read()
    endpoint.stopped.wait(PATIENCE)


def provides(endpoint, connection):
    """As a provider whose refresh tokens are single use: the next pair for one that is good, else it says why not."""
    fields = connection.read().fields()
    status, answer = endpoint.exchange(fields.get("refresh_token"))
    data = as_json(answer)
    connection.send(head(status, len(data)) + data)


def after(seconds, script):
    """The script, so much later than the request."""

    def later(endpoint, connection):
        connection.read()
        endpoint.stopped.wait(seconds)
        script(endpoint, connection)

    return later


class TokenEndpoint:
    """Used as `with TokenEndpoint() as endpoint:`; with a certificate and its key it speaks TLS.

    endpoint.url is what to ask; endpoint.then(says(429), provides) puts scripts into its queue, each for one
    connection; endpoint.requests, in their order, are those of which a byte came; endpoint.spent(token) is in how many
    of them it was.
    """

    def __init__(self, certificate=None, versions=None, host="127.0.0.1", life=3600, usual=provides):
        self.certificate = certificate
        self.versions = versions  # of TLS: the least and the most
        self.host = host
        self.life = life  # of access tokens, seconds
        self.usual = usual
        self.handshake = None  # a function of the plain socket, before TLS; what it returns is whether to go on
        self.scripts, self.requests, self.tokens = [], [], {}
        self.connections = 0
        self.issued = 0
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        self.threads = []

    def __enter__(self):
        self.context = self.make_context() if self.certificate else None
        self.listening = socket.create_server((self.host, 0), backlog=128)
        self.port = self.listening.getsockname()[1]
        self.url = f"{'https' if self.context else 'http'}://{self.host}:{self.port}/oauth/token"
        self.start(self.accept)
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        for thread in self.threads:
            thread.join(PATIENCE)

    def make_context(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if self.versions:
            context.set_ciphers("DEFAULT@SECLEVEL=0")
            context.minimum_version, context.maximum_version = self.versions
        context.load_cert_chain(*self.certificate)
        return context

    def start(self, work, *words):
        thread = threading.Thread(target=work, args=words, daemon=True)
        self.threads.append(thread)
        thread.start()

    def accept(self):
        while True:
            try:
                plain, peer = self.listening.accept()
            except OSError:
                return
            with self.lock:
                self.connections += 1
            self.start(self.serve, plain, peer)

    def serve(self, plain, peer):
        plain.settimeout(PATIENCE)
        connection = Connection(self, plain, peer)
        try:
            goes_on = self.handshake(plain) if self.handshake else True
            if goes_on and connection.begin():
                with self.lock:
                    script = self.scripts.pop(0) if self.scripts else self.usual
                script(self, connection)
        except OSError:  # the other side has gone
            pass
        finally:
            connection.close()

    def count(self, request):
        with self.lock:
            self.requests.append(request)

    def then(self, *scripts):
        with self.lock:
            self.scripts.extend(scripts)
        return self

    def spent(self, token):
        """In how many requests it came, whole or not."""
        with self.lock:
            return sum(token.encode() in request.raw for request in self.requests)

    def issue(self):
        """A refresh token that is good once, and the access token that belongs to it."""
        with self.lock:
            return self.next_pair()

    def next_pair(self):
        self.issued += 1
        refresh = f"rt-test-{self.issued}"
        self.tokens[refresh] = "good"
        return refresh, f"at-test-{self.issued}"

    def exchange(self, refresh):
        with self.lock:
            state = self.tokens.get(refresh)
            if state != "good":
                code = "refresh_token_reused" if state else "invalid_grant"
                return 400, {"error": code, "error_description": "not this one"}
            self.tokens[refresh] = "spent"
            new_refresh, access = self.next_pair()
        pair = {"access_token": access, "refresh_token": new_refresh}
        return 200, {**pair, "expires_in": self.life, "token_type": "Bearer"}
