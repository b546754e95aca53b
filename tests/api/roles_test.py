"""Every route of the session API, for every kind of caller, in their project and in one of others.

What a caller may do is written down here by hand, by right; which right a route needs is read from the document. A
right without a row, and a route with neither a right nor a place among the open ones, fails.
"""

import re
import unittest
import uuid

import contract
from person import PASSWORD, PLATFORM, Person, admin
from server import Server

# right: who may, of a project's roles. "all": whoever has signed in; "admin": no project role is enough.
MAY = {
    "own_session": "all", "signed_in": "all", "create_project": "all",
    "manage_users": "admin", "manage_settings": "admin", "read_audit": "admin", "read_everything": "admin",
    "read_project": {"viewer", "editor", "owner"}, "own_tokens": {"viewer", "editor", "owner"},
    "generate": {"editor", "owner"}, "write_files": {"editor", "owner"},
    "manage_project": {"owner"}, "manage_members": {"owner"}, "manage_tokens": {"owner"}, "take_leases": {"owner"},
    "read_project_audit": {"owner"},
}
OPEN = {("GET", "/openapi.json"), ("POST", "/session"), ("POST", "/sign-up"), ("GET", "/banner"),
        ("GET", "/settings/public"), ("GET", "/version"), ("GET", "/health"), ("GET", "/ready")}
# What would take away what the other cases need: their refusals are tested, their success elsewhere.
ENDS = {("DELETE", "/session"), ("DELETE", "/sessions"), ("DELETE", "/projects/{project_id}")}


def operations():
    """(method, template below the API, right or None)"""
    for template, item in contract.DOCUMENT["paths"].items():
        if not template.startswith(PLATFORM):
            continue
        for method, declared in item.items():
            right = re.search(r"Right: `(\w+)`", declared.get("description", ""))
            yield method.upper(), template[len(PLATFORM):], right.group(1) if right else None


def expected(right, role, in_project):
    """None: allowed; else (status, code)."""
    may = MAY[right]
    if role == "admin" or may == "all":
        return None
    if may == "admin":
        return 403, "rights.missing"
    if not in_project or role == "outsider":
        return 404, "project.not_found"
    return None if role in may else (403, "rights.missing")


class Roles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.admin = admin(cls.server)
        cls.people = {"admin": cls.admin}
        for role in ("outsider", "viewer", "editor", "owner", "disabled", "changing"):
            made = cls.admin.post_json("users", {"email": f"{role}@example.com", "password": PASSWORD})
            assert made.status == 201, made.body
            cls.people[role] = Person(cls.server, f"{role}@example.com")
        cls.project = cls.admin.make_project("theirs")
        cls.other = cls.admin.make_project("of others")
        for role in ("viewer", "editor", "owner"):
            added = cls.admin.post_json(f"projects/{cls.project}/members",
                                        {"email": f"{role}@example.com", "role": role})
            assert added.status == 201, added.body
        cls.server.mimus("user", "disable", "disabled@example.com")
        # A one-time password: nothing but another one can be done.
        changing = cls.admin.get("users?search=changing").json()[0]["id"]
        reset = cls.admin.post_json(f"users/{changing}/reset-password").json()["one_time_password"]
        cls.people["changing"] = Person(cls.server, "changing@example.com", reset)

    def path(self, template, project):
        path = template.replace("{project_id}", project)
        path = re.sub(r"\{\w+_id\}", lambda _: str(uuid.uuid4()), path)
        return PLATFORM + re.sub(r"\{\w+\}", "absent", path)

    def outcome(self, answer):
        kind = answer.headers["Content-Type"] or ""
        return answer.status, answer.json()["code"] if kind.startswith("application/problem+json") else None

    def test_every_route_without_a_session(self):
        nobody = Person.__new__(Person)
        nobody.server, nobody.token, nobody.cookie, nobody.csrf = self.server, None, None, None
        count = 0
        for method, template, right in operations():
            if right is None:
                self.assertIn((method, template), OPEN)
                continue
            count += 1
            for headers in ({}, {"Cookie": "mimus_session=" + "0" * 64}, {"Cookie": self.people["disabled"].cookie},
                            {"Authorization": "Bearer mms_pat_x"}):
                answer = nobody.request(method, self.path(template, self.project), headers=headers)
                self.assertEqual(self.outcome(answer), (401, "session.missing"), (method, template, headers))
                self.assertEqual(answer.headers["WWW-Authenticate"], "Session")
        self.assertGreater(count, 20)
        for path in ("", "/", "/x", "/users/x/y", "/projects/..%2F", "/%73ession/x", "/session/"):
            answer = nobody.request("GET", PLATFORM + path)
            self.assertEqual(self.outcome(answer), (401, "session.missing"), path)
        self.assertEqual(nobody.request("GET", "/api/%70latform/v1/users").status, 401)

    def test_every_route_before_the_password_is_changed(self):
        for method, template, right in operations():
            if right is None or right == "own_session":
                continue
            answer = self.people["changing"].request(method, self.path(template, self.project))
            self.assertEqual(self.outcome(answer), (403, "session.password_change"), (method, template))
        self.assertEqual(self.people["changing"].get("nothing").code, "session.password_change")

    def test_every_route_for_every_role(self):
        for method, template, right in operations():
            if right is None:
                continue
            self.assertIn(right, MAY, (method, template))
            for project in (self.project, self.other) if "{project_id}" in template else (self.project,):
                for role in ("outsider", "viewer", "editor", "owner", "admin"):
                    refusal = expected(right, role, project == self.project)
                    if refusal is None and (method, template) in ENDS:
                        continue
                    answer = self.people[role].request(method, self.path(template, project))
                    where = (method, template, role, project == self.project)
                    if refusal is not None:
                        self.assertEqual(self.outcome(answer), refusal, where)
                    else:
                        self.assertNotIn(self.outcome(answer)[1], ("rights.missing", "project.not_found",
                                                                   "session.missing", "session.csrf"), where)

    def test_every_unsafe_route_wants_the_csrf_token_and_our_origin(self):
        host = f"127.0.0.1:{self.server.port}"
        for method, template, right in operations():
            if method == "GET" or right is None:
                continue
            for headers in ({"X-CSRF-Token": ""}, {"X-CSRF-Token": "0" * 32}, {"Origin": "http://evil.example"},
                            {"Origin": "null"}, {"Origin": f"http://{host}.evil.example"},
                            {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
                answer = self.admin.request(method, self.path(template, self.project), headers=headers)
                self.assertEqual(self.outcome(answer), (403, "session.csrf"), (method, template, headers))
        good = {"Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
        self.assertEqual(self.admin.request("DELETE", f"{PLATFORM}/banner", headers=good).status, 204)

    def test_hidden_projects_look_like_absent_ones(self):
        texts = set()
        for project in (self.other, str(uuid.uuid4()), "x"):
            value = self.people["viewer"].get(f"projects/{project}/members").json()
            texts.add((value["status"], value["code"], value["detail"], value.get("hint")))
        self.assertEqual(len(texts), 1)
