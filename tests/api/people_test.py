"""Signing in and out, users, members, settings, the banner, the audit log."""

import json
import signal
import subprocess
import unittest
import uuid

import server as servers
from person import PASSWORD, PLATFORM, Person, admin
from server import Client, Server

ANOTHER = "another long phrase of theirs"


class People(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.password_file = cls.server.folder / "data" / "initial-admin-password"
        cls.mode = cls.password_file.stat().st_mode & 0o777
        cls.first = cls.password_file.read_text().strip()
        cls.log = cls.server.errors()
        cls.admin = admin(cls.server)

    def user(self, mailbox, **more):
        made = self.admin.post_json("users", {"email": f"{mailbox}@example.com", "password": PASSWORD, **more})
        self.assertEqual(made.status, 201, made.body)
        return made.json()["id"]

    def sign_in(self, email, password):
        return Client(self.server, "", None).post_json(f"{PLATFORM}/session", {"email": email, "password": password})

    def actions(self, query=""):
        return [entry["action"] for entry in self.admin.get(f"audit{query}").json()]

    # ---- sessions

    def test_the_first_password_is_secret_and_used_once(self):
        self.assertEqual(self.mode, 0o600)
        self.assertNotIn(self.first.encode(), self.log)
        self.assertFalse(self.password_file.exists())
        self.assertEqual(self.sign_in("admin@localhost", self.first).code, "session.refused")

    def test_cookie(self):
        self.user("cookie")
        answer = self.sign_in("COOKIE@example.com", PASSWORD)
        self.assertEqual(answer.status, 201)
        field = answer.headers["Set-Cookie"]
        self.assertRegex(field, r"^mimus_session=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Lax$")
        person = Person(self.server, "cookie@example.com")
        self.assertNotEqual(person.cookie, field.split(";")[0])
        self.assertEqual(person.get("session").json()["user"]["email"], "cookie@example.com")
        # A cookie that comes twice was planted.
        twice = person.request("GET", f"{PLATFORM}/session", headers={"Cookie": f"{person.cookie}; mimus_session=x"})
        self.assertEqual(twice.code, "session.missing")

    def test_unknown_wrong_and_disabled_look_alike(self):
        self.user("known")
        gone = self.user("gone")
        self.admin.patch_json(f"users/{gone}", {"state": "disabled"})
        texts = set()
        for email, password in (("known@example.com", "wrong wrong wrong"), ("nobody@example.com", PASSWORD),
                                ("gone@example.com", PASSWORD), ("no e-mail", PASSWORD)):
            answer = self.sign_in(email, password)
            self.assertEqual(answer.status, 401)
            texts.add((answer.code, answer.json()["detail"]))
        self.assertEqual(len(texts), 1)
        refused = self.admin.get("audit?action=session.refuse&limit=4").json()
        # What is no e-mail may be a password: it is not written down.
        self.assertEqual({entry["target"] for entry in refused},
                         {"known@example.com", "nobody@example.com", "gone@example.com", ""})

    def test_sign_out(self):
        self.user("leaver")
        one, two, three = (Person(self.server, "leaver@example.com") for _ in range(3))
        answer = one.delete("session")
        self.assertEqual((answer.status, answer.headers["Set-Cookie"].split(";")[0]), (204, "mimus_session="))
        self.assertEqual(one.get("session").code, "session.missing")
        self.assertEqual(two.get("session").status, 200)
        self.assertEqual(two.delete("sessions").status, 204)
        for person in (two, three):
            self.assertEqual(person.get("session").code, "session.missing")

    def test_change_of_the_password(self):
        self.user("changer")
        one, other = Person(self.server, "changer@example.com"), Person(self.server, "changer@example.com")
        def change(old, new):
            return one.post_json("session/password", {"old_password": old, "new_password": new})
        self.assertEqual(change("not the old one", ANOTHER).code, "password.wrong")
        self.assertEqual(change(PASSWORD, PASSWORD).code, "password.same")
        for bad in ("short", "x" * 1025, "changer@example.com", "password1234", "aaaaaaaaaaaa", "123456789012",
                    "P@ssw0rd!!!!!!", "qwertyuiopas"):
            self.assertEqual(change(PASSWORD, bad).code, "password.bad", bad)
        before = one.cookie
        answer = change(PASSWORD, ANOTHER)
        self.assertEqual(answer.status, 200)
        one.take(answer)
        self.assertNotEqual(one.cookie, before)
        self.assertEqual(one.get("session").status, 200)
        self.assertEqual(other.get("session").code, "session.missing")
        self.assertEqual(self.sign_in("changer@example.com", PASSWORD).code, "session.refused")

    def test_disabled_elsewhere_counts_at_once(self):
        ident = self.user("watched")
        person = Person(self.server, "watched@example.com")
        self.server.mimus("user", "disable", "watched@example.com")
        self.assertEqual(person.get("session").code, "session.missing")
        self.server.mimus("user", "enable", ident)
        self.assertEqual(person.get("session").code, "session.missing")
        person = Person(self.server, "watched@example.com")
        self.assertEqual(self.admin.patch_json(f"users/{ident}", {"role": "admin"}).status, 200)
        self.assertEqual(person.get("session").code, "session.missing")

    # ---- users

    def test_users(self):
        made = self.admin.post_json("users", {"email": "ada@example.com", "name": "Ada L.", "role": "user"})
        self.assertEqual(made.status, 201)
        value = made.json()
        self.assertTrue(value["must_change_password"])
        self.assertEqual(self.admin.get(made.headers["Location"]).json()["name"], "Ada L.")
        self.assertEqual(self.sign_in("ada@example.com", value["one_time_password"]).status, 201)
        self.assertEqual(self.admin.post_json("users", {"email": "ADA@Example.com"}).code, "user.exists")
        for bad in ("ada", "@example.com", "ada@", "a b@example.com", "ada@exa mple.com", "ada@@x", "ada@-x.com"):
            self.assertEqual(self.admin.post_json("users", {"email": bad}).code, "email.bad", bad)
        self.assertEqual(self.admin.post_json("users", {"email": "x@y.de", "name": "x" * 201}).code, "user.bad_name")
        self.assertEqual(self.admin.post_json("users", {"email": "x@y.de", "password": "short"}).code, "password.bad")
        wrong = self.admin.post_json("users", {"email": 1, "role": "king", "nope": 1})
        self.assertEqual([error["field"] for error in wrong.json()["errors"]], ["email", "role", "nope"])
        changed = self.admin.patch_json(f"users/{value['id']}", {"name": "Ada"})
        self.assertEqual((changed.status, changed.json()["name"]), (200, "Ada"))
        self.assertEqual(self.admin.patch_json(f"users/{value['id']}", {"name": ""}).code, "user.bad_name")
        self.assertEqual(self.admin.patch_json(f"users/{value['id']}", {"state": "x"}).code, "request.invalid")
        for path in (f"users/{uuid.uuid4()}", "users/x"):
            self.assertEqual(self.admin.get(path).code, "user.not_found")
            self.assertEqual(self.admin.patch_json(path, {}).code, "user.not_found")
            self.assertEqual(self.admin.post_json(f"{path}/reset-password").code, "user.not_found")
        reset = self.admin.post_json(f"users/{value['id']}/reset-password").json()["one_time_password"]
        self.assertEqual(self.sign_in("ada@example.com", value["one_time_password"]).code, "session.refused")
        self.assertEqual(self.sign_in("ada@example.com", reset).status, 201)

    def test_pages_and_search(self):
        for name in ("pager1", "pager2", "pager3"):
            self.user(name, name=f"Frère {name}")
        self.assertEqual(len(self.admin.get("users?search=FR%C3%88RE").json()), 3)
        page = self.admin.get("users?search=pager&limit=2")
        self.assertEqual([user["email"] for user in page.json()], ["pager1@example.com", "pager2@example.com"])
        following = page.headers["Link"].split(">")[0][1:]
        self.assertEqual([user["email"] for user in self.admin.get(following).json()], ["pager3@example.com"])
        self.assertEqual(self.admin.get("users?limit=0").code, "request.limit")
        self.assertEqual(self.admin.get("users?search=%25").json(), [])

    def test_one_admin_remains(self):
        server = Server()
        self.addCleanup(server.close)
        only = admin(server)
        ident = only.session["user"]["id"]
        for patch in ({"role": "user"}, {"state": "disabled"}):
            self.assertEqual(only.patch_json(f"users/{ident}", patch).code, "user.last_admin")

    def test_sign_up(self):
        nobody = Client(self.server, "", None)
        draft = {"email": "new@example.com", "password": PASSWORD}
        self.assertEqual(nobody.post_json(f"{PLATFORM}/sign-up", draft).code, "session.missing")
        self.assertEqual(self.admin.patch_json("settings", {"sign_up_enabled": True}).status, 200)
        self.addCleanup(self.admin.patch_json, "settings", {"sign_up_enabled": False})
        self.assertTrue(nobody.get(f"{PLATFORM}/settings/public").json()["sign_up_enabled"])
        made = nobody.post_json(f"{PLATFORM}/sign-up", draft)
        self.assertEqual((made.status, made.json()["role"]), (201, "user"))
        self.assertEqual(self.sign_in("new@example.com", PASSWORD).status, 201)
        self.assertEqual(nobody.post_json(f"{PLATFORM}/sign-up", draft).code, "user.exists")
        for path in ("sign-up", "session"):
            foreign = nobody.request("POST", f"{PLATFORM}/{path}", b"{}", {"Origin": "http://evil.example"})
            self.assertEqual(foreign.code, "session.csrf")
        for body, kind, code in ((b"{", "application/json", "request.syntax"), (b"{}", "text/plain", "media.unsupported"),
                                 (b"{}", "application/json", "request.invalid")):
            self.assertEqual(nobody.request("POST", f"{PLATFORM}/sign-up", body, {"Content-Type": kind}).code, code)

    # ---- members

    def test_members(self):
        ident = self.user("member")
        owner = Person(self.server, "member@example.com")
        project = owner.make_project()
        members = f"projects/{project}/members"
        self.assertEqual([(m["user_id"], m["role"]) for m in owner.get(members).json()], [(ident, "owner")])
        friend = self.user("friend")
        guest = Person(self.server, "friend@example.com")
        self.assertEqual(guest.get(members).code, "project.not_found")
        added = owner.post_json(members, {"user_id": friend, "role": "viewer"})
        self.assertEqual(added.status, 201)
        self.assertEqual(owner.post_json(members, {"email": "friend@example.com", "role": "owner"}).code,
                         "member.exists")
        self.assertEqual(owner.post_json(members, {"email": "nobody@x.de", "role": "owner"}).code, "user.not_found")
        for bad in ({"role": "viewer"}, {"email": "a@b.de"}, {"email": "a@b.de", "user_id": "x", "role": "viewer"},
                    {"email": "a@b.de", "role": "king"}):
            self.assertEqual(owner.post_json(members, bad).code, "request.invalid", bad)
        # Counts from the next request on, in the same session.
        self.assertEqual(guest.get(members).status, 200)
        one = f"{members}/{friend}"
        self.assertEqual(guest.patch_json(one, {"role": "owner"}).code, "rights.missing")
        self.assertEqual(owner.patch_json(one, {"role": "editor"}).json()["role"], "editor")
        self.assertEqual(owner.patch_json(f"{members}/{ident}", {"role": "viewer"}).code, "member.last_owner")
        self.assertEqual(owner.delete(f"{members}/{ident}").code, "member.last_owner")
        self.assertEqual(owner.delete(f"{members}/{uuid.uuid4()}").code, "member.not_found")
        self.assertEqual(owner.patch_json(f"{members}/x", {"role": "viewer"}).code, "member.not_found")
        self.assertEqual(owner.delete(one).status, 204)
        self.assertEqual(guest.get(members).code, "project.not_found")
        log = owner.get(f"projects/{project}/audit?action=member.").json()
        self.assertEqual([entry["action"] for entry in log], ["member.remove", "member.update", "member.add"])
        self.assertEqual({entry["project_id"] for entry in log}, {project})

    def test_tokens_have_no_more_rights_than_their_maker(self):
        project = self.admin.make_project()
        ident = self.user("maker")
        members = f"projects/{project}/members"
        self.admin.post_json(members, {"user_id": ident, "role": "owner"})
        maker = Person(self.server, "maker@example.com")
        made = maker.post_json(f"projects/{project}/tokens",
                               {"name": "t", "expires_at": "2035-01-01", "scope": "write"})
        self.assertEqual(made.status, 201, made.body)
        client = Client(self.server, project, made.json()["token"])
        client.create("a.txt")
        self.admin.patch_json(f"{members}/{ident}", {"role": "viewer"})
        self.assertEqual(client.get("files").status, 200)
        self.assertEqual(client.upload("POST", "files", b"x", "b.txt").code, "token.scope")
        self.admin.delete(f"{members}/{ident}")
        self.assertEqual(client.get("files").code, "token.invalid")
        self.admin.post_json(members, {"user_id": ident, "role": "owner"})
        self.assertEqual(client.get("files").status, 200)
        self.server.mimus("user", "disable", ident)
        self.assertEqual(client.get("files").code, "token.invalid")

    # ---- settings

    def test_settings_and_banner(self):
        self.assertEqual(self.admin.patch_json("settings", {"instance_name": "Lab"}).json()["instance_name"], "Lab")
        self.assertEqual(self.admin.get("settings").json()["sign_up_role"], "user")
        self.assertEqual(self.admin.patch_json("settings", {"instance_name": " "}).code, "setting.bad")
        self.assertEqual(self.admin.patch_json("settings", {"sign_up_enabled": "yes"}).code, "request.invalid")
        def put(value):
            return self.admin.request("PUT", f"{PLATFORM}/banner", json.dumps(value).encode(),
                                      {"Content-Type": "application/json"})
        self.assertEqual(put({"text": "Tonight at 22:00", "level": "warning"}).status, 200)
        shown = Client(self.server, "", None).get(f"{PLATFORM}/banner").json()["banner"]
        self.assertEqual((shown["text"], shown["level"]), ("Tonight at 22:00", "warning"))
        self.assertEqual(put({"text": "\u202e"}).code, "setting.bad")
        self.assertEqual(put({"text": "x" * 1001}).code, "setting.bad")
        self.assertEqual(put({"text": "x", "level": "loud"}).code, "request.invalid")
        self.assertEqual(self.admin.delete("banner").status, 204)
        self.assertIsNone(self.admin.get("banner").json()["banner"])

    # ---- the audit log

    def test_audit(self):
        self.user("audited")
        entry = self.admin.get("audit?limit=1").json()[0]
        self.assertEqual((entry["action"], entry["target"], entry["actor_kind"], entry["actor_name"]),
                         ("user.create", "audited@example.com", "user", "admin"))
        page = self.admin.get("audit?action=user.&limit=1")
        following = self.admin.get(page.headers["Link"].split(">")[0][1:]).json()
        self.assertLess(following[0]["seq"], entry["seq"])
        self.assertEqual(self.admin.get("audit?until=2020-01-01").json(), [])
        self.assertEqual(set(self.actions("?actor=nobody")), set())
        self.assertEqual(self.admin.get("audit?from=yesterday").code, "request.invalid")
        self.assertEqual(self.admin.get("audit?cursor=x").code, "request.cursor")
        self.assertEqual(self.admin.get("audit/export?from=yesterday").code, "request.invalid")
        exported = self.admin.get("audit/export?action=user.create")
        lines = [json.loads(line) for line in exported.body.splitlines()]
        self.assertEqual({line["action"] for line in lines}, {"user.create"})
        self.assertEqual(lines[0]["hash"], entry["hash"])
        project = self.admin.make_project()
        of_project = f"projects/{project}/audit"
        self.assertEqual(self.admin.get(f"{of_project}?limit=0").code, "request.limit")
        self.assertEqual(self.admin.get(f"{of_project}?cursor=x").code, "request.cursor")


class LockOut(unittest.TestCase):
    def test_of_an_account_and_of_an_address(self):
        server = Server()
        self.addCleanup(server.close)
        me = admin(server)
        nobody = Client(server, "", None)
        def until_locked(act):
            # The wait doubles, so that it is longer than a request takes soon, however slow the machine.
            for _ in range(40):
                answer = act()
                if answer.status == 429:
                    self.assertEqual(answer.code, "session.locked")
                    self.assertGreater(int(answer.headers["Retry-After"]), 0)
                    return
            self.fail("never locked")
        until_locked(lambda: me.post_json("session/password",
                                          {"old_password": "not the old one", "new_password": ANOTHER}))
        until_locked(lambda: nobody.post_json(f"{PLATFORM}/session", {"email": "x@y.de", "password": "wrong wrong"}))
        me.patch_json("settings", {"sign_up_enabled": True})
        count = iter(range(100))
        until_locked(lambda: nobody.post_json(f"{PLATFORM}/sign-up", {"email": f"u{next(count)}@example.com",
                                                                      "password": PASSWORD}))


class Restart(unittest.TestCase):
    def test_sessions_and_the_chain_outlive_kill_9(self):
        server = Server()
        self.addCleanup(server.close)
        me = admin(server)
        for index in range(5):
            self.assertEqual(me.post_json("users", {"email": f"u{index}@example.com"}).status, 201)
        head = json.loads(server.mimus("audit", "verify", "--json"))
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        server.log.close()
        server.start()
        self.assertEqual(me.get("session").status, 200)
        self.assertEqual(len(me.get("users").json()), 6)
        self.assertFalse((server.folder / "data" / "initial-admin-password").exists())
        after = json.loads(server.mimus("audit", "verify", "--known", head["head"], "--json"))
        self.assertGreaterEqual(after["entries"], head["entries"])
        done = subprocess.run([servers.PROGRAM, "audit", "verify", "--known", "0" * 63 + "1", "--data", server.data],
                              capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, "audit.cut" in done.stderr), (1, True))


