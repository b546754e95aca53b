"""Files: list and pages, read with ranges and conditions, create, update, delete, names, leases, both versions."""

import base64
import json
import re
import unittest

from person import admin
from server import Client, Server, path_of


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.project = cls.server.clone()
        cls.client = cls.server.client(cls.project, name="one")
        cls.second = cls.server.client(cls.project, name="two")

    def setUp(self):
        for file in self.client.get("files").json():
            self.client.post_json(f"{self.client.v2}/files/{path_of(file['name'])}/lock")
            self.second.post_json(f"{self.client.v2}/files/{path_of(file['name'])}/lock")
            if file["name"] != "datamimic.xml":
                self.client.request("DELETE", f"files/{path_of(file['name'])}")

    def test_project(self):
        value = self.client.get(self.client.v2).json()
        self.assertEqual((value["id"], value["name"], value["demo"], value["files"]), (self.project, "p", "basic-json", 1))

    def test_both_versions_tell_the_same(self):
        self.client.create("a/b.json", b"{}")
        self.assertEqual(self.client.get("files").json(), self.client.get(f"{self.client.v2}/files").json())
        self.assertEqual(self.client.get(f"{self.client.v2}/files/a/b.json").body, b"{}")
        made = self.client.upload("POST", f"{self.client.v2}/files", b"1", "c.json")
        self.assertEqual((made.status, made.headers["Location"]), (201, f"{self.client.v2}/files/c.json"))
        self.assertEqual(self.client.request("DELETE", f"{self.client.v2}/files/c.json").status, 204)

    def test_download_cannot_hurt(self):
        for name, content in (("page.html", b"<script>alert(1)</script>"), ("image.svg", b"<svg onload='x()'/>"),
                              ("größe \"1\".json", b"{}")):
            sent = name.replace('"', "%22")
            self.assertEqual(self.client.upload("POST", "files", content, sent).json()["name"], name)
            answer = self.client.get(f"files/{path_of(name)}")
            self.assertEqual(answer.body, content)
            self.assertEqual(answer.headers["Content-Disposition"],
                             "attachment; filename*=UTF-8''" + path_of(name).replace("/", "%2F"))
            self.assertEqual(answer.headers["Content-Security-Policy"], "sandbox; default-src 'none'")
            self.assertEqual(answer.headers["Cross-Origin-Resource-Policy"], "same-origin")
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
            self.assertIsNone(answer.headers["Access-Control-Allow-Origin"])
            self.assertNotIn(answer.headers["Content-Type"].split(";")[0], ("text/html", "image/svg+xml"))

    def test_conditions_and_ranges(self):
        self.client.create("r.txt", b"0123456789")
        whole = self.client.get("files/r.txt")
        tag = whole.headers["ETag"]
        self.assertRegex(tag, r'^"[0-9a-f]{64}"$')
        for headers, status, body in (
                ({"Range": "bytes=0-3"}, 206, b"0123"), ({"Range": "bytes=-3"}, 206, b"789"),
                ({"Range": "bytes=7-"}, 206, b"789"), ({"Range": "bytes=0-1,4-5"}, 200, b"0123456789"),
                ({"Range": "lines=1-2"}, 200, b"0123456789"), ({"Range": "bytes=10-"}, 416, None),
                ({"If-None-Match": tag}, 304, b""), ({"If-None-Match": f'"x", W/{tag}'}, 304, b""),
                ({"If-None-Match": "*"}, 304, b""), ({"If-None-Match": '"x"'}, 200, b"0123456789"),
                ({"Range": "bytes=0-3", "If-Range": tag}, 206, b"0123"),
                ({"Range": "bytes=0-3", "If-Range": '"x"'}, 200, b"0123456789"),
                ({"Range": "bytes=0-3", "If-Range": whole.headers["Last-Modified"]}, 206, b"0123")):
            for base in ("files/", f"{self.client.v2}/files/"):
                answer = self.client.request("GET", base + "r.txt", headers=headers)
                self.assertEqual(answer.status, status, headers)
                if body is not None:
                    self.assertEqual(answer.body, body, headers)
                if status == 206:
                    self.assertRegex(answer.headers["Content-Range"], r"^bytes \d-\d/10$")
        self.assertEqual(self.client.get("files/r.txt", range="bytes=10-").headers["Content-Range"], "bytes */10")
        head = self.client.request("HEAD", "files/r.txt")
        self.assertEqual((head.status, head.headers["Content-Length"]), (200, "10"))

    def test_create_leaves_what_exists(self):
        self.client.create("same.txt", b"old")
        for name in ("same.txt", "Same.TXT", "sam\u0065.txt"):
            answer = self.client.upload("POST", "files", b"new", name)
            self.assertEqual((answer.status, answer.code), (409, "file.exists"), name)
        self.assertEqual(self.client.upload("POST", f"{self.client.v2}/files", b"new", "same.txt").status, 409)
        self.client.create("é.txt", b"composed")
        self.assertEqual(self.client.upload("POST", "files", b"new", "e\u0301.txt").code, "file.exists")
        self.assertEqual(self.client.get("files/same.txt").body, b"old")
        self.assertEqual(self.client.get("files/e%CC%81.txt").body, b"composed")

    def test_update_creates_nothing(self):
        for method, path in (("PUT", "files/absent.txt"), ("POST", "files/absent.txt"), ("PUT", "files"),
                             ("PUT", f"{self.client.v2}/files/absent.txt")):
            answer = self.client.upload(method, path, b"x", "absent.txt")
            self.assertEqual((answer.status, answer.code), (404, "file.not_found"), path)
        for path in ("files/absent.txt", "file/read/absent.txt", f"{self.client.v2}/files/absent.txt"):
            self.assertEqual(self.client.get(path).code, "file.not_found")
        self.assertEqual(self.client.request("DELETE", f"{self.client.v2}/files/absent.txt").code, "file.not_found")
        for call in ("lock", "unlock"):
            self.assertEqual(self.client.post_json(f"{self.client.v2}/files/absent.txt/{call}").code, "file.not_found")

    def test_a_raw_body_updates_in_v2(self):
        self.client.create("raw.csv", b"a")
        answer = self.client.request("PUT", f"{self.client.v2}/files/raw.csv", b"a,b\n", {"Content-Type": "text/csv"})
        self.assertEqual((answer.status, answer.json()["size"]), (200, 4))
        answer = self.client.request("PUT", f"{self.client.v2}/files/raw.csv", b"")
        self.assertEqual((answer.status, answer.json()["size"]), (200, 0))
        answer = self.client.request("PUT", "files/raw.csv", b"x", {"Content-Type": "text/csv"})
        self.assertEqual((answer.status, answer.code), (415, "media.unsupported"))

    def test_if_match_guards_against_lost_updates(self):
        first = self.client.create("m.txt", b"1").headers["ETag"]
        for base in ("files/", f"{self.client.v2}/files/"):
            second = self.client.upload("PUT", base + "m.txt", b"2 " + base.encode(), if_match=first).headers["ETag"]
            for method in ("PUT", "POST"):
                if method == "PUT" or not base.startswith("/"):
                    answer = self.client.upload(method, base + "m.txt", b"3", if_match=first)
                    self.assertEqual((answer.status, answer.code), (412, "file.changed"), base)
            answer = self.client.request("DELETE", base + "m.txt", headers={"If-Match": f"{first}, W/{second}"})
            self.assertEqual((answer.status, answer.code), (412, "file.changed"))
            first = self.client.upload("PUT", base + "m.txt", b"4 " + base.encode(),
                                       if_match=f'"x", {second}').headers["ETag"]
        self.assertEqual(self.client.upload("PUT", "files", b"5", "m.txt", if_match='"x"').code, "file.changed")
        self.assertEqual(self.client.upload("POST", "files/update?name=m.txt", b"5", if_match='"x"').code, "file.changed")
        self.assertEqual(self.client.upload("PUT", "files/m.txt", b"5", if_match="*").status, 200)
        self.assertEqual(self.client.upload("PUT", "files/gone.txt", b"5", if_match="*").status, 404)

    def test_names(self):
        for name in ("a", "lock", "update", "zip", "x/unlock", "script/abc.json", "ü/ö.txt", "a b+c%41.txt", "😀", "." * 3,
                     "n" * 255, "/".join(["d" * 200] * 5)):
            made = self.client.upload("POST", f"files?name={path_of(name).replace('/', '%2F')}", name.encode(), "other")
            self.assertEqual((made.status, made.json().get("name")), (201, name))
            self.assertEqual(made.headers["Location"], f"{self.client.v1}/files/{path_of(name)}")
            for path in (path_of(name), path_of(name).replace("/", "%2F")):
                self.assertEqual(self.client.get(f"files/{path}").body, name.encode())
                self.assertEqual(self.client.get(f"{self.client.v2}/files/{path}").body, name.encode())
            self.assertEqual(self.client.get(f"file/read/{path_of(name)}").json(),
                             base64.b64encode(name.encode()).decode())

    def test_bad_names(self):
        bad = ["", "%2Fabs", "..", "a/../b", "a%2F..%2Fb", "%2e%2e/x", ".", "a//b", "a/", "%00", "a%0Ab", "a%5Cb", "%FF",
               "%C0%AF", "%7F", "n" * 256, "/".join(["d" * 200] * 6)]
        for name in bad:
            for method, path in (("GET", f"files/{name}"), ("GET", f"{self.client.v2}/files/{name}"),
                                 ("DELETE", f"files/{name}"), ("GET", f"file/read/{name}"),
                                 ("DELETE", f"{self.client.v2}/files/{name}")):
                answer = self.client.request(method, path)
                self.assertEqual((answer.status, answer.code), (422, "file.bad_name"), (method, path))
        for call in ("lock", "unlock"):
            self.assertEqual(self.client.post_json(f"{self.client.v2}/files/../x/{call}").code, "file.bad_name")
        self.assertEqual(self.client.get("files/a%2").code, "request.target")
        self.assertEqual(self.client.get("files/%252e%252e").code, "file.not_found")

    def test_pages(self):
        names = sorted(f"page{number:02}.txt" for number in range(7))
        for name in names:
            self.client.create(name)
        everything = [file["name"] for file in self.client.get("files").json()]
        url, found, pages = f"{self.client.v2}/files?limit=3", [], 0
        while url:
            answer = self.client.get(url)
            found += [file["name"] for file in answer.json()]
            pages += 1
            link = re.fullmatch(r'<(/api/v2/[^>]+)>; rel="next"', answer.headers["Link"] or "")
            url = link.group(1) if link else None
        self.assertEqual((found, pages), (everything, 3))
        for query in ("limit=0", "limit=1001", "limit=x", "limit=-1", "cursor=nonsense%00"):
            self.assertIn(self.client.get(f"{self.client.v2}/files?{query}").code, ("request.limit", "request.cursor"))
        self.assertEqual(self.client.get(f"{self.client.v2}/files?limit=1000").status, 200)

    def test_leases(self):
        self.client.create("l.txt", b"0")
        url = f"{self.client.v2}/files/l.txt"
        taken = self.client.post_json(f"{url}/unlock").json()
        self.assertEqual((taken["locked"], taken["holder"]), (True, "one"))
        seen = next(f for f in self.second.get("files").json() if f["name"] == "l.txt")
        self.assertEqual((seen["locked"], seen["lock"]), (True, {"holder": "one", "expires_at": taken["expires_at"]}))
        element = {"code": "MQ==", "name": "l", "extension": ".txt"}
        for answer in (self.second.post_json(f"{url}/unlock"), self.second.upload("PUT", "files/l.txt", b"1"),
                       self.second.upload("POST", "files/l.txt", b"1"), self.second.upload("PUT", url, b"1"),
                       self.second.upload("PUT", "files", b"1", "l.txt"), self.second.request("DELETE", "files/l.txt"),
                       self.second.request("DELETE", url), self.second.post_json("files/update", [element])):
            self.assertEqual((answer.status, answer.code), (423, "file.locked"))
            self.assertIn("one", json.dumps(answer.json()))
        self.assertEqual(self.client.get("files/l.txt").body, b"0")
        self.assertEqual(self.second.post_json(f"{url}/lock").json()["locked"], True)
        self.assertEqual(self.client.upload("PUT", "files/l.txt", b"2").status, 200)
        self.assertGreaterEqual(self.client.post_json(f"{url}/unlock").json()["expires_at"], taken["expires_at"])
        self.assertEqual(self.client.post_json(f"{url}/lock").json(),
                         {"locked": False, "holder": None, "expires_at": None})
        self.assertEqual(self.second.upload("PUT", "files/l.txt", b"3").status, 200)
        self.assertEqual(self.client.post_json(f"{url}/unlock", {"other": 1}).code, "request.invalid")
        self.assertEqual(self.client.post_json(f"{url}/unlock", {"force": 1}).code, "request.invalid")
        self.assertEqual(self.client.request("POST", f"{url}/unlock", b"{", {"Content-Type": "application/json"}).code,
                         "request.syntax")
        self.assertEqual(self.client.request("POST", f"{url}/unlock", b"a=1").code, "media.unsupported")
        self.assertEqual(self.client.request("POST", f"{url}/lock", b"",
                                             {"Content-Type": "application/x-www-form-urlencoded"}).status, 200)

    def test_methods_and_forms_of_answers(self):
        answer = self.client.request("PATCH", "files/datamimic.xml", b"")
        self.assertEqual((answer.status, answer.code), (405, "method.not_allowed"))
        self.assertEqual(set(answer.headers["Allow"].split(", ")), {"GET", "HEAD", "PUT", "POST", "DELETE"})
        self.assertEqual(self.client.request("OPTIONS", "files").status, 405)
        self.assertEqual(self.client.get("nothing").code, "route.not_found")
        for accept, status in (("application/json", 200), ("*/*", 200), ("text/html, */*;q=0.1", 200), ("text/html", 406),
                               ("application/json;q=0", 406)):
            self.assertEqual(self.client.get("files", accept=accept).status, status, accept)
        self.assertEqual(self.client.get("files/datamimic.xml", accept="text/html").status, 200)


class NotAcceptable(unittest.TestCase):
    """406 of every operation that answers in one form only."""

    def test_every_operation(self):
        import contract
        server = Server()
        self.addCleanup(server.close)
        project = server.clone()
        machine = Client(server, project, server.token(project, "admin")[0])
        somebody = admin(server)
        count = 0
        for template, item in contract.DOCUMENT["paths"].items():
            path = template.replace("{project_id}", project)
            path = re.sub(r"\{\w+\}", "x", path)
            client = somebody if path.startswith("/api/platform/") else machine
            for method, declared in item.items():
                if "406" in declared["responses"]:
                    answer = client.request(method.upper(), path, headers={"Accept": "image/png"})
                    self.assertEqual((answer.status, answer.code), (406, "media.not_acceptable"), path)
                    count += 1
        self.assertGreater(count, 20)
