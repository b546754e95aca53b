"""What expressions and functions do beside giving a value: told from their code."""

import abc
import builtins
import collections
import datetime
import dis
import functools
import random
import re
import types
from faker import Faker
from mimus_components import Context, Converter, CustomConverter, Generator, make_component
from mimus_names import Dotable, Lazy, Missing
from uuid import UUID

# Names of modules of executed files that their functions write.
written_globals = set()


def globals_written_by(code):
    """The names that a file's functions declare global and assign to."""
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("STORE_GLOBAL", "DELETE_GLOBAL"):
            yield instruction.argval
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from globals_written_by(constant)


_PLAIN = (int, float, str, bool, bytes, type(None), datetime.date, datetime.timedelta, datetime.time, UUID)

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
        elif isinstance(value, (Lazy, Missing)):
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
        elif value is make_component or isinstance(value, Context):
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
        if module.partition(".")[0] in _PURE_MODULES or module.startswith("mimus_"):
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
        if name in written_globals and scope.get("__name__") == "<script>":
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


def effect_of_code(code, names):
    """PURE, READS or WRITES, for code whose names stand for these."""
    effects = _Effects()
    effects.code(code, names)
    return effects.result()
