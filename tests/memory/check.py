#!/usr/bin/env python3
"""Sources larger than the memory that a run may use. Standard library only.

    check.py PROGRAM [--megabytes N]

Writes a CSV file and a file of JSON lines of N megabytes (1,000), reads them in their order, permuted, and into a CSV
file, with a limit of 256 MiB on the memory; the resident set must stay below that, and the records must be those of
the file. Prints the figures. Needs twice the size on the disk. Exits 1 when something is wrong.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

LIMIT = 256 << 20
ROWS_A_BLOCK = 100_000


def csv_block(first):
    return "".join(f'{k},{k * 7919 % 10007},{k % 97}.25,"note, {"x" * (k % 40)}",1996-{k % 12 + 1:02d}-01\n'
                   for k in range(first, first + ROWS_A_BLOCK)).encode()


def json_block(first):
    return "".join(f'{{"id": {k}, "part": {k * 7919 % 10007}, "tags": ["a", {k % 7}], "note": "{"x" * (k % 40)}"}}\n'
                   for k in range(first, first + ROWS_A_BLOCK)).encode()


def write(path, head, block, size):
    """Returns the number of rows."""
    rows = 0
    with open(path, "wb") as file:
        file.write(head)
        while file.tell() < size:
            file.write(block(rows))
            rows += ROWS_A_BLOCK
    return rows


def run(program, folder, attributes):
    """Exit status, resident set in bytes, seconds of CPU time, and what stands on stderr."""
    (folder / "datamimic.xml").write_text(f'<setup><generate name="g" {attributes}/></setup>', encoding="utf-8")
    with open(folder / "log", "w+", encoding="utf-8") as log:
        child = subprocess.Popen([program, "run", "--out", "out"], cwd=folder, stdin=subprocess.DEVNULL, stderr=log,
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (LIMIT, LIMIT)))
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        return child.returncode, used.ru_maxrss << 10, used.ru_utime + used.ru_stime, log.read()


def lines(path):
    with open(path, "rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b""))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--megabytes", type=int, default=1000)
    arguments = parser.parse_args()
    program = str(Path(arguments.program).resolve())
    failed = False
    with tempfile.TemporaryDirectory(prefix="memory-") as temporary:
        folder = Path(temporary)
        for name, head, block in (("big.csv", b"id,part,price,note,day\n", csv_block), ("big.ndjson", b"", json_block)):
            rows = write(folder / name, head, block, arguments.megabytes * 1_000_000)
            # Rows of a permutation lie anywhere in the file: a part of them is enough.
            part = rows // 50
            source = f'source="{name}" separator=","' if name.endswith(".csv") else f'source="{name}"'
            for attributes, expected, written in ((f'{source} distribution="ordered"', rows, None),
                                                  (f'{source} distribution="ordered" target="CSV"', rows, "out/g.csv"),
                                                  (f'{source} distribution="random" count="{part}"', part, None)):
                status, resident, seconds, said = run(program, folder, attributes)
                good = status == 0 and resident < LIMIT and f"{expected:,} records" in said
                if good and written is not None:
                    good = lines(folder / written) == rows + 1
                    (folder / written).unlink()
                print(f"{'ok' if good else 'FAILED'}: {attributes}: {expected:,} records, {resident >> 20} MiB, {seconds:.1f} s")
                if not good:
                    failed = True
                    print(said)
            (folder / name).unlink()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
