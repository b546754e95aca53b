"""What the engine adds to Python: the names of expressions, draws and a clock that make runs repeatable, the classes
that components are based on, and what C++ asks of it (begin, execute, compile_batch, effect_of, describe)."""

import _mimus
import abc
import ast
import builtins
import calendar
import collections
import datetime
import dis
import functools
import hashlib
import io
import itertools
import json
import linecache
import logging
import math
import os
import random
import re
import secrets
import statistics
import string
import sys
import textwrap
import time
import types
import uuid
from faker import Faker
from uuid import UUID

for _folder in (
    "/usr/lib/python3/dist-packages",
    "/usr/local/lib/python3.%d/dist-packages" % sys.version_info.minor,
):
    if os.path.isdir(_folder):
        sys.path.append(_folder)


# ---- maps that are reached by dots


class Dotable:
    """A dict as a name of an expression holds it: d.name, d.get(name), d.keys(), d.to_dict()."""

    __slots__ = ("_entries",)

    def __init__(self, entries):
        self._entries = entries

    def __getattr__(self, name):
        return self.get(name)

    def get(self, name):
        try:
            value = self._entries[name]
        except KeyError:
            # A name of XML: its colons are "__" in expressions.
            key = next((key for key in self._entries if ":" in str(key) and key.replace(":", "__") == name), None)
            if key is None:
                raise AttributeError("Cannot find attribute '%s'" % name) from None
            value = self._entries[key]
        if type(value) is dict:
            return Dotable(value)
        if type(value) is list:
            return [Dotable(item) if type(item) is dict else item for item in value]
        return value

    def keys(self):
        return self._entries.keys()

    def to_dict(self):
        return self._entries


# ---- draws: what is random comes from the stream of the statement and the row


class Random(random.Random):
    """Draws from the engine as long as it has no seed of its own."""

    def __new__(cls, *arguments, **named):
        return super().__new__(cls)

    def __init__(self, x=None):
        super().__init__(0 if x is None else x)
        self._draws = x is None

    def seed(self, a=None, version=2):
        self._draws = a is None
        super().seed(0 if a is None else a, version)

    def random(self):
        return _mimus.unit() if self._draws else super().random()

    def getrandbits(self, k):
        if not self._draws:
            return super().getrandbits(k)
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        out = 0
        for shift in range(0, k, 64):
            out |= _mimus.draw() << shift
        return out & ((1 << k) - 1)

    def _randbelow(self, n):
        if self._draws and 0 < n < 1 << 63:
            return _mimus.bounded(n)
        return super()._randbelow_with_getrandbits(n)

    def choice(self, seq):
        if not len(seq):
            raise IndexError("Cannot choose from an empty sequence")
        return seq[self._randbelow(len(seq))]

    def sample(self, population, k, *, counts=None):
        if not self._draws or counts is not None:
            return super().sample(population, k, counts=counts)
        if isinstance(population, (set, frozenset, dict)):
            raise TypeError("Population must be a sequence. For dicts or sets, use sorted(d).")
        items = list(population)
        if not 0 <= k <= len(items):
            raise ValueError("Sample larger than population or is negative")
        for i in range(k):
            j = i + _mimus.bounded(len(items) - i)
            items[i], items[j] = items[j], items[i]
        return items[:k]

    def gauss(self, mu=0.0, sigma=1.0):
        if not self._draws:
            return super().gauss(mu, sigma)
        # Two draws a number: none is kept for the next row.
        angle = _mimus.unit() * 2.0 * math.pi
        return mu + math.cos(angle) * math.sqrt(-2.0 * math.log(1.0 - _mimus.unit())) * sigma


class SystemRandom(Random):
    def seed(self, *arguments, **named):
        self._draws = True

    def getstate(self):
        raise NotImplementedError("System entropy source does not have state.")

    setstate = getstate


