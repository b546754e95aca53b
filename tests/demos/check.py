#!/usr/bin/env python3
"""Runs every demo twice, with other threads: it succeeds, writes files that parse, and the same bytes; its demo.json is
complete, and the sample in it is what comes out. Standard library only.

    check.py PROGRAM [--write-samples]

--write-samples writes the samples anew, after a demo or what it draws from has changed.
"""

import argparse
import csv
import json
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

DEMOS = Path(__file__).resolve().parent.parent.parent / "demos"
NOW = "2026-01-01"
LEAST_DEMOS = 16
SAMPLE_LINES = 8
SAMPLE_BYTES = 900

# Member: its type, and whether it must be there.
MEMBERS = {"title": (str, True), "description": (str, True), "tags": (list, True), "sample": (dict, True),
           "needs": (list, False)}


def run_demo(program, name, threads, folder):
    """The files that it writes, by their names."""
    target = folder / f"{name}-{threads}"
    for command in ([program, "demo", "create", name, "--target", str(target)],
                    [program, "run", str(target / "datamimic.xml"), "--now", NOW, "--task-id", "t", "--threads",
                     str(threads), "--quiet"]):
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=None if command[1] == "run" else subprocess.DEVNULL)
    out = target / "output" / "t"
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def check_members(name, about):
    for member, (kind, is_needed) in MEMBERS.items():
        assert member in about or not is_needed, f"{name}: demo.json lacks {member}"
        assert member not in about or isinstance(about[member], kind), f"{name}: {member} is no {kind.__name__}"
    assert set(about) <= set(MEMBERS), f"{name}: demo.json has other members"
    assert about["title"] and about["description"], f"{name}: title or description is empty"
    for tag in about["tags"] + about.get("needs", []):
        assert isinstance(tag, str) and tag, f"{name}: a tag or need is no text"
    assert set(about["sample"]) == {"file", "text"}, f"{name}: sample has a file and a text"


def text_of(content):
    """The text of a file: UTF-8, or what German spreadsheets write."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def sample_of(content):
    """The first lines of a file, about as much as a card on a page shows."""
    lines = text_of(content).splitlines(keepends=True)
    return "".join(lines[:SAMPLE_LINES])[:SAMPLE_BYTES].replace("\r\n", "\n").rstrip()


def parse(name, content):
    """Something is in the file, and it is what its name says."""
    assert content, "is empty"
    if name.endswith(".json"):
        assert len(json.loads(content)) > 0
    elif name.endswith(".ndjson"):
        assert all(json.loads(line) for line in content.splitlines())
    elif name.endswith(".xml"):
        ElementTree.fromstring(content)
    elif name.endswith(".csv"):
        rows = list(csv.reader(text_of(content).splitlines()))
        assert len(rows) > 1 and len({len(row) for row in rows}) == 1


def check_demo(program, demo, folder, writes_samples):
    about = json.loads((demo / "demo.json").read_text(encoding="utf-8"))
    check_members(demo.name, about)
    first, second = (run_demo(program, demo.name, threads, folder) for threads in (1, 3))
    assert first and first == second, f"{demo.name}: no files, or they differ with the threads"
    for name, content in first.items():
        try:
            parse(name, content)
        except (AssertionError, ValueError, ElementTree.ParseError) as error:
            raise AssertionError(f"{demo.name}: {name} {error}") from error
    sample = about["sample"]
    assert sample["file"] in first, f"{demo.name}: there is no {sample['file']}"
    text = sample_of(first[sample["file"]])
    if writes_samples:
        sample["text"] = text
        (demo / "demo.json").write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    assert sample["text"] == text, f"{demo.name}: {sample['file']} begins otherwise (--write-samples):\n{text}"
    print(f"ok {demo.name}: {len(first)} files")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--write-samples", action="store_true")
    arguments = parser.parse_args()
    demos = sorted(path.parent for path in DEMOS.glob("*/demo.json"))
    assert len(demos) >= LEAST_DEMOS, f"{len(demos)} demos"
    with tempfile.TemporaryDirectory(prefix="demos-") as temporary:
        for demo in demos:
            check_demo(str(arguments.program.resolve()), demo, Path(temporary), arguments.write_samples)


if __name__ == "__main__":
    main()
