"""A server of the program under test, and a client that holds every answer against the OpenAPI document."""

import http.client
import json
import os
import re
import signal
import subprocess
import tempfile
import time
import uuid
from pathlib import Path
from urllib.parse import quote

import contract

PROGRAM = ""
DESCRIPTOR = b"""<setup>
  <generate name="g" count="3" target="JSON">
    <key name="i" generator="IncrementGenerator"/>
  </generate>
</setup>
"""
ENDLESS = b"""<setup>
  <generate name="slow" count="2000000000" target="CSV">
    <key name="i" generator="IncrementGenerator"/>
  </generate>
</setup>
"""


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        return self.json().get("code")


class Server:
    """`mimus serve` on a free port, with its data in a temporary folder."""

    def __init__(self, *arguments, **variables):
        self.arguments = arguments
        self.temporary = tempfile.TemporaryDirectory(prefix="api-")
        self.folder = Path(self.temporary.name)
        self.data = str(self.folder / "data")
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("MIMUS_")}
        self.environment |= variables
        self.process = None
        self.start()

    def start(self):
        self.log = open(self.folder / "log", "wb")
        listen = [] if "--listen" in self.arguments else ["--listen", "127.0.0.1:0"]
        # Tests fail more often than people.
        for limit in ("--rate-limit", "--failure-limit"):
            if limit not in self.arguments:
                listen += [limit, "0"]
        self.process = subprocess.Popen([PROGRAM, "serve", "--data", self.data, *listen, *self.arguments],
                                        stderr=self.log, cwd=self.folder, env=self.environment)
        found = wait_for(lambda: re.search(rb"listening on https?://[^/]*:(\d+)/", self.errors()), 60)
        self.port = int(found.group(1))
        self.url = f"http://127.0.0.1:{self.port}"

    def errors(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the server ended: {(self.folder / 'log').read_bytes()!r}")
        return (self.folder / "log").read_bytes()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
        self.log.close()
        return self.process.returncode

    def close(self):
        self.stop()
        self.temporary.cleanup()

    def mimus(self, *arguments):
        done = subprocess.run([PROGRAM, *arguments, "--data", self.data], capture_output=True, text=True, timeout=60,
                              env=self.environment, check=False)
        if done.returncode != 0:
            raise AssertionError(f"mimus {' '.join(arguments)}: {done.stderr}")
        return done.stdout.strip()

    def clone(self, name="p"):
        return self.mimus("project", "clone", "basic-json", "--name", name)

    def token(self, project, scope="write", name="t", expires="2035-01-01"):
        made = json.loads(self.mimus("token", "create", "--project", project, "--name", name, "--expires", expires,
                                     "--scope", scope, "--json"))
        return made["token"], made["id"]

    def client(self, project, scope="write", name="t"):
        return Client(self, project, self.token(project, scope, name)[0])


class Client:
    """Speaks for one token. Paths beginning with '/' are as they are; others belong to v1 of the project."""

    def __init__(self, server, project, token):
        self.server, self.project, self.token = server, project, token
        self.v1 = f"/api/v1/{project}"
        self.v2 = f"/api/v2/projects/{project}"

    def request(self, method, path, body=None, headers=None, documented=True):
        if not path.startswith("/"):
            path = f"{self.v1}/{path}"
        given = {"Authorization": f"Bearer {self.token}"} if self.token is not None else {}
        given.update(headers or {})
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            try:
                connection.request(method, path, body=body, headers=given, encode_chunked="Transfer-Encoding" in given)
            except (BrokenPipeError, ConnectionResetError):
                pass  # refused while sending: the answer is there
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        finally:
            connection.close()
        contract.check(method, path, answer, documented)
        return answer

    def get(self, path, **headers):
        return self.request("GET", path, headers=named(headers))

    def post_json(self, path, value=None, **headers):
        body = b"" if value is None else json.dumps(value).encode()
        return self.request("POST", path, body, {"Content-Type": "application/json", **named(headers)})

    def upload(self, method, path, content, filename="f.txt", field="file", **headers):
        body, kind = form([(field, filename, content)])
        return self.request(method, path, body, {"Content-Type": kind, **named(headers)})

    def create(self, name, content=b"x\n"):
        answer = self.upload("POST", "files", content, name)
        if answer.status != 201:
            raise AssertionError(f"create {name}: {answer.status} {answer.body!r}")
        return answer

    def task_ends(self, task, seconds=90):
        def ended():
            value = self.get(f"tasks/{task}").json()
            return value if value["status"] not in ("PENDING", "RUNNING") else None
        return wait_for(ended, seconds)

    def generate(self, options=None):
        return self.post_json("generate", options).json()["task_id"]


def named(headers):
    """if_match → If-Match"""
    return {name.replace("_", "-").title(): value for name, value in headers.items()}


def form(parts):
    boundary = uuid.uuid4().hex
    body = b""
    for field, filename, content in parts:
        head = f'Content-Disposition: form-data; name="{field}"'
        if filename is not None:
            head += f'; filename="{filename}"'
        body += f"--{boundary}\r\n{head}\r\nContent-Type: text/html\r\n\r\n".encode() + content + b"\r\n"
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def path_of(name):
    return quote(name, safe="/")


def wait_for(condition, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"it did not happen within {seconds} s")