def _random_bytes(count):
    out = bytearray()
    while len(out) < count:
        out += _mimus.draw().to_bytes(8, "little")
    return bytes(out[:count])


def _uuid4():
    high = (_mimus.draw() & ~0xF000) | 0x4000
    low = (_mimus.draw() & ~(3 << 62)) | (2 << 62)
    return UUID(int=high << 64 | low)


def _uuid1(node=None, clock_seq=None):
    ticks = _mimus.now() * 10 + 0x01B21DD213814000 + (_mimus.draw() & 0xFFFF)
    if node is None:
        node = _mimus.draw() & ((1 << 48) - 1) | 1 << 40
    if clock_seq is None:
        clock_seq = _mimus.draw() & 0x3FFF
    fields = (
        ticks & 0xFFFFFFFF,
        ticks >> 32 & 0xFFFF,
        ticks >> 48 & 0x0FFF,
        clock_seq >> 8 & 0x3F,
        clock_seq & 0xFF,
        node,
    )
    return UUID(fields=fields, version=1)


_KEPT = (
    "random randint randrange uniform choice choices sample shuffle gauss normalvariate lognormvariate expovariate "
    "betavariate gammavariate paretovariate triangular vonmisesvariate weibullvariate getrandbits randbytes seed "
    "getstate setstate"
).split()


def _replace_random():
    random.Random = Random
    random.SystemRandom = SystemRandom
    random._urandom = _random_bytes
    os.urandom = _random_bytes
    uuid.uuid4 = _uuid4
    uuid.uuid1 = _uuid1
    uuid.getnode = lambda: 0x02_00_00_00_00_01
    system = SystemRandom()
    secrets._sysrand = system
    secrets.choice = system.choice
    secrets.randbits = system.getrandbits
    secrets.randbelow = lambda n: system._randbelow(n)
    secrets.token_bytes = lambda nbytes=None: _random_bytes(32 if nbytes is None else nbytes)


def _begin_random():
    """A new run knows nothing of the seeds of the one before."""
    shared = Random()
    random._inst = shared
    for name in _KEPT:
        setattr(random, name, getattr(shared, name))


# ---- the clock is the run's


