#!/usr/bin/env python3
"""kill -9 of the server and of the worker at random moments, while files are written, tokens are made and tasks are
triggered. Whatever was acknowledged must be there afterwards; every accepted task must succeed with the bytes of an
undisturbed run; nothing may be half visible, and nothing left over. Standard library only.

    check.py PROGRAM

MIMUS_FAULT_LONG=1 goes on for minutes; MIMUS_FAULT_SEED chooses other moments.
"""

import hashlib
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
import traceback
import uuid
from pathlib import Path

from installation import PATIENCE, Installation, Unanswered, wait_until

LONG = os.environ.get("MIMUS_FAULT_LONG", "") not in ("", "0")
SEED = int(os.environ.get("MIMUS_FAULT_SEED", "1"))
KILLS = 300 if LONG else 14
KILLS_IN_A_ROW = 8  # a task whose workers die 20 times is given up, as it should be
NOW = "2026-01-01T00:00:00Z"
SEEDS = (1, 2, 3)
# A task with several files that is over in a moment, and one that takes its time.
DESCRIPTORS = {
    "datamimic.xml": '<setup>\n  <generate name="small" count="100" target="CSV,JSON">\n'
                     '    <key name="id" generator="IncrementGenerator"/>\n'
                     '    <key name="n" generator="IntegerGenerator(min=0, max=1000000)"/>\n  </generate>\n</setup>\n',
    # Few bytes, much work: most values are made, and then left out.
    "large.xml": '<setup>\n  <generate name="large" count="600000" target="CSV">\n'
                 '    <key name="text" generator="StringGenerator(min_len=200, max_len=400)" nullQuota="0.99"/>\n'
                 '    <key name="pattern" pattern="[A-Z]{300}" nullQuota="0.99"/>\n  </generate>\n</setup>\n',
}


def content_hash(files):
    """Of {name: SHA-256}: over the names and hashes in order of name."""
    digest = hashlib.sha256()
    for name in sorted(files, key=lambda text: text.encode()):
        digest.update(name.encode() + b"\0" + files[name].encode() + b"\n")
    return digest.hexdigest()


