"""A client of the session API: somebody who has signed in."""

import json

from server import Client

PLATFORM = "/api/platform/v1"
PASSWORD = "a long pass phrase of the tests"


class Person(Client):
    """Signs in at once. Paths that do not begin with '/' belong to the session API."""

    def __init__(self, server, email="admin@localhost", password=PASSWORD):
        super().__init__(server, "", None)
        self.v1 = PLATFORM
        self.cookie, self.csrf = None, None
        answer = self.post_json("session", {"email": email, "password": password})
        if answer.status != 201:
            raise AssertionError(f"sign in as {email}: {answer.status} {answer.body!r}")
        self.session = self.take(answer)

    def take(self, answer):
        """The session that an answer brings takes the place of the present one."""
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        self.csrf = answer.json()["csrf_token"]
        return answer.json()

    def request(self, method, path, body=None, headers=None, documented=True):
        given = {}
        if self.cookie is not None:
            given["Cookie"] = self.cookie
        if method not in ("GET", "HEAD") and self.csrf is not None:
            given["X-CSRF-Token"] = self.csrf
        given.update(headers or {})
        return super().request(method, path, body, given, documented)

    def patch_json(self, path, value):
        return self.request("PATCH", path, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def delete(self, path):
        return self.request("DELETE", path)

    def make_project(self, name="p", **more):
        answer = self.post_json("projects", {"name": name, **more})
        if answer.status != 201:
            raise AssertionError(f"make a project: {answer.status} {answer.body!r}")
        return answer.json()["id"]


def admin(server):
    """The first admin, with the one-time password changed."""
    first = (server.folder / "data" / "initial-admin-password").read_text().strip()
    person = Person(server, password=first)
    person.take(person.post_json("session/password", {"old_password": first, "new_password": PASSWORD}))
    return person
