"""The ten risks of the OWASP API Security Top 10 (2023), one test each. docs/explanation/security.md tells of them; the
other tests hold the details."""

import http.client
import unittest

from person import PASSWORD, Person, admin
from server import DESCRIPTOR, Client, Server, wait_for


class Owasp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.admin = admin(cls.server)
        cls.ann = cls.new_user("ann@example.com")
        cls.bob = cls.new_user("bob@example.com")
        cls.project = cls.ann.make_project("Ann's")
        cls.ann.upload("POST", f"projects/{cls.project}/files", DESCRIPTOR, "datamimic.xml")

    @classmethod
    def new_user(cls, email):
        made = cls.admin.post_json("users", {"email": email}).json()
        user = Person(cls.server, email, made["one_time_password"])
        user.take(user.post_json("session/password",
                                 {"old_password": made["one_time_password"], "new_password": PASSWORD}))
        return user

    def test_api1_objects_of_others_are_not_there(self):
        task = self.ann.post_json(f"projects/{self.project}/tasks").json()["id"]
        for path in ("", "/files", "/files/datamimic.xml", f"/tasks/{task}", "/members", "/tokens", "/versions", "/archive"):
            answer = self.bob.get(f"projects/{self.project}{path}")
            self.assertEqual((answer.status, answer.code), (404, "project.not_found"), path)
        own = self.bob.make_project("Bob's")
        self.assertEqual(self.bob.get(f"projects/{own}/tasks/{task}").code, "task.not_found")
        self.assertEqual(self.bob.get("projects").json()[0]["id"], own)

    def test_api2_passwords_are_not_guessed(self):
        codes = [Client(self.server, "", None).post_json("/api/platform/v1/session",
                                                         {"email": "nobody@example.com", "password": f"guess number {n}"}).code
                 for n in range(12)]
        self.assertEqual(codes[0], "session.refused")
        self.assertEqual(codes[-1], "session.locked")
        for cookie in ("", "__Host-mimus_session=", f"{self.ann.cookie}x"):
            answer = self.ann.request("GET", "session", headers={"Cookie": cookie})
            self.assertEqual((answer.status, answer.code), (401, "session.missing"))

    def test_api3_only_what_a_route_means_can_be_set(self):
        self.assertEqual(self.ann.post_json("projects", {"name": "x", "id": "mine", "bytes": 0}).code, "request.invalid")
        self.assertEqual(self.ann.patch_json(f"projects/{self.project}", {"delete_at": None, "created_at": "x"}).code,
                         "request.invalid")
        made = self.ann.post_json(f"projects/{self.project}/tokens",
                                  {"name": "t", "scope": "read", "expires_at": "2035-01-01"}).json()
        for path in (f"projects/{self.project}/tokens", "session"):
            text = self.ann.get(path).body.decode()
            for secret in (made["token"], PASSWORD, self.ann.cookie.split("=")[1], "argon2"):
                self.assertNotIn(secret, text)

    def test_api4_sizes_have_limits(self):
        answer = self.ann.request("POST", "projects", b'{"name": "' + b"x" * (11 << 20) + b'"}',
                                  {"Content-Type": "application/json"}, documented=False)
        self.assertEqual((answer.status, answer.code), (413, "request.too_large"))
        self.assertEqual(self.ann.get(f"projects/{self.project}/tasks?limit=1001").code, "request.limit")
        self.assertEqual(self.ann.request("GET", "demos?" + "x" * 9000, documented=False).status, 414)

    def test_api5_functions_of_admins_are_theirs(self):
        for path in ("users", "audit", "settings", "tasks"):
            answer = self.ann.get(path)
            self.assertEqual((answer.status, answer.code), (403, "rights.missing"), path)
            self.assertEqual(self.admin.get(path).status, 200, path)
        self.assertEqual(self.ann.post_json("users", {"email": "me@example.com", "role": "admin"}).status, 403)

    def test_api6_accounts_are_not_for_the_taking(self):
        answer = Client(self.server, "", None).post_json("/api/platform/v1/sign-up",
                                                         {"email": "eve@example.com", "password": PASSWORD})
        self.assertEqual((answer.status, answer.code), (401, "session.missing"))

    def test_api7_descriptors_reach_no_network_and_no_other_files(self):
        for name, source in (("uri.xml", "http://127.0.0.1:1/x.csv"), ("up.xml", "../../mimus.db"), ("abs.xml", "/etc/passwd")):
            text = f'<setup><generate name="g" source="{source}" target="CSV"/></setup>'.encode()
            self.ann.upload("POST", f"projects/{self.project}/files", text, name)
            made = self.ann.post_json(f"projects/{self.project}/tasks", {"entry": name})
            if made.status == 202:
                task = made.json()["id"]

                def ended():
                    value = self.ann.get(f"projects/{self.project}/tasks/{task}").json()
                    return value if value["status"] not in ("PENDING", "RUNNING") else None
                self.assertEqual(wait_for(ended, 60)["status"], "FAILED", name)
            else:
                self.assertEqual(made.code, "descriptor.invalid", name)

    def test_api8_the_door_is_shut_by_default(self):
        answer = self.ann.get("session")
        self.assertEqual((answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]), ("nosniff", "no-store"))
        self.assertIsNone(answer.headers["Access-Control-Allow-Origin"])
        self.assertEqual(self.ann.request("GET", "session", headers={"Host": "evil.example"}, documented=False).code, "host.unknown")
        made = self.ann.request("POST", "projects", b'{"name": "x"}',
                                {"Content-Type": "application/json", "X-CSRF-Token": "wrong"})
        self.assertEqual((made.status, made.code), (403, "session.csrf"))
        made = self.ann.request("POST", "projects", b'{"name": "x"}',
                                {"Content-Type": "application/json", "Origin": "https://evil.example"})
        self.assertEqual((made.status, made.code), (403, "session.csrf"))

    def test_api9_nothing_is_served_that_is_not_documented(self):
        for path in ("/api/platform/v1/debug", "/api/platform/v2/users", "/api/v3/x", "/.git/config", "/actuator",
                     "/debug"):
            self.assertIn(Client(self.server, "", None).request("GET", path).status, (401, 404), path)

    def test_api10_what_comes_from_outside_is_not_believed(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        connection.request("GET", "/api/platform/v1/banner", headers={"X-Forwarded-Host": "evil.example",
                                                                     "X-Forwarded-Proto": "https",
                                                                     "X-Forwarded-For": "10.0.0.1"})
        answer = connection.getresponse()
        self.assertEqual(answer.status, 200)
        self.assertIsNone(answer.headers["Strict-Transport-Security"])
        connection.close()
        self.bob.make_project("From elsewhere")
        entries = self.admin.get("audit?limit=5").body
        self.assertNotIn(b"10.0.0.1", entries)


if __name__ == "__main__":
    unittest.main()
