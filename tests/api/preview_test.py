"""Preview and lint: what somebody who writes a descriptor wants to know at once."""

import json
import threading
import time
import unittest

from server import DESCRIPTOR, Server, wait_for

NESTED = """<setup>
  <generate name="outer" count="100" target="CSV">
    <key name="id" generator="IncrementGenerator"/>
    <key name="r" generator="IntegerGenerator(min=1, max=1000000)"/>
    <generate name="inner" count="1000000" target="JSON"><key name="n" generator="IncrementGenerator"/></generate>
  </generate>
</setup>
"""
SLOW = """<setup>
  <generate name="g" count="1"><key name="k" constant="v"/></generate>
  <execute uri="spin.py"/>
  <generate name="slow" count="3"><key name="s" script="spin()"/></generate>
</setup>
"""
BAD = '<setup>\n  <generate name="g" count="3">\n    <key name="i" generator="NoGenerator"/>\n  </generate>\n</setup>\n'


class Previews(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.client = cls.server.client(cls.server.clone())
        cls.path = cls.client.v2 + "/preview"
        cls.client.create("spin.py", b"def spin():\n    while True:\n        pass\n")
        cls.client.create("small.xml", DESCRIPTOR)

    def preview(self, **options):
        answer = self.client.post_json(self.path, options)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json()

    def test_the_records_are_those_of_the_run(self):
        options = {"seed": 7, "now": "2026-01-01T00:00:00Z"}
        shown = self.preview(rows=5, **options)
        self.assertEqual([finding for finding in shown["diagnostics"] if finding["severity"] == "error"], [])
        task = self.client.generate(options)
        self.client.task_ends(task)
        product = shown["products"][0]
        self.assertEqual(len(product["rows"]), 5)
        self.assertTrue(product["truncated"])
        whole = json.loads(self.client.get(f"tasks/{task}/artifacts/{product['name']}.json").body)
        self.assertEqual(whole[:5], product["rows"])
        self.assertEqual(product["columns"], list(product["rows"][0]))
        self.assertEqual((shown["seed"], shown["now"]), (7, "2026-01-01T00:00:00Z"))

    def test_defaults(self):
        self.assertEqual(self.client.post_json(self.path).json()["products"][0]["truncated"], False)
        self.assertEqual([len(p["rows"]) for p in self.preview(entry="n.xml", content=NESTED)["products"]], [20, 20])

    def test_unsaved_text(self):
        shown = self.preview(entry="datamimic.xml", content=DESCRIPTOR.decode())
        self.assertEqual(shown["products"], [{"name": "g", "columns": ["i"], "rows": [{"i": 1}, {"i": 2}, {"i": 3}],
                                              "truncated": False}])
        self.assertEqual(len(self.preview(entry="new/unsaved.xml", content=DESCRIPTOR.decode())["products"]), 1)
        self.assertEqual(self.client.get("files/new/unsaved.xml").status, 404)

    def test_every_generate_is_cut(self):
        shown = self.preview(entry="n.xml", content=NESTED, rows=3)
        self.assertEqual([(p["name"], len(p["rows"]), p["truncated"]) for p in shown["products"]],
                         [("inner", 3, True), ("outer", 3, True)])
        self.assertEqual(shown["products"][0]["rows"], [{"n": 1}, {"n": 2}, {"n": 3}])

    def test_nothing_is_left(self):
        before = self.client.get(f"{self.client.v2}/tasks").json()
        self.preview(entry="n.xml", content=NESTED)
        self.assertEqual(self.client.get(f"{self.client.v2}/tasks").json(), before)
        work = self.server.folder / "data" / "work"
        self.assertEqual([path.name for path in work.iterdir() if path.name.startswith("preview")], [])

    def test_mistakes_are_told_with_their_place(self):
        shown = self.preview(entry="bad.xml", content=BAD)
        self.assertEqual(shown["products"], [])
        finding = shown["diagnostics"][0]
        self.assertEqual((finding["severity"], finding["code"], finding["file"], finding["line"]),
                         ("error", "generator.unknown", "bad.xml", 3))
        late = DESCRIPTOR.decode().replace("</generate>", "<key name='q' script='1 // (2 - i)'/></generate>")
        shown = self.preview(entry="late.xml", content=late)
        self.assertEqual(shown["products"][0]["rows"], [{"i": 1, "q": 1}])
        self.assertEqual(shown["diagnostics"][0]["code"], "script.zero_division")

    def test_values_that_json_has_not(self):
        text = DESCRIPTOR.decode().replace("</generate>", "<key name='x' script=\"float('nan')\"/></generate>")
        shown = self.preview(entry="n.xml", content=text)
        self.assertEqual(shown["products"][0]["rows"][0], {"i": 1, "x": "NaN"})

    def test_time(self):
        began = time.monotonic()
        shown = self.preview(entry="slow.xml", content=SLOW)
        self.assertEqual([product["name"] for product in shown["products"]], ["g"])
        self.assertLess(time.monotonic() - began, 30)
        self.assertIn("preview.limit", [finding["code"] for finding in shown["diagnostics"]])

    def test_bytes(self):
        text = "<setup><generate name='g' count='1000'><key name='s' script=\"'x' * 1000000\"/></generate></setup>"
        shown = self.preview(entry="large.xml", content=text, rows=100)
        self.assertTrue(shown["products"][0]["truncated"])
        self.assertLess(len(json.dumps(shown)), 11_000_000)

    def test_wrong_requests(self):
        for body, code, status in (({"rows": 0}, "request.invalid", 422), ({"rows": 1001}, "request.invalid", 422),
                                   ({"rows": "2"}, "request.invalid", 422), ({"row": 2}, "request.invalid", 422),
                                   ({"seed": -1}, "request.invalid", 422), ({"now": "soon"}, "request.invalid", 422),
                                   ({"entry": "gone.xml"}, "file.not_found", 404),
                                   ({"entry": "../x.xml", "content": "x"}, "file.bad_name", 422)):
            answer = self.client.post_json(self.path, body)
            self.assertEqual((answer.status, answer.code), (status, code), body)
        answer = self.client.request("POST", self.path, b"{", {"Content-Type": "application/json"})
        self.assertEqual((answer.status, answer.code), (400, "request.syntax"))
        answer = self.client.request("POST", self.path, b"{}", {"Content-Type": "text/plain"})
        self.assertEqual((answer.status, answer.code), (415, "media.unsupported"))

    def test_too_many_at_once(self):
        answers = []
        enough = threading.Event()

        def ask():
            while not enough.is_set():
                answers.append(self.client.post_json(self.path, {"entry": "slow.xml", "content": SLOW}))

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        try:
            # Checks have the same places.
            wait_for(lambda: self.client.post_json(self.client.v2 + "/lint").status == 429, 60)
            wait_for(lambda: any(answer.status == 429 for answer in list(answers)), 60)
        finally:
            enough.set()
            for thread in threads:
                thread.join()
        refused = [answer for answer in answers if answer.status == 429]
        self.assertTrue(refused)
        self.assertEqual(refused[0].code, "preview.busy")
        self.assertIsNotNone(refused[0].headers["Retry-After"])
        self.preview(entry="small.xml")


class Lint(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.client = cls.server.client(cls.server.clone())
        cls.path = cls.client.v2 + "/lint"

    def lint(self, options=None):
        answer = self.client.post_json(self.path, options)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json()["diagnostics"]

    def test_one_and_all(self):
        self.assertEqual(self.lint(), [])
        self.client.create("sub/bad.xml", BAD.encode())
        self.client.create("data.xml", b"<people><person/></people>")
        self.client.create("broken.xml", b"<?xml version='1.0'?><!-- c --><setup><generate></setup>")
        found = [(finding["file"], finding["code"]) for finding in self.lint({})]
        self.assertEqual(found, [("broken.xml", "xml.malformed"), ("sub/bad.xml", "generator.unknown")])
        found = self.lint({"entry": "sub/bad.xml"})
        self.assertEqual([(f["severity"], f["line"], f["column"] > 0) for f in found], [("error", 3, True)])
        self.assertEqual(self.lint({"entry": "datamimic.xml"}), [])
        self.assertEqual(len(self.lint({"entry": "datamimic.xml", "content": BAD})), 1)
        self.assertEqual(self.lint({"entry": "sub/bad.xml", "content": DESCRIPTOR.decode()}), [])

    def test_wrong_requests(self):
        for body, code, status in (({"entry": 1}, "request.invalid", 422), ({"content": "x"}, "request.invalid", 422),
                                   ({"rows": 1}, "request.invalid", 422), ({"entry": "gone.xml"}, "file.not_found", 404),
                                   ({"entry": "a/../b", "content": "x"}, "file.bad_name", 422)):
            answer = self.client.post_json(self.path, body)
            self.assertEqual((answer.status, answer.code), (status, code), body)
        self.assertEqual(self.client.request("POST", self.path, b"{", {"Content-Type": "application/json"}).status, 400)
        self.assertEqual(self.client.request("POST", self.path, b"{}", {"Content-Type": "text/plain"}).status, 415)
