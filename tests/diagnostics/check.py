#!/usr/bin/env python3
"""Every code of a diagnostic stands in docs/reference/diagnostics.md, and a test demands it. Standard library only.

    check.py PROGRAM

A test demands a code when it names it: a unit test, a conformance case, or one of the other tests. Codes that begin
with the name of an element which this version does not carry out wait for that element. One line for each code that is
not in the table, in the table but not in the sources, or without a test; exits 0 when there is none.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs/reference/diagnostics.md"
API = ROOT / "docs/reference/http-api.md"  # the codes of its problems, each of which tests/api see
# What only a system that fails brings about.
UNPROVOKED = {"archive.failed", "sandbox.failed", "tls.failed"}
CODE = r"[a-z_]+\.[a-z_]+"
# Where the sources make a diagnostic: its code, or the variable parts of it, stands behind one of these.
MADE = re.compile(rf'(?:\bfail\(|\.code =|\bDiagnostic\{{|report(?:_at)?\((?:[^;"]*?,)?)\s*"({CODE})"')


def text_of(paths):
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in paths)


def sources():
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix in (".cc", ".h") and not path.stem.endswith(("_test", "_fuzz")):
            yield path


def tests():
    yield from (ROOT / "src").rglob("*_test.cc")
    for pattern in ("*.py", "*.mjs", "expect.json"):
        yield from (path for path in (ROOT / "tests").rglob(pattern) if path.parent != Path(__file__).parent)


def is_waiting(code, unavailable):
    return code.split(".")[0] in unavailable


def main(program):
    schema = subprocess.run([program, "schema", "--format", "json"], capture_output=True, check=True, timeout=60)
    unavailable = {element["name"] for element in json.loads(schema.stdout)["elements"] if not element["available"]}
    listed = re.findall(rf"^\| `({CODE})` \|", TABLE.read_text(encoding="utf-8"), re.M)
    source = text_of(sources())
    made = set(MADE.findall(source))
    demanded = set(re.findall(rf"(?<![\w.]){CODE}(?![\w.])", text_of(tests())))
    findings = [f"{code}: twice in the table" for code in sorted({c for c in listed if listed.count(c) > 1})]
    api = set(re.findall(rf"`({CODE})`", API.read_text(encoding="utf-8")))
    findings += [f"{code}: not in the table" for code in sorted(made - set(listed) - api)]
    findings += [f"{code}: in the table, but nothing reports it" for code in listed if f'"{code}"' not in source]
    findings += [f"{code}: no test demands it" for code in listed
                 if code not in demanded | UNPROVOKED and not is_waiting(code, unavailable)]
    for finding in findings:
        print(finding)
    print(f"{len(listed)} codes, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
