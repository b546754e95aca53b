#!/usr/bin/env python3
"""generate_domain, held against Python's own random, hashes, identifiers and JSON. Standard library only.

    check.py PROGRAM

What is laid down in docs/reference/domain.md is worked out here a second time; the examples of that page run.
"""
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import unittest
import uuid
from pathlib import Path

PROGRAM = ""
PAGE = Path(__file__).parents[2] / "docs/reference/domain.md"
CLOCK = "2025-01-01T00:00:00Z"


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def first_bytes(text):
    return int(sha256(text)[:16], 16)


def derive(seed):
    return int(seed) if isinstance(seed, int) or seed.isdigit() else first_bytes(seed)


def identifier(domain, seed, place):
    space = uuid.uuid5(uuid.NAMESPACE_URL, f"datamimic:{domain}:v1")
    return str(uuid.uuid5(space, f"{derive(seed)}::{place}"))


def request(domain, seed, **more):
    return {"domain": domain, "version": "v1", "count": 50, "seed": seed, "locale": "en_US", "clock": CLOCK, **more}


class Domain(unittest.TestCase):
    def mimus(self, *arguments, text=None, status=0):
        done = subprocess.run([PROGRAM, "domain", *arguments], input=text, capture_output=True, text=True, timeout=60,
                              check=False)
        self.assertEqual((done.returncode, done.stderr if status < 2 else ""), (status, ""), done.stderr)
        return done.stdout if status < 2 else done.stderr

    def answer(self, payload, status=0):
        line = self.mimus("--request", "-", text=json.dumps(payload, ensure_ascii=False), status=status)
        document = json.loads(line)
        self.assertEqual(line, canonical(document) + "\n")
        self.assertEqual(document["request_hash"], sha256(canonical(payload)))
        return document

    def test_hashes_and_identifiers(self):
        for domain, prefix in (("person", "PER"), ("address", "ADR"), ("doctor", "DOC"), ("patient", "")):
            for seed in (0, 42, -7, 2**70, "42", "0042", "demo", "", "grüße\n\"\\\u0001\u007f\U0001f600"):
                document = self.answer(request(domain, seed, locale="vi_VN"))
                self.assertEqual(document["determinism_proof"],
                                 {"algorithm": "uuid5+sha256", "content_hash": sha256(canonical(document["items"])),
                                  "seed_canonical": str(derive(seed))})
                for place, item in enumerate(document["items"]):
                    self.assertEqual(item["id"], identifier(domain, seed, place))
                    if prefix:
                        self.assertEqual(item["human_id"], f"{prefix}-{item['id'][:8].upper()}")
                    else:
                        check = int(item["id"].replace("-", "")[:16], 16) % 97
                        self.assertEqual(item["human_id"], f"PATIENT-VN-{check:02}")
                        self.assertEqual(item["person_id"], identifier("person", seed, place))
                        self.assertEqual(item["address_id"], identifier("address", seed, place))

    def test_values_are_those_of_random(self):
        for bounds in ((18, 85), (0, 120), (3, 3), (0, 64)):
            for root, selector in ((derive("x"), {}),
                                   (first_bytes(f"{derive('patient:profile')}::p q"), {"profile_id": "p q"}),
                                   (first_bytes(f"{derive('patient:gone')}::gone"), {"component_id": "gone"})):
                ages = {"age": dict(zip(("min", "max"), bounds))}
                items = self.answer(request("patient", "x", count=2000, constraints=ages, **selector))["items"]
                for place, item in enumerate(items):
                    self.assertEqual(item["age"], random.Random(first_bytes(f"{root}::{place}")).randint(*bounds))

    def test_people_draw_in_order(self):
        """The number of names is not known here; it is the one with which all dates come out."""
        sexes = {"sex": "M"}
        items = self.answer(request("person", "x", constraints=sexes))["items"]

        def fits(given, family):
            for place, item in enumerate(items):
                draw = random.Random(first_bytes(f"{derive('x')}::{place}"))
                draw.randrange(given), draw.randrange(family)
                age, month, day = draw.randint(18, 85), draw.randint(1, 12), draw.randint(1, 28)
                if (item["age"], item["date_of_birth"]) != (age, f"{2025 - age}-{month:02}-{day:02}"):
                    return False
            return True

        # A range of 2^k draws k + 1 bits, so that only the size of the lists in bits counts most of the time.
        found = [(given, family) for given in range(1000, 4100, 10) for family in range(300, 1100, 10) if fits(given, family)]
        self.assertTrue(found)

    def test_numbers_of_json(self):
        for constraints in ([1.0, 1e22, 1e-7, -0.0, 123456789012345678901234567890, True, None, "é"], {"b": {"z": 1, "A": 2}}):
            self.assertEqual(self.answer({"domain": "x", "version": "v1", "constraints": constraints}, 1)["code"],
                             "unsupported_domain")
        raw = '{"domain":"x","version":"v1","a":NaN,"b":[Infinity,-Infinity],"a":1e99}'
        document = json.loads(self.mimus("--request", "-", text=raw, status=1))
        self.assertEqual(document["request_hash"], sha256(canonical(json.loads(raw))))

    def test_arguments_make_a_request(self):
        constraints = {"age": {"min": 20, "max": 30}}
        line = self.mimus("patient", "--count", "7", "--seed", "42", "--locale", "de_DE", "--clock", CLOCK, "--constraints",
                          json.dumps(constraints), "--component-id", "urban_adult", "--domain-version", "v1")
        self.assertEqual(json.loads(line), self.answer(request("patient", "42", count=7, locale="de_DE", constraints=constraints,
                                                               component_id="urban_adult")))
        line = self.mimus("person", "--profile-id", "p")
        self.assertEqual(json.loads(line), self.answer(request("person", "0", count=1, profile_id="p")))
        self.assertEqual(json.loads(self.mimus("person", "--count", "-1", status=1))["path"], "/count")
        self.assertEqual(json.loads(self.mimus("person", "--profile-id", "p", "--strict", status=1))["code"], "unknown_profile")

    def test_what_is_no_request(self):
        self.assertEqual(json.loads(self.mimus("--request", "-", text="{", status=1))["code"], "invalid_request")
        self.assertEqual(json.loads(self.mimus("--request", "-", text="[" * 5000, status=1))["code"], "invalid_request")
        self.assertEqual(json.loads(self.mimus("--request", "-", text=" " * (2 << 20), status=1))["code"], "invalid_request")
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write(" " * (2 << 20))
            file.flush()
            self.assertIn("bytes", json.loads(self.mimus("--request", file.name, status=1))["message"])
        self.assertIn("--constraints", self.mimus("person", "--constraints", "{", status=2))
        self.assertIn("NAME or --request", self.mimus(status=2))
        self.assertIn("excludes", self.mimus("person", "--request", "-", status=2))
        done = subprocess.run([PROGRAM, "domain", "--request", "gone.json"], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("[file.not_found]", done.stderr)
        done = subprocess.run([PROGRAM, "domain", "gone", "--schema", "request"], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("[domain.unknown]", done.stderr)

    def test_schemas(self):
        for domain in ("address", "doctor", "patient", "person"):
            asked = json.loads(self.mimus(domain, "--schema", "request"))
            self.assertEqual("profile_id" in asked["properties"], domain in ("patient", "person"))
            item = json.loads(self.mimus(domain, "--schema", "response"))["properties"]["items"]["items"]
            self.assertEqual(set(item["required"]), set(self.answer(request(domain, 1))["items"][0]))
            row = re.search(rf"^\| {domain} \| (`id`.*) \|$", PAGE.read_text(encoding="utf-8"), re.M)
            self.assertEqual(set(re.findall("`([a-z0-9_]+)`", row[1])), set(item["required"]))

    def test_examples_of_the_page(self):
        commands = re.findall(r"^```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
        environment = {**os.environ, "PATH": f"{Path(PROGRAM).resolve().parent}:{os.environ['PATH']}"}
        for command in "".join(commands).splitlines():
            done = subprocess.run(command, shell=True, env=environment, capture_output=True, text=True, timeout=60, check=False)
            self.assertEqual(done.returncode, 0, command + done.stdout + done.stderr)
            self.assertTrue(json.loads(done.stdout)["items"], command)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
