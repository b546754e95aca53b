#!/usr/bin/env python3
"""How fast the API answers: lists of a full data folder, and requests a second on one core beside a running task.

    api_bench.py PROGRAM HELLO [--seconds N]
"""

import argparse
import json
import os
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from pathlib import Path

PROJECTS, FILES, TASKS = 1000, 100, 100_000
ENDLESS = """<setup><generate name="slow" count="2000000000000" target="CSV">
<key name="i" generator="IncrementGenerator"/></generate></setup>"""


def identity(number):
    return f"01900000-0000-7000-8000-{number:012x}"


def fill(data, project):
    """Rows as the program writes them, without their bytes."""
    database = sqlite3.connect(Path(data) / "mimus.db")
    sha = "0" * 64
    for number in range(PROJECTS):
        ident = identity(number)
        database.execute("INSERT INTO project (id, name, demo, created_at) VALUES (?, ?, '', 1)", (ident, f"Project {number}"))
        database.executemany(
            "INSERT INTO file (project_id, key, name, sha256, size, created_at, updated_at, updated_by) "
            "VALUES (?, ?, ?, ?, 1, 1, 1, 'x')", [(ident, f"f{k}.csv", f"f{k}.csv", sha) for k in range(FILES)])
    columns = [row[1] for row in database.execute("PRAGMA table_info(task)")]
    first = dict(database.execute("SELECT * FROM task").fetchone() and
                 zip(columns, database.execute("SELECT * FROM task LIMIT 1").fetchone()))
    marks = ", ".join("?" * len(columns))
    rows = []
    for number in range(TASKS):
        row = dict(first, id=identity(number), status="FAILED" if number % 1000 == 0 else "SUCCEEDED", manifest="")
        rows.append([row[name] for name in columns])
    database.executemany(f"INSERT INTO task VALUES ({marks})", rows)
    database.commit()
    database.close()


def timed(url, headers, rounds=40):
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as response:
            response.read()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times), sorted(times)[int(len(times) * 0.95)]


def wrk(url, seconds, headers=()):
    command = ["taskset", "-c", "1", "wrk", "-t1", "-c16", f"-d{seconds}s", "--latency"]
    for header in headers:
        command += ["-H", header]
    said = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        sys.exit(said)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def pin(process, core):
    subprocess.run(["taskset", "-acp", str(core), str(process)], check=True, capture_output=True)


def children(process):
    out = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False).stdout.split()
    return out + [grandchild for child in out for grandchild in children(child)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("hello")
    parser.add_argument("--seconds", type=int, default=5)
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program)
    with tempfile.TemporaryDirectory(prefix="api-bench-") as folder:
        data = f"{folder}/data"
        log = open(f"{folder}/log", "w+b")
        server = subprocess.Popen([program, "serve", "--data", data, "--listen", "127.0.0.1:0", "--workers", "1",
                                   "--rate-limit", "0"], stderr=log, cwd=folder)
        try:
            measure(arguments, program, folder, data, server, log)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def measure(arguments, program, folder, data, server, log):
    def port():
        found = re.search(rb"listening on http://127.0.0.1:(\d+)", Path(log.name).read_bytes())
        return found and int(found[1])
    while not port():
        time.sleep(0.05)
    base = f"http://127.0.0.1:{port()}"

    def mimus(*words):
        return subprocess.run([program, *words, "--data", data], capture_output=True, text=True, check=True,
                              cwd=folder).stdout.strip()
    project = mimus("project", "clone", "basic-json")
    token = json.loads(mimus("token", "create", "--project", project, "--name", "bench", "--expires", "2099-01-01",
                             "--scope", "admin", "--json"))["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    v2 = f"{base}/api/v2/projects/{project}"

    def post(url, body, headers):
        request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})
        with urllib.request.urlopen(request) as response:
            return response.headers, json.load(response)
    form = f'--b\r\nContent-Disposition: form-data; name="file"; filename="slow.xml"\r\n\r\n{ENDLESS}\r\n--b--\r\n'
    urllib.request.urlopen(urllib.request.Request(
        f"{v2}/files", form.encode(), {"Content-Type": "multipart/form-data; boundary=b", **bearer})).read()
    done = post(f"{v2}/tasks", {}, bearer)[1]["id"]
    while json.load(urllib.request.urlopen(urllib.request.Request(f"{v2}/tasks/{done}", headers=bearer)))["status"] != "SUCCEEDED":
        time.sleep(0.1)
    fill(data, project)

    platform = f"{base}/api/platform/v1"
    first = Path(data, "initial-admin-password").read_text().strip()
    headers, session = post(f"{platform}/session", {"email": "admin@localhost", "password": first}, {})
    cookie = headers["Set-Cookie"].split(";")[0]
    headers, session = post(f"{platform}/session/password", {"old_password": first, "new_password": uuid.uuid4().hex},
                            {"Cookie": cookie, "X-CSRF-Token": session["csrf_token"]})
    person = {"Cookie": headers["Set-Cookie"].split(";")[0]}
    print(f"lists of {PROJECTS:,} projects with {FILES} files each and {TASKS:,} tasks: median and 95 % in ms")
    full = f"{platform}/projects/{identity(1)}"
    for name, url, who in (("files of a project, v1", f"{base}/api/v1/{project}/files", bearer),
                           ("files of a project, people", f"{full}/files?limit=100", person),
                           ("projects", f"{platform}/projects", person),
                           ("projects, searched", f"{platform}/projects?search=99", person),
                           ("tasks, newest 100", f"{v2}/tasks", bearer),
                           ("tasks, newest 1,000", f"{v2}/tasks?limit=1000", bearer),
                           ("tasks that failed", f"{v2}/tasks?status=FAILED", bearer),
                           ("tasks by trigger, none", f"{v2}/tasks?trigger=schedule", bearer),
                           ("tasks by entry, none", f"{v2}/tasks?entry=absent.xml", bearer),
                           ("tasks of all projects", f"{platform}/tasks", person),
                           ("tasks of all that failed", f"{platform}/tasks?status=FAILED", person)):
        median, most = timed(url, who)
        print(f"  {name:<28} {median:7.1f} {most:7.1f}")

    post(f"{v2}/tasks", {"entry": "slow.xml"}, bearer)
    time.sleep(2)
    for child in children(server.pid):
        pin(child, 1)
    pin(server.pid, 0)
    hello = subprocess.Popen(["taskset", "-c", "0", arguments.hello, "18999"])
    try:
        time.sleep(0.3)
        floor, _ = wrk("http://127.0.0.1:18999/", arguments.seconds)
        print(f"requests a second on one core, a task running on the other (16 connections)\n  {'hello of the library':<28} {floor:8.0f}")
        field = [f"Authorization: Bearer {token}"]
        for name, url, who in (("project", v2, field), ("a task", f"{v2}/tasks/{done}", field),
                               ("metadata of files", f"{v2}/files?limit=10", field),
                               ("a project, people", f"{platform}/projects/{project}", [f"Cookie: {person['Cookie']}"])):
            rate, slowest = wrk(url, arguments.seconds, who)
            print(f"  {name:<28} {rate:8.0f}   p99 {slowest:6.2f} ms   {rate / floor:.2f} of it")
    finally:
        hello.kill()


if __name__ == "__main__":
    main()