def _now(cls, tz=None):
    """The run's clock."""
    utc = _EPOCH + datetime.timedelta(microseconds=_mimus.now())
    if tz is not None:
        return cls.fromtimestamp(_mimus.now() // 1000000, tz).replace(microsecond=_mimus.now() % 1000000)
    return cls(utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second, utc.microsecond)


def _today(cls):
    """The day of the run's clock."""
    utc = _EPOCH + datetime.timedelta(microseconds=_mimus.now())
    if issubclass(cls, datetime.datetime):
        return _now(cls)
    return cls(utc.year, utc.month, utc.day)


_EPOCH = datetime.datetime(1970, 1, 1)
# What C++ puts in the place of the methods of these types, which cannot be assigned to.
REPLACED = (
    (datetime.datetime, "now", classmethod(_now)),
    (datetime.datetime, "utcnow", classmethod(lambda cls: _now(cls))),
    (datetime.datetime, "today", classmethod(_today)),
    (datetime.date, "today", classmethod(_today)),
)


def _replace_clock():
    localtime, gmtime, strftime, ctime = time.localtime, time.gmtime, time.strftime, time.ctime
    seconds = lambda: _mimus.now() / 1000000
    time.time = seconds
    time.time_ns = lambda: _mimus.now() * 1000
    time.localtime = lambda secs=None: localtime(seconds() if secs is None else secs)
    time.gmtime = lambda secs=None: gmtime(seconds() if secs is None else secs)
    time.ctime = lambda secs=None: ctime(seconds() if secs is None else secs)
    time.strftime = lambda format, t=None: strftime(format, gmtime(seconds()) if t is None else t)


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


# ---- what components are based on


class Generator(abc.ABC):
    """Base of generators in Python: generate() gives the next value, StopIteration ends the records."""

    cache_in_root = True

    @abc.abstractmethod
    def generate(self):
        ...


class Converter(abc.ABC):
    """Base of converters in Python: convert(value) gives what takes the value's place."""

    @abc.abstractmethod
    def convert(self, value):
        ...


class CustomConverter(Converter):
    """Base of converters that want the context of the run."""

    def __init__(self, ctx=None):
        self._ctx = ctx


def _add_modules():
    """Names that descriptors of others import."""
    classes = {"Generator": Generator, "Converter": Converter, "CustomConverter": CustomConverter}
    logger = logging.getLogger("mimus")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    places = {
        "mimus": dict(classes),
        "datamimic_ce.domains.domain_core.base_literal_generator": {"BaseLiteralGenerator": Generator},
        "datamimic_ce.generators.generator": {"Generator": Generator},
        "datamimic_ce.converter.converter": {"Converter": Converter},
        "datamimic_ce.converter.custom_converter": {"CustomConverter": CustomConverter, "Converter": Converter},
        "datamimic_ce.logger": {"logger": logger},
    }
    for path, names in places.items():
        parts = path.split(".")
        for depth in range(1, len(parts) + 1):
            name = ".".join(parts[:depth])
            module = sys.modules.get(name)
            if module is None:
                module = types.ModuleType(name)
                module.__path__ = []
                sys.modules[name] = module
                if depth > 1:
                    setattr(sys.modules[".".join(parts[: depth - 1])], parts[depth - 1], module)
        vars(sys.modules[path]).update(names)


# ---- the names of expressions


class _Missing:
    """A module that is not installed, named when something is asked of it."""

    def __init__(self, name, package):
        self._told = "the module %s is not installed (Debian: %s)" % (name, package)

    def __getattr__(self, name):
        raise ImportError(self._told)


class _Lazy:
    """A module of others, loaded when something is asked of it: loading it takes long."""

    def __init__(self, name, package):
        self._name, self._package, self._module = name, package, None

    def __getattr__(self, name):
        if self._module is None:
            try:
                self._module = __import__(self._name)
            except ImportError:
                self._module = _Missing(self._name, self._package)
        return getattr(self._module, name)


# No Python builtins but these; those after the first three lines are more than the language promises, and harmless.
_BUILTINS = (
    "len range int float str bool list dict set tuple sum abs max min round sorted map filter all any bin hex oct type "
    "True False None "
    "enumerate zip reversed chr ord divmod pow repr format isinstance frozenset bytes complex iter next slice "
    "hash callable ascii bytearray "
    "ArithmeticError AttributeError Exception IndexError KeyError LookupError NameError NotImplementedError "
    "OverflowError RuntimeError StopIteration TypeError ValueError ZeroDivisionError"
).split()

_MODULES = {
    "math": math,
    "random": random,
    "datetime": datetime,
    "uuid": uuid,
    "json": json,
    "os": os,
    "re": re,
    "calendar": calendar,
    "itertools": itertools,
    "functools": functools,
    "collections": collections,
    "statistics": statistics,
    "hashlib": hashlib,
    "string": string,
    "np": _Lazy("numpy", "python3-numpy"),
    "pd": _Lazy("pandas", "python3-pandas"),
    "requests": _Lazy("requests", "python3-requests"),
}

_EXPRESSION_BUILTINS = {name: getattr(builtins, name) for name in _BUILTINS}
# Python's own modules import others when they are used.
_EXPRESSION_BUILTINS["__import__"] = builtins.__import__

GLOBALS = {**_MODULES, "reduce": functools.reduce, "__builtins__": _EXPRESSION_BUILTINS}

_EXPRESSION = "<expression>"


class Context:
    """What a component may know of the run."""

    def __init__(self, names):
        self.namespace = names
        self.root = self


def _make_component(cls):
    """An object of a class that is named without arguments; some want the context."""
    if any("CustomConverter" in base.__name__ for base in getattr(cls, "__bases__", ())):
        return cls(Context(_namespace))
    return cls()


_namespace = {}
GLOBALS["_mimus_make"] = _make_component
GLOBALS["context"] = Context(_namespace)


def is_kept(component):
    """Whether one object serves all records of a run; else every <generate> makes its own."""
    return bool(getattr(component, "cache_in_root", True))


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
    _namespace.clear()
    _written_globals.clear()
    os.environ.clear()
    os.environ.update(_environment)
    os.environ.update(variables)
    _begin_random()
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

# Names of modules of executed files that their functions write.
_written_globals = set()


def _globals_written_by(code):
    """The names that a file's functions declare global and assign to."""
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("STORE_GLOBAL", "DELETE_GLOBAL"):
            yield instruction.argval
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _globals_written_by(constant)


_PLAIN = (int, float, str, bool, bytes, type(None), datetime.date, datetime.timedelta, datetime.time, UUID)


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
    _written_globals.update(_globals_written_by(code))
    exec(code, scope)
    if isinstance(sys.stdout, _Console):
        sys.stdout.finish()
    out = {}
    for name, value in scope.items():
        if name.startswith("__") or name.endswith("__"):
            continue
        if name not in known or known[name] is not value:
            out[name] = value
    _namespace.update(out)
    return out


# ---- what expressions do beside giving a value

PURE, READS, WRITES = 0, 1, 2

_PURE_MODULES = frozenset(
    "math datetime uuid json re calendar itertools functools collections statistics hashlib string random secrets "
    "time decimal fractions base64 binascii textwrap unicodedata operator copy bisect heapq struct enum typing "
    "dataclasses zlib hmac html zoneinfo numbers faker _mimus".split()
)
# `unique` of a Faker remembers what it has given.
_SEEDING = frozenset("seed setstate seed_instance seed_locale add_provider unique".split())
_MUTATORS = frozenset(
    "append extend insert pop remove sort reverse clear update setdefault popitem add discard appendleft popleft "
    "extendleft rotate subtract intersection_update difference_update symmetric_difference_update write "
    "writelines __setitem__ __delitem__ __setattr__".split()
)
_IMPURE_BUILTINS = frozenset(
    "print input open exec eval compile setattr delattr globals locals vars __import__ breakpoint iter next".split()
)
_WRITING = frozenset(
    "STORE_GLOBAL DELETE_GLOBAL STORE_ATTR DELETE_ATTR DELETE_SUBSCR STORE_NAME IMPORT_STAR LOAD_BUILD_CLASS".split()
)


def _is_constant(value):
    if isinstance(value, (*_PLAIN, complex, range, re.Pattern)):
        return True
    return isinstance(value, (tuple, frozenset)) and all(_is_constant(item) for item in value)


class _Effects:
    """Looks through functions for what they may change, and what of others they see. What it does not know writes."""

    def __init__(self):
        self.seen = set()
        self.reads_shared = False
        self.stores_items = False
        self.writes = False

    def value(self, value):
        """A value that a name stands for."""
        if self.writes or id(value) in self.seen:
            return
        self.seen.add(id(value))
        if _is_constant(value):
            return
        if isinstance(value, types.ModuleType):
            self.writes |= value.__name__.partition(".")[0] not in _PURE_MODULES
        elif isinstance(value, (_Lazy, _Missing)):
            pass
        elif isinstance(value, types.FunctionType):
            self.function(value)
        elif isinstance(value, types.BuiltinFunctionType) or isinstance(value, types.MethodType):
            module = getattr(value, "__module__", None) or type(getattr(value, "__self__", None)).__module__
            owner = getattr(value, "__self__", None)
            name = value.__name__
            if isinstance(owner, random.Random):
                self.writes |= name in _SEEDING or not getattr(owner, "_draws", False)
            elif module == "builtins":
                self.writes |= name in _IMPURE_BUILTINS or name in _MUTATORS
            else:
                self.writes |= module not in _PURE_MODULES
        elif isinstance(value, type):
            self.writes |= not (value.__module__ in ("builtins", "datetime", "decimal", "uuid", "collections", "fractions", "re", "enum", "faker"))
        elif type(value) in (list, dict, set, Dotable, collections.Counter, collections.defaultdict, bytearray):
            self.reads_shared = True
        elif isinstance(value, functools.partial):
            self.value(value.func)
            for item in (*value.args, *value.keywords.values()):
                self.value(item)
        elif isinstance(value, random.Random):
            self.writes |= not getattr(value, "_draws", False)
        elif type(value) is Faker:
            # Methods of providers of one's own are kept in it.
            for held in vars(value).values():
                if isinstance(held, types.MethodType):
                    self.value(held.__func__)
        elif value is _make_component or isinstance(value, Context):
            self.writes |= isinstance(value, Context)
        elif type(value).__module__ == "<script>":
            self.instance(value)
        else:
            self.writes = True

    def instance(self, value):
        """An object of a class of an executed file: what its methods do, and what it holds."""
        for cls in type(value).__mro__:
            if cls in (object, Generator, Converter, CustomConverter, abc.ABC):
                continue
            for name, member in vars(cls).items():
                if isinstance(member, (staticmethod, classmethod)):
                    member = member.__func__
                if isinstance(member, types.FunctionType):
                    # It is made before any row.
                    if name != "__init__":
                        self.function(member)
                elif not name.startswith("__") and not name.startswith("_abc"):
                    self.value(member)
        for held in getattr(value, "__dict__", {}).values():
            self.value(held)

    def function(self, function):
        module = getattr(function, "__module__", None) or ""
        if module.partition(".")[0] in _PURE_MODULES or module == "mimus_prelude":
            if function.__name__ in _SEEDING:
                self.writes = True
            return
        if function.__closure__:
            for cell in function.__closure__:
                try:
                    self.value(cell.cell_contents)
                except ValueError:
                    self.writes = True
        for value in (function.__defaults__ or ()):
            if not _is_constant(value):
                self.writes = True
        self.code(function.__code__, function.__globals__)

    def code(self, code, scope):
        outer = set(code.co_freevars)
        for instruction in dis.get_instructions(code):
            name = instruction.opname
            if name in _WRITING or (name in ("STORE_DEREF", "DELETE_DEREF") and instruction.argval in outer):
                self.writes = True
                return
            if name == "STORE_SUBSCR":
                self.stores_items = True
            elif name in ("LOAD_METHOD", "LOAD_ATTR"):
                if instruction.argval in _SEEDING:
                    self.writes = True
                    return
                self.stores_items |= instruction.argval in _MUTATORS
            elif name == "IMPORT_NAME":
                self.writes |= instruction.argval.partition(".")[0] not in _PURE_MODULES
            elif name in ("LOAD_GLOBAL", "LOAD_NAME"):
                self.name(instruction.argval, scope)
            if self.writes:
                return
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                self.code(constant, scope)

    def name(self, name, scope):
        if name in _written_globals and scope.get("__name__") == "<script>":
            self.reads_shared = True
        if name in scope:
            self.value(scope[name])
            return
        found = scope.get("__builtins__", builtins)
        found = found.get(name) if isinstance(found, dict) else getattr(found, name, None)
        if found is not None:
            self.value(found)

    def result(self):
        # An item that is stored may be one of what is shared.
        if self.writes or (self.reads_shared and self.stores_items):
            return WRITES
        return READS if self.reads_shared else PURE


def effect_of(text, constants):
    """What an expression does, given the names in it that are the same in every row."""
    names = {**GLOBALS, **constants}
    effects = _Effects()
    effects.code(compile(text.strip(), _EXPRESSION, "eval"), names)
    return effects.result()


# ---- errors


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


_replace_random()
_replace_clock()
_add_modules()
begin({})
