#!/usr/bin/env python3
"""The documents made from the table of the language, and the page of diagnostics, against the program and the code.

    check.py PROGRAM

Standard library and xmllint.
"""

import json
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = ""
ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = sorted({str(path.parent.relative_to(ROOT / "src")) for path in (ROOT / "src").rglob("*.cc")})
CODE = re.compile(r'"([a-z][a-z_]*\.[a-z][a-z_]*)"')
# What stands before a code: a failure, a finding, a report. Other dotted words are names of functions and hosts.
BEFORE = re.compile(r"fail\(|\bcode\b(?! of)|report|refuse|check_dependent|wrong\(|Diagnostic\{")
REACH = 120


def mimus(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=60, check=False)


def descriptors():
    return sorted([*ROOT.glob("demos/**/*.xml"), *ROOT.glob("tests/conformance/*/datamimic.xml")])


def codes_of_the_code():
    codes = set()
    for room in ROOMS:
        for path in (ROOT / "src" / room).glob("*.[ch]*"):
            if path.name.endswith(("_test.cc", "_fuzz.cc")):
                continue
            text = "\n".join(line.split("//")[0] for line in path.read_text(encoding="utf-8").splitlines())
            codes |= {found[1] for found in CODE.finditer(text)
                      if BEFORE.search(text, max(0, found.start() - REACH), found.start())}
    # Names of files look like codes, and actions of the audit log.
    return {code for code in codes if not code.endswith((".xml", ".toml")) and code != "user.refuse_password"}


class Language(unittest.TestCase):
    def test_the_page_is_what_the_program_prints(self):
        page = (ROOT / "docs/reference/language.md").read_text(encoding="utf-8")
        self.assertEqual(page, mimus("schema", "--format", "markdown").stdout,
                         "run: mimus schema --format markdown > docs/reference/language.md")

    def test_its_examples_have_no_mistake(self):
        page = (ROOT / "docs/reference/language.md").read_text(encoding="utf-8")
        examples = re.findall(r"^```xml\n(.*?)^```$", page, re.M | re.S)
        self.assertGreater(len(examples), 5)
        with tempfile.TemporaryDirectory(prefix="language-") as folder:
            for name in ("conf/sizes.properties", "script/customers.xml"):
                path = Path(folder, name)
                path.parent.mkdir()
                path.write_text("<setup/>" if name.endswith(".xml") else "n=1\n", encoding="utf-8")
            for example in examples:
                path = Path(folder, "datamimic.xml")
                path.write_text(example, encoding="utf-8")
                findings = json.loads(mimus("lint", str(path), "--json").stdout)["diagnostics"]
                # A page on the whole language shows words that this version may not carry out.
                self.assertEqual([f for f in findings if not f["code"].endswith(".unavailable")], [], example)

    def test_every_diagnostic_is_documented_and_none_else(self):
        page = (ROOT / "docs/reference/diagnostics.md").read_text(encoding="utf-8")
        documented = re.findall(r"^\| `([a-z_.]+)` \|", page, re.M)
        self.assertEqual(len(documented), len(set(documented)), "a code stands twice")
        # Those of the HTTP API stand where its other answers do.
        api = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", (ROOT / "docs/reference/http-api.md").read_text(encoding="utf-8")))
        self.assertEqual(codes_of_the_code() - set(documented) - api, set(), "not documented")
        self.assertEqual(set(documented) - codes_of_the_code(), set(), "documented, but not in the code")

    def test_the_json_holds_the_language(self):
        table = json.loads(mimus("schema", "--format", "json").stdout)
        elements = {element["name"]: element for element in table["elements"]}
        kinds = {kind["name"] for kind in table["kinds"]}
        self.assertTrue({"setup", "generate", "key", "else-if", "rule"} <= set(elements))
        for element in elements.values():
            self.assertTrue(set(element["children"]) <= set(elements), element["name"])
            for attribute in element["attributes"]:
                self.assertIn(attribute["kind"], kinds)
                self.assertEqual(attribute["kind"] == "choice", attribute["allowed"] != [])


class Schemas(unittest.TestCase):
    OPTIONS = {"xsd": "--schema", "rng": "--relaxng"}

    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="language-")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        for form in self.OPTIONS:
            (self.folder / form).write_text(mimus("schema", "--format", form).stdout, encoding="utf-8")

    def validate(self, form, *paths):
        return subprocess.run(["xmllint", "--noout", self.OPTIONS[form], str(self.folder / form), *map(str, paths)],
                              capture_output=True, text=True, timeout=60, check=False)

    def test_they_accept_what_lints_clean(self):
        clean = [path for path in descriptors() if mimus("lint", str(path)).returncode == 0]
        self.assertGreater(len(clean), 60)
        for form in self.OPTIONS:
            done = self.validate(form, *clean)
            self.assertEqual(done.returncode, 0, done.stderr[:4000])

    def test_they_refuse_what_the_language_does_not_have(self):
        bad = {"element": "<setup><generat name='g' count='1'/></setup>",
               "misplaced": "<setup><key name='a' constant='1'/></setup>",
               "attribute": "<setup><generate name='g' count='1' colour='1'/></setup>",
               "missing": "<setup><memstore/></setup>",
               "boolean": "<setup reportLogging='perhaps'/>",
               "choice": "<setup><generate name='g' source='a.csv' distribution='sorted'/></setup>",
               "order": "<setup><generate name='g' count='1'><condition><else/><if condition='a'/></condition>"
                        "</generate></setup>",
               "unavailable": "<setup><mongodb id='d'/></setup>",
               "root": "<generate name='g' count='1'/>"}
        for name, text in bad.items():
            path = self.folder / (name + ".xml")
            path.write_text(text, encoding="utf-8")
            for form in self.OPTIONS:
                self.assertNotEqual(self.validate(form, path).returncode, 0, f"{form} accepts {name}")

    def test_a_descriptor_may_name_its_schema(self):
        path = self.folder / "named.xml"
        path.write_text("<setup xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                        " xsi:noNamespaceSchemaLocation='mimus.xsd'/>", encoding="utf-8")
        self.assertEqual(mimus("lint", str(path)).stdout, "")


if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
