"""Uploads as hostile clients send them."""

import base64
import json
import os
import socket
import unittest

from server import Server, form, path_of, wait_for

MEGABYTE = 1 << 20


class Uploads(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--file-bytes", str(4 * MEGABYTE))
        cls.addClassCleanup(cls.server.close)
        cls.project = cls.server.clone()
        cls.client = cls.server.client(cls.project)

    def raw(self, head, *pieces, end=True):
        """Sends bytes as they are; returns all that comes back."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=60) as connection:
            connection.sendall(head.encode())
            try:
                for piece in pieces:
                    connection.sendall(piece)
                if end:
                    connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # refused while reading: the answer says why
            answer = b""
            try:
                while piece := connection.recv(65536):
                    answer += piece
            except OSError:
                pass
            return answer

    def head(self, method, path, *fields):
        return "\r\n".join([f"{method} {self.client.v1}/{path} HTTP/1.1", "Host: localhost",
                            f"Authorization: Bearer {self.client.token}", *fields, "", ""])

    def test_chunked(self):
        content = os.urandom(MEGABYTE)
        body, kind = form([("file", "chunked.bin", content)])
        pieces = (body[start:start + 10_007] for start in range(0, len(body), 10_007))
        answer = self.client.request("POST", "files", pieces, {"Content-Type": kind, "Transfer-Encoding": "chunked"})
        self.assertEqual(answer.status, 201, answer.body)
        self.assertEqual(self.client.get("files/chunked.bin").body, content)

    def test_parts(self):
        good = ("file", "part.txt", b"1")
        note = ("note", None, b"ignored")
        self.assertEqual(self.parts([note, good, note]).status, 201)
        self.client.request("DELETE", "files/part.txt")
        for case in ([], [note], [good, good], [("file", None, b"1")], [("File", "part.txt", b"1")], [note] * 20 + [good]):
            answer = self.parts(case)
            self.assertEqual((answer.status, answer.code), (422, "upload.part"), case)
        for method, path in (("PUT", "files/datamimic.xml"), ("POST", "files/datamimic.xml"), ("PUT", "files"),
                             ("PUT", f"{self.client.v2}/files/datamimic.xml"), ("POST", f"{self.client.v2}/files")):
            self.assertEqual(self.parts([note], method, path).code, "upload.part", path)
        for kind in ("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "b" * 71):
            self.assertEqual(self.client.request("POST", "files", b"x", {"Content-Type": kind}).code, "upload.part")

    def parts(self, parts, method="POST", path="files"):
        body, kind = form(parts)
        return self.client.request(method, path, body, {"Content-Type": kind})

    def test_other_media_types(self):
        for kind in ("application/json", "application/x-www-form-urlencoded", "multipart/mixed; boundary=x", ""):
            for method, path in (("POST", "files"), ("PUT", "files"), ("PUT", "files/datamimic.xml"),
                                 ("POST", "files/datamimic.xml"), ("POST", f"{self.client.v2}/files")):
                answer = self.client.request(method, path, b"x", {"Content-Type": kind} if kind else {})
                self.assertEqual((answer.status, answer.code), (415, "media.unsupported"), (path, kind))
        self.assertEqual(self.client.request("POST", "files/update", b"[]", {"Content-Type": "text/plain"}).status, 415)

    def test_hostile_names(self):
        for name in ("../x", "/etc/passwd", "a/../../b", "a\\\\b", "a\x01b", "", "a//b", "./a", "a" * 256, "a/b/", "\x7f"):
            for method, path in (("POST", "files"), ("PUT", "files"), ("POST", f"{self.client.v2}/files")):
                answer = self.client.upload(method, path, b"x", name)
                self.assertEqual((answer.status, answer.code), (422, "file.bad_name"), (name, path))
        for path in ("files/..%2Fx", f"{self.client.v2}/files/..%2Fx"):
            self.assertEqual(self.client.upload("PUT", path, b"x").code, "file.bad_name")
        self.assertEqual(self.client.upload("POST", "files/..%2Fx", b"x").code, "file.bad_name")
        body, kind = form([("file", "a%0D%0Ab.txt", b"x")])
        self.assertEqual(self.client.request("POST", "files", body, {"Content-Type": kind}).code, "file.bad_name")

    def test_the_path_names_the_file(self):
        self.client.create("named.txt", b"1")
        self.assertEqual(self.client.upload("PUT", "files/named.txt", b"2", "../other.txt").json()["name"], "named.txt")
        self.assertEqual(self.client.get("files/named.txt").body, b"2")

    def test_too_large_is_refused_while_reading(self):
        self.client.create("limit.bin", b"old")
        limit = 4 * MEGABYTE
        self.assertEqual(self.client.upload("PUT", "files/limit.bin", b"x" * limit).status, 200)
        for method, path in (("PUT", "files/limit.bin"), ("POST", "files/limit.bin"),
                             ("PUT", f"{self.client.v2}/files/limit.bin")):
            answer = self.client.upload(method, path, b"x" * (limit + 1))
            self.assertEqual((answer.status, answer.code), (413, "file.too_large"), path)
        for path, method in (("files", "POST"), ("files", "PUT"), (f"{self.client.v2}/files", "POST")):
            name = "limit.bin" if method == "PUT" else "new.bin"
            self.assertEqual(self.client.upload(method, path, b"x" * (limit + 1), name).code, "file.too_large")
        self.assertEqual(self.client.get("files/new.bin").status, 404)
        fields = ["Content-Type: multipart/form-data; boundary=b", "Content-Length: 100000000000"]
        answer = self.raw(self.head("PUT", "files/limit.bin", *fields), b"x" * 100_000)
        self.assertIn(b" 413 ", answer)
        self.assertIn(b"file.too_large", answer)
        fields[1] = "Transfer-Encoding: chunked"
        start = b'--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
        chunk = b"100000\r\n" + b"x" * MEGABYTE + b"\r\n"
        answer = self.raw(self.head("PUT", "files/limit.bin", *fields), b"%x\r\n%s\r\n" % (len(start), start),
                          *[chunk] * 40)
        self.assertIn(b" 413 ", answer)
        self.assertIn(b"file.too_large", answer)
        self.assertEqual(len(self.client.get("files/limit.bin").body), limit)

    def test_a_broken_upload_leaves_the_old_content(self):
        self.client.create("old.txt", b"old")
        fields = ["Content-Type: multipart/form-data; boundary=b", "Content-Length: 100000"]
        start = b'--b\r\nContent-Disposition: form-data; name="file"; filename="old.txt"\r\n\r\nnew'
        self.raw(self.head("PUT", "files/old.txt", *fields), start)
        self.raw(self.head("POST", "files", *fields), start.replace(b"old.txt", b"fresh.txt"))
        fields[1] = f"Content-Length: {len(start)}"
        self.assertIn(b"upload.part", self.raw(self.head("PUT", "files/old.txt", *fields), start))
        fields[1] = "Transfer-Encoding: chunked"
        self.assertIn(b" 400 ", self.raw(self.head("PUT", "files/old.txt", *fields), b"zz\r\n"))
        self.assertEqual(self.client.get("files/old.txt").body, b"old")
        self.assertEqual(self.client.get("files/fresh.txt").status, 404)
        temporary = self.server.folder / "data" / "tmp"
        wait_for(lambda: not temporary.exists() or not any(temporary.iterdir()), 30)

    def test_smuggling(self):
        fields = ["Content-Type: application/json", "Content-Length: 5", "Transfer-Encoding: chunked"]
        self.assertIn(b" 400 ", self.raw(self.head("POST", "generate", *fields), b"0\r\n\r\n"))
        self.assertIn(b" 400 ", self.raw(self.head("POST", "generate", "Content-Length: 0", "Content-Length: 0")))

    def update(self, elements):
        return self.client.post_json("files/update", elements)

    def element(self, name, content, **more):
        return {"code": base64.b64encode(content).decode(), "name": name, "extension": ".txt", "index": 0,
                "encoding": "utf-8", "uri": f"{self.project}/{name}.txt", **more}

    def test_older_update_is_all_or_nothing(self):
        for name in ("u1.txt", "u2.txt", "folder/u3.txt"):
            self.client.create(name, b"old")
        good = [self.element("u1", b"new"), self.element("u2", os.urandom(300_000))]
        deep = {"code": "bmV3", "name": "u3", "extension": ".txt", "uri": f"{self.project}/folder/u3.txt"}
        for bad, code in ((self.element("absent", b"x"), "file.not_found"), ({"name": "u1"}, "request.invalid"),
                          (self.element("u2", b"x", code="no base64!"), "request.invalid"),
                          (self.element("u2", b"x", code=1), "request.invalid"), (self.element("u1", b"x"), "file.duplicate"),
                          (self.element("u2", b"x", uri="other/u2.txt"), "request.invalid"),
                          (self.element("u1", b"x", uri=f"{self.project}/u2.txt"), "request.invalid"),
                          (self.element("../u2", b"x", uri=""), "file.bad_name"), ("text", "request.invalid"),
                          (self.element("u2", b"x" * (4 * MEGABYTE + 1)), "file.too_large")):
            answer = self.update([good[0], bad])
            self.assertEqual(answer.code, code, str(bad)[:100])
            self.assertEqual(self.client.get("files/u1.txt").body, b"old")
        for body in (b"[", b"{}", b'"x"', b"[1]", b"[[]]", b"[{}", b""):
            answer = self.client.request("POST", "files/update", body, {"Content-Type": "application/json"})
            self.assertIn(answer.code, ("request.syntax", "request.invalid"), body)
        self.assertEqual(self.update([good[0]] * 101).code, "request.invalid")
        self.assertEqual([file["name"] for file in self.update([*good, deep]).json()], ["u1.txt", "u2.txt", "folder/u3.txt"])
        self.assertEqual(self.client.get("files/u2.txt").body, base64.b64decode(good[1]["code"]))
        self.assertEqual(self.client.get("files/folder/u3.txt").body, b"new")
        self.assertEqual(self.update([]).json(), [])

    def test_bytes_come_back_as_they_were(self):
        for size in (0, 1, 2, 3, 65_535, 65_536, 65_537, 200_000):
            content, name = os.urandom(size), f"bytes {size}.bin"
            self.client.create(name, content)
            self.assertEqual(self.client.get(f"files/{path_of(name)}").body, content)
            text = json.loads(self.client.get(f"file/read/{path_of(name)}").body)
            self.assertEqual(base64.b64decode(text, validate=True), content)
            if size > 10:
                part = self.client.get(f"files/{path_of(name)}", range=f"bytes=5-{size - 2}")
                self.assertEqual((part.status, part.body), (206, content[5:-1]))
