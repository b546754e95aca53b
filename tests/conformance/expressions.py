#!/usr/bin/env python3
"""Expressions and what CPython 3.11 makes of them (expressions.tsv). Standard library only.

    expressions.py PROGRAM [-v]    each tier of `mimus eval` gives the same values, types and exceptions
    expressions.py --write         puts what this Python gives into the file

A line is: expression, tab, variables as a JSON object, tab, value as JSON or error:<exception>, tab, type. The native
tier may leave expressions to Python, but only so many; -v shows them.
"""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILE = HERE / "expressions.tsv"
# Of a hundred expressions.
MOST_NOT_COVERED = 10
# The file has the classes that expressions tell apart; Python itself tells more.
NEARER = {f"error:{name}\t-": "error:ValueError\t-"
          for name in ("JSONDecodeError", "StatisticsError", "UnicodeDecodeError", "UnicodeEncodeError")}


def lines():
    return FILE.read_text(encoding="utf-8").split("\n")[1:-1]


def write():
    sys.path.insert(0, str(HERE.parent / "differential"))
    import reference  # noqa: PLC0415: only this way needs it

    out = ["expression\tvariables\texpected\ttype"]
    for line in lines():
        expression, variables = line.split("\t")[:2]
        out.append(f"{expression}\t{variables}\t{reference.result(expression, json.loads(variables))}")
    FILE.write_text("\n".join(out) + "\n", encoding="utf-8")
    return 0


def check(program, tier, verbose):
    done = subprocess.run([program, "eval", "--tier", tier, "--file", FILE], capture_output=True, text=True,
                          encoding="utf-8", timeout=120, check=False)
    got = done.stdout.split("\n")[:-1]
    if done.returncode != 0 or len(got) != len(lines()):
        print(f"{tier}: exit status {done.returncode}, {len(got)} results for {len(lines())} expressions: {done.stderr}")
        return False
    wrong = not_covered = 0
    for line, result in zip(lines(), got):
        expression, variables, expected = line.split("\t", 2)
        if result.startswith("not covered: "):
            not_covered += 1
            if verbose:
                print(f"{tier}: {expression}: {result[:-2]}")
        elif NEARER.get(result, result) != expected:
            wrong += 1
            print(f"{tier}: {expression}  with {variables}: expected {expected!r}, got {result!r}")
    print(f"{tier}: {len(got) - wrong - not_covered} of {len(got)} as in Python, {not_covered} not covered")
    return wrong == 0 and not_covered * 100 <= (MOST_NOT_COVERED * len(got) if tier == "native" else 0)


def main(arguments):
    if arguments == ["--write"]:
        return write()
    program = str(Path(arguments[0]).resolve())
    results = [check(program, tier, "-v" in arguments) for tier in ("native", "python", "auto")]
    return 0 if all(results) else 1


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