class Clients:
    """Uses the installation from several threads, and remembers what was acknowledged."""

    def __init__(self, installation, project, token):
        self.installation = installation
        self.project = project
        self.token = token
        self.stop = threading.Event()
        self.failures = []
        self.mutex = threading.Lock()
        self.files = {}    # name: the contents it may have, None for "no such file"
        self.tokens = []   # that were given out
        self.tasks = {}    # id: (entry, seed)
        self.expected = {}  # (entry, seed): content hash, filled by the caller
        self.counts = {"writes": 0, "unanswered": 0, "looks": 0}
        self.threads = []

    def start(self, writers=2):
        jobs = [lambda n=n: self.write_files(n) for n in range(writers)]
        jobs += [self.trigger_tasks, self.look_at_tasks, self.make_tokens]
        for number, job in enumerate(jobs):
            thread = threading.Thread(target=self.guard, args=(job,), name=f"client {number}")
            thread.start()
            self.threads.append(thread)

    def finish(self):
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def guard(self, job):
        try:
            while not self.stop.is_set():
                self.installation.listening.wait(PATIENCE)
                job()
        except BaseException:  # pylint: disable=broad-except
            self.failures.append(traceback.format_exc())
            self.stop.set()

    def count(self, what):
        with self.mutex:
            self.counts[what] += 1

    # ---- files: each thread writes its own, so it knows what they hold

    def write_files(self, number):
        chance = random.Random(SEED * 1000 + number)
        state = {}
        with self.mutex:
            for name in [f"t{number}/f{i}.txt" for i in range(6)]:
                state[name] = self.files.setdefault(name, {None})
        while not self.stop.is_set():
            self.write_one(chance, *chance.choice(sorted(state.items())))

    def write_one(self, chance, name, held):
        """`held`: the contents that the file may have; changed in place."""
        path = f"/api/v2/projects/{self.project}/files/{name}"
        remove = chance.random() < 0.2
        content = None if remove else (uuid.UUID(int=chance.getrandbits(128)).hex * chance.choice((1, 40, 4000))).encode()
        try:
            if remove:
                status, _, body = self.installation.request(self.token, "DELETE", path)
                good = (204, 404)
            else:
                status, _, body = self.put(path, name, content, None in held and len(held) == 1)
                good = (200, 201, 404, 409)
        except Unanswered:
            held.add(content)
            self.count("unanswered")
            time.sleep(0.01)
            return
        if status not in good:
            raise AssertionError(f"{name}: {status} {body[:500]}")
        if status == 404:
            assert None in held, f"{name} is gone"
            held.intersection_update({None})
        elif status == 409:  # made by a request whose answer was lost
            held.discard(None)
            assert held, f"{name} exists, though nobody made it"
        else:
            held.clear()
            held.add(content)
        self.count("writes")

    def put(self, path, name, content, create):
        if not create:
            return self.installation.request(self.token, "PUT", path, content,
                                             {"Content-Type": "application/octet-stream"})
        mark = "mark-" + uuid.uuid4().hex
        body = (f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                f"Content-Type: text/plain\r\n\r\n").encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self.installation.request(self.token, "POST", f"/api/v2/projects/{self.project}/files", body,
                                         {"Content-Type": f"multipart/form-data; boundary={mark}"})

    # ---- tokens: made by the command, which works while the server runs or does not

    def make_tokens(self):
        made = json.loads(self.installation.command(
            "token", "create", "--project", self.project, "--name", "made", "--expires", "2099-01-01", "--scope",
            "read", "--data", str(self.installation.data), "--json"))
        self.tokens.append(made["token"])
        self.stop.wait(0.5)

    # ---- tasks

    def trigger_tasks(self):
        chance = random.Random(SEED * 1000 + 500)
        while not self.stop.is_set():
            self.trigger_one(chance.choice(sorted(DESCRIPTORS)), chance.choice(SEEDS))
            self.stop.wait(chance.uniform(0.02, 0.4))

    def trigger_one(self, entry, seed):
        """The same key until there is an answer: that makes one task, however often it is sent."""
        body = json.dumps({"entry": entry, "seed": seed, "now": NOW})
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        while True:
            self.installation.listening.wait(PATIENCE)
            try:
                status, _, answer = self.installation.request(
                    self.token, "POST", f"/api/v2/projects/{self.project}/tasks", body, headers)
            except Unanswered:
                self.count("unanswered")
                time.sleep(0.01)
                continue
            if status == 429:
                return
            if status not in (200, 202):
                raise AssertionError(f"trigger {entry}: {status} {answer[:500]}")
            with self.mutex:
                self.tasks[json.loads(answer)["task_id"]] = (entry, seed)
            return

    def look_at_tasks(self):
        """Looks at a task again and again: nothing of it may be seen before all of it."""
        chance = random.Random(SEED * 1000 + 600)
        while not self.stop.is_set():
            with self.mutex:
                known = sorted(self.tasks)[-30:]
            if known:
                self.look_at(chance.choice(known))
                self.count("looks")
            self.stop.wait(0.02)

    def look_at(self, task_id, download=False):
        path = f"/api/v2/projects/{self.project}/tasks/{task_id}"
        # In this order: artifacts that are there before the task has ended would be seen.
        artifacts = self.installation.get(self.token, path + "/artifacts")
        task = self.installation.get(self.token, path)
        assert task["status"] in ("PENDING", "RUNNING", "SUCCEEDED"), f"{task_id}: {json.dumps(task)}"
        if artifacts:
            assert task["status"] == "SUCCEEDED", f"{task_id} is {task['status']} and has artifacts"
        if task["status"] != "SUCCEEDED":
            return task
        expected = self.expected[self.tasks[task_id]]
        assert task["content_hash"] == expected, f"{task_id}: {task['content_hash']}, not {expected}"
        if artifacts:
            seen = content_hash({artifact["name"]: artifact["sha256"] for artifact in artifacts})
            assert seen == expected, f"{task_id}: the list of artifacts hashes to {seen}, not {expected}"
        for artifact in artifacts if download else []:
            status, _, body = self.installation.request(self.token, "GET", f"{path}/artifacts/{artifact['name']}")
            assert status == 200 and hashlib.sha256(body).hexdigest() == artifact["sha256"], f"{task_id}: {artifact}"
        return task


