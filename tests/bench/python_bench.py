"""Python in the rows of a descriptor against the same loop in plain Python.

    python_bench.py PROGRAM [--rows N] [--rounds N] [SHAPE…]

For each shape: user CPU seconds of `mimus run` and of python3 writing the same CSV, the least of the rounds, measured in turn.
The bar is 1.3 times plain Python; nothing fails on it.
"""

import argparse
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

LIBRARY = '''
import re

counter = 0


def number():
    global counter
    counter += 1
    return counter


def text():
    global counter
    counter += 1
    return "order-" + str(counter)


def record():
    global counter
    counter += 1
    return {"id": counter, "name": "n" + str(counter)}


def cleaned():
    global counter
    counter += 1
    return re.sub(r"[0-4]+", "-", "item %d of many" % counter)


class Shop:
    def __init__(self):
        self.sold = 0

    def sell(self, price):
        self.sold += price
        return self.sold


shop = Shop()
'''

COMPONENTS = '''

class Codes(Generator):
    def __init__(self):
        self.at = 0

    def generate(self):
        self.at += 1
        return "C" + str(self.at)


class Totals(Converter):
    def __init__(self):
        self.total = 0

    def convert(self, value):
        self.total += value
        return self.total
'''

PLAIN_BASES = "\n\nclass Generator:\n    pass\n\n\nclass Converter:\n    pass\n"

# What a row of the descriptor is, and the same in Python: (before the loop, a row's cells).
SHAPES = {
    "int": ('<key name="a" script="number()"/>', "", "number()"),
    "str": ('<key name="a" script="text()"/>', "", "text()"),
    "dict": (
        '<variable name="r" script="record()"/><key name="a" script="r.id"/><key name="b" script="r.name"/>',
        "",
        '(r := record())["id"], r["name"]',
    ),
    "re": ('<key name="a" script="cleaned()"/>', "", "cleaned()"),
    "method": ('<key name="a" script="shop.sell(3)"/>', "", "shop.sell(3)"),
    "generator": ('<key name="a" generator="Codes"/>', "own = Codes()", "own.generate()"),
    "converter": (
        '<key name="a" generator="IncrementGenerator" converter="Totals"/>',
        "own = Totals()",
        "own.convert(i + 1)",
    ),
    "several": (
        '<key name="a" script="number()"/><key name="b" script="text()"/><key name="c" script="shop.sell(a)"/>',
        "",
        '(a := number()), text(), shop.sell(a)',
    ),
}


def user_seconds(command, folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit("%s failed: %s" % (command[0], done.stderr))
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def prepare(folder, shape, rows):
    keys, before, cells = SHAPES[shape]
    (folder / "lib.py").write_text(LIBRARY + COMPONENTS)
    (folder / "datamimic.xml").write_text(
        '<setup><execute uri="lib.py"/><generate name="g" count="%d" target="CSV">%s</generate></setup>' % (rows, keys)
    )
    (folder / "plain.py").write_text(
        "import csv\n%s%s%s\n\n%s\nwith open('plain.csv', 'w', newline='') as file:\n    writer = csv.writer(file)\n"
        "    for i in range(%d):\n        writer.writerow((%s,))\n" % (LIBRARY, PLAIN_BASES, COMPONENTS, before, rows, cells)
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=lambda path: os.path.abspath(path))
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help=", ".join(SHAPES))
    options = parser.parse_intermixed_args()
    print("%-10s %8s %8s %6s   %d rows, user seconds" % ("", "mimus", "python", "ratio", options.rows))
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    for shape in options.shapes or SHAPES:
        with tempfile.TemporaryDirectory(dir=base) as name:
            folder = pathlib.Path(name)
            prepare(folder, shape, options.rows)
            ours, plain = [], []
            for _ in range(options.rounds):
                run = [options.program, "run", "datamimic.xml", "--threads", "1", "--seed", "1"]
                ours.append(user_seconds(run, folder))
                shutil.rmtree(folder / "output", ignore_errors=True)
                plain.append(user_seconds(["python3", "plain.py"], folder))
            print("%-10s %8.3f %8.3f %6.2f" % (shape, min(ours), min(plain), min(ours) / min(plain)), flush=True)


main()
