#!/usr/bin/env python3
"""Measures the program and prints figures; nothing fails on time. Standard library only.

    bench.py PROGRAM FLOORS [--rows N] [--quick] [--only NAME]

FLOORS is the folder of the hard-coded programs. The suite: a descriptor each (suite/), measured against a program that
knows its columns beforehand, on one thread and two.

Files go to tmpfs. The engine's time is its own (--stats); whole-process times are named so.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEMO = HERE.parent.parent / "demos" / "basic-json"
SUITE = HERE / "suite"
NAMES = ["lineitem", "simple", "wide", "nested", "source", "weighted", "conditions", "json", "xml"]
COST = {"wide": 4, "nested": 2}  # fewer rows of what is longer
REPEATS = 3
BYTES_A_ROW = 230  # at most, on average


def run_engine(program, folder, name, rows, threads, *more):
    """The figures of one run; its file is thrown away."""
    for file in SUITE.iterdir():
        shutil.copy(file, folder)
    descriptor = folder / (name + ".xml")
    descriptor.write_text((SUITE / (name + ".xml")).read_text(encoding="utf-8").replace("{rows}", str(rows)),
                          encoding="utf-8")
    out = folder / "out"
    done = subprocess.run([program, "run", str(descriptor), "--seed", "42", "--threads", str(threads),
                           "--now", "2026-01-01", "--out", str(out), "--stats", "--quiet", *more],
                          check=True, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
    shutil.rmtree(out)
    return json.loads(done.stderr.decode().splitlines()[-1])


def run_floor(floors, folder, name, rows):
    out = folder / "floor.out"
    command = [str(floors / "lineitem_floor")] if name == "lineitem" else [str(floors / "shapes_floor"), name]
    done = subprocess.run([*command, str(rows), str(out)], check=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE)
    out.unlink()
    return json.loads(done.stdout)


def best(measure):
    """The run with the highest rate of rows."""
    return max((measure() for _ in range(REPEATS)), key=lambda figures: figures["rows"] / figures["seconds"])


def rate(figures):
    return figures["rows"] / figures["seconds"]


def whole_process(command, repeats=20):
    """Median milliseconds of the whole process, after one run to warm the caches."""
    times = []
    for _ in range(repeats + 1):
        began = time.perf_counter()
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[1:])


def measure_suite(program, floors, folder, names, rows):
    print(f"rows a second in millions, MB a second; to tmpfs, best of {REPEATS}")
    print(f"  {'':<11} {'rows':>11} {'floor':>8} {'1 thread':>9} {'2 threads':>9} {'MB/s':>6} {'/floor':>7} {'2/1':>5} {'RSS':>9}")
    for name in names:
        count = max(10_000, rows // COST.get(name, 1))
        floor = rate(best(lambda: run_floor(floors, folder, name, count)))
        one = best(lambda: run_engine(program, folder, name, count, 1))
        two = best(lambda: run_engine(program, folder, name, count, 2))
        speed = one["bytes"] / one["seconds"] / 1e6
        print(f"  {name:<11} {count:>11,} {floor / 1e6:>8.2f} {rate(one) / 1e6:>9.2f} {rate(two) / 1e6:>9.2f} {speed:>6.0f}"
              f" {rate(one) / floor:>7.2f} {rate(two) / rate(one):>5.2f} {two['peak_rss_bytes'] / 2**20:>5.1f} MiB",
              flush=True)


def measure_memory(program, folder, counts):
    print("peak memory (RSS), lineitem, 2 threads")
    for rows in counts:
        peak = run_engine(program, folder, "lineitem", rows, 2)["peak_rss_bytes"]
        print(f"  {rows:>12,} rows            {peak / 2**20:7.1f} MiB")


def measure_statistics(program, folder, rows):
    """What statistics of the columns cost: both in turn, since the machine may slow down in between."""
    plain, counted = [], []
    for _ in range(REPEATS):
        plain.append(rate(run_engine(program, folder, "lineitem", rows, 1)))
        counted.append(rate(run_engine(program, folder, "lineitem", rows, 1, "--statistics", str(folder / "statistics.json"))))
    print(f"lineitem with statistics of its columns, {rows:,} rows, 1 thread")
    print(f"  {max(plain) / 1e6:.2f} -> {max(counted) / 1e6:.2f} M rows a second: {max(plain) / max(counted):.3f} times the time")


def measure_starts(program, folder):
    demo = folder / "demo"
    shutil.copytree(DEMO, demo)
    print("whole process (median of 20)")
    print(f"  mimus version                {whole_process([program, 'version']):7.2f} ms")
    command = [program, "run", str(demo / "datamimic.xml"), "--seed", "42", "--quiet"]
    print(f"  mimus run demo basic-json    {whole_process(command):7.2f} ms")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("floors")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--quick", action="store_true", help="fewer rows, for a look")
    parser.add_argument("--only", choices=NAMES, help="one of the suite, and nothing else")
    arguments = parser.parse_args()
    program = str(Path(arguments.program).resolve())
    floors = Path(arguments.floors).resolve()
    rows = 500_000 if arguments.quick else arguments.rows
    counts = [100_000, 1_000_000] if arguments.quick else [100_000, 1_000_000, 10_000_000]
    with tempfile.TemporaryDirectory(prefix="mimus-bench-", dir="/dev/shm") as temporary:
        folder = Path(temporary)
        free = shutil.disk_usage(folder).free
        counts = [count for count in counts if count * BYTES_A_ROW < free]
        names = [arguments.only] if arguments.only else NAMES
        measure_suite(program, floors, folder, names, min(rows, int(free / BYTES_A_ROW)))
        if arguments.only:
            return
        measure_memory(program, folder, counts)
        measure_statistics(program, folder, min(rows, int(free / BYTES_A_ROW)))
        measure_starts(program, folder)


if __name__ == "__main__":
    main()
