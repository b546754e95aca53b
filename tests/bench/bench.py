#!/usr/bin/env python3
"""Measures the program and prints figures; nothing fails on time. Standard library only.

    bench.py PROGRAM LINEITEM_FLOOR [--rows N] [--quick]

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
REPEATS = 3
BYTES_A_ROW = 230  # at most, on average


def run_engine(program, folder, rows, threads):
    """The figures of one run; its file is thrown away."""
    (folder / "lineitem.xml").write_text(
        (HERE / "lineitem.xml").read_text(encoding="utf-8").replace("{rows}", str(rows)), encoding="utf-8")
    out = folder / "out"
    done = subprocess.run([program, "run", str(folder / "lineitem.xml"), "--seed", "42", "--threads", str(threads),
                           "--now", "2026-01-01", "--out", str(out), "--stats", "--quiet"],
                          check=True, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
    shutil.rmtree(out)
    return json.loads(done.stderr.decode().splitlines()[-1])


def run_floor(floor, folder, rows):
    out = folder / "floor.csv"
    done = subprocess.run([floor, str(rows), str(out)], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    out.unlink()
    return json.loads(done.stdout)


def best(measure):
    """The run with the highest rate of rows."""
    return max((measure() for _ in range(REPEATS)), key=lambda figures: figures["rows"] / figures["seconds"])


def rate(figures):
    return figures["rows"] / figures["seconds"]


def show(name, figures):
    print(f"  {name:<28} {rate(figures) / 1e6:7.2f} M rows/s  {figures['bytes'] / figures['seconds'] / 1e6:7.0f} MB/s")


def whole_process(command, repeats=20):
    """Median milliseconds of the whole process, after one run to warm the caches."""
    times = []
    for _ in range(repeats + 1):
        began = time.perf_counter()
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[1:])


def measure_rates(program, floor, folder, rows):
    print(f"lineitem, {rows:,} rows to CSV on tmpfs (best of {REPEATS})")
    hard_coded = best(lambda: run_floor(floor, folder, rows))
    one = best(lambda: run_engine(program, folder, rows, 1))
    two = best(lambda: run_engine(program, folder, rows, 2))
    show("hard-coded program, 1 thread", hard_coded)
    show("mimus, 1 thread", one)
    show("mimus, 2 threads", two)
    print(f"  mimus / hard-coded           {rate(one) / rate(hard_coded):7.2f}")
    print(f"  2 threads / 1 thread         {rate(two) / rate(one):7.2f}")
    print(f"  first byte after             {one['first_byte_ms']:7.2f} ms")


def measure_memory(program, folder, counts):
    print("peak memory (RSS), 2 threads")
    for rows in counts:
        peak = run_engine(program, folder, rows, 2)["peak_rss_bytes"]
        print(f"  {rows:>12,} rows            {peak / 2**20:7.1f} MiB")


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
    parser.add_argument("floor")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--quick", action="store_true", help="fewer rows, for a look")
    arguments = parser.parse_args()
    program = str(Path(arguments.program).resolve())
    floor = str(Path(arguments.floor).resolve())
    rows = 500_000 if arguments.quick else arguments.rows
    counts = [100_000, 1_000_000] if arguments.quick else [100_000, 1_000_000, 10_000_000]
    with tempfile.TemporaryDirectory(prefix="mimus-bench-", dir="/dev/shm") as temporary:
        folder = Path(temporary)
        free = shutil.disk_usage(folder).free
        counts = [count for count in counts if count * BYTES_A_ROW < free]
        measure_rates(program, floor, folder, min(rows, int(free / BYTES_A_ROW)))
        measure_memory(program, folder, counts)
        measure_starts(program, folder)


if __name__ == "__main__":
    main()
