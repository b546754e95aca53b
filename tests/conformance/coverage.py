#!/usr/bin/env python3
"""Every attribute of every element has a case that fails when the attribute is ignored. Standard library only.

    coverage.py PROGRAM [-v]

The table of the language (`mimus schema --format json`) says what there is. For each attribute, the cases without an
error that use it are run once more with the attribute taken away from all elements of its name in the descriptor: at
least one of them must fail then. One line for each attribute that no case covers; exits 0 when there is none.
"""

import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import check

QUOTED = r"""(?:"[^"]*"|'[^']*')"""
ATTRIBUTE = re.compile(rf"""\s+([\w:-]+)\s*=\s*{QUOTED}""")

# Attributes whose effect a case cannot show.
EXEMPT = {
    # Nothing depends on processes; the runner gives a seed and asks for no log; countries and languages are of entities.
    "setup": {"numProcess", "multiprocessing", "mpPlatform", "rngSeed", "reportLogging", "defaultDataset",
              "defaultLocale"},
    # Pages are seen on the console and in databases only; places in a storage need an <object-storage>.
    "generate": {"numProcess", "multiprocessing", "mpPlatform", "pageSize", "storageId", "exportUri", "sourceUri",
                 "bucket", "container"},
    # Conditions are those of patients.
    "variable": {"conditionsInclude", "conditionsExclude"},
    # Of databases on a server.
    "database": {"host", "port", "user", "password", "schema"},
}


def attributes(program):
    """(element, attribute) of everything that this version carries out."""
    printed = subprocess.run([program, "schema", "--format", "json"], capture_output=True, check=True, timeout=60)
    for element in json.loads(printed.stdout)["elements"]:
        skipped = EXEMPT.get(element["name"], set())
        for attribute in element["attributes"]:
            if element["available"] and attribute["available"] and attribute["name"] not in skipped:
                yield element["name"], attribute["name"]


def start_tags(element):
    return re.compile(rf"<{re.escape(element)}((?:\s+[\w:-]+\s*=\s*{QUOTED})*)\s*/?>")


def uses(text, element, attribute):
    return any(attribute in ATTRIBUTE.findall(tag[1]) for tag in start_tags(element).finditer(text))


def without(text, element, attribute):
    def cut(tag):
        return ATTRIBUTE.sub(lambda given: "" if given[1] == attribute else given[0], tag[0])

    return start_tags(element).sub(cut, text)


def notices(program, case, element, attribute):
    """True when the case fails without the attribute."""
    expect = json.loads((case / "expect.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="coverage-") as temporary:
        original = Path(temporary, "case")
        check.shutil.copytree(case, original)
        for path in original.rglob("*.xml"):
            text = path.read_text(encoding="utf-8", errors="surrogateescape")
            path.write_text(without(text, element, attribute), encoding="utf-8", errors="surrogateescape")
        try:
            check.run_with(program, original, expect, 1, Path(temporary, "run"))
        except (check.Mismatch, ValueError, IndexError):
            return True
    return False


def main(arguments):
    verbose = "-v" in arguments
    program = str(Path(next(argument for argument in arguments if argument != "-v")).resolve())
    cases = []
    for path in sorted(check.HERE.glob("*/expect.json")):
        if "errors" not in json.loads(path.read_text(encoding="utf-8")):
            texts = [xml.read_text(encoding="utf-8", errors="replace") for xml in path.parent.rglob("*.xml")]
            cases.append((path.parent, "\n".join(texts)))

    def covering(pair):
        element, attribute = pair
        return next((case.name for case, text in cases
                     if uses(text, element, attribute) and notices(program, case, element, attribute)), None)

    pairs = list(attributes(program))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(covering, pairs))
    for (element, attribute), case in zip(pairs, found):
        if case is None:
            print(f"no case fails without '{attribute}' of <{element}>")
        elif verbose:
            print(f"<{element} {attribute}>: {case}")
    print(f"{len(pairs) - found.count(None)}/{len(pairs)}")
    return 1 if None in found else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