def undisturbed(installation, files):
    """Content hashes of the same runs by the engine alone: {(entry, seed): hash}."""
    hashes = {}
    for entry in DESCRIPTORS:
        for seed in SEEDS:
            out = installation.folder / f"alone-{entry}-{seed}"
            installation.command("run", str(files / entry), "--seed", str(seed), "--now", NOW, "--out", str(out),
                                 "--quiet")
            found = {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
                     for path in out.rglob("*") if path.is_file()}
            assert found, f"{entry} made no files"
            hashes[entry, seed] = content_hash(found)
    return hashes


def prepare(installation):
    """Clients of a new project with the descriptors of this test."""
    data = str(installation.data)
    project = json.loads(installation.command("project", "clone", "basic-json", "--data", data, "--json"))["id"]
    token = json.loads(installation.command("token", "create", "--project", project, "--name", "fault", "--expires",
                                            "2099-01-01", "--scope", "write", "--data", data, "--json"))["token"]
    sources = installation.folder / "sources"
    sources.mkdir()
    installation.start()
    clients = Clients(installation, project, token)
    for name, text in DESCRIPTORS.items():
        (sources / name).write_text(text, encoding="utf-8")
        path = f"/api/v2/projects/{project}/files/{name}"
        status, _, body = clients.put(path, name, text.encode(), create=name != "datamimic.xml")
        assert status in (200, 201), f"{name}: {status} {body[:500]}"
    clients.expected = undisturbed(installation, sources)
    return clients


def let_finish(installation, clients):
    """Waits until the tasks that run now have ended."""
    path = f"/api/v2/projects/{clients.project}/tasks"
    running = [task["task_id"] for task in installation.get(clients.token, f"{path}?status=RUNNING&limit=100")]
    wait_until(lambda: all(installation.get(clients.token, f"{path}/{task}")["finished_at"] for task in running),
               "the running tasks end in a time of peace")


def disturb(installation, clients):
    """Kills again and again; returns how often what was killed."""
    chance = random.Random(SEED)
    killed = {"server": 0, "worker": 0}
    for number in range(KILLS):
        if clients.stop.is_set():
            break
        if number % KILLS_IN_A_ROW == KILLS_IN_A_ROW - 1:
            let_finish(installation, clients)
        time.sleep(chance.uniform(0.05, 1.2))
        if chance.random() < 0.5:
            installation.kill_server()
            killed["server"] += 1
            if chance.random() < 0.3:
                time.sleep(chance.uniform(0, 0.5))
            installation.start()
        else:
            worker = wait_until(installation.worker, "there is a worker")
            try:
                os.kill(worker, signal.SIGKILL)
            except ProcessLookupError:
                continue
            killed["worker"] += 1
    return killed


def check_files(installation, clients):
    listed = {file["name"]: file for file in installation.get(clients.token, f"/api/v1/{clients.project}/files")}
    for name, held in clients.files.items():
        status, _, body = installation.request(clients.token, "GET", f"/api/v2/projects/{clients.project}/files/{name}")
        found = body if status == 200 else None
        assert found in held, f"{name} holds something else than was acknowledged (status {status})"
        assert (found is None) == (name not in listed), f"{name}: the list says otherwise"
        assert found is None or listed[name]["sha256"] == hashlib.sha256(found).hexdigest(), f"{name}: another hash"


