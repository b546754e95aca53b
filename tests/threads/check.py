#!/usr/bin/env python3
"""Random descriptors give the same bytes with one thread and with several. Standard library only.

    check.py PROGRAM [--first N] [--count N]

Descriptor N is made from the random seed N: counters that rows leave out, lists, conditions, inner generates, sources,
memstores, tables of a database. Each runs with 1 thread and twice with 3: it must succeed, and standard error, all files and the
statistics of its columns must be the same. One that fails is printed.
"""

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
from pathlib import Path

LEAST_DEPTH = 3  # no lists below


class Descriptor:
    """Writes one level after the other; the names that an expression may use go with it."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.numbers = 0

    def text(self):
        source = self.random.choice(["", "", ' source="rows.json" cyclic="true"', ' source="rows.csv" cyclic="true"'])
        count = self.random.choice([1, 5, 50, 3000])
        return (f'<setup><memstore id="m"/><database id="d" dbms="sqlite" database="d"/><execute uri="d.sql" target="d"/>'
                f'<generate name="o" count="{count}"{source} target="JSON, m, d">{self.level(1, "", [], True)}</generate>'
                '<generate name="again" source="m" type="o" target="CSV"/>'
                '<generate name="stored" source="d" type="o" target="CSV"/></setup>')

    def fresh(self):
        self.numbers += 1
        return f"f{self.numbers}"

    def level(self, depth, path, outer, in_generate):
        """Statements of a level named by `path` ("" for the outermost), whose expressions know the names `outer`."""
        own = []
        out = []
        for _ in range(self.random.randint(1, 5)):
            known = outer + own
            name = self.fresh()
            full = f"{path}.{name}" if path else name
            kinds = ["counter", "gaps", "number", "script", "skipped", "condition", "variable", "table", "query"]
            if depth < LEAST_DEPTH:
                kinds += ["list", "generate"] if in_generate else ["list"]
            kind = self.random.choice(kinds)
            inner_names = outer if path else known
            if kind == "counter":
                out.append(f'<key name="{name}" generator="IncrementGenerator"/>')
            elif kind == "gaps":
                out.append(f'<key name="{name}" generator="IncrementGenerator" nullQuota="0.3"/>')
            elif kind == "number":
                out.append(f'<key name="{name}" generator="IntegerGenerator(min=0, max=9)"/>')
            elif kind == "script":
                out.append(f'<key name="{name}" script="{self.expression(known)}"/>')
            elif kind == "skipped":
                out.append(f'<key name="{name}" generator="IncrementGenerator" condition="{self.truth(known)}"/>')
                continue
            elif kind == "list":
                out.append(f'<nestedKey name="{name}" type="list" minCount="0" maxCount="3">'
                           f'{self.level(depth + 1, full, inner_names, False)}</nestedKey>')
                continue
            elif kind == "generate":
                count = self.random.choice([0, 2, 3])
                out.append(f'<generate name="{name}" count="{count}" target="CSV">'
                           f'{self.level(depth + 1, full, inner_names, True)}</generate>')
                if self.random.random() < 0.5:
                    out.append(f'<key name="{self.fresh()}" script="len({full})"/>')
                continue
            elif kind == "condition":
                out.append(self.condition(name, known, in_generate and depth < LEAST_DEPTH))
                continue
            elif kind == "table":
                variable = f"{path}.v{name}" if path else f"v{name}"
                out.append(f'<variable name="v{name}" source="d" type="names" cyclic="true"/>'
                           f'<key name="{name}" script="{variable}.name"/>')
            elif kind == "query":
                variable = f"{path}.v{name}" if path else f"v{name}"
                outer_number = self.random.randint(1, 7)
                out.append(f'<variable name="v{name}" source="d" iterationSelector="SELECT name FROM names WHERE id &lt;= '
                           f'{outer_number} ORDER BY id DESC"/><key name="{name}" script="{variable}[0].get(\'name\')"/>')
            else:
                order = self.random.choice(["", ' distribution="ordered"'])
                variable = f"{path}.v{name}" if path else f"v{name}"
                out.append(f'<variable name="v{name}" source="rows.csv" cyclic="true"{order}/>'
                           f'<key name="{name}" script="{variable}.name"/>')
            own.append(full)
        return "".join(out)

    def condition(self, name, known, with_generate):
        inner = ""
        if with_generate:
            inner = f'<generate name="{self.fresh()}" count="2" target="JSON"><key name="q" values="1, 2, 3"/></generate>'
        return (f'<condition><if condition="{self.truth(known)}"><key name="{name}" constant="c"/>{inner}</if>'
                f'<else><key name="{name}" script="{self.expression(known)}"/></else></condition>')

    def expression(self, known):
        name = self.random.choice(known) if known else "7"
        return self.random.choice([f"str({name}) + 'x'", f"len(str({name}))", f"({name}, 1)[1]", f"f'{{{name}}}'"])

    def truth(self, known):
        name = self.random.choice(known) if known else "7"
        return f"len(str({name})) % 2 == 1"


def run(program, folder, threads):
    """The digest of everything that a run has written, and its exit status."""
    with tempfile.TemporaryDirectory(prefix="threads-") as temporary:
        out = Path(temporary, "out")
        done = subprocess.run([program, "run", str(folder / "d.xml"), "--seed", "3", "--now", "2026-01-01", "--threads",
                               str(threads), "--out", str(out), "--quiet", "--statistics", str(Path(temporary, "statistics.json"))],
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)
        digest = hashlib.sha256(done.stderr)
        for path in sorted(Path(temporary).rglob("*")):
            if path.is_file():
                digest.update(str(path.relative_to(temporary)).encode() + path.read_bytes())
        return done.returncode, digest.hexdigest()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=60)
    arguments = parser.parse_args()
    program = str(Path(arguments.program).resolve())
    failed = 0
    with tempfile.TemporaryDirectory(prefix="threads-") as temporary:
        folder = Path(temporary)
        (folder / "rows.csv").write_text("id|name\n" + "".join(f"{i}|n{i}\n" for i in range(7)), encoding="utf-8")
        (folder / "rows.json").write_text('[{"a": 1, "d": {"x": 1}}, {"a": 2, "b": "t", "l": [1, 2]}, {"a": 3}]',
                                          encoding="utf-8")
        columns = ", ".join(f"f{i}" for i in range(1, 40))
        names = ", ".join(f"({i}, 'n{i}')" for i in range(1, 8))
        (folder / "d.sql").write_text(f"DROP TABLE IF EXISTS o; CREATE TABLE o (a, d, {columns}); DROP TABLE IF EXISTS names;"
                                      f"CREATE TABLE names (id INTEGER PRIMARY KEY, name);"
                                      f"INSERT INTO names VALUES {names};", encoding="utf-8")
        for seed in range(arguments.first, arguments.first + arguments.count):
            (folder / "d.xml").write_text(Descriptor(seed).text(), encoding="utf-8")
            results = {run(program, folder, threads) for threads in (1, 3, 3)}
            if len(results) == 1 and next(iter(results))[0] == 0:
                continue
            failed += 1
            print(f"FAIL descriptor {seed}: {sorted(results)}\n{(folder / 'd.xml').read_text(encoding='utf-8')}")
    print(f"{arguments.count - failed}/{arguments.count}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
