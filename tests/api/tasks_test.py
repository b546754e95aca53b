"""Tasks: options, idempotency, findings, running ones, cancel, log, lists, the queue."""

import json
import unittest
import uuid

from server import DESCRIPTOR, ENDLESS, Server, wait_for


class Tasks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--waiting-tasks", "3")
        cls.addClassCleanup(cls.server.close)
        cls.project = cls.server.clone()
        cls.client = cls.server.client(cls.project)
        cls.client.upload("PUT", "files/datamimic.xml", DESCRIPTOR)
        cls.client.create("slow.xml", ENDLESS)
        cls.tasks = f"{cls.client.v2}/tasks"

    def ended(self, options=None):
        return self.client.task_ends(self.client.generate(options))

    def test_the_same_options_give_the_same_content(self):
        options = {"entry": "datamimic.xml", "seed": 42, "now": "2026-01-01T00:00:00Z", "parameters": {"a": 1, "b": "x"},
                   "count_factor": 2.0}
        first, second = self.ended(options), self.ended(options)
        for task in (first, second):
            self.assertEqual(task["status"], "SUCCEEDED", task["error"])
            self.assertEqual((task["seed"], task["now"], task["parameters"], task["count_factor"], task["trigger"]),
                             (42, "2026-01-01T00:00:00Z", {"a": 1, "b": "x"}, 2.0, "api"))
            self.assertEqual(task["progress"]["fraction"], 1)
        self.assertEqual(first["content_hash"], second["content_hash"])
        self.assertEqual(first["id"], first["task_id"])

    def test_a_workbook_is_made_in_the_sandbox(self):
        self.client.create("book.xml", DESCRIPTOR.replace(b'"JSON"', b'"XLSX"'))
        task = self.ended({"entry": "book.xml"})
        self.assertEqual((task["status"], task["progress"]["fraction"]), ("SUCCEEDED", 1), task["error"])

    def test_an_empty_body_has_any_type(self):
        for headers in ({}, {"Content-Type": "application/x-www-form-urlencoded"}, {"Content-Type": "text/plain"}):
            self.assertEqual(self.client.request("POST", "generate", b"", headers).status, 200)
            wait_for(lambda: not self.client.get(f"{self.tasks}?status=PENDING").json(), 60)
        made = self.client.request("POST", self.tasks, b"")
        self.assertEqual((made.status, made.headers["Location"]), (202, f"{self.tasks}/{made.json()['task_id']}"))
        self.client.task_ends(made.json()["task_id"])

    def test_wrong_options(self):
        for options, fields in (({"other": 1}, ["other"]), ({"seed": -1}, ["seed"]), ({"seed": 2 ** 53}, ["seed"]),
                                ({"seed": "1"}, ["seed"]), ({"now": "soon", "seed": 0.5}, ["now", "seed"]),
                                ({"parameters": {"a": [1]}}, ["parameters.a"]), ({"count_factor": "1"}, ["count_factor"])):
            for path in ("generate", self.tasks):
                answer = self.client.post_json(path, options)
                self.assertEqual((answer.status, answer.code), (422, "request.invalid"), options)
                self.assertEqual([error["field"] for error in answer.json()["errors"]], fields)
        for options in ({"count_factor": 0}, {"count_factor": 1001}, {"parameters": {"no name": 1}},
                        {"parameters": {f"p{n}": n for n in range(101)}}, {"entry": "../x"}, []):
            answer = self.client.post_json("generate", options)
            self.assertEqual(answer.status, 422, options)
            self.assertIn(answer.code, ("request.invalid", "file.bad_name"), options)
        self.assertEqual(self.client.post_json("generate", {"environment": "test"}).code, "environment.not_found")
        json_type = {"Content-Type": "application/json"}
        for path in ("generate", self.tasks):
            self.assertEqual(self.client.request("POST", path, b"{", json_type).code, "request.syntax")
            answer = self.client.request("POST", path, b"a=1", {"Content-Type": "application/x-www-form-urlencoded"})
            self.assertEqual((answer.status, answer.code), (415, "media.unsupported"))

    def test_a_wrong_descriptor_is_refused_with_its_place(self):
        self.client.create("wrong.xml", b"<setup>\n  <generate name='g' count='1'>\n</setup>\n")
        for options in ({"entry": "wrong.xml"}, {"entry": "absent.xml"}):
            answer = self.client.post_json("generate", options)
            self.assertEqual((answer.status, answer.code), (422, "descriptor.invalid"), options)
            if options["entry"] == "wrong.xml":
                self.assertEqual(answer.json()["file"], "wrong.xml")
                self.assertGreaterEqual(answer.json()["line"], 2)
                self.assertGreaterEqual(answer.json()["column"], 1)

    def test_idempotency(self):
        key = str(uuid.uuid4())
        first = self.client.post_json("generate", {"seed": 1}, idempotency_key=key)
        again = self.client.request("POST", "generate", b'{ "seed" : 1 }',
                                    {"Content-Type": "application/json", "Idempotency-Key": key})
        self.assertEqual(first.json()["task_id"], again.json()["task_id"])
        self.assertEqual(self.client.post_json(self.tasks, {"seed": 1}, idempotency_key=key).json()["task_id"],
                         first.json()["task_id"])
        other = self.client.post_json("generate", {"seed": 2}, idempotency_key=key)
        self.assertEqual((other.status, other.code), (422, "idempotency.mismatch"))
        for key in ("", "k" * 129, "a b"):
            self.assertEqual(self.client.post_json("generate", {}, idempotency_key=key).code, "request.invalid")
        self.client.task_ends(first.json()["task_id"])

    def test_running_cancelled_full(self):
        running = []
        while len(running) < 2:
            running.append(self.client.generate({"entry": "slow.xml"}))
            wait_for(lambda: self.client.get(f"tasks/{running[-1]}").json()["status"] == "RUNNING", 60)
        task = running[0]
        answer = self.client.get(f"tasks/{task}/artifacts")
        self.assertEqual((answer.status, answer.json()), (200, []))
        for path in (f"tasks/{task}/artifacts/zip", f"tasks/{task}/archive", f"tasks/{task}/artifacts?format=zip",
                     f"artifacts/{task}?format=zip", f"{self.tasks}/{task}/archive",
                     f"{self.tasks}/{task}/artifacts?format=zip"):
            answer = self.client.get(path)
            self.assertEqual((answer.status, answer.code), (409, "task.running"), path)
        waiting = [self.client.generate() for _ in range(3)]
        for path in ("generate", self.tasks):
            answer = self.client.post_json(path)
            self.assertEqual((answer.status, answer.code), (429, "queue.full"))
            self.assertGreater(int(answer.headers["Retry-After"]), 0)
        listed = self.client.get(f"{self.tasks}?status=PENDING&limit=2")
        self.assertEqual([entry["id"] for entry in listed.json()], [waiting[2], waiting[1]])
        self.assertIn("status=PENDING", listed.headers["Link"])
        for task in [*waiting, *running]:
            self.assertEqual(self.client.post_json(f"{self.tasks}/{task}/cancel").status, 200)
        for task in [*waiting, *running]:
            ended = self.client.task_ends(task)
            self.assertEqual((ended["status"], ended["artifacts"], ended["content_hash"]), ("CANCELLED", 0, None))

    def test_secrets_are_masked_wherever_a_task_speaks(self):
        secrets = ("tok-0123456789", "lovelace", "s3same", "mms_pat_0123456789abc")
        self.client.create("conf/environment.env.properties",
                           b"api_token=tok-0123456789\nshop.db.url=postgresql://ada:lovelace@db/shop\nplace=open\n")
        said = "', '.join([api_token, place, 'lovelace', my_secret, 'mms_pat_0123456789abc'])"
        # The limit of a line falls into one of the secrets.
        self.client.create("secrets.xml", f'''<setup><generate name="said" count="30" target="LogExporter,ConsoleExporter">
            <variable name="at" generator="IncrementGenerator"/>
            <key name="said" script="{said}"/><key name="long" script="'x' * (8100 + at) + my_secret"/></generate>
          <generate name="g" count="1" target="JSON"><key name="a" script="int(my_secret + api_token)"/></generate>
          </setup>'''.encode())
        task = self.ended({"entry": "secrets.xml", "parameters": {"my_secret": "s3same"}})
        self.assertEqual((task["status"], task["error"]["code"]), ("FAILED", "script.value"))
        self.assertIn("'******'", task["error"]["detail"])
        log = self.client.get(f"{self.tasks}/{task['id']}/log").body.decode()
        self.assertEqual(log.count("***, open, ***, ***, ***"), 60)
        events = self.client.get(f"{self.tasks}/{task['id']}/events", accept="text/event-stream").body.decode()
        self.assertIn("***, open, ***, ***, ***", events)
        for secret in secrets:
            self.assertNotIn(secret, json.dumps(task["error"]))
            self.assertNotIn(secret, log)
        self.assertNotIn("xs3s", log)
        # The state names the task's parameters, which are their owner's.
        self.assertNotIn(secrets[0], events)

    def test_log(self):
        task = self.ended()["id"]
        text = self.client.get(f"{self.tasks}/{task}/log").body
        self.assertTrue(text.endswith(b"\n"))
        size = len(text)
        half = text.index(b"\n") + 1
        self.assertEqual(self.client.get(f"{self.tasks}/{task}/log?after={half}").body, text[half:])
        self.assertEqual(self.client.get(f"{self.tasks}/{task}/log?after={size}").body, b"")
        self.assertEqual(self.client.get(f"{self.tasks}/{task}/log?after=-1").code, "request.invalid")

    def test_lists(self):
        task = self.ended()["id"]
        for query in ("status=DONE", "limit=0", "cursor=nonsense%00"):
            self.assertEqual(self.client.get(f"{self.tasks}?{query}").status, 422, query)
        found = self.client.get(f"{self.tasks}?status=SUCCEEDED&limit=1").json()
        self.assertEqual([entry["id"] for entry in found], [task])
        self.assertEqual(self.client.get(f"{self.tasks}/{task}").json(), self.client.get(f"tasks/{task}").json())

    def test_artifacts(self):
        task = self.ended()["id"]
        listed = self.client.get(f"tasks/{task}/artifacts").json()
        self.assertEqual(len(listed), 1)
        self.assertEqual(listed[0]["records"], 3)
        name = listed[0]["name"]
        other = self.client.get(f"{self.tasks}/{task}/artifacts").json()
        self.assertEqual(other[0]["url"], f"{self.tasks}/{task}/artifacts/{name}")
        for path in (f"tasks/{task}/artifacts/{name}", f"artifacts/{task}/{name}", f"{self.tasks}/{task}/artifacts/{name}",
                     f"tasks/{task}/artifacts/zip?name={name}"):
            whole = self.client.get(path)
            self.assertEqual(whole.headers["ETag"], f'"{listed[0]["sha256"]}"')
            self.assertEqual(whole.headers["Content-Security-Policy"], "sandbox; default-src 'none'")
            self.assertTrue(whole.headers["Content-Disposition"].startswith("attachment;"))
            self.assertEqual(self.client.get(path, range="bytes=1-2").body, whole.body[1:3])
            self.assertEqual(self.client.get(path, range="bytes=999999-").status, 416)
            self.assertEqual(self.client.get(path, if_none_match=whole.headers["ETag"]).status, 304)
            absent = path.replace(name, "absent")
            self.assertEqual(self.client.get(absent).code, "artifact.not_found")
            self.assertEqual(self.client.get(path.replace(name, "..%2Fx")).code, "file.bad_name")
        self.assertEqual(self.client.get(f"tasks/{task}/artifacts/zip?name=absent").code, "artifact.not_found")
        self.assertEqual(self.client.get(f"tasks/{task}/artifacts/zip?name=..%2Fx").code, "file.bad_name")
        for path in (f"tasks/{task}/artifacts", f"artifacts/{task}", f"{self.tasks}/{task}/artifacts"):
            self.assertEqual(self.client.get(f"{path}?format=tar").code, "request.invalid")

    def test_tasks_of_others_are_not_found(self):
        task = self.ended()["id"]
        stranger = self.server.client(self.server.clone("other"))
        for ident in (task, str(uuid.uuid4()), "x", "..%2F" + task):
            for method, path in (("GET", "tasks/{}"), ("GET", "tasks/{}/artifacts"), ("GET", "tasks/{}/artifacts/zip"),
                                 ("GET", "tasks/{}/archive"), ("GET", "artifacts/{}"), ("GET", "artifacts/{}/a"),
                                 ("GET", "tasks/{}/artifacts/a"), ("GET", "/v2/tasks/{}"), ("GET", "/v2/tasks/{}/log"),
                                 ("GET", "/v2/tasks/{}/artifacts"), ("GET", "/v2/tasks/{}/artifacts/a"),
                                 ("GET", "/v2/tasks/{}/archive"), ("POST", "/v2/tasks/{}/cancel")):
                answer = stranger.request(method, path.format(ident).replace("/v2", stranger.v2))
                self.assertEqual((answer.status, answer.code), (404, "task.not_found"), path)

    def test_a_failed_task_says_why(self):
        self.client.create("fails.xml", DESCRIPTOR.replace(b'count="3"', b'source="data/gone.csv" count="3"'))
        answer = self.client.post_json("generate", {"entry": "fails.xml"})
        if answer.status == 422:
            self.assertEqual(answer.code, "descriptor.invalid")
            return
        ended = self.client.task_ends(answer.json()["task_id"])
        self.assertEqual(ended["status"], "FAILED")
        self.assertTrue(ended["error"]["code"] and ended["error"]["detail"])
