#!/usr/bin/env python3
"""Every example of every generator and converter, and each generator that can be unique: the same bytes with 1, 2 and 7
threads. Standard library only.

    components.py PROGRAM [--count N]
"""

import argparse
import ast
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

# They need a database, or end the records.
LEFT_OUT = ("SequenceTableGenerator", "IncrementGenerator(")


def declared(program, what):
    done = subprocess.run([program, what, "--format", "json"], check=True, capture_output=True, timeout=60)
    return json.loads(done.stdout)


def is_fine(program, folder, statement):
    """Whether a run takes the statement: some generators have no unique values, or few."""
    descriptor = folder / "try.xml"
    descriptor.write_text(f'<setup><generate name="g" count="50">{statement}</generate></setup>', encoding="utf-8")
    done = subprocess.run([program, "run", descriptor, "--seed", "3", "--out", folder / "try", "--quiet"],
                          capture_output=True, timeout=60, check=False)
    return done.returncode == 0


def generator_keys(program, folder):
    for generator in declared(program, "generators"):
        for example in generator["examples"]:
            if example.startswith(LEFT_OUT):
                continue
            attribute = f"generator={quoteattr(example)}"
            yield attribute
            if is_fine(program, folder, f'<key name="k" {attribute} unique="true"/>'):
                yield attribute + ' unique="true"'


def converter_keys(program):
    for converter in declared(program, "converters"):
        for example in converter["examples"]:
            call, _, rest = example.partition(": ")
            try:
                value = ast.literal_eval(rest.rsplit(" → ", 1)[0])
            except (SyntaxError, ValueError):
                continue
            if isinstance(value, (dict, list)):
                continue
            if isinstance(value, str) and value.endswith("Z") and value[4:5] == "-":
                yield (f"constant={quoteattr(value[:19])} inDateFormat=\"%Y-%m-%dT%H:%M:%S\" "
                       f"converter={quoteattr(call)}")
            else:
                yield f"values={quoteattr(repr(value) + ', ' + repr(value))} converter={quoteattr(call)}"


def run(program, descriptor, folder, threads):
    out = folder / f"out{threads}"
    done = subprocess.run([program, "run", descriptor, "--seed", "3", "--now", "2026-01-01", "--threads", str(threads), "--out",
                           out, "--quiet"], capture_output=True, timeout=120, check=False)
    return done.stderr.decode(), [(path.name, path.read_bytes()) for path in sorted(out.rglob("*"))]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=5000)
    arguments = parser.parse_args()
    program = str(Path(arguments.program).resolve())
    failed = 0
    with tempfile.TemporaryDirectory(prefix="components-") as temporary:
        folder = Path(temporary)
        keys = list(generator_keys(program, folder)) + list(converter_keys(program))
        # Few rows for what has few values; each in a file of its own, so that the one that differs is named.
        generates = "".join(
            f'<generate name="g{k}" count="{40 if "unique" in key else arguments.count}" target="TXT">'
            f'<key name="k" {key}/></generate>' for k, key in enumerate(keys))
        descriptor = folder / "d.xml"
        descriptor.write_text(f"<setup>{generates}</setup>", encoding="utf-8")
        first = run(program, descriptor, folder, 1)
        if first[0] or len(first[1]) != len(keys):
            print(f"FAIL {len(first[1])} of {len(keys)} files\n{first[0]}")
            return 1
        for threads in (2, 7):
            other = run(program, descriptor, folder, threads)
            for (name, text), (_, others) in zip(first[1], other[1]):
                if text != others:
                    failed += 1
                    print(f"FAIL with {threads} threads: {keys[int(name[1:].split('.')[0])]}")
            failed += other[0] != first[0] or len(other[1]) != len(first[1])
    print(f"{len(keys) - failed}/{len(keys)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
