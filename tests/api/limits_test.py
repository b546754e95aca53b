"""Limits and quotas, each with its code; the transport's own are in src/server/transport_test.cc."""

import http.client
import socket
import unittest

from server import DESCRIPTOR, ENDLESS, Client, Server, wait_for


class Limits(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--project-bytes", "20000", "--project-files", "10")
        cls.addClassCleanup(cls.server.close)
        cls.client = cls.server.client(cls.server.clone())

    def test_quota_of_bytes(self):
        for method, path in (("POST", "files"), ("PUT", "files/datamimic.xml"), ("POST", "files/datamimic.xml"),
                             ("PUT", "files"), ("PUT", f"{self.client.v2}/files/datamimic.xml"),
                             ("POST", f"{self.client.v2}/files")):
            name = "new.bin" if method == "POST" else "datamimic.xml"
            answer = self.client.upload(method, path, b"x" * 20_001, name)
            self.assertEqual((answer.status, answer.code), (413, "project.quota"), path)
        element = {"code": "eHh4" * 7000, "name": "datamimic", "extension": ".xml"}
        self.assertEqual(self.client.post_json("files/update", [element]).code, "project.quota")

    def test_quota_of_files(self):
        count = len(self.client.get("files").json())
        for number in range(count, 10):
            self.client.create(f"many{number}.txt", b"")
        answer = self.client.upload("POST", "files", b"", "over.txt")
        self.assertEqual((answer.status, answer.code), (413, "project.quota"))

    def test_json_body(self):
        body = b'{"entry": "' + b"x" * (10 << 20) + b'"}'
        for path in ("generate", f"{self.client.v2}/tasks", f"{self.client.v2}/files/datamimic.xml/unlock"):
            answer = self.client.request("POST", path, body, {"Content-Type": "application/json"}, documented=False)
            self.assertEqual((answer.status, answer.code), (413, "request.too_large"), path)

    def raw(self, text):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=60) as connection:
            connection.sendall(text)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
            return answer

    def test_header_and_url(self):
        end = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        long = self.raw(b"GET /health?" + b"u" * 9000 + end + b"\r\n")
        self.assertIn(b" 414 ", long)
        self.assertIn(b'"code": "request.url_too_long"', long)
        large = self.raw(b"GET /health" + end + b"X: " + b"h" * 17_000 + b"\r\n\r\n")
        self.assertIn(b" 431 ", large)
        self.assertIn(b'"code": "request.header_too_large"', large)
        self.assertIn(b"application/problem+json", large)
        self.assertIn(b'"code": "request.malformed"', self.raw(b"nonsense\r\n\r\n"))


    def test_parts_of_a_form(self):
        from server import form
        body, kind = form([(f"field{number}", None, b"x") for number in range(21)])
        answer = self.client.request("POST", "files", body, {"Content-Type": kind})
        self.assertEqual((answer.status, answer.code), (422, "upload.part"))
        self.assertIn("20", answer.json()["detail"])


class OfTasks(unittest.TestCase):
    """What a task may use; nothing of one that goes past it can be seen."""

    def serve(self, *limits, **variables):
        running = Server(*limits, **variables)
        self.addCleanup(running.close)
        client = running.client(running.clone())
        client.create("endless.xml", ENDLESS)
        client.create("small.xml", DESCRIPTOR)
        return client

    def failed(self, client, entry, code):
        task = client.task_ends(client.generate({"entry": entry}))
        self.assertEqual((task["status"], (task["error"] or {}).get("code")), ("FAILED", code), task)
        self.assertEqual(client.get(f"tasks/{task['id']}/artifacts").json(), [])

    def test_time(self):
        self.failed(self.serve("--task-seconds", "1"), "endless.xml", "task.limit")

    def test_bytes(self):
        self.failed(self.serve("--task-bytes", "100000"), "endless.xml", "task.limit")

    def test_artifacts(self):
        client = self.serve("--task-artifacts", "2")
        one = '<generate name="{}" count="1" target="CSV"><key name="a" constant="1"/></generate>'
        client.create("three.xml", ("<setup>" + "".join(one.format(n) for n in "abc") + "</setup>").encode())
        self.failed(client, "three.xml", "task.limit")

    def test_artifacts_of_a_project(self):
        client = self.serve("--artifact-bytes", "60")
        first = client.task_ends(client.generate({"entry": "small.xml"}))
        self.assertEqual(first["status"], "SUCCEEDED", first["error"])
        self.failed(client, "small.xml", "project.quota")
        self.assertEqual(len(client.get(f"tasks/{first['id']}/artifacts").json()), 1)

    def test_running_tasks(self):
        client = self.serve("--running-tasks", "1", MIMUS_WORKERS="4")
        tasks = [client.generate({"entry": "endless.xml"}) for _ in range(2)]
        running = wait_for(lambda: client.get(f"{client.v2}/tasks?status=RUNNING").json(), 60)
        self.assertEqual([task["id"] for task in running], tasks[:1])
        client.post_json(f"{client.v2}/tasks/{tasks[0]}/cancel")
        wait_for(lambda: client.get(f"tasks/{tasks[1]}").json()["status"] == "RUNNING", 60)
        client.post_json(f"{client.v2}/tasks/{tasks[1]}/cancel")

    def test_log(self):
        client = self.serve("--log-bytes", "4096")
        client.create("log.xml", b'<setup><generate name="g" count="1000" target="LogExporter"><key name="a" constant="1"/>'
                                 b"</generate></setup>")
        task = client.task_ends(client.generate({"entry": "log.xml"}))
        log = client.get(f"{client.v2}/tasks/{task['id']}/log").body
        self.assertLessEqual(len(log), 4096)
        self.assertTrue(log.endswith(b"the log is full; what follows is not kept\n"), log[-200:])


