"""The pages, the checks of those who watch the server, and the OpenAPI document."""

import json
import os
import subprocess
import unittest
from pathlib import Path

import contract
from server import Client, Server, wait_for

ROOT = Path(__file__).resolve().parents[2]


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.client = Client(cls.server, "", None)

    def test_health(self):
        self.assertEqual(self.client.get("/health").json(), {"status": "ok"})
        self.assertEqual(self.client.request("HEAD", "/health").body, b"")
        self.assertEqual(self.client.get("/api/platform/v1/health").json(), {"status": "ok"})
        for path in ("/ready", "/api/platform/v1/ready"):
            wait_for(lambda path=path: self.client.get(path).status == 200, 60)
        program = json.loads(subprocess.run([server_program(), "version", "--json"], capture_output=True, text=True,
                                            check=True).stdout)
        self.assertEqual(self.client.get("/version").json(), program)
        self.assertEqual(self.client.get("/api/platform/v1/version").json(), program)

    def test_pages_come_from_here_alone(self):
        for path in ("/external_api_docs", "/external_api_docs/", "/assets/docs.js", "/assets/swagger-ui.css"):
            answer = self.client.get(path)
            self.assertEqual(answer.status, 200, path)
            policy = answer.headers["Content-Security-Policy"]
            for part in ("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'"):
                self.assertIn(part, policy)
            self.assertNotIn("unsafe", policy)
            self.assertEqual(self.client.get(path, if_none_match=answer.headers["ETag"]).status, 304)
        for path in ("/assets/absent.js", "/assets/docs.html", "/assets/index.html", "/assets/index.html.br", "/assets/..%2Fhome.html", "/assets/", "/favicon.ico"):
            self.assertEqual(self.client.get(path).status, 404, path)

    def test_the_page_is_the_same_document_at_all_its_addresses(self):
        for path in ("/", "/demos", "/demos/basic-json", "/projects", "/projects/a/files/b/c.xml", "/account", "/admin",
                     "/admin/users"):
            answer = self.client.get(path)
            self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "text/html; charset=utf-8"), path)
            self.assertIn(b'<div id="root">', answer.body, path)
            policy = answer.headers["Content-Security-Policy"]
            for part in ("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "'nonce-"):
                self.assertIn(part, policy)
            self.assertNotIn("unsafe", policy)
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(self.client.get("/elsewhere").status, 404)

    def test_swagger_is_started_with_fixed_settings(self):
        script = self.client.get("/assets/docs.js").body.decode()
        for setting in ('url: "/external_api_docs/openapi.json"', "queryConfigEnabled: false", "validatorUrl: null",
                        "persistAuthorization: false"):
            self.assertIn(setting, script)

    def test_document(self):
        document = self.client.get("/external_api_docs/openapi.json").json()
        self.assertEqual((document["openapi"], document["servers"]), ("3.1.0", [{"url": "/"}]))
        self.assertEqual(document["paths"], contract.external_paths())

    def test_documents_are_without_findings(self):
        for document in ("/external_api_docs/openapi.json", "/api/platform/v1/openapi.json"):
            self.check_document(document)

    def check_document(self, document):
        path = self.server.folder / "openapi.json"
        path.write_bytes(self.client.get(document).body)
        redocly = ROOT / "node_modules" / ".bin" / "redocly"
        self.assertTrue(redocly.exists(), "run scripts/deps")
        done = subprocess.run([str(redocly), "lint", str(path)], cwd=self.server.folder, capture_output=True, text=True,
                              timeout=120, check=False,
                              env={**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"})
        said = done.stdout + done.stderr
        self.assertEqual(done.returncode, 0, said)
        # The tool also prints warnings about its own future.
        self.assertNotIn("Warning was generated", said, said)


class Ready(unittest.TestCase):
    def test_not_ready_before_the_worker_runs(self):
        # A worker counts when it has run for a second.
        server = Server()
        self.addCleanup(server.close)
        for path in ("/ready", "/api/platform/v1/ready"):
            answer = Client(server, "", None).get(path)
            self.assertIn((answer.status, answer.json().get("code")), ((503, "maintenance"), (200, None)))
            if answer.status == 503:
                self.assertGreater(int(answer.headers["Retry-After"]), 0)


def server_program():
    import server
    return server.PROGRAM
