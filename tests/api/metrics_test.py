"""Those who watch the server: metrics, the access log, ids of requests."""

import http.client
import json
import re
import unittest
import uuid

from edge_test import run_serve
from server import Server, wait_for

SAMPLE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="[^"\\]*",?)*)\})? ([0-9.e+-]+)$')
NIL = "00000000-0000-4000-8000-000000000000"


def ask(running, path, method="GET", **fields):
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in fields.items()})
        response = connection.getresponse()
        return response.status, response.headers, response.read().decode()
    finally:
        connection.close()


def samples(running, **fields):
    """{("name", (("label", "value"), …)): number}"""
    status, headers, text = ask(running, "/metrics", **fields)
    assert status == 200, text
    assert headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    found, declared = {}, set()
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            declared.add(line.split()[2])
        if line.startswith("#"):
            continue
        name, labels, value = SAMPLE.match(line).groups()
        assert re.sub("_(bucket|sum|count)$", "", name) in declared or name in declared, line
        key = name, tuple(re.findall(r'([a-z]+)="([^"]*)"', labels or ""))
        assert key not in found, line
        found[key] = float(value)
    return found


def requests(route, method, status):
    return "mimus_http_requests_total", (("route", route), ("method", method), ("status", str(status)))


class Metrics(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.project = cls.server.clone()
        cls.client = cls.server.client(cls.project)

    def test_counts_rise(self):
        health, none = requests("/health", "GET", 200), requests("none", "GET", 404)
        seconds = "mimus_http_request_seconds_count", (("route", "/health"),)
        before = samples(self.server)
        for _ in range(3):
            ask(self.server, "/health")
        ask(self.server, "/nowhere")
        after = samples(self.server)
        self.assertEqual(after[health] - before.get(health, 0), 3)
        self.assertEqual(after[none] - before.get(none, 0), 1)
        self.assertEqual(after[seconds] - before.get(seconds, 0), 3)
        self.assertEqual(after["mimus_http_request_seconds_bucket", (("route", "/health"), ("le", "+Inf"))],
                         after[seconds])

    def test_tasks_and_process(self):
        succeeded = "mimus_tasks", (("status", "SUCCEEDED"),)
        before = samples(self.server)
        task = self.client.generate()
        self.assertEqual(self.client.task_ends(task)["status"], "SUCCEEDED")
        after = samples(self.server)
        self.assertEqual(after[succeeded] - before[succeeded], 1)
        self.assertGreater(after["mimus_process_resident_bytes", ()], 1 << 20)
        self.assertGreater(after["mimus_process_cpu_seconds_total", ()], 0)
        self.assertGreater(after["mimus_process_open_files", ()], 3)
        version = json.loads(ask(self.server, "/version")[2])["engine_version"]
        self.assertEqual(after["mimus_build_info", (("version", version),)], 1)

    def test_labels_hold_no_ids(self):
        self.client.create("secret-name.txt")
        self.client.get(f"tasks/{NIL}")
        ask(self.server, "/secret-path?secret-query")
        ask(self.server, "/health", "SECRETS")
        text = ask(self.server, "/metrics")[2]
        for part in (self.project, NIL, "secret", "SECRETS", self.client.token):
            self.assertNotIn(part, text)
        self.assertIn('route="/api/v1/{project_id}/tasks/{task_id}",method="GET",status="404"', text)

    def test_not_behind_a_proxy_without_a_token(self):
        status, _, body = ask(self.server, "/metrics", X_Forwarded_For="192.0.2.1")
        self.assertEqual((status, json.loads(body)["code"]), (404, "route.not_found"))
        self.assertEqual(json.loads(ask(self.server, "/nowhere")[2])["detail"], json.loads(body)["detail"])
        for method in ("POST", "DELETE", "OPTIONS"):
            self.assertEqual(ask(self.server, "/metrics", method, X_Forwarded_For="192.0.2.1")[0], 404, method)
        self.assertEqual(ask(self.server, "/metrics", "POST")[0], 405)

    def test_token(self):
        token = "0123456789abcdef-metrics"
        file = self.server.folder / "metrics-token"
        file.write_text(token + "\n")
        running = Server("--metrics-token-file", str(file), "--trusted-proxy", "127.0.0.0/8")
        self.addCleanup(running.close)
        far = {"X_Forwarded_For": "192.0.2.1"}
        self.assertEqual(ask(running, "/metrics", **far)[0], 404)
        for wrong in (token[1:], token + "x", self.client.token):
            self.assertEqual(ask(running, "/metrics", Authorization=f"Bearer {wrong}", **far)[0], 404)
        self.assertIn(("mimus_tasks", (("status", "FAILED"),)),
                      samples(running, Authorization=f"Bearer {token}", **far))

    def test_files_without_a_token_are_refused(self):
        file = self.server.folder / "no-token"
        for content in ("", "short\n", "0123456789 0123456789", "x" * 5000):
            file.write_text(content)
            done = run_serve("--listen", "127.0.0.1:0", "--metrics-token-file", str(file))
            self.assertEqual(done.returncode, 1, content[:20])
            self.assertIn("[metrics.token]", done.stderr)
        done = run_serve("--listen", "127.0.0.1:0", MIMUS_METRICS_TOKEN_FILE="/absent")
        self.assertIn("[metrics.token]", done.stderr)

    def test_not_in_the_documents(self):
        for path in ("/external_api_docs/openapi.json", "/api/platform/v1/openapi.json"):
            self.assertNotIn("/metrics", json.loads(ask(self.server, path)[2])["paths"])


class AccessLog(unittest.TestCase):
    def test_json(self):
        running = Server("--log-format", "json")
        self.addCleanup(running.close)
        project = running.clone()
        token, token_id = running.token(project)
        ids = []
        for path in (f"/api/v1/{project}/tasks/{NIL}?secret-query", "/secret-path%0a", f"/api/v1/secret/tasks/{NIL}"):
            headers = ask(running, path, Authorization=f"Bearer {token}", X_Extra="secret-field")[1]
            ids.append(headers["X-Request-Id"])
            self.assertEqual(uuid.UUID(ids[-1]).version, 7)
        self.assertEqual(len(set(ids)), len(ids))

        def lines():
            found = [json.loads(line) for line in running.errors().decode().splitlines() if line.startswith("{")]
            found = {entry["request_id"]: entry for entry in found}
            return found if set(ids) <= set(found) else None
        found = wait_for(lines, 60)
        first, second, third = (found[name] for name in ids)
        self.assertEqual((first["method"], first["route"]), ("GET", "/api/v1/{project_id}/tasks/{task_id}"))
        self.assertEqual((first["project_id"], first["actor_id"], first["peer"]), (project, token_id, "127.0.0.1"))
        self.assertRegex(first["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
        self.assertGreaterEqual(first["seconds"], 0)
        self.assertEqual((second["status"], second["route"], second["project_id"], second["actor_id"]),
                         (404, "none", None, None))
        self.assertEqual((third["route"], third["project_id"]), (first["route"], None))
        for part in (b"secret", token.encode()):
            self.assertNotIn(part, running.errors())

    def test_text(self):
        running = Server("--log-format", "text")
        self.addCleanup(running.close)
        name = ask(running, "/health?secret")[1]["X-Request-Id"]
        wait_for(lambda: name.encode() in running.errors(), 60)
        self.assertRegex(running.errors().decode(), rf"Z GET /health 200 0\.\d+ 127\.0\.0\.1 {name} - -\n")
        self.assertNotIn(b"secret", running.errors())

    def test_none_unless_asked_for(self):
        running = Server()
        self.addCleanup(running.close)
        self.assertTrue(ask(running, "/health")[1]["X-Request-Id"])
        self.assertNotIn(b"/health", running.errors())
        self.assertEqual(run_serve("--log-format", "xml").returncode, 2)


if __name__ == "__main__":
    unittest.main()
