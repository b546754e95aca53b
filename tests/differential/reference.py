"""What CPython makes of an expression, in the form in which `mimus eval --file` prints its results.

Names are those of docs/reference/language.md: variables first (top-level JSON objects are reached by dots), then
modules, then builtin functions. Standard library only; the results that are kept in files are those of CPython 3.11.
"""

import builtins
import calendar
import collections
import datetime
import functools
import hashlib
import itertools
import json
import math
import re
import statistics
import types
import uuid
import warnings

warnings.simplefilter("ignore")

MODULES = {module.__name__: module for module in (calendar, collections, datetime, functools, hashlib, itertools, json,
                                                  math, re, statistics, uuid)}
FUNCTIONS = {name: getattr(builtins, name) for name in (
    "abs", "all", "any", "bin", "bool", "bytes", "chr", "complex", "dict", "divmod", "enumerate", "filter", "float",
    "format", "frozenset", "hash", "hex", "int", "isinstance", "iter", "len", "list", "map", "max", "min", "next",
    "oct", "ord", "pow", "range", "repr", "reversed", "round", "set", "slice", "sorted", "str", "sum", "tuple",
    "type", "zip")}
# What strftime imports by itself needs this one.
BUILTINS = {"__import__": __import__}


class Dotable:
    """A map as a name holds it."""

    def __init__(self, entries):
        object.__setattr__(self, "_entries", entries)

    def __getattribute__(self, name):
        entries = object.__getattribute__(self, "_entries")
        methods = {"get": lambda key: dotted(lookup(entries, key)), "keys": entries.keys, "to_dict": lambda: entries}
        if name in methods:
            return methods[name]
        if name == "_entries" or (name.startswith("__") and name.endswith("__")):
            return object.__getattribute__(self, name)
        return dotted(lookup(entries, name))


def lookup(entries, name):
    if name not in entries:
        raise AttributeError(f"Cannot find attribute '{name}'")
    return entries[name]


def dotted(value):
    if isinstance(value, dict):
        return Dotable(value)
    if isinstance(value, list):
        return [Dotable(item) if isinstance(item, dict) else item for item in value]
    return value


def plain(value):
    if isinstance(value, Dotable):
        return plain(value._entries)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(plain(item) for item in value)
    if callable(value) or isinstance(value, types.ModuleType):
        raise TypeError("no value")
    return value


def key_text(key):
    return key if isinstance(key, str) else encoded(key)


def encoded(value):
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else f'"{value}"'
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (datetime.date, datetime.time)):
        return f'"{value.isoformat()}"'
    if isinstance(value, bytes):
        return f'"{value.hex()}"'
    if isinstance(value, (set, frozenset)):
        try:
            return encoded(sorted(value))
        except TypeError:
            return "[" + ", ".join(sorted(map(encoded, value))) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key_text(key), ensure_ascii=False)}: {encoded(item)}"
                               for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple, range)):
        return "[" + ", ".join(encoded(item) for item in value) + "]"
    return json.dumps(str(value), ensure_ascii=False)


# Of exceptions, expressions tell these apart; others are told by the class above them.
EXCEPTIONS = (SyntaxError, NameError, TypeError, ValueError, AttributeError, KeyError, IndexError, ZeroDivisionError,
              OverflowError, MemoryError, StopIteration)


def exception_name(error):
    return next((kind.__name__ for kind in type(error).__mro__ if kind in EXCEPTIONS), type(error).__name__)


def result(expression, variables):
    """'<JSON>\\t<type>', or 'error:<exception>\\t-'."""
    names = {**FUNCTIONS, **MODULES, "reduce": functools.reduce}
    for name, value in variables.items():
        names[name] = Dotable(value) if isinstance(value, dict) else value
    names["__builtins__"] = BUILTINS
    try:
        value = plain(eval(expression.lstrip(" \t"), names))  # noqa: S307: that is what is compared
        return f"{encoded(value)}\t{type(value).__name__}"
    except (Exception, RecursionError) as error:
        return f"error:{exception_name(error)}\t-"
