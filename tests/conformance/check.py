#!/usr/bin/env python3
"""Runs the cases of this folder and compares; README.md says what a case is. Standard library only.

    check.py PROGRAM [-v] [CASE-PREFIX ...]

Every case runs with 1, 2 and 7 threads and must give the same bytes each time. One line a failing case; the last line
is "passed/total"; exits 0 only when all passed.
"""

import concurrent.futures
import contextlib
import filecmp
import gzip
import json
import math
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
THREADS = (1, 2, 7)
TIMEOUT_SECONDS = 60
FINDING = re.compile(r"^(?P<file>.*?):(?P<line>\d+):(?P<column>\d+): (?:error|warning): (?P<message>.*) \[(?P<code>[a-z_.]+)\]$")

KINDS = {
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "float": lambda value: isinstance(value, float),
    "bool": lambda value: isinstance(value, bool),
    "str": lambda value: isinstance(value, str),
    "list": lambda value: isinstance(value, list),
    "dict": lambda value: isinstance(value, dict),
    "null": lambda value: value is None,
}


class Mismatch(Exception):
    pass


def shown(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 160 else text[:157] + "..."


def check_same(expected, actual, path):
    """Equal, kinds included: 1 is neither 1.0 nor true. The order of an object's keys counts."""
    if type(expected) is not type(actual):
        raise Mismatch(f"{path}: expected {shown(expected)}, got {shown(actual)}")
    if isinstance(expected, dict):
        if list(expected) != list(actual):
            raise Mismatch(f"{path}: expected the keys {list(expected)}, got {list(actual)}")
        for key, value in expected.items():
            check_same(value, actual[key], f"{path}.{key}")
    elif isinstance(expected, list):
        if len(expected) != len(actual):
            raise Mismatch(f"{path}: expected {len(expected)} elements, got {len(actual)}: {shown(actual)}")
        for index, value in enumerate(expected):
            check_same(value, actual[index], f"{path}[{index}]")
    elif isinstance(expected, float):
        if not math.isclose(expected, actual, rel_tol=1e-12, abs_tol=0):
            raise Mismatch(f"{path}: expected {expected!r}, got {actual!r}")
    elif expected != actual:
        raise Mismatch(f"{path}: expected {shown(expected)}, got {shown(actual)}")


def values_at(records, path):
    """All values at a dotted path; lists on the way are walked through."""
    values = list(records)
    for part in path.split("."):
        found = []
        for value in values:
            found += [item[part] for item in (value if isinstance(value, list) else [value])
                      if isinstance(item, dict) and part in item]
        values = found
    return values


def bounds(rule):
    return rule if isinstance(rule, list) else [rule, rule]


def check_share(values, shares, where):
    for text, (low, high) in shares.items():
        expected = json.loads(text)
        share = sum(type(v) is type(expected) and v == expected for v in values) / len(values)
        if not low <= share <= high:
            raise Mismatch(f"{where}: the share of {text} is {share:.3f}, expected {low} to {high}")


def check_rule(where, rule, values):
    if "present" in rule and len(values) != rule["present"]:
        raise Mismatch(f"{where}: {len(values)} values, expected {rule['present']}")
    if not values and rule.get("present") != 0:
        raise Mismatch(f"{where}: no value")
    if "share" in rule:
        check_share(values, rule["share"], where)
    if rule.get("nullable"):
        values = [value for value in values if value is not None]
    for value in values:
        kinds = bounds(rule["type"]) if "type" in rule else []
        if kinds and not any(KINDS[kind](value) for kind in kinds):
            raise Mismatch(f"{where}: {shown(value)} is not of the type {rule['type']}")
        if "in" in rule and not any(type(value) is type(item) and value == item for item in rule["in"]):
            raise Mismatch(f"{where}: {shown(value)} is not one of {shown(rule['in'])}")
        if "min" in rule and value < rule["min"] or "max" in rule and value > rule["max"]:
            raise Mismatch(f"{where}: {shown(value)} is not in {rule.get('min')} to {rule.get('max')}")
        if "len" in rule and not bounds(rule["len"])[0] <= len(value) <= bounds(rule["len"])[1]:
            raise Mismatch(f"{where}: the length of {shown(value)} is not {rule['len']}")
        if "regex" in rule and not (isinstance(value, str) and re.fullmatch(rule["regex"], value)):
            raise Mismatch(f"{where}: {shown(value)} does not match {rule['regex']}")
    check_whole(where, rule, values)


def check_whole(where, rule, values):
    """Rules about all values together."""
    texts = [json.dumps(value, sort_keys=True) for value in values]
    if rule.get("unique") and len(set(texts)) != len(texts):
        raise Mismatch(f"{where}: a value occurs twice")
    if "distinct_min" in rule and len(set(texts)) < rule["distinct_min"]:
        raise Mismatch(f"{where}: {len(set(texts))} different values, expected at least {rule['distinct_min']}")
    if "multiset" in rule and sorted(texts) != sorted(json.dumps(v, sort_keys=True) for v in rule["multiset"]):
        raise Mismatch(f"{where}: expected {shown(rule['multiset'])} in any order, got {shown(values)}")
    if rule.get("shuffled") and values == sorted(values):
        raise Mismatch(f"{where}: the values are in order")


def check_properties(expected, product):
    for name, rules in expected.items():
        if name not in product:
            raise Mismatch(f"'{name}' is not in the product {list(product)}")
        records = product[name]
        for path, rule in rules.items():
            if path == "count":
                if not bounds(rule)[0] <= len(records) <= bounds(rule)[1]:
                    raise Mismatch(f"{name}: {len(records)} records, expected {rule}")
            elif path == "keys":
                for record in records:
                    if list(record) != rule:
                        raise Mismatch(f"{name}: expected the keys {rule}, got {list(record)}")
            else:
                check_rule(f"{name}.{path}", rule, values_at(records, path))


def unpacked(path, rule):
    """The bytes of a file, or of the part of it that the rule names."""
    content = path.read_bytes()
    if rule.get("unpack") == "gzip":
        return gzip.decompress(content)
    if "member" in rule:
        with zipfile.ZipFile(path) as archive:
            if archive.testzip() is not None:
                raise Mismatch(f"{rule['glob']}: '{archive.testzip()}' is damaged")
            return archive.read(rule["member"])
    return content


def check_files(expected, folder):
    for rule in expected:
        found = sorted(folder.glob(rule["glob"]))
        wanted = 0 if rule.get("absent") else rule.get("hits", 1)
        if len(found) != wanted:
            raise Mismatch(f"{rule['glob']}: {len(found)} files, expected {wanted}")
        for path in found:
            if "query" in rule:
                with contextlib.closing(sqlite3.connect(path)) as database:
                    rows = [list(row) for row in database.execute(rule["query"])]
                check_same(rule["rows"], rows, f"{rule['glob']}: {rule['query']}")
            if "text" not in rule and "json" not in rule:
                continue
            text = unpacked(path, rule).decode(rule.get("encoding", "utf-8"))
            if "text" in rule and text != rule["text"]:
                raise Mismatch(f"{rule['glob']}: expected {rule['text']!r}, got {text[:400]!r}")
            if "json" in rule:
                check_same(rule["json"], json.loads(text), rule["glob"])


def check_errors(expected, stderr, what):
    found = [match.groupdict() for match in map(FINDING.match, stderr.splitlines()) if match]
    for error in expected:
        for finding in found:
            if finding["code"] != error["code"] or not finding["file"].endswith(error.get("file", "datamimic.xml")):
                continue
            if "at" in error and error["at"] != f"{finding['line']}:{finding['column']}":
                continue
            if all(text in stderr for text in error.get("says", [])):
                break
        else:
            raise Mismatch(f"{what}: expected {error}, got {stderr.strip()[:500]!r}")


def execute(command, folder):
    environment = {**os.environ, "TZ": "UTC", "NO_COLOR": "1"}
    try:
        return subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=TIMEOUT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise Mismatch(f"no end after {TIMEOUT_SECONDS} s") from None


def run_with(program, case, expect, threads, folder):
    """Runs a case and gives what came out: the text of the capture."""
    shutil.copytree(case, folder, ignore=shutil.ignore_patterns("expect.json"))
    options = ["--seed", "42", "--now", "2026-01-01T00:00:00Z", "--task-id", "conformance", *expect.get("options", [])]
    done = execute([program, "run", "datamimic.xml", "--capture", "--quiet", "--threads", str(threads), *options],
                   folder)
    stderr = done.stderr.decode("utf-8", "replace")
    if "errors" in expect:
        if done.returncode != 1:
            raise Mismatch(f"exit status {done.returncode}, expected 1")
        check_errors(expect["errors"], stderr, "run")
    elif done.returncode != 0:
        raise Mismatch(f"exit status {done.returncode}: {stderr.strip()[:500]}")
    else:
        check_errors(expect.get("warnings", []), stderr, "run")
        check_product(expect, done.stdout.decode("utf-8"))
    check_files(expect.get("files", []), folder)
    return done.stdout + (done.stderr if "errors" in expect else b"")


def check_product(expect, stdout):
    product = json.loads(stdout.splitlines()[-1])
    if "product" in expect:
        check_same(expect["product"], product, "product")
    check_properties(expect.get("properties", {}), product)


def check_lint(program, expect, folder):
    """What is wrong without running is found without running; what is right has no error."""
    done = execute([program, "lint", "datamimic.xml"], folder)
    stdout = done.stdout.decode("utf-8", "replace")
    if "errors" in expect and not expect.get("only_run"):
        if done.returncode != 1:
            raise Mismatch(f"lint: exit status {done.returncode}, expected 1")
        check_errors(expect["errors"], stdout, "lint")
    elif "errors" not in expect and done.returncode != 0:
        raise Mismatch(f"lint: {stdout.strip()[:500]}")


def compare_files(first, second):
    names = [sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
             for folder in (first, second)]
    if names[0] != names[1]:
        raise Mismatch(f"files differ with the threads: {names[0]}, {names[1]}")
    for name in names[0]:
        if not filecmp.cmp(first / name, second / name, shallow=False):
            raise Mismatch(f"'{name}' differs with the threads")


def run_case(program, case):
    expect = json.loads((case / "expect.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="conformance-") as temporary:
        folders = [Path(temporary) / str(threads) for threads in THREADS]
        try:
            outputs = [run_with(program, case, expect, *pair) for pair in zip(THREADS, folders)]
            for folder, output in zip(folders[1:], outputs[1:]):
                if output != outputs[0]:
                    raise Mismatch("the capture or the findings differ with the threads")
                compare_files(folders[0], folder)
            check_lint(program, expect, folders[0])
        except (Mismatch, ValueError, IndexError) as mismatch:
            return f"{mismatch}"
    return None


def main(arguments):
    verbose = "-v" in arguments
    program, *prefixes = [argument for argument in arguments if argument != "-v"]
    program = str(Path(program).resolve())
    cases = sorted(path.parent for path in HERE.glob("*/expect.json"))
    if prefixes:
        cases = [case for case in cases if case.name.startswith(tuple(prefixes))]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda case: run_case(program, case), cases))
    for case, failure in zip(cases, results):
        if failure:
            print(f"FAIL {case.name}: {failure}")
        elif verbose:
            print(f"ok   {case.name}")
    passed = results.count(None)
    print(f"{passed}/{len(cases)}")
    return 0 if cases and passed == len(cases) else 1


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