def check_tasks(installation, clients):
    def are_over():
        return all(clients.look_at(task)["status"] == "SUCCEEDED" for task in sorted(clients.tasks))

    wait_until(are_over, "all accepted tasks have succeeded")
    for task in sorted(clients.tasks):
        clients.look_at(task, download=True)
    seen, path = [], f"/api/v2/projects/{clients.project}/tasks?limit=1000"
    for task in installation.get(clients.token, path):
        seen.append(task["task_id"])
    assert sorted(seen) == sorted(clients.tasks), "there are tasks that nobody triggered, or some are missing"
    again = sum("attempt 2 " in installation.text(clients.token, f"/api/v2/projects/{clients.project}/tasks/{task}/log")
                for task in clients.tasks)
    assert again > 0, "no task was interrupted: this has proved nothing"
    published = {folder.name for folder in (installation.data / "artifacts" / clients.project).iterdir()}
    assert published == set(clients.tasks), "there are artifacts of no task, or some are missing"
    return again


def check_tokens(installation, clients):
    for token in clients.tokens:
        installation.get(token, f"/api/v1/{clients.project}/files")


def check_leftovers(installation):
    work = installation.data / "work"
    wait_until(lambda: not installation.task_processes(), "no process of a task is left")
    wait_until(lambda: len(list(work.iterdir())) == 1 and not list(next(work.iterdir()).iterdir()),
               "nothing but the worker's empty folder is left in the work folder")
    status = installation.stop()
    assert status == 0, f"the server ended with status {status}: {installation.tail()}"
    wait_until(lambda: not installation.left_over(), "no process is left", 20)
    assert not list(work.iterdir()), "the worker has left its folder"


def check_killed_task(installation, clients):
    """A task's process that is killed, with its worker alive, is the task's failure."""
    body = json.dumps({"entry": "large.xml", "seed": 1, "count_factor": 100})
    _, _, answer = installation.request(clients.token, "POST", f"/api/v1/{clients.project}/generate", body,
                                        {"Content-Type": "application/json"})
    path = f"/api/v1/{clients.project}/tasks/{json.loads(answer)['task_id']}"
    # Its working directory shows that it is a task's process; that it has begun, that its worker watches it.
    wait_until(lambda: installation.get(clients.token, path)["progress"]["records_done"] > 0, "the task has begun")
    os.kill(installation.task_processes()[0], signal.SIGKILL)
    task = wait_until(lambda: (found := installation.get(clients.token, path))["finished_at"] and found,
                      "the task has ended")
    assert task["status"] == "FAILED" and task["error"]["code"] == "task.died", json.dumps(task)


def run(program, folder):
    installation = Installation(program, folder)
    try:
        clients = prepare(installation)
        clients.start()
        killed = disturb(installation, clients)
        clients.finish()
        for failure in clients.failures:
            raise AssertionError(failure)
        check_files(installation, clients)
        check_tokens(installation, clients)
        again = check_tasks(installation, clients)
        check_killed_task(installation, clients)
        check_leftovers(installation)
        print(f"killed {killed['server']} servers and {killed['worker']} workers: {clients.counts['writes']} writes, "
              f"{clients.counts['unanswered']} requests unanswered, {len(clients.tokens)} tokens, "
              f"{len(clients.tasks)} tasks ({again} taken up again), {clients.counts['looks']} looks at them: nothing is lost")
    except BaseException:
        print(installation.tail(), file=sys.stderr)
        raise
    finally:
        if installation.server is not None and installation.server.poll() is None:
            installation.kill_server()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="mimus-fault-") as folder:
        try:
            run(str(Path(sys.argv[1]).resolve()), folder)
        finally:
            # Copies of a project's files cannot be written; their folders must be removable all the same.
            for path in Path(folder).rglob("*"):
                if path.is_dir() and not path.is_symlink():
                    path.chmod(0o700)
    print("1 tests passed, 0 failed")


if __name__ == "__main__":
    main()