class OfConnections(unittest.TestCase):
    def test_streams_of_events(self):
        running = Server("--event-streams", "2", "--token-event-streams", "1")
        self.addCleanup(running.close)
        project = running.clone()
        clients = [running.client(project) for _ in range(3)]
        clients[0].create("endless.xml", ENDLESS)
        task = clients[0].generate({"entry": "endless.xml"})
        path = f"{clients[0].v2}/tasks/{task}/events"
        for client in clients[:2]:
            stream = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
            self.addCleanup(stream.close)
            stream.request("GET", path, headers={"Authorization": f"Bearer {client.token}"})
            self.assertEqual(stream.getresponse().status, 200)
        for client in (clients[0], clients[2]):
            answer = client.get(path)
            self.assertEqual((answer.status, answer.code), (429, "events.limit"))
        clients[0].post_json(f"{clients[0].v2}/tasks/{task}/cancel")

    def test_a_header_and_a_body_without_progress(self):
        running = Server("--stall-seconds", "1")
        self.addCleanup(running.close)
        project = running.clone()
        token = running.client(project).token
        head = f"POST /api/v1/{project}/generate".encode() + b" HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token.encode() + b"\r\n"
        for begun in (head, head + b"Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{"):
            with socket.create_connection(("127.0.0.1", running.port), timeout=60) as connection:
                connection.sendall(begun)
                answer = b"".join(iter(lambda: connection.recv(65536), b""))
            self.assertIn(b" 408 ", answer)
            self.assertIn(b'"code": "request.timeout"', answer)


class Starting(unittest.TestCase):
    def test_a_taken_address_is_told(self):
        import subprocess
        import server
        running = Server()
        self.addCleanup(running.close)
        done = subprocess.run([server.PROGRAM, "serve", "--data", str(running.folder / "other"), "--listen",
                               f"127.0.0.1:{running.port}"], capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("[listen.in_use]", done.stderr)
        done = subprocess.run([server.PROGRAM, "serve", "--data", str(running.folder / "other"), "--listen", "here"],
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("[listen.syntax]", done.stderr)


class Rates(unittest.TestCase):
    def test_failed_authentications(self):
        running = Server("--failure-limit", "20")
        self.addCleanup(running.close)
        project = running.clone()
        good = running.client(project)
        wrong = Client(running, project, good.token[:-1] + ("a" if good.token[-1] != "a" else "b"))
        codes = [wrong.get("files").code for _ in range(20)]
        self.assertEqual(set(codes), {"token.invalid"})
        answer = wrong.get("files")
        self.assertEqual((answer.status, answer.code), (429, "auth.rate_limited"))
        self.assertGreater(int(answer.headers["Retry-After"]), 0)
        self.assertEqual(good.get("files").status, 200)

    def test_requests_of_a_token(self):
        running = Server("--rate-limit", "2")
        self.addCleanup(running.close)
        project = running.clone()
        one, other = running.client(project), running.client(project)
        answers = [one.get("files") for _ in range(40)]
        refused = [answer for answer in answers if answer.status == 429]
        self.assertEqual(answers[0].status, 200)
        self.assertEqual(refused[0].code, "request.rate_limited")
        self.assertGreater(int(refused[0].headers["Retry-After"]), 0)
        self.assertEqual(other.get("files").status, 200)
