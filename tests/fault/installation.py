"""One installation under test: a data folder, its server, the processes of both. Standard library only."""

import http.client
import json
import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path

PATIENCE = 120  # seconds; generous, since the machine may be busy


class Unanswered(Exception):
    """The connection broke: what was asked for may or may not have happened."""


def wait_until(condition, what, seconds=PATIENCE):
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.02)


def processes():
    """(pid, parent, state, command line, working directory) of every process that can be seen."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text(encoding="utf-8", errors="replace")
            state, parent = stat.rsplit(") ", 1)[1].split()[:2]
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (OSError, IndexError):
            continue
        try:
            folder = os.readlink(entry / "cwd")
        except OSError:
            folder = ""
        yield int(entry.name), int(parent), state, command, folder


class Installation:
    def __init__(self, program, folder):
        self.program = program
        self.folder = Path(folder)
        self.data = self.folder / "data"
        self.server = None
        self.port = 0
        self.listening = threading.Event()
        self.log = open(self.folder / "server.log", "wb")

    def command(self, *arguments):
        """A command of the program over the data folder; what it printed."""
        done = subprocess.run([self.program, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=PATIENCE, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{arguments}: status {done.returncode}: {done.stderr}")
        return done.stdout

    # ---- the server

    def start(self):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MIMUS_")}
        offset = self.log.tell()
        self.server = subprocess.Popen(
            [self.program, "serve", "--data", str(self.data), "--listen", "127.0.0.1:0", "--workers", "2"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.log, env=environment)

        def address():
            if self.server.poll() is not None:
                raise AssertionError(f"the server ended with status {self.server.returncode}: {self.tail()}")
            with open(self.folder / "server.log", "rb") as log:
                log.seek(offset)
                return re.search(rb"listening on http://[^\s]*:(\d+)/", log.read())

        self.port = int(wait_until(address, "the server listens")[1])
        self.log.seek(0, os.SEEK_END)
        self.listening.set()

    def tail(self):
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")[-2000:]

    def kill_server(self):
        self.listening.clear()
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()

    def stop(self):
        self.listening.clear()
        self.server.send_signal(signal.SIGTERM)
        return self.server.wait(timeout=PATIENCE)

    def worker(self):
        """Process id of the server's worker; None while there is none."""
        for pid, parent, state, command, _ in processes():
            if parent == self.server.pid and state != "Z" and " worker " in command:
                return pid
        return None

    def task_processes(self):
        """Those whose working directory is a task's."""
        return [pid for pid, _, state, _, folder in processes()
                if state != "Z" and folder.startswith(str(self.data / "work"))]

    def left_over(self):
        """Processes that have to do with the data folder."""
        return [(pid, command) for pid, _, state, command, folder in processes()
                if state != "Z" and (folder.startswith(str(self.data)) or str(self.data) in command)]

    # ---- HTTP

    def request(self, token, method, path, body=None, headers=None):
        """Status, headers and bytes of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body=body,
                               headers={"Authorization": f"Bearer {token}", **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        except TimeoutError as error:
            raise AssertionError(f"{method} {path}: no answer within {PATIENCE} s") from error
        except (OSError, http.client.HTTPException) as error:
            raise Unanswered(f"{method} {path}") from error
        finally:
            connection.close()

    def text(self, token, path):
        """The bytes of a GET that must succeed, as text; waits while the server is down."""
        while True:
            self.listening.wait(PATIENCE)
            try:
                status, _, body = self.request(token, "GET", path)
            except Unanswered:
                time.sleep(0.02)
                continue
            if status != 200:
                raise AssertionError(f"GET {path}: {status} {body[:500]}")
            return body.decode(errors="replace")

    def get(self, token, path):
        """The JSON of the same."""
        return json.loads(self.text(token, path))
