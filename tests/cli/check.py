#!/usr/bin/env python3
"""The command line: exit statuses, what goes to stdout and to stderr, settings. Standard library only.

    check.py PROGRAM
"""

import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

PROGRAM = ""
GOOD = '<setup>\n  <generate name="g" count="2" target="JSON">\n    <key name="i" generator="IncrementGenerator"/>\n' \
       "  </generate>\n</setup>\n"
BAD = GOOD.replace("IncrementGenerator", "IncrementGenrator")
ENDLESS = GOOD.replace('count="2" target="JSON"', 'count="2000000000" target="CSV"')


class CommandLine(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="cli-")
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        (self.folder / "datamimic.xml").write_text(GOOD, encoding="utf-8")
        (self.folder / "bad.xml").write_text(BAD, encoding="utf-8")

    def mimus(self, *arguments, **variables):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MIMUS_")}
        return subprocess.run([PROGRAM, *arguments], cwd=self.folder, env={**environment, **variables},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)

    def limited(self, descriptor, **limits):
        """What `mimus run` prints about a descriptor when it may use so much of the system."""
        (self.folder / "limited.xml").write_text(descriptor, encoding="utf-8")

        def set_limits():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            for name, value in limits.items():
                resource.setrlimit(getattr(resource, name), (value, value))

        done = subprocess.run([PROGRAM, "run", "-q", "limited.xml", "--threads", "2", "--out", "limited"], cwd=self.folder,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
                              preexec_fn=set_limits)
        self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
        self.assertEqual([path.name for path in self.folder.iterdir() if "limited" in path.name], ["limited.xml"])
        return done.stderr

    def test_too_little_memory_is_said(self):
        text = '<setup><generate name="g" count="20000" target="{}"><key name="a" script="{}"/></generate></setup>'
        self.assertIn("[run.memory]", self.limited(text.format("CSV", "'x' * 30000000"), RLIMIT_AS=200 << 20))
        packed = text.format("CSV(compression='zstd', compression_level=19)", "str(random.random()) * 100")
        self.assertIn("[target.compression]", self.limited(packed, RLIMIT_AS=200 << 20))

    def test_a_full_disk_is_said(self):
        text = GOOD.replace('count="2"', 'count="200000"')
        self.assertIn("[file.write]", self.limited(text, RLIMIT_FSIZE=500_000))
        self.assertIn("[output.write]", self.limited(text.replace("JSON", "XLSX"), RLIMIT_FSIZE=500_000))
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROGRAM, "run", "-q", "--capture"], cwd=self.folder, stdout=full, stderr=subprocess.PIPE,
                                  text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("[output.write]", done.stderr)

    def test_version(self):
        self.assertRegex(self.mimus("version").stdout, r"^mimus \d+\.\d+\.\d+")
        self.assertEqual(self.mimus("--version").stdout, self.mimus("version").stdout)
        self.assertEqual(sorted(json.loads(self.mimus("version", "--json").stdout)),
                         ["datapack_version", "engine_version"])

    def test_help_goes_to_stdout(self):
        for command in ([], ["run"], ["lint"], ["serve"], ["worker"], ["project"], ["project", "clone"],
                        ["token", "create"], ["demo", "list"], ["version"]):
            done = self.mimus(*command, "--help")
            self.assertEqual((done.returncode, done.stderr), (0, ""), command)
            self.assertIn("--help", done.stdout)

    def test_wrong_arguments_exit_with_2(self):
        for arguments in ([], ["nothing"], ["run", "--nothing"], ["run", "--seed", "-1"], ["run", "--now", "soon"],
                          ["run", "--task-id", ".."], ["token", "create"]):
            done = self.mimus(*arguments)
            self.assertEqual((done.returncode, done.stdout), (2, ""), arguments)
            self.assertNotEqual(done.stderr, "")

    def test_run_takes_the_descriptor_here_by_default(self):
        done = self.mimus("run", "--task-id", "t1")
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertTrue((self.folder / "output/t1/g.json").is_file())
        self.assertIn("2 records", done.stderr)

    def test_run_makes_a_task_id(self):
        self.mimus("run", "--quiet")
        names = [path.name for path in (self.folder / "output").iterdir() if not path.name.startswith(".")]
        self.assertEqual(len(names), 1)
        self.assertRegex(names[0], "^[0-9a-f]{32}$")

    def test_capture_is_the_last_line_of_stdout(self):
        for flag in ("--capture", "--test-mode"):
            self.assertEqual(json.loads(self.mimus("run", flag).stdout.splitlines()[-1]), {"g": [{"i": 1}, {"i": 2}]})

    def test_statistics_of_a_run_are_those_of_its_files(self):
        descriptor = """<setup rngSeed="1"><generate name="g" count="500" target="CSV(delimiter=',')">
          <key name="id" generator="IncrementGenerator"/>
          <key name="price" generator="FloatGenerator(min=1, max=9, granularity=0.01)"/>
          <key name="kind" values="'a', 'b', 'b'" nullQuota="0.1"/>
          <key name="day" generator="DateTimeGenerator(min='2025-01-01 00:00:00', max='2025-12-31 00:00:00')"/>
        </generate></setup>"""
        (self.folder / "d.xml").write_text(descriptor, encoding="utf-8")
        done = self.mimus("run", "d.xml", "--quiet", "--out", "out", "--statistics", "run.json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        run = json.loads((self.folder / "run.json").read_text(encoding="utf-8"))["products"][0]
        file = json.loads(self.mimus("stats", "out/g.csv", "--json").stdout)["products"][0]
        self.assertEqual((run["name"], file["name"], run["records"]), ("g", "g.csv", 500))
        kind = run["columns"].pop(2)
        self.assertEqual((kind["values"] + kind["nulls"], kind["distinct"], kind["length"]["max"]), (500, 2, 1))
        file["columns"].pop(2)  # its nulls are empty texts in the file
        self.assertEqual(run["columns"], file["columns"])
        table = self.mimus("stats", "run.json").stdout
        self.assertIn("g: 500 records", table)
        self.assertRegex(table, "(?m)^  id +int +0 +500 +1 +250 +500 ")

    def test_stats_of_every_kind_of_file(self):
        for name, text in (("a.json", '[{"n": 1, "tags": ["x", "y"]}, {"n": null}]'), ("a.ndjson", '{"n": 1}\n{"n": 2.5}\n'),
                           ("a.csv", "code;n\n007;1\n008;\n"), ("a.xml", "<list><item><n>1</n></item></list>")):
            (self.folder / name).write_text(text, encoding="utf-8")
        done = self.mimus("stats", "a.json", "a.ndjson", "a.csv", "a.xml", "--json")
        columns = [{column["path"]: column["type"] for column in product["columns"]}
                   for product in json.loads(done.stdout)["products"]]
        self.assertEqual(columns, [{"n": "int", "tags": "list", "tags[]": "string"}, {"n": "float"},
                                   {"code": "string", "n": "int"}, {"n": "string"}])
        for code, name, text in (("source.kind", "a.txt", ""), ("json.syntax", "bad.json", "[{"), ("source.not_found", "gone.csv", None),
                                 ("statistics.format", "old.json", '{"format": "mimus.statistics", "version": 0}')):
            if text is not None:
                (self.folder / name).write_text(text, encoding="utf-8")
            done = self.mimus("stats", name)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn(f"[{code}]", done.stderr)

    def test_diff_tells_by_its_status_whether_runs_differ(self):
        for folder, values in (("one", (1, 2, 3)), ("same", (1, 2, 3)), ("other", (1, 2, 30))):
            (self.folder / folder).mkdir()
            rows = "".join(f"{value},x\n" for value in values)
            (self.folder / folder / "a.csv").write_text("n,t\n" + rows, encoding="utf-8")
        (self.folder / "other" / "new.txt").write_text("new", encoding="utf-8")
        self.assertEqual(self.mimus("diff", "one", "same").returncode, 0)
        done = self.mimus("diff", "one", "other")
        self.assertEqual(done.returncode, 1)
        self.assertIn("max: 3 -> 30", done.stdout)
        self.assertIn("new.txt: added, 3 bytes", done.stdout)
        artifacts = json.loads(self.mimus("diff", "one", "other", "--json").stdout)["artifacts"]
        self.assertEqual([(artifact["name"], artifact["fate"]) for artifact in artifacts],
                         [("a.csv", "changed"), ("new.txt", "added")])
        changed = artifacts[0]["statistics"]["products"][0]["changed"]
        self.assertEqual([column["path"] for column in changed], ["n"])
        self.assertEqual((artifacts[0]["before"]["bytes"], artifacts[1]["before"]), (16, None))
        for code, names in (("diff.kinds", ("one", "one/a.csv")), ("file.not_found", ("one", "gone"))):
            done = self.mimus("diff", *names)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn(f"[{code}]", done.stderr)

    def test_stats_are_one_line_of_json_on_stderr(self):
        figures = json.loads(self.mimus("run", "--stats", "--quiet", "--seed", "5").stderr)
        self.assertEqual((figures["rows"], figures["seed"], figures["files"]), (2, 5, 1))
        for name in ("bytes", "seconds", "first_byte_ms", "peak_rss_bytes"):
            self.assertGreater(figures[name], 0, name)

    def test_run_fails_with_the_place(self):
        done = self.mimus("run", "bad.xml")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertRegex(done.stderr, r"bad\.xml:3:\d+: error: .*\[generator\.unknown\]")
        self.assertIn("did you mean 'IncrementGenerator'?", done.stderr)

    def test_a_missing_descriptor_is_named(self):
        for command in ("run", "lint"):
            done = self.mimus(command, "nowhere.xml")
            self.assertEqual(done.returncode, 1)
            self.assertIn("nowhere.xml", done.stdout + done.stderr)

    def test_lint(self):
        self.assertEqual(self.mimus("lint").returncode, 0)
        self.assertEqual(json.loads(self.mimus("lint", "--json").stdout), {"diagnostics": []})
        done = self.mimus("lint", "bad.xml", "--json")
        self.assertEqual(done.returncode, 1)
        finding = json.loads(done.stdout)["diagnostics"][0]
        self.assertEqual((finding["severity"], finding["code"], finding["line"]), ("error", "generator.unknown", 3))

    def test_lint_prints_sarif(self):
        (self.folder / "bad.xml").write_text(BAD.replace("<generate", "<!--é--><generate"), encoding="utf-8")
        done = self.mimus("lint", "bad.xml", "--format", "sarif")
        self.assertEqual(done.returncode, 1)
        log = json.loads(done.stdout)
        self.assertEqual((log["version"], len(log["runs"])), ("2.1.0", 1))
        run = log["runs"][0]
        result = run["results"][0]
        self.assertEqual((result["ruleId"], result["level"]), ("generator.unknown", "error"))
        self.assertEqual([rule["id"] for rule in run["tool"]["driver"]["rules"]], ["generator.unknown"])
        place = result["locations"][0]["physicalLocation"]
        self.assertEqual(place["artifactLocation"]["uri"], "bad.xml")
        self.assertEqual(place["region"]["startLine"], 3)
        self.assertEqual(json.loads(self.mimus("lint", "--format", "sarif").stdout)["runs"][0]["results"], [])
        self.assertEqual(self.mimus("lint", "--format", "pdf").returncode, 2)

    def test_sarif_counts_characters(self):
        (self.folder / "bad.xml").write_text('<setup><memstore id="ééé" oops="1"/></setup>', encoding="utf-8")
        log = json.loads(self.mimus("lint", "bad.xml", "--format", "sarif").stdout)
        region = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
        self.assertEqual((region["startColumn"], region["endColumn"]), (27, 31))

    def test_secrets_are_not_shown(self):
        (self.folder / "conf").mkdir()
        (self.folder / "conf/environment.env.properties").write_text("api_token=tok-0123456789\n", encoding="utf-8")
        said = '<generate name="said" count="1" target="LogExporter"><key name="a" script="api_token"/></generate>'
        descriptor = GOOD.replace("<setup>", "<setup>" + said)
        (self.folder / "said.xml").write_text(descriptor, encoding="utf-8")
        shown = self.mimus("run", "said.xml").stderr
        self.assertIn("'***'", shown)
        self.assertNotIn("tok-0123456789", shown)
        failing = descriptor.replace('generator="IncrementGenerator"', 'script="int(api_token)"')
        (self.folder / "failing.xml").write_text(failing, encoding="utf-8")
        done = self.mimus("run", "failing.xml")
        self.assertEqual(done.returncode, 1)
        self.assertIn("base 10: '***'", done.stderr)
        self.assertNotIn("tok-0123456789", done.stderr)

    def test_validate(self):
        done = self.mimus("validate", "datamimic.xml")
        self.assertEqual((done.returncode, done.stdout), (0, "Descriptor validation successful!\n"))
        done = self.mimus("validate", "bad.xml")
        self.assertEqual((done.returncode, done.stdout.splitlines()[-1]), (1, "Descriptor validation failed!"))
        self.assertIn("generator.unknown", done.stdout)
        done = self.mimus("validate", "nowhere.xml")
        self.assertEqual((done.returncode, done.stdout), (1, "Error: File not found: nowhere.xml\n"))

    def test_init(self):
        done = self.mimus("init", "shop", "--target", "made")
        self.assertEqual((done.returncode, done.stdout), (0, "made/shop\n"))
        project = self.folder / "made/shop"
        self.assertEqual(sorted(path.name for path in project.iterdir()),
                         ["README.md", "config", "data", "datamimic.xml", "output", "script"])
        users = json.loads(self.mimus("run", "made/shop/datamimic.xml", "--capture").stdout)["datamimic_user_list"]
        self.assertEqual(len(users), 1000)
        (project / "datamimic.xml").write_text("mine", encoding="utf-8")
        again = self.mimus("init", "shop", "--target", "made")
        self.assertEqual(again.returncode, 1)
        self.assertIn("--force", again.stderr)
        self.assertEqual((project / "datamimic.xml").read_text(encoding="utf-8"), "mine")
        self.assertEqual(self.mimus("init", "shop", "-t", "made", "-f").returncode, 0)
        self.assertNotEqual((project / "datamimic.xml").read_text(encoding="utf-8"), "mine")
        for name in ("../shop", "a b", ""):
            self.assertEqual(self.mimus("init", name).returncode, 1, name)

    def test_info(self):
        done = self.mimus("info")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"(?m)^Mimus version +\d+\.\d+\.\d+$")

    def test_no_color_without_a_terminal(self):
        self.assertNotIn("\x1b", self.mimus("run", "bad.xml").stderr + self.mimus("lint", "bad.xml").stdout)

    def test_arguments_win_over_variables_over_the_file(self):
        (self.folder / "mimus.toml").write_text('[run]\nout = "from-file"\nnow = "not a time"\n', encoding="utf-8")
        self.assertEqual(self.mimus("run").returncode, 2)
        self.assertEqual(self.mimus("run", MIMUS_NOW="2026-01-01").returncode, 0)
        self.assertTrue((self.folder / "from-file/g.json").is_file())
        self.assertEqual(self.mimus("run", "--now", "nonsense", MIMUS_NOW="2026-01-01").returncode, 2)

    def test_an_unknown_setting_is_refused(self):
        (self.folder / "mimus.toml").write_text("[run]\nthreds = 2\n", encoding="utf-8")
        done = self.mimus("run")
        self.assertEqual(done.returncode, 2)
        self.assertIn("threds", done.stderr)

    def test_eval(self):
        for arguments, printed in ((["1 + 1"], "2\n"), (["--", "-7 // 2"], "-4\n"), (["--type", "2 ** 0.5"], "1.4142135623730951\tfloat\n"),
                                   (["--vars", '{"p": {"n": [1, 2]}}', "sum(p.n)"], "3\n"), (["--type", "run"], None),
                                   (["--tier", "native", "'ü' * 2"], '"üü"\n'), (["[float('inf'), b'a', {2, 1}]"], '["inf", "61", [1, 2]]\n'),
                                   (["--tier", "python", "--type", "(1, datetime.date(2024, 1, 2))"], '[1, "2024-01-02"]\ttuple\n'),
                                   (["re.sub('a', 'b', 'aa')"], '"bb"\n')):
            done = self.mimus("eval", *arguments)
            if printed is None:
                self.assertEqual((done.returncode, done.stdout), (1, ""), arguments)
                self.assertTrue(done.stderr.startswith("NameError: "), done.stderr)
            else:
                self.assertEqual((done.returncode, done.stdout, done.stderr), (0, printed, ""), arguments)

    def test_eval_fails_as_python_does(self):
        for tier in ("native", "python", "auto"):
            for expression, exception in (("nobody", "NameError"), ("1 / 0", "ZeroDivisionError"), ("1 +", "SyntaxError"), ("", "SyntaxError"),
                                          ("[1][2]", "IndexError"), ("1 + 'a'", "TypeError"), ("len", "TypeError")):
                done = self.mimus("eval", "--tier", tier, "--", expression)
                self.assertEqual((done.returncode, done.stdout), (1, ""), (tier, expression))
                self.assertTrue(done.stderr.startswith(exception + ": "), (tier, expression, done.stderr))
        done = self.mimus("eval", "--tier", "native", "re.sub('a', 'b', 'aa')")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (3, "", "not covered: 're.sub()'\n"))

    def test_eval_knows_time_zones(self):
        hours = [int(self.mimus("eval", "--tier", tier, "--timezone", zone, "--",
                                "int((datetime.datetime.now() - datetime.datetime(2020, 1, 1)).total_seconds()) // 3600").stdout)
                 for tier, zone in (("native", "UTC"), ("native", "Asia/Tokyo"), ("python", "UTC"), ("python", "Asia/Tokyo"))]
        for first in (0, 2):
            self.assertIn(hours[first + 1] - hours[first], (9, 10))
        stamp = ["--timezone", "Asia/Tokyo", "--", "datetime.datetime(2024, 1, 1, 9).timestamp()"]
        self.assertEqual(self.mimus("eval", *stamp).stdout, "1704067200.0\n")
        self.assertEqual(self.mimus("eval", "--tier", "native", *stamp).returncode, 3)
        done = self.mimus("eval", "--timezone", "Nowhere/Else", "1")
        self.assertEqual(done.returncode, 2)
        self.assertIn("[time.zone]", done.stderr)

    def test_run_says_whose_rights_python_has(self):
        self.assertIn("Python that the descriptor runs has the rights", self.mimus("run", "--help").stdout)

    def test_python_that_is_not_there_is_said(self):
        (self.folder / "libpython3.11.so.1.0").write_bytes(b"")
        done = self.mimus("eval", "--tier", "python", "1", LD_LIBRARY_PATH=str(self.folder))
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("[python.missing]", done.stderr)

    def test_eval_takes_a_file(self):
        (self.folder / "e.tsv").write_text('expression\tvariables\n1 + n\t{"n": 2}\tignored\nn\nre.escape("a")\t{}\n', encoding="utf-8")
        done = self.mimus("eval", "--tier", "native", "--file", "e.tsv")
        self.assertEqual((done.returncode, done.stdout), (0, "3\tint\nerror:NameError\t-\nnot covered: 're.escape()'\t-\n"))
        (self.folder / "bad.tsv").write_text("1\t[]\n", encoding="utf-8")
        done = self.mimus("eval", "--file", "bad.tsv")
        self.assertEqual(done.returncode, 1)
        self.assertIn("bad.tsv:1", done.stderr)
        self.assertEqual(self.mimus("eval", "--file", "nowhere.tsv").returncode, 1)
        for arguments in ([], ["1", "--file", "e.tsv"], ["--vars", "[]", "1"], ["--tier", "other", "1"]):
            self.assertEqual(self.mimus("eval", *arguments).returncode, 2, arguments)

    def test_generators(self):
        names = [generator["name"] for generator in json.loads(self.mimus("generators", "--json").stdout)]
        self.assertIn("IntegerGenerator", names)
        self.assertIn("IntegerGenerator: ", self.mimus("generators").stdout)
        self.check_page("generators")

    def test_entities(self):
        entities = {entity["name"]: entity for entity in json.loads(self.mimus("entities", "--json").stdout)}
        self.assertIn("given_name", [attribute["name"] for attribute in entities["Person"]["attributes"]])
        self.assertIn("    .given_name: string  ", self.mimus("entities").stdout)
        self.check_page("entities")

    def check_page(self, what):
        page = (Path(__file__).parents[2] / f"docs/reference/{what}.md").read_text(encoding="utf-8")
        self.assertIn(self.mimus(what, "--format", "markdown").stdout.strip(), page,
                      f"put what mimus {what} --format markdown prints into docs/reference/{what}.md")

    def test_converters(self):
        names = [converter["name"] for converter in json.loads(self.mimus("converters", "--json").stdout)]
        self.assertIn("UpperCase", names)
        self.assertIn("UpperCase: ", self.mimus("converters").stdout)
        self.check_page("converters")

    def test_generate(self):
        done = self.mimus("generate", "IntegerGenerator(min=1, max=6)", "--count", "5000", "--seed", "1")
        self.assertEqual(len(done.stdout.splitlines()), 5000)
        self.assertEqual(set(done.stdout.split()), set("123456"))
        again = self.mimus("generate", "IntegerGenerator(min=1, max=6)", "--count", "5000", "--seed", "1", "--json")
        self.assertEqual(json.loads(again.stdout), [int(line) for line in done.stdout.split()])
        self.assertEqual(self.mimus("generate", "IncrementGenerator(end=3)", "--count", "5").stdout, "1\n2\n")
        self.assertEqual(self.mimus("generate", 'StringGenerator(1, 1, "\n")').stdout, "\\n\n")
        self.assertEqual(self.mimus("generate", "StringGenerator(1, 1, 'x')").stdout, "x\n")
        self.assertNotEqual(self.mimus("generate", "UUIDGenerator").stdout, self.mimus("generate", "UUIDGenerator").stdout)
        for wrong in ("Nothing", "IntegerGenerator(", "IntegerGenerator(min='a')"):
            done = self.mimus("generate", wrong)
            self.assertEqual(done.returncode, 1)
            self.assertIn("[generator.", done.stderr)

    def test_targets(self):
        names = [target["name"] for target in json.loads(self.mimus("targets", "--json").stdout)]
        self.assertIn("CSV", names)
        self.assertIn("CSV: ", self.mimus("targets").stdout)
        self.check_page("targets")

    def test_what_a_command_refuses_has_a_code(self):
        self.mimus("demo", "create", "basic-json", "--target", "made")
        self.mimus("init", "shop", "--target", "made")
        for code, arguments in (("demo.exists", ["demo", "create", "basic-json", "--target", "made"]),
                                ("demo.folder", ["demo", "list", "--demos", "nowhere"]),
                                ("demo.not_found", ["demo", "info", "nothing"]),
                                ("init.exists", ["init", "shop", "--target", "made"]),
                                ("init.name", ["init", "a/b"]),
                                ("store.folder", ["token", "list", "--data", "nowhere"]),
                                ("task.id", ["run", "--task-id", ".."]),
                                ("time.syntax", ["run", "--now", "soon"]), ("time.syntax", ["generate", "UUIDGenerator", "--now", "soon"])):
            done = self.mimus(*arguments)
            self.assertIn(done.returncode, (1, 2), arguments)
            self.assertIn(f"[{code}]", done.stderr)

    def test_demos(self):
        names = [demo["name"] for demo in json.loads(self.mimus("demo", "list", "--json").stdout)]
        self.assertIn("basic-json", names)
        self.assertEqual(self.mimus("demo", "create", "basic-json", "--target", "made").returncode, 0)
        self.assertEqual(self.mimus("run", "made/datamimic.xml").returncode, 0)
        again = self.mimus("demo", "create", "basic-json", "--target", "made")
        self.assertEqual(again.returncode, 1)
        self.assertIn("made", again.stderr)
        self.assertIn("did you mean 'basic-json'?", self.mimus("demo", "create", "basic-jsn").stderr)
        (self.folder / "made/datamimic.xml").write_text("mine", encoding="utf-8")
        self.assertEqual(self.mimus("demo", "create", "basic-json", "--target", "made", "--overwrite").returncode, 0)
        self.assertNotEqual((self.folder / "made/datamimic.xml").read_text(encoding="utf-8"), "mine")
        self.assertFalse((self.folder / "made/demo.json").exists())

    def test_all_demos_at_once(self):
        self.assertEqual(self.mimus("demo", "create", "--all", "--target", "all").returncode, 0)
        names = [demo["name"] for demo in json.loads(self.mimus("demo", "list", "--json").stdout)]
        self.assertEqual(sorted(path.name for path in (self.folder / "all").iterdir()), sorted(names))
        self.assertEqual(self.mimus("demo", "create", "--all", "--target", "all").returncode, 1)
        self.assertEqual(self.mimus("demo", "create", "--all", "-o", "-t", "all").returncode, 0)
        for arguments in ([], ["--all"], ["basic-json", "--all", "--target", "x"]):
            self.assertEqual(self.mimus("demo", "create", *arguments).returncode, 2, arguments)

    def test_demo_info(self):
        done = self.mimus("demo", "info", "basic-json")
        self.assertEqual(done.returncode, 0)
        for word in ("Name: basic-json", "Description: ", "Usage: "):
            self.assertIn(word, done.stdout)
        self.assertEqual(self.mimus("demo", "info", "nothing").returncode, 1)

    def test_projects_and_tokens(self):
        project = json.loads(self.mimus("project", "clone", "basic-json", "--json").stdout)["id"]
        self.assertIn(project, self.mimus("project", "list").stdout)
        made = json.loads(self.mimus("token", "create", "--project", project, "--name", "laptop", "--expires",
                                     "2035-01-01", "--scope", "write", "--json").stdout)
        self.assertTrue(re.fullmatch("mms_pat_[0-9A-Za-z]{40,60}", made["token"]), made)
        listed = self.mimus("token", "list", "--project", project).stdout
        self.assertIn("laptop", listed)
        self.assertNotIn(made["token"], listed)
        everywhere = json.loads(self.mimus("token", "list", "--json").stdout)
        self.assertEqual([token["id"] for token in everywhere], [made["id"]])
        past = self.mimus("token", "create", "--project", project, "--name", "old", "--expires", "2001-01-01")
        self.assertEqual((past.returncode, past.stdout), (1, ""))
        self.assertEqual(self.mimus("token", "delete", made["id"]).returncode, 0)
        self.assertEqual(self.mimus("token", "delete", made["id"]).returncode, 1)
        self.assertEqual(self.mimus("project", "delete", project).returncode, 0)
        self.assertNotIn(project, self.mimus("project", "list").stdout)

    def test_settings_and_banner(self):
        self.assertEqual(self.mimus("settings", "list").stderr.count("[store.folder]"), 1)
        self.assertEqual(self.mimus("project", "clone", "basic-json").returncode, 0)
        listed = self.mimus("settings", "list").stdout
        self.assertEqual(listed.split(), ["instance_name", "Mimus", "sign_up_enabled", "false", "sign_up_role", "user"])
        for name, value in (("instance_name", "Shop"), ("sign_up_enabled", "true"), ("sign_up_role", "admin")):
            done = self.mimus("settings", "set", name, value)
            self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
        self.assertEqual(json.loads(self.mimus("settings", "list", "--json").stdout),
                         {"instance_name": "Shop", "sign_up_enabled": True, "sign_up_role": "admin"})
        for name, value, code in (("instance_nam", "x", "setting.unknown"), ("sign_up_enabled", "yes", "setting.bad"),
                                  ("sign_up_role", "owner", "setting.bad"), ("instance_name", "", "setting.bad")):
            done = self.mimus("settings", "set", name, value)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn(f"[{code}]", done.stderr)
        self.assertEqual(self.mimus("banner", "show").stdout, "")
        self.assertEqual(self.mimus("banner", "show", "--json").stdout, "null\n")
        banner = json.loads(self.mimus("banner", "set", "Back\u00a0soon", "--level", "warning", "--json").stdout)
        self.assertEqual((banner["text"], banner["level"]), ("Back\u00a0soon", "warning"))
        self.assertEqual(self.mimus("banner", "show").stdout, "warning  Back\u00a0soon\n")
        self.assertIn("[setting.bad]", self.mimus("banner", "set", "x" * 1001).stderr)
        self.assertEqual(self.mimus("banner", "set", "x", "--level", "loud").returncode, 2)
        self.assertEqual(self.mimus("banner", "clear").returncode, 0)
        self.assertEqual(self.mimus("banner", "show", "--json").stdout, "null\n")
        lines = self.mimus("audit", "list", "--action", "setting.", "--json").stdout.splitlines()
        audited = [json.loads(line) for line in lines]
        self.assertEqual([entry["target"] for entry in audited],
                         ["banner", "banner", "sign_up_role", "sign_up_enabled", "instance_name"])
        self.assertEqual({entry["actor_kind"] for entry in audited}, {"cli"})

    def test_a_signal_cancels_and_leaves_nothing(self):
        (self.folder / "endless.xml").write_text(ENDLESS, encoding="utf-8")
        for number in (signal.SIGINT, signal.SIGTERM):
            child = subprocess.Popen([PROGRAM, "run", "endless.xml", "--out", "out"], cwd=self.folder,
                                     stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
            time.sleep(0.5)
            child.send_signal(number)
            stderr = child.communicate(timeout=30)[1].decode()
            self.assertEqual(child.returncode, 130, stderr)
            self.assertEqual(list((self.folder / "out").glob("*.csv")), [])
        self.assertEqual([path.name for path in self.folder.iterdir() if path.name.startswith(".")], [])


if __name__ == "__main__":
    PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
