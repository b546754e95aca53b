"""What people do with projects: make, change, delete, archives, versions, tokens, demos, the history of tasks."""

import gzip
import io
import json
import tarfile
import unittest
import uuid

from person import Person, admin
from server import DESCRIPTOR, ENDLESS, Client, Server, wait_for

NOBODY = "01900000-0000-7000-8000-000000000000"


def archive(entries):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, content in entries:
            entry = tarfile.TarInfo(name)
            if content is None:
                entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
                tar.addfile(entry)
            else:
                entry.size = len(content)
                tar.addfile(entry, io.BytesIO(content))
    return out.getvalue()


class Projects(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.admin = admin(cls.server)

    def codes(self, answers):
        return [(answer.status, answer.code) for answer in answers]

    def test_made_found_renamed(self):
        me = self.admin
        project = me.make_project("Zebra")
        self.assertEqual(me.get(f"projects/{project}").json()["role"], "owner")
        self.assertEqual([p["id"] for p in me.get("projects?search=ZEB").json()], [project])
        changed = me.patch_json(f"projects/{project}", {
            "name": "Yak", "settings": {"csv_delimiter": ";", "csv_encoding": "latin-1", "retention_days": 7}})
        self.assertEqual((changed.status, changed.json()["name"]), (200, "Yak"))
        self.assertEqual(changed.json()["settings"],
                         {"csv_delimiter": ";", "csv_encoding": "latin-1", "retention_days": 7})
        names = [p["name"] for p in me.get("projects?sort=name").json()]
        self.assertEqual(names, sorted(names, key=str.casefold))
        self.assertEqual(self.codes([
            me.get("projects?sort=size"), me.post_json("projects", {"name": ""}), me.post_json("projects", {}),
            me.post_json("projects", {"name": "x", "extra": 1}),
            me.request("POST", "projects", b"{", {"Content-Type": "application/json"}),
            me.request("POST", "projects", b"{}", {"Content-Type": "text/plain"}),
            me.post_json("projects", {"demo": "no-such"}), me.post_json("projects", {"name": "x", "template_id": project}),
            me.patch_json(f"projects/{project}", {"settings": {"csv_delimiter": "ab"}}),
            me.patch_json(f"projects/{project}", {"settings": {"colour": 1}}),
            me.request("PATCH", f"projects/{project}", b"{}", {"Content-Type": "text/plain"}),
            me.request("PATCH", f"projects/{project}", b"{", {"Content-Type": "application/json"}),
            me.get(f"projects/{NOBODY}"), me.patch_json(f"projects/{NOBODY}", {}),
            me.delete(f"projects/{NOBODY}"), me.post_json(f"projects/{NOBODY}/restore"),
            me.get(f"projects/{NOBODY}/archive")]), [
            (422, "request.invalid"), (422, "project.bad_name"), (422, "request.invalid"), (422, "request.invalid"),
            (400, "request.syntax"), (415, "media.unsupported"), (404, "demo.not_found"), (404, "template.not_found"),
            (422, "project.bad_settings"), (422, "request.invalid"), (415, "media.unsupported"), (400, "request.syntax")] +
            [(404, "project.not_found")] * 5)

    def test_csv_files_have_the_form_of_the_settings(self):
        me = self.admin
        project = me.make_project()
        me.patch_json(f"projects/{project}", {"settings": {"csv_delimiter": ";", "csv_encoding": "utf-16"}})
        me.upload("POST", f"projects/{project}/files", DESCRIPTOR.replace(b'"JSON"', b'"CSV"').replace(
            b"<key", b'<key name="x" constant="\xc3\xa9"/><key'), "datamimic.xml")
        task = self.ended(project, me.post_json(f"projects/{project}/tasks").json()["id"])
        csv = me.get(f"projects/{project}/tasks/{task['id']}/artifacts/g.csv").body.decode("utf-16")
        self.assertEqual(csv.split()[:2], ["x;i", "\u00e9;1"])

    def ended(self, project, task):
        def final():
            value = self.admin.get(f"projects/{project}/tasks/{task}").json()
            return value if value["status"] not in ("PENDING", "RUNNING") else None
        return wait_for(final, 90)

    def test_deleted_ones_can_be_restored(self):
        me = self.admin
        project = me.make_project("Gone")
        token = me.post_json(f"projects/{project}/tokens",
                             {"name": "t", "scope": "read", "expires_at": "2035-01-01"}).json()["token"]
        machine = Client(self.server, project, token)
        self.assertEqual(machine.get("files").status, 200)
        self.assertEqual(me.post_json(f"projects/{project}/restore").code, "project.not_deleted")
        gone = me.delete(f"projects/{project}").json()
        self.assertIsNotNone(gone["delete_at"])
        self.assertEqual(self.codes([me.get(f"projects/{project}"), me.get(f"projects/{project}/files"),
                                     me.get(f"projects/{project}/tokens"), machine.get("files")]),
                         [(404, "project.not_found")] * 3 + [(401, "token.invalid")])
        self.assertNotIn(project, [p["id"] for p in me.get("projects").json()])
        self.assertIn(project, [p["id"] for p in me.get("projects?deleted=true").json()])
        self.assertEqual(me.post_json(f"projects/{project}/restore").status, 200)
        self.assertEqual((me.get(f"projects/{project}").status, machine.get("files").status), (200, 200))

    def test_templates(self):
        me = self.admin
        project = me.make_project("Source", demo="basic-json")
        me.patch_json(f"projects/{project}", {"is_template": True, "settings": {"csv_delimiter": ";"}})
        self.assertIn(project, [t["id"] for t in me.get("templates").json()])
        copy = me.post_json("projects", {"name": "Copy", "template_id": project}).json()
        self.assertEqual((copy["files"], copy["settings"]["csv_delimiter"]), (6, ";"))
        both = me.post_json("projects", {"name": "x", "template_id": project, "demo": "basic-json"})
        self.assertEqual(both.code, "request.invalid")

    def test_archives_go_round(self):
        me = self.admin
        project = me.make_project("Round", demo="basic-json")
        me.patch_json(f"projects/{project}", {"settings": {"csv_delimiter": ";"}})
        secret = me.post_json(f"projects/{project}/tokens",
                              {"name": "t", "scope": "read", "expires_at": "2035-01-01"}).json()["token"]
        packed = me.get(f"projects/{project}/archive")
        self.assertEqual(packed.headers["Content-Disposition"], "attachment; filename*=UTF-8''Round.tar.gz")
        self.assertEqual(packed.body, me.get(f"projects/{project}/archive").body)
        self.assertNotIn(secret.encode(), gzip.decompress(packed.body))
        kind = {"Content-Type": "application/gzip"}
        copy = me.request("POST", "projects/archive?name=Again", packed.body, kind).json()
        self.assertEqual((copy["name"], copy["files"], copy["settings"]["csv_delimiter"]), ("Again", 6, ";"))
        self.assertEqual(me.get(f"projects/{copy['id']}/files/datamimic.xml").body,
                         me.get(f"projects/{project}/files/datamimic.xml").body)
        before = len(me.get("projects").json())
        for entries in ([("files/../../x", b"")], [("/etc/x", b"")], [("files/x", None)], [("files/a", b""), ("files/A", b"")],
                        [("elsewhere", b"")], []):
            answer = me.request("POST", "projects/archive", archive(entries), kind)
            self.assertEqual((answer.status, answer.code), (422, "archive.invalid"), entries)
        bomb = me.request("POST", "projects/archive", archive([("files/zeros", bytes(40 << 20))]), kind)
        self.assertEqual((bomb.status, bomb.code), (413, "archive.limit"))
        self.assertEqual(me.request("POST", "projects/archive", b"no archive", kind).code, "archive.invalid")
        self.assertEqual(me.request("POST", "projects/archive", b"x", {"Content-Type": "text/plain"}).status, 415)
        self.assertEqual(len(me.get("projects").json()), before)

    def test_versions(self):
        me = self.admin
        project = me.make_project("Versions")
        files, versions = f"projects/{project}/files", f"projects/{project}/versions"
        me.upload("POST", files, b"one\ntwo\n", "a.txt")
        me.upload("PUT", f"{files}/a.txt", b"one\n2\n")
        me.delete(f"{files}/a.txt")
        me.upload("POST", files, b"\xff\x00", "b.bin")
        listed = me.get(f"{versions}?file=a.txt").json()
        self.assertEqual([v["is_removal"] for v in listed], [True, False, False])
        removal, second, first = (v["id"] for v in listed)
        self.assertEqual(me.get(f"{versions}/{first}").body, b"one\ntwo\n")
        self.assertEqual(me.get(f"{versions}/{first}", range="bytes=0-2").body, b"one")
        self.assertEqual(me.get(f"{versions}/{first}", range="bytes=99-").status, 416)
        tag = me.get(f"{versions}/{first}").headers["ETag"]
        self.assertEqual(me.get(f"{versions}/{first}", if_none_match=tag).status, 304)
        self.assertEqual(me.get(f"{versions}/{second}/diff").body, b"@@ -1,2 +1,2 @@\n one\n-two\n+2\n")
        self.assertEqual(me.get(f"{versions}/{first}/diff?with={second}").body, b"@@ -1,2 +1,2 @@\n one\n-2\n+two\n")
        self.assertEqual(me.post_json(f"{versions}/{first}/restore").json()["size"], 8)
        self.assertEqual(me.get(f"{files}/a.txt").body, b"one\ntwo\n")
        binary = me.get(f"{versions}?file=b.bin").json()[0]["id"]
        page = me.get(f"{versions}?limit=2")
        self.assertEqual(len(page.json()), 2)
        self.assertIn("rel=\"next\"", page.headers["Link"])
        self.assertEqual(self.codes([
            me.get(f"{versions}/{removal}"), me.post_json(f"{versions}/{removal}/restore"),
            me.get(f"{versions}/{binary}/diff"), me.get(f"{versions}/{NOBODY}"), me.get(f"{versions}/{NOBODY}/diff"),
            me.post_json(f"{versions}/{NOBODY}/restore"), me.get(f"{versions}?limit=0"), me.get(f"{versions}?cursor=x"),
            me.get(f"{versions}?file=../x"), me.get(f"projects/{NOBODY}/versions")]), [
            (409, "version.removed"), (409, "version.removed"), (422, "version.no_text"), (404, "version.not_found"),
            (404, "version.not_found"), (404, "version.not_found"), (422, "request.limit"), (422, "request.cursor"),
            (422, "file.bad_name"), (404, "project.not_found")])
        other = me.make_project("Other")
        self.assertEqual(me.get(f"projects/{other}/versions/{first}").code, "version.not_found")

    def test_files_are_renamed(self):
        me = self.admin
        project = me.make_project("Names")
        files = f"projects/{project}/files"
        me.upload("POST", files, b"x", "a.txt")
        me.upload("POST", files, b"y", "b.txt")
        self.assertEqual(me.patch_json(f"{files}/a.txt", {"name": "dir/c.txt"}).json()["name"], "dir/c.txt")
        self.assertEqual(me.get(f"{files}/dir/c.txt").body, b"x")
        self.assertEqual(self.codes([
            me.patch_json(f"{files}/a.txt", {"name": "d"}), me.patch_json(f"{files}/b.txt", {"name": "dir/c.txt"}),
            me.patch_json(f"{files}/b.txt", {"name": "../x"}), me.patch_json(f"{files}/b.txt", {}),
            me.request("PATCH", f"{files}/b.txt", b"{", {"Content-Type": "application/json"}),
            me.request("PATCH", f"{files}/b.txt", b"{}", {"Content-Type": "text/plain"})]), [
            (404, "file.not_found"), (409, "file.exists"), (422, "file.bad_name"), (422, "request.invalid"),
            (400, "request.syntax"), (415, "media.unsupported")])

    def test_leases_of_machines_hold_for_people(self):
        me = self.admin
        project = me.make_project("Leases")
        files = f"projects/{project}/files"
        me.upload("POST", files, b"x", "a.txt")
        version = me.get(f"projects/{project}/versions").json()[0]["id"]
        machine = self.server.client(project, "admin", "Robot")
        machine.request("POST", f"{machine.v2}/files/a.txt/unlock")
        answers = [me.upload("PUT", f"{files}/a.txt", b"y"), me.patch_json(f"{files}/a.txt", {"name": "b"}),
                   me.post_json(f"projects/{project}/versions/{version}/restore"),
                   me.post_json(f"{files}/a.txt/unlock")]
        self.assertEqual(self.codes(answers), [(423, "file.locked")] * 4)
        self.assertEqual(answers[0].json()["errors"][0]["message"], "Robot")
        self.assertEqual(me.post_json(f"{files}/a.txt/unlock", {"force": True}).json()["holder"], "admin")
        self.assertEqual(me.upload("PUT", f"{files}/a.txt", b"y").status, 200)
        self.assertEqual(me.post_json(f"{files}/a.txt/lock").json()["locked"], False)

    def test_tokens(self):
        me = self.admin
        project = me.make_project("Tokens")
        tokens = f"projects/{project}/tokens"
        made = me.post_json(tokens, {"name": "CI", "scope": "generate", "expires_at": "2035-01-01"})
        details = made.json()["details"]
        self.assertEqual((details["scope"], details["expires_at"], details["last_used_at"]),
                         ("generate", "2035-01-02T00:00:00Z", None))
        machine = Client(self.server, project, made.json()["token"])
        self.assertEqual(machine.get("files").status, 200)
        self.assertEqual(machine.upload("POST", "files", b"x").code, "token.scope")
        listed = me.get(tokens).json()
        self.assertEqual([t["id"] for t in listed], [details["id"]])
        self.assertIsNotNone(listed[0]["last_used_at"])
        self.assertNotIn(made.json()["token"], me.get(tokens).body.decode())
        self.assertEqual(self.codes([
            me.post_json(tokens, {"name": "", "scope": "read", "expires_at": "2035-01-01"}),
            me.post_json(tokens, {"name": "x", "scope": "root", "expires_at": "2035-01-01"}),
            me.post_json(tokens, {"name": "x", "scope": "read", "expires_at": "2001-01-01"}),
            me.post_json(tokens, {}), me.request("POST", tokens, b"{", {"Content-Type": "application/json"}),
            me.request("POST", tokens, b"{}", {"Content-Type": "text/plain"}),
            me.delete(f"{tokens}/{NOBODY}"), me.get(f"projects/{NOBODY}/tokens"),
            me.post_json(f"projects/{NOBODY}/tokens", {"name": "x", "scope": "read", "expires_at": "2035-01-01"}),
            me.delete(f"projects/{me.make_project('other')}/tokens/{details['id']}")]), [
            (422, "token.bad_name"), (422, "token.bad_scope"), (422, "token.expiry"), (422, "request.invalid"),
            (400, "request.syntax"), (415, "media.unsupported"), (404, "token.not_found"), (404, "project.not_found"),
            (404, "project.not_found"), (404, "token.not_found")])
        self.assertEqual(me.delete(f"{tokens}/{details['id']}").status, 204)
        self.assertEqual(machine.get("files").code, "token.invalid")

    def test_demos(self):
        me = self.admin
        demos = me.get("demos").json()
        self.assertGreaterEqual(len(demos), 12)
        self.assertEqual([d["name"] for d in me.get("demos?search=basic%20json").json()], ["basic-json"])
        self.assertTrue(all("json" in d["tags"] for d in me.get("demos?tag=json").json()))
        demo = me.get("demos/basic-json").json()
        self.assertIn("datamimic.xml", [f["name"] for f in demo["files"]])
        text = me.get("demos/basic-json/files/script/subscription.json")
        self.assertEqual(text.headers["Content-Type"], "text/plain; charset=utf-8")
        json.loads(text.body)
        self.assertEqual(self.codes([me.get("demos/nothing"), me.get("demos/..%2Fdata"), me.get("demos/nothing/files/a"),
                                     me.get("demos/basic-json/files/demo.json")]),
                         [(404, "demo.not_found")] * 3 + [(404, "file.not_found")])

    def test_the_history_of_tasks(self):
        me = self.admin
        project = me.make_project("Tasks")
        tasks = f"projects/{project}/tasks"
        me.upload("POST", f"projects/{project}/files", DESCRIPTOR, "datamimic.xml")
        me.upload("POST", f"projects/{project}/files", DESCRIPTOR.replace(b'count="3"', b'count="4"'), "four.xml")
        me.upload("POST", f"projects/{project}/files", ENDLESS, "slow.xml")
        first = self.ended(project, me.post_json(tasks, {"seed": 7, "parameters": {"a": 1}}).json()["id"])
        self.assertEqual((first["trigger"], first["created_by"]), ("ui", "admin"))
        again = me.post_json(f"{tasks}/{first['id']}/again")
        self.assertEqual(again.headers["Location"], f"/api/platform/v1/{tasks}/{again.json()['id']}")
        again = self.ended(project, again.json()["id"])
        self.assertEqual((again["seed"], again["now"], again["parameters"], again["content_hash"]),
                         (7, first["now"], {"a": 1}, first["content_hash"]))
        same = me.get(f"{tasks}/{again['id']}/diff?with={first['id']}").json()
        self.assertEqual((same["is_same"], [a["is_same"] for a in same["artifacts"]]), (True, [True]))
        four = self.ended(project, me.post_json(tasks, {"entry": "four.xml"}).json()["id"])
        differs = me.get(f"{tasks}/{four['id']}/diff?with={first['id']}").json()
        self.assertFalse(differs["is_same"])
        self.assertEqual([differs["artifacts"][0][side]["records"] for side in ("before", "after")], [3, 4])
        statistics = me.get(f"{tasks}/{four['id']}/statistics").json()
        self.assertEqual((statistics["products"][0]["records"], statistics["products"][0]["columns"][0]["max"]), (4, 4))
        self.assertEqual([t["id"] for t in me.get(f"{tasks}?entry=four.xml").json()], [four["id"]])
        self.assertEqual([t["id"] for t in me.get(f"tasks?entry=four.xml&status=SUCCEEDED").json()], [four["id"]])
        self.assertEqual(me.get(f"tasks?trigger=schedule").json(), [])
        self.assertEqual(me.get(f"tasks?until=2001-01-01T00:00:00Z").json(), [])
        page = me.get("tasks?limit=1")
        self.assertIn('rel="next"', page.headers["Link"])
        slow = me.post_json(tasks, {"entry": "slow.xml"}).json()["id"]
        codes = [me.delete(f"{tasks}/{slow}"), me.get(f"{tasks}/{slow}/statistics"),
                 me.get("tasks?limit=0"), me.get("tasks?cursor=x"), me.get("tasks?status=DONE"), me.get("tasks?from=then"),
                 me.get(f"{tasks}/{slow}/diff"), me.get(f"{tasks}/{slow}/diff?with={NOBODY}"),
                 me.post_json(f"{tasks}/{NOBODY}/again"), me.get(f"{tasks}/{NOBODY}/statistics"),
                 me.delete(f"{tasks}/{NOBODY}")]
        self.assertEqual(self.codes(codes), [
            (409, "task.running"), (404, "statistics.not_found"), (422, "request.limit"), (422, "request.cursor"),
            (422, "request.invalid"), (422, "request.invalid"), (422, "request.invalid")] + [(404, "task.not_found")] * 4)
        me.post_json(f"{tasks}/{slow}/cancel")
        self.ended(project, slow)
        self.assertEqual(me.delete(f"{tasks}/{slow}").status, 204)
        self.assertEqual(me.get(f"{tasks}/{slow}").code, "task.not_found")
        me.delete(f"projects/{project}/files/four.xml")
        self.assertEqual(me.post_json(f"{tasks}/{four['id']}/again").code, "descriptor.invalid")


class Limits(unittest.TestCase):
    def test_of_bytes_and_of_the_queue(self):
        server = Server("--project-bytes", "1000", "--waiting-tasks", "1")
        self.addCleanup(server.close)
        me = admin(server)
        project = me.make_project("Small")
        files = f"projects/{project}/files"
        me.upload("POST", files, b"x" * 600, "a")
        version = me.get(f"projects/{project}/versions").json()[0]["id"]
        me.upload("PUT", f"{files}/a", b"x")
        me.upload("POST", files, b"y" * 600, "b")
        answer = me.post_json(f"projects/{project}/versions/{version}/restore")
        self.assertEqual((answer.status, answer.code), (413, "project.quota"))
        self.assertEqual(me.get(f"{files}/a").body, b"x")
        me.upload("POST", files, ENDLESS, "datamimic.xml")
        tasks = f"projects/{project}/tasks"
        first = me.post_json(tasks).json()["id"]
        wait_for(lambda: me.post_json(tasks).status == 429, 30)
        answer = me.post_json(f"{tasks}/{first}/again")
        self.assertEqual((answer.status, answer.code), (429, "queue.full"))
        for task in me.get(tasks).json():
            me.post_json(f"{tasks}/{task['id']}/cancel")


if __name__ == "__main__":
    unittest.main()
