"""The workflow of the guide, by the curl binary alone, and the older and other ways to write each call."""

import base64
import email
import json
import subprocess
import unittest
import zipfile

import contract
from server import Answer, Server


class Workflow(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.project = cls.server.clone()
        cls.token = cls.server.token(cls.project)[0]
        cls.base = f"{cls.server.url}/api/v1/{cls.project}"

    def curl(self, *arguments, status=200):
        out, head = self.server.folder / "out", self.server.folder / "head"
        done = subprocess.run(["curl", "-q", "--noproxy", "*", "-sS", "--max-time", "60", "-o", out, "-D", head, "-w", "%{http_code}",
                               "-H", f"Authorization: Bearer {self.token}", *arguments], capture_output=True, text=True,
                              cwd=self.server.folder, check=False)
        body = out.read_bytes() if out.exists() else b""
        self.assertEqual((done.stdout, done.stderr), (str(status), ""), (arguments, body))
        if status == 204:
            body = b""
        # The last head: "100 Continue" may come before it.
        fields = head.read_text().strip().split("\n\n")[-1].split("\n", 1)[1]
        method = next((arguments[i + 1] for i, word in enumerate(arguments) if word == "-X"), None)
        method = method or ("PUT" if "-T" in arguments else "POST" if "-F" in arguments or "-d" in arguments else "GET")
        contract.check(method, arguments[-1].removeprefix(self.server.url),
                       Answer(status, email.message_from_string(fields), body), True)
        return body

    def curl_json(self, *arguments, status=200):
        return json.loads(self.curl(*arguments, status=status))

    def finished(self):
        task = self.curl_json("-X", "POST", "-d", "", f"{self.base}/generate")["task_id"]
        client = self.server.client(self.project, "read")
        self.assertEqual(client.task_ends(task)["status"], "SUCCEEDED")
        return task

    def test_guide(self):
        names = [file["name"] for file in self.curl_json(f"{self.base}/files")]
        self.assertIn("datamimic.xml", names)
        self.assertIn(b"<setup", self.curl(f"{self.base}/files/datamimic.xml"))
        (self.server.folder / "new.xml").write_bytes(b"<setup/>")
        made = self.curl_json("-F", "file=@new.xml;type=text/xml", f"{self.base}/files", status=201)
        self.assertEqual((made["name"], made["size"], made["uri"]), ("new.xml", 8, f"{self.project}/new.xml"))
        self.curl("-F", "file=@new.xml;type=text/xml", f"{self.base}/files", status=409)
        (self.server.folder / "new.xml").write_bytes(b"<setup></setup>")
        changed = self.curl_json("-X", "PUT", "-F", "file=@new.xml", f"{self.base}/files/new.xml")
        self.assertEqual(changed["size"], 15)
        self.assertEqual(self.curl(f"{self.base}/files/new.xml"), b"<setup></setup>")
        self.curl("-X", "DELETE", f"{self.base}/files/new.xml", status=204)
        self.curl("-X", "DELETE", f"{self.base}/files/new.xml", status=404)
        task = self.finished()
        artifacts = self.curl_json(f"{self.base}/tasks/{task}/artifacts")
        self.assertTrue(artifacts)
        contents = {}
        for artifact in artifacts:
            contents[artifact["name"]] = self.curl(self.server.url + artifact["url"])
            self.assertEqual(len(contents[artifact["name"]]), artifact["size"])
            if artifact["name"].endswith(".json"):
                self.assertEqual(len(json.loads(contents[artifact["name"]])), artifact["records"])
        archive = self.curl(f"{self.base}/tasks/{task}/artifacts/zip")
        (self.server.folder / "all.zip").write_bytes(archive)
        unpacked = self.server.folder / "unpacked"
        subprocess.run(["unzip", "-q", "all.zip", "-d", unpacked], cwd=self.server.folder, check=True)
        for name, content in contents.items():
            self.assertEqual((unpacked / name).read_bytes(), content)

    def test_older_read_and_update(self):
        text = self.curl_json(f"{self.base}/file/read/datamimic.xml")
        content = self.curl(f"{self.base}/files/datamimic.xml")
        self.assertEqual(base64.b64decode(text, validate=True), content)
        element = {"code": base64.b64encode(content + b"\n<!-- \xc3\xbc -->").decode(), "encoding": "utf-8",
                   "extension": ".xml", "index": 0, "name": "datamimic", "uri": f"{self.project}/datamimic.xml"}
        answer = self.curl_json("-H", "Content-Type: application/json", "-d", json.dumps([element]),
                                f"{self.base}/files/update")
        self.assertEqual([file["name"] for file in answer], ["datamimic.xml"])
        self.assertEqual(self.curl(f"{self.base}/files/datamimic.xml"), content + b"\n<!-- \xc3\xbc -->")

    def test_other_ways_to_update(self):
        (self.server.folder / "other.txt").write_bytes(b"1")
        self.curl("-F", "file=@other.txt", f"{self.base}/files", status=201)
        self.curl("-F", "file=@other.txt;filename=update", f"{self.base}/files", status=201)
        for number, arguments in enumerate([("-F", "file=@other.txt", f"{self.base}/files/other.txt"),
                                            ("-X", "PUT", "-F", "file=@other.txt", f"{self.base}/files")]):
            (self.server.folder / "other.txt").write_bytes(f"way {number}".encode())
            self.curl(*arguments)
            self.assertEqual(self.curl(f"{self.base}/files/other.txt"), f"way {number}".encode())
        self.curl("-F", "file=@other.txt", f"{self.base}/files/update")
        self.assertEqual(self.curl(f"{self.base}/files/update"), b"way 1")
        (self.server.folder / "other.txt").write_bytes(b"by query")
        self.curl("-F", "file=@other.txt", f"{self.base}/files/update?name=other.txt")
        self.assertEqual(self.curl(f"{self.base}/files/other.txt"), b"by query")
        self.curl("-X", "PUT", "-F", "file=@other.txt", f"{self.base}/files?name=update")
        self.assertEqual(self.curl(f"{self.base}/files/update"), b"by query")

    def test_other_ways_to_the_artifacts(self):
        task = self.finished()
        listed = self.curl_json(f"{self.base}/tasks/{task}/artifacts")
        self.assertEqual(self.curl_json(f"{self.base}/artifacts/{task}"), listed)
        name = listed[0]["name"]
        content = self.curl(f"{self.base}/tasks/{task}/artifacts/{name}")
        self.assertEqual(self.curl(f"{self.base}/artifacts/{task}/{name}"), content)
        self.assertEqual(self.curl(f"{self.base}/tasks/{task}/artifacts/zip?name={name}"), content)
        archive = self.curl(f"{self.base}/tasks/{task}/artifacts/zip")
        v2 = f"{self.server.url}/api/v2/projects/{self.project}/tasks/{task}"
        for arguments in ([f"{self.base}/tasks/{task}/archive"], [f"{self.base}/tasks/{task}/artifacts?format=zip"],
                          ["-H", "Accept: application/zip", f"{self.base}/tasks/{task}/artifacts"], [f"{v2}/archive"]):
            self.assertEqual(self.curl(*arguments), archive, arguments)
        with zipfile.ZipFile(self.server.folder / "out") as opened:
            self.assertIsNone(opened.testzip())
            self.assertEqual(sorted(opened.namelist()), sorted(artifact["name"] for artifact in listed))
            now = self.curl_json(f"{self.base}/tasks/{task}")["now"]
            when = "%04d-%02d-%02dT%02d:%02d" % opened.infolist()[0].date_time[:5]
            self.assertEqual(when, now[:16])
        self.curl_json(f"{self.base}/tasks/{task}/artifacts?format=tar", status=422)
        ranged = self.curl("-r", "0-3", f"{self.base}/tasks/{task}/artifacts/{name}", status=206)
        self.assertEqual(ranged, content[:4])

    def test_upload_of_a_large_file_with_expect_continue(self):
        (self.server.folder / "large.csv").write_bytes(b"0123456789" * 300_000)
        self.curl("-H", "Expect: 100-continue", "-F", "file=@large.csv", f"{self.base}/files", status=201)
        self.assertEqual(self.curl(f"{self.base}/files/large.csv"), b"0123456789" * 300_000)
        self.curl("-X", "PUT", "-H", "Content-Type: text/csv", "-T", "large.csv", "-H", "Transfer-Encoding: chunked",
                  f"{self.server.url}/api/v2/projects/{self.project}/files/large.csv")
        self.curl("-X", "DELETE", f"{self.base}/files/large.csv", status=204)
