"""Every route, with every kind of token."""

import re
import time
import unittest
import uuid

import contract
from server import DESCRIPTOR, Client, Server, form

SCOPES = ["read", "generate", "write", "admin"]
BODIES = {"files": form([("file", "new.txt", b"x")])}


class Rights(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.project = cls.server.clone()
        cls.other = cls.server.clone("other")
        soon = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 2))
        cls.expired = cls.server.token(cls.project, "admin", "soon gone", soon)[0]
        cls.until = time.monotonic() + 3.2
        deleted, ident = cls.server.token(cls.project, "admin", "deleted")
        cls.server.mimus("token", "delete", ident)
        foreign = cls.server.token(cls.other, "admin", "foreign")[0]
        good = cls.server.token(cls.project, "admin")[0]
        cls.cases = [(None, 401, "auth.missing"), ("", 401, "auth.missing"), ("no token", 401, "auth.missing"),
                     ("mms_pat_x", 401, "token.invalid"), (good[:-1] + ("a" if good[-1] != "a" else "b"), 401,
                                                           "token.invalid"),
                     (deleted, 401, "token.invalid"), (foreign, 404, "project.not_found")]
        cls.scopes = {scope: cls.server.token(cls.project, scope)[0] for scope in SCOPES}

    def operations(self):
        """(method, path, scope) of every documented operation."""
        for template, item in contract.external_paths().items():
            path = template.replace("{project_id}", self.project).replace("{task_id}", str(uuid.uuid4()))
            path = re.sub(r"\{\w+\}", "absent.txt", path)
            for method, declared in item.items():
                scope = re.search(r"Scope: `(\w+)`", declared.get("description", ""))
                yield method.upper(), path, scope.group(1) if scope else None

    def call(self, token, method, path):
        return Client(self.server, self.project, token).request(method, path)

    def test_every_route_checks_its_token(self):
        protected = 0
        for method, path, scope in self.operations():
            if scope is None:
                self.assertIn(self.call(None, method, path).status, (200, 503), path)
                continue
            protected += 1
            for token, status, code in self.cases:
                answer = self.call(token, method, path)
                self.assertEqual((answer.status, answer.code), (status, code), (method, path, token))
                if status == 401:
                    self.assertTrue(answer.headers["WWW-Authenticate"].startswith("Bearer"))
        self.assertGreater(protected, 25)

    def test_every_route_checks_its_scope(self):
        for method, path, needed in self.operations():
            if needed is None:
                continue
            for scope, token in self.scopes.items():
                answer = self.call(token, method, path)
                if SCOPES.index(scope) < SCOPES.index(needed):
                    self.assertEqual((answer.status, answer.code), (403, "token.scope"), (method, path, scope))
                    self.assertIn(f"'{needed}'", answer.json()["detail"])
                else:
                    self.assertNotIn(answer.status, (401, 403), (method, path, scope))

    def test_expired(self):
        time.sleep(max(0.0, self.until - time.monotonic()))
        for method, path, scope in self.operations():
            if scope is not None:
                answer = self.call(self.expired, method, path)
                self.assertEqual((answer.status, answer.code), (401, "token.expired"), (method, path))

    def test_unknown_projects_look_like_those_of_others(self):
        token = self.scopes["admin"]
        answers = []
        for project in (self.other, str(uuid.uuid4()), "x", "..%2F" + self.project):
            for path in (f"/api/v1/{project}/files", f"/api/v2/projects/{project}"):
                answer = Client(self.server, project, token).get(path)
                self.assertEqual((answer.status, answer.code), (404, "project.not_found"))
                value = answer.json()
                answers.append((value["title"], value["detail"], value.get("hint")))
        self.assertEqual(len(set(answers)), 1)

    def test_a_token_counts_only_in_its_header(self):
        token = self.scopes["admin"]
        client = Client(self.server, self.project, None)
        for headers in ({"Cookie": f"token={token}"}, {"X-Api-Key": token}, {"Authorization": f"Basic {token}"},
                        {"Authorization": token}):
            self.assertEqual(client.request("GET", "files", headers=headers).code, "auth.missing")
        for query in (f"token={token}", f"access_token={token}"):
            self.assertEqual(client.get(f"files?{query}").code, "auth.missing")
        self.assertEqual(client.request("GET", "files", headers={"Authorization": f"bearer  {token}"}).status, 200)

    def test_the_token_comes_before_name_and_body(self):
        answer = Client(self.server, self.project, None).request("PUT", "files/..%2Fx", b"junk")
        self.assertEqual(answer.code, "auth.missing")
        answer = Client(self.server, self.project, self.scopes["read"]).request("PUT", "files/..%2Fx", b"junk")
        self.assertEqual(answer.code, "token.scope")
        answer = Client(self.server, self.project, self.scopes["write"]).request("PUT", "files/..%2Fx", b"junk")
        self.assertEqual(answer.code, "file.bad_name")

    def test_force_needs_admin(self):
        writer = Client(self.server, self.project, self.scopes["write"])
        admin = Client(self.server, self.project, self.scopes["admin"])
        url = f"{writer.v2}/files/datamimic.xml/unlock"
        self.assertEqual(writer.post_json(url, {"force": True}).code, "token.scope")
        self.assertEqual(writer.post_json(url).status, 200)
        self.assertEqual(admin.post_json(url).code, "file.locked")
        self.assertEqual(admin.post_json(url, {"force": True}).status, 200)
        self.assertEqual(writer.post_json(url).code, "file.locked")
        taken = self.server.mimus("audit", "list", "--json").splitlines()
        self.assertTrue(any('"file.take_over"' in line for line in taken))
        admin.post_json(f"{writer.v2}/files/datamimic.xml/lock")

    def test_a_deleted_token_stops_at_once(self):
        token, ident = self.server.token(self.project, "admin")
        client = Client(self.server, self.project, token)
        self.assertEqual(client.get("files").status, 200)
        self.server.mimus("token", "delete", ident)
        self.assertEqual(client.get("files").code, "token.invalid")

    def test_tokens_are_not_logged(self):
        client = Client(self.server, self.project, self.scopes["admin"])
        client.get("files?secret=abcdefg")
        log = self.server.errors()
        self.assertNotIn(b"abcdefg", log)
        self.assertNotIn(b"mms_pat_", log)


class Restart(unittest.TestCase):
    def test_everything_is_there_after_a_restart(self):
        server = Server()
        self.addCleanup(server.close)
        client = server.client(server.clone())
        client.create("kept.xml", DESCRIPTOR)
        self.assertEqual(server.stop(), 0)
        server.start()
        self.assertEqual(client.get("files/kept.xml").body, DESCRIPTOR)
