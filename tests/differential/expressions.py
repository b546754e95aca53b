#!/usr/bin/env python3
"""Random expressions: what the native evaluator makes of them, and what CPython does. Standard library only.

    expressions.py PROGRAM [--count N] [--seed N] [--tier TIER]

Makes N well-typed expressions (10,000; some fail all the same: a division by zero, an index outside of a list) over
variables of every type, evaluates them here and by `mimus eval --file`, and prints every difference in value, type or
exception. What the native evaluator leaves to Python is counted only. The same seed makes the same expressions. Exits 1
when there is a difference.
"""

import argparse
import concurrent.futures
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import generate  # noqa: E402
import reference  # noqa: E402

BLOCK = 5_000
# Texts and lists of gigabytes are no use to anybody: Mimus refuses them, and Python does here.
MEMORY = 2 << 30
SHOWN = 40


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def compare(program, tier, seed, count):
    """(differences, not covered, errors) of one block of expressions."""
    cases = [generate.case(seed * 1_000_003 + k) for k in range(count)]
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as file:
        file.write("".join(f"{expression}\t{json}\n" for expression, json, _ in cases))
        file.flush()
        done = subprocess.run([program, "eval", "--tier", tier, "--file", file.name], capture_output=True, text=True,
                              encoding="utf-8", timeout=600, check=False)
    got = done.stdout.split("\n")[:-1]
    if done.returncode != 0 or len(got) != len(cases):
        return [f"exit status {done.returncode} after {len(got)} of {len(cases)} results: {done.stderr}"], 0, 0
    differences, not_covered, errors = [], 0, 0
    for (expression, json, variables), result in zip(cases, got):
        if result.startswith("not covered: "):
            not_covered += 1
            continue
        expected = reference.result(expression, variables)
        errors += expected.startswith("error:")
        if expected != result:
            differences.append(f"{expression}  with {json}\n    Python: {expected}\n    Mimus:  {result}")
    return differences, not_covered, errors


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tier", default="native")
    arguments = parser.parse_args()
    program = str(Path(arguments.program).resolve())
    blocks = [(arguments.seed * 10_000 + first // BLOCK, min(BLOCK, arguments.count - first))
              for first in range(0, arguments.count, BLOCK)]
    differences, not_covered, errors = [], 0, 0
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count(), initializer=limit_memory) as pool:
        work = [pool.submit(compare, program, arguments.tier, *block) for block in blocks]
        for done in work:
            found, left, failed = done.result()
            differences += found
            not_covered += left
            errors += failed
    for difference in differences[:SHOWN]:
        print(difference)
    print(f"{arguments.count} expressions, {errors} with an exception, {not_covered} not covered, "
          f"{len(differences)} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
