"""Limits and quotas, each with its code; the transport's own are in src/server/transport_test.cc."""

import socket
import unittest

from server import Client, Server


class Limits(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--project-bytes", "20000", "--project-files", "10")
        cls.addClassCleanup(cls.server.close)
        cls.client = cls.server.client(cls.server.clone())

    def test_quota_of_bytes(self):
        for method, path in (("POST", "files"), ("PUT", "files/datamimic.xml"), ("POST", "files/datamimic.xml"),
                             ("PUT", "files"), ("PUT", f"{self.client.v2}/files/datamimic.xml"),
                             ("POST", f"{self.client.v2}/files")):
            name = "new.bin" if method == "POST" else "datamimic.xml"
            answer = self.client.upload(method, path, b"x" * 20_001, name)
            self.assertEqual((answer.status, answer.code), (413, "project.quota"), path)
        element = {"code": "eHh4" * 7000, "name": "datamimic", "extension": ".xml"}
        self.assertEqual(self.client.post_json("files/update", [element]).code, "project.quota")

    def test_quota_of_files(self):
        count = len(self.client.get("files").json())
        for number in range(count, 10):
            self.client.create(f"many{number}.txt", b"")
        answer = self.client.upload("POST", "files", b"", "over.txt")
        self.assertEqual((answer.status, answer.code), (413, "project.quota"))

    def test_json_body(self):
        body = b'{"entry": "' + b"x" * (10 << 20) + b'"}'
        for path in ("generate", f"{self.client.v2}/tasks", f"{self.client.v2}/files/datamimic.xml/unlock"):
            answer = self.client.request("POST", path, body, {"Content-Type": "application/json"}, documented=False)
            self.assertEqual((answer.status, answer.code), (413, "request.too_large"), path)

    def raw(self, text):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=60) as connection:
            connection.sendall(text)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
            return answer

    def test_header_and_url(self):
        end = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        long = self.raw(b"GET /health?" + b"u" * 9000 + end + b"\r\n")
        self.assertIn(b" 414 ", long)
        self.assertIn(b'"code": "request.url_too_long"', long)
        large = self.raw(b"GET /health" + end + b"X: " + b"h" * 17_000 + b"\r\n\r\n")
        self.assertIn(b" 431 ", large)
        self.assertIn(b'"code": "request.header_too_large"', large)
        self.assertIn(b"application/problem+json", large)
        self.assertIn(b'"code": "request.malformed"', self.raw(b"nonsense\r\n\r\n"))


class Starting(unittest.TestCase):
    def test_a_taken_address_is_told(self):
        import subprocess
        import server
        running = Server()
        self.addCleanup(running.close)
        done = subprocess.run([server.PROGRAM, "serve", "--data", str(running.folder / "other"), "--listen",
                               f"127.0.0.1:{running.port}"], capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("[listen.in_use]", done.stderr)
        done = subprocess.run([server.PROGRAM, "serve", "--data", str(running.folder / "other"), "--listen", "here"],
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("[listen.syntax]", done.stderr)


class Rates(unittest.TestCase):
    def test_failed_authentications(self):
        running = Server("--failure-limit", "20")
        self.addCleanup(running.close)
        project = running.clone()
        good = running.client(project)
        wrong = Client(running, project, good.token[:-1] + ("a" if good.token[-1] != "a" else "b"))
        codes = [wrong.get("files").code for _ in range(20)]
        self.assertEqual(set(codes), {"token.invalid"})
        answer = wrong.get("files")
        self.assertEqual((answer.status, answer.code), (429, "auth.rate_limited"))
        self.assertGreater(int(answer.headers["Retry-After"]), 0)
        self.assertEqual(good.get("files").status, 200)

    def test_requests_of_a_token(self):
        running = Server("--rate-limit", "2")
        self.addCleanup(running.close)
        project = running.clone()
        one, other = running.client(project), running.client(project)
        answers = [one.get("files") for _ in range(40)]
        refused = [answer for answer in answers if answer.status == 429]
        self.assertEqual(answers[0].status, 200)
        self.assertEqual(refused[0].code, "request.rate_limited")
        self.assertGreater(int(refused[0].headers["Retry-After"]), 0)
        self.assertEqual(other.get("files").status, 200)
