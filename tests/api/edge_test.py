"""Who reaches the server, and how: TLS, proxies, names."""

import http.client
import os
import signal
import socket
import ssl
import subprocess
import tempfile
import unittest
from pathlib import Path

import server
from server import Server, wait_for


def make_certificate(folder, name, days=2):
    """A certificate for 127.0.0.1 and localhost, signed by itself."""
    certificate, key = folder / f"{name}.crt", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                    str(days), "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout",
                    str(key), "-out", str(certificate)], check=True, capture_output=True, timeout=60)
    return certificate, key


def run_serve(*arguments, **variables):
    with tempfile.TemporaryDirectory(prefix="api-") as folder:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MIMUS_")} | variables
        return subprocess.run([server.PROGRAM, "serve", "--data", folder + "/data", *arguments], capture_output=True,
                              text=True, timeout=60, check=False, cwd=folder, env=environment)


class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="tls-")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        cls.first = make_certificate(cls.folder, "first")
        cls.second = make_certificate(cls.folder, "second")
        cls.server = Server(*cls.arguments(*cls.first))
        cls.addClassCleanup(cls.server.close)
        cls.client = cls.server.client(cls.server.clone())

    @staticmethod
    def arguments(certificate, key):
        return "--tls-cert", str(certificate), "--tls-key", str(key)

    def context(self, certificate=None):
        return ssl.create_default_context(cafile=str(certificate or self.first[0]))

    def connect(self, context=None, to=None):
        raw = socket.create_connection(("127.0.0.1", (to or self.server).port), timeout=60)
        self.addCleanup(raw.close)
        connection = (context or self.context()).wrap_socket(raw, server_hostname="localhost")
        self.addCleanup(connection.close)
        return connection

    def talk(self, connection, path="/health", method="GET", body=b"", close=True):
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n"
        if close:
            head += "Connection: close\r\n"
        if body:
            head += f"Content-Length: {len(body)}\r\n"
        connection.sendall(head.encode() + b"\r\n" + body)
        response = http.client.HTTPResponse(connection, method=method)
        response.begin()
        return response, response.read()

    def test_answers_tell_browsers_to_stay_with_tls(self):
        response, body = self.talk(self.connect())
        self.assertEqual((response.status, body), (200, b'{"status": "ok"}\n'))
        self.assertEqual(response.headers["Strict-Transport-Security"], "max-age=31536000")
        response, _ = self.talk(self.connect(), "/nowhere")
        self.assertEqual(response.headers["Strict-Transport-Security"], "max-age=31536000")

    def test_the_end_is_told(self):
        # An end without close_notify would raise.
        context = self.context()
        context.options &= ~getattr(ssl, "OP_IGNORE_UNEXPECTED_EOF", 0)
        raw = socket.create_connection(("127.0.0.1", self.server.port), timeout=60)
        with context.wrap_socket(raw, server_hostname="localhost", suppress_ragged_eofs=False) as strict:
            strict.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            while strict.recv(65536):
                pass

    def test_only_new_protocols(self):
        self.assertEqual(self.connect().version(), "TLSv1.3")
        for version, expected in ((ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_1, None)):
            context = self.context()
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = version
            if expected:
                connection = self.connect(context)
                self.assertEqual(connection.version(), expected)
                self.assertRegex(connection.cipher()[0], r"^ECDHE-.*(GCM|CHACHA20)")
            else:
                self.assertRaises(ssl.SSLError, self.connect, context)
        weak = self.context()
        weak.maximum_version = ssl.TLSVersion.TLSv1_2
        weak.set_ciphers("AES128-SHA:ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0")
        self.assertRaises(ssl.SSLError, self.connect, weak)

    def test_only_http_1(self):
        for offered, chosen in ((["h2", "http/1.1"], "http/1.1"), (["h2"], None)):
            context = self.context()
            context.set_alpn_protocols(offered)
            if chosen:
                self.assertEqual(self.connect(context).selected_alpn_protocol(), chosen)
            else:
                self.assertRaises(ssl.SSLError, self.connect, context)

    def test_large_bodies_by_curl(self):
        content = os.urandom(3_000_000)
        (self.folder / "large.bin").write_bytes(content)
        curl = ["curl", "-sS", "--fail-with-body", "--cacert", str(self.first[0]), "--max-time", "60", "-H",
                f"Authorization: Bearer {self.client.token}"]
        base = f"https://localhost:{self.server.port}{self.client.v1}"
        subprocess.run([*curl, "-F", f"file=@{self.folder}/large.bin", f"{base}/files"], check=True, capture_output=True)
        got = subprocess.run([*curl, f"{base}/files/large.bin"], check=True, capture_output=True)
        self.assertEqual(got.stdout, content)

    def test_one_that_says_nothing_holds_up_nobody(self):
        silent = socket.create_connection(("127.0.0.1", self.server.port), timeout=60)
        self.addCleanup(silent.close)
        self.assertEqual(self.talk(self.connect())[0].status, 200)

    def test_plain_http_gets_no_answer(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=60) as plain:
            plain.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            answer = b""
            try:
                while piece := plain.recv(65536):
                    answer += piece
            except ConnectionResetError:
                pass
        self.assertNotIn(b"HTTP/", answer)

    def test_a_new_certificate_loses_no_connection(self):
        certificate, key = self.folder / "live.crt", self.folder / "live.key"

        def install(pair):
            certificate.write_bytes(pair[0].read_bytes())
            key.write_bytes(pair[1].read_bytes())

        install(self.first)
        live = Server(*self.arguments(certificate, key))
        self.addCleanup(live.close)
        kept = self.connect(to=live)
        self.assertEqual(self.talk(kept, close=False)[0].status, 200)
        install(self.second)
        live.process.send_signal(signal.SIGHUP)
        wait_for(lambda: b"the certificate was read anew" in live.errors(), 60)
        self.assertEqual(self.talk(kept, close=False)[0].status, 200)
        self.assertRaises(ssl.SSLCertVerificationError, self.connect, self.context(self.first[0]), live)
        self.connect(self.context(self.second[0]), live)
        # A bad pair is told, and the one before stays.
        certificate.write_bytes(self.first[0].read_bytes())
        live.process.send_signal(signal.SIGHUP)
        wait_for(lambda: b"[tls.key]" in live.errors(), 60)
        self.assertEqual(self.talk(kept, close=False)[0].status, 200)
        self.assertEqual(self.talk(self.connect(self.context(self.second[0]), live))[0].status, 200)

    def test_wrong_files(self):
        certificate, key = self.first
        (self.folder / "none.pem").write_text("nothing\n")
        locked = self.folder / "locked.key"
        subprocess.run(["openssl", "ec", "-in", str(key), "-aes128", "-passout", "pass:secret", "-out", str(locked)],
                       check=True, capture_output=True, timeout=60)
        for pair, code in (((self.folder / "absent", key), "tls.certificate"), ((certificate, "/absent"), "tls.key"),
                           ((self.folder / "none.pem", key), "tls.certificate"),
                           ((certificate, self.folder / "none.pem"), "tls.key"),
                           ((certificate, self.second[1]), "tls.key"), ((certificate, locked), "tls.key")):
            done = run_serve("--listen", "127.0.0.1:0", *self.arguments(*pair))
            self.assertEqual(done.returncode, 1, pair)
            self.assertIn(f"[{code}]", done.stderr)
        self.assertEqual(run_serve("--tls-cert", str(certificate)).returncode, 2)
        self.assertEqual(run_serve(MIMUS_TLS_KEY=str(key)).returncode, 2)


