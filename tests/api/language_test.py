"""The language of descriptors, as the editor asks for it."""

import json
import subprocess
import unittest

import server
from person import admin
from server import Server


class Language(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.person = admin(cls.server)

    def printed(self, *arguments):
        done = subprocess.run([server.PROGRAM, *arguments], capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def test_it_is_that_of_the_program(self):
        language = self.person.get("language").json()
        self.assertEqual(language["schema"], self.printed("schema", "--format", "json"))
        for kind in ("generators", "converters", "targets"):
            self.assertEqual(language[kind], self.printed(kind, "--json"), kind)
        entities = [{key: value for key, value in entity.items() if key not in ("result", "examples")}
                    for entity in self.printed("entities", "--json")]
        self.assertEqual(language["entities"], entities)

    def test_it_is_sent_once(self):
        first = self.person.get("language")
        self.assertEqual((first.status, first.headers["Cache-Control"]), (200, "private, no-cache"))
        again = self.person.get("language", if_none_match=first.headers["ETag"])
        self.assertEqual((again.status, again.body, again.headers["ETag"]), (304, b"", first.headers["ETag"]))
        self.assertEqual(self.person.get("language", if_none_match='"other"').status, 200)

    def test_it_needs_a_session(self):
        self.person.get("language")
        cookie, self.person.cookie = self.person.cookie, None
        answer = self.person.get("language")
        self.person.cookie = cookie
        self.assertEqual((answer.status, answer.json()["code"]), (401, "session.missing"))
