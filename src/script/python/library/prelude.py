"""What C++ asks of Python's side: begin, execute, compile_batch, compile_sequence, defined_names, describe; the names of
expressions, draws, components and effects are in files of their own."""

import _mimus
import ast
import builtins
import io
import linecache
import os
import sys
import textwrap
from faker import Faker
from mimus_components import Converter, CustomConverter, Generator, is_kept, namespace
from mimus_draws import REPLACED, begin_random
from mimus_effects import effect_of_code, globals_written_by, written_globals
from mimus_names import GLOBALS, Dotable
from uuid import UUID

for _folder in (
    "/usr/lib/python3/dist-packages",
    "/usr/local/lib/python3.%d/dist-packages" % sys.version_info.minor,
):
    if os.path.isdir(_folder):
        sys.path.append(_folder)

_EXPRESSION = "<expression>"


# ---- what is printed goes to the run's console, a line at a time


class _Console(io.TextIOBase):
    encoding = "utf-8"

    def __init__(self):
        self._rest = ""

    def writable(self):
        return True

    def write(self, text):
        self._rest += text
        end = self._rest.rfind("\n") + 1
        if end > 0:
            lines, self._rest = self._rest[:end], self._rest[end:]
            _mimus.write(lines)
        return len(text)

    def finish(self):
        """A last line without an end."""
        if self._rest:
            self.write("\n")


def defined_names(text, file):
    """The names that a file defines at its top level, as far as they can be told without running it."""
    out = []

    def add(name):
        if not name.startswith("__") and not name.endswith("__") and name not in out:
            out.append(name)

    def targets(node):
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                add(part.id)

    def visit(statements):
        for node in statements:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                add(node.name)
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                for alias in node.names:
                    add(alias.asname or alias.name.partition(".")[0])
            else:
                for part in ast.iter_child_nodes(node):
                    if isinstance(part, ast.expr):
                        targets(part)
                for block in ("body", "orelse", "finalbody"):
                    visit(getattr(node, block, ()))
                for handler in getattr(node, "handlers", ()):
                    visit(handler.body)

    visit(ast.parse(textwrap.dedent(text), file).body)
    return out


class _TimeLimit(BaseException):
    """Raised in what is under way when the run's time is over."""

    def __str__(self):
        return "the time of the run is over"


_environment = dict(os.environ)


def begin(variables):
    """Begins a run, with these variables of the environment beside those of the process."""
    sys.stdout = _Console()
    namespace.clear()
    written_globals.clear()
    os.environ.clear()
    os.environ.update(_environment)
    os.environ.update(variables)
    begin_random()
    Faker.seed()
    GLOBALS["fake"] = Faker()


def compile_batch(text, parameters, constants):
    """A function that evaluates an expression for many rows: f(rows, results, a list for each parameter …)."""
    names = {**GLOBALS, **constants}
    targets = ", ".join(["_mimus_row", *parameters])
    lists = ", ".join("_mimus_%d" % i for i in range(len(parameters)))
    source = (
        "def _mimus_batch(_mimus_rows, _mimus_out%s):\n"
        " for %s, in _mimus_zip(_mimus_rows%s):\n"
        "  _mimus_out.append((\n%s\n))\n"
    ) % (", " + lists if lists else "", targets, ", " + lists if lists else "", text.strip())
    names["_mimus_zip"] = zip
    exec(compile(source, _EXPRESSION, "exec"), names)
    return names["_mimus_batch"]


def compile_sequence(parts, parameters, constants):
    """The same for several expressions of a row: f(rows, a function for each result, a list for each parameter …)."""
    names = {**GLOBALS, **constants, "_mimus_zip": zip, "_mimus_type": type, "_mimus_dict": dict, "_mimus_dotable": Dotable}
    targets = ", ".join(["_mimus_row", *parameters])
    lists = "".join(", _mimus_%d" % i for i in range(len(parameters)))
    puts = "".join(", _mimus_put_%d" % i for i in range(len(parts)))
    source = "def _mimus_batch(_mimus_rows%s%s):\n for %s, in _mimus_zip(_mimus_rows%s):\n" % (puts, lists, targets, lists)
    for i, (text, name) in enumerate(parts):
        if not name:
            source += "  _mimus_put_%d((\n%s\n))\n" % (i, text.strip())
            continue
        source += "  %s = (\n%s\n)\n  _mimus_put_%d(%s)\n" % (name, text.strip(), i, name)
        source += "  if _mimus_type(%s) is _mimus_dict: %s = _mimus_dotable(%s)\n" % (name, name, name)
    exec(compile(source, _EXPRESSION, "exec"), names)
    return names["_mimus_batch"]


# ---- executed files


def execute(text, file, names):
    """Runs a file; gives the names that are new or changed."""
    # A name holds a dict as Dotable in expressions; here it is the dict.
    known = {name: value._entries if type(value) is Dotable else value for name, value in names.items()}
    scope = dict(known)
    scope["Generator"] = Generator
    scope["Converter"] = Converter
    scope["CustomConverter"] = CustomConverter
    scope["__name__"] = "<script>"
    scope["__file__"] = file
    scope["__builtins__"] = builtins
    text = textwrap.dedent(text)
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    code = compile(text, file, "exec")
    written_globals.update(globals_written_by(code))
    exec(code, scope)
    if isinstance(sys.stdout, _Console):
        sys.stdout.finish()
    out = {}
    for name, value in scope.items():
        if name.startswith("__") or name.endswith("__"):
            continue
        if name not in known or known[name] is not value:
            out[name] = value
    namespace.update(out)
    return out


# ---- effects and errors


def effect_of(text, constants):
    """What an expression does, given the names in it that are the same in every row."""
    return effect_of_code(compile(text.strip(), _EXPRESSION, "eval"), {**GLOBALS, **constants})


def describe(error):
    """(class, message, place in an executed file)."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file != _EXPRESSION and file in linecache.cache and linecache.cache[file][1] is None:
            place = "%s, line %d" % (file, trace.tb_lineno)
            if trace.tb_frame.f_code.co_name != "<module>":
                place += ", in %s()" % trace.tb_frame.f_code.co_name
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and error.filename != _EXPRESSION and error.lineno is not None:
        place = "%s, line %d" % (error.filename, error.lineno)
        message = error.msg
    elif isinstance(error, KeyError) and error.args:
        message = "no key %s" % (error.args[0] if isinstance(error.args[0], str) and " " in error.args[0] else repr(error.args[0]))
    else:
        message = str(error)
    return (type(error).__name__, message, place)


begin({})