class Bodies(unittest.TestCase):
    """What every route of people says to bodies and forms that are none."""

    def test_hostile_bodies_and_forms(self):
        import contract
        server = Server()
        self.addCleanup(server.close)
        me = admin(server)
        me.patch_json("settings", {"sign_up_enabled": True})
        project = me.make_project()
        for template, item in contract.DOCUMENT["paths"].items():
            if not template.startswith(PLATFORM):
                continue
            path = template.replace("{project_id}", project).replace("{user_id}", str(uuid.uuid4()))
            for method, declared in item.items():
                if declared["tags"][0] not in ("Session", "Users", "Members", "Settings", "Audit", "Service"):
                    continue
                if method == "get":
                    self.assertEqual(me.request("GET", path, headers={"Accept": "image/png"}).code,
                                     "media.not_acceptable", path)
                    continue
                if "requestBody" not in declared:
                    continue
                where = (method, path)
                def send(body, kind="application/json"):
                    return me.request(method.upper(), path, body, {"Content-Type": kind}).code
                self.assertEqual(send(b"{}", "text/plain"), "media.unsupported", where)
                self.assertEqual(send(b"{"), "request.syntax", where)
                self.assertEqual(send(b"[]"), "request.invalid", where)
                self.assertEqual(send(b'{"nope": 1}'), "request.invalid", where)
                self.assertEqual(send(b"[" * 100000), "request.syntax", where)
