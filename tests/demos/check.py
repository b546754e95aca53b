#!/usr/bin/env python3
"""Runs every demo twice, with other threads: it succeeds, writes JSON that parses, and the same bytes. Standard library.

    check.py PROGRAM
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

DEMOS = Path(__file__).resolve().parent.parent.parent / "demos"


def run_demo(program, name, threads, folder):
    target = folder / f"{name}-{threads}"
    for command in ([program, "demo", "create", name, "--target", str(target)],
                    [program, "run", str(target / "datamimic.xml"), "--seed", "7", "--now", "2026-01-01", "--task-id",
                     "t", "--threads", str(threads), "--quiet"]):
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    out = target / "output" / "t"
    return {path.name: path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def check_demo(program, demo, folder):
    about = json.loads((demo / "demo.json").read_text(encoding="utf-8"))
    assert about["title"] and about["description"] and isinstance(about["tags"], list), f"{demo.name}: demo.json"
    first, second = (run_demo(program, demo.name, threads, folder) for threads in (1, 7))
    assert first and first == second, f"{demo.name}: no files, or they differ with the threads"
    for name, content in first.items():
        if name.endswith(".json"):
            assert len(json.loads(content)) > 0, f"{demo.name}: {name} is empty"
    print(f"ok {demo.name}: {', '.join(first)}")


def main(program):
    demos = sorted(path.parent for path in DEMOS.glob("*/demo.json"))
    assert demos, "no demos"
    with tempfile.TemporaryDirectory(prefix="demos-") as temporary:
        for demo in demos:
            check_demo(str(Path(program).resolve()), demo, Path(temporary))


if __name__ == "__main__":
    main(*sys.argv[1:])