class Exposure(unittest.TestCase):
    def test_other_machines_need_tls(self):
        done = run_serve("--listen", "0.0.0.0:0")
        self.assertEqual(done.returncode, 1)
        self.assertIn("[listen.insecure]", done.stderr)
        for arguments in (["--insecure-http"], ["--trusted-proxy", "10.0.0.0/8"]):
            running = Server("--listen", "0.0.0.0:0", *arguments)
            self.addCleanup(running.close)
            self.assertEqual(b"--insecure-http" in running.errors(), arguments == ["--insecure-http"])

    def test_wrong_arguments(self):
        for arguments, code in ((["--trusted-proxy", "10.0.0.0/33"], "address.syntax"),
                                (["--public-url", "data.example.org"], "url.syntax")):
            done = run_serve("--listen", "127.0.0.1:0", *arguments)
            self.assertEqual(done.returncode, 1)
            self.assertIn(f"[{code}]", done.stderr)


class Names(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.local = Server()
        cls.addClassCleanup(cls.local.close)
        cls.public = Server("--public-url", "https://data.example.org", "--trusted-proxy", "127.0.0.0/8")
        cls.addClassCleanup(cls.public.close)

    def ask(self, running, host, path="/health", **fields):
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
        self.addCleanup(connection.close)
        connection.request("GET", path, headers={"Host": host, **server.named(fields)})
        response = connection.getresponse()
        return response, response.read()

    def test_another_name_is_refused(self):
        for host in ("localhost:1", f"127.0.0.1:{self.local.port}", "[::1]"):
            self.assertEqual(self.ask(self.local, host)[0].status, 200, host)
        for host in ("evil.example", "10.0.0.1", "data.example.org", ""):
            response, body = self.ask(self.local, host)
            self.assertEqual(response.status, 421, host)
            self.assertIn(b'"code": "host.unknown"', body)
        self.assertEqual(self.ask(self.local, "localhost", "http://evil.example/health")[0].status, 421)

    def test_public_names(self):
        self.assertEqual(self.ask(self.public, "data.example.org")[0].status, 200)
        self.assertEqual(self.ask(self.public, "localhost")[0].status, 200)
        self.assertEqual(self.ask(self.public, "evil.example")[0].status, 421)

    def test_what_a_trusted_proxy_says(self):
        response, _ = self.ask(self.public, "inside:8080", x_forwarded_host="data.example.org", x_forwarded_proto="https")
        self.assertEqual(response.status, 200)
        self.assertIsNotNone(response.headers["Strict-Transport-Security"])
        self.assertEqual(self.ask(self.public, "localhost", x_forwarded_host="evil.example")[0].status, 421)
        # The other server trusts nobody.
        response, _ = self.ask(self.local, "localhost", x_forwarded_host="evil.example", x_forwarded_proto="https")
        self.assertEqual(response.status, 200)
        self.assertIsNone(response.headers["Strict-Transport-Security"])
