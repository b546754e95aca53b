"""The names that expressions know, and maps that are reached by dots."""

import builtins
import calendar
import collections
import datetime
import functools
import hashlib
import itertools
import json
import math
import os
import random
import re
import statistics
import string
import uuid
from mimus_components import Context, make_component, namespace


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


class Missing:
    """A module that is not installed, named when something is asked of it."""

    def __init__(self, name, package):
        self._told = "the module %s is not installed (Debian: %s)" % (name, package)

    def __getattr__(self, name):
        raise ImportError(self._told)


class Lazy:
    """A module of others, loaded when something is asked of it: loading it takes long."""

    def __init__(self, name, package):
        self._name, self._package, self._module = name, package, None

    def __getattr__(self, name):
        if self._module is None:
            try:
                self._module = __import__(self._name)
            except ImportError:
                self._module = Missing(self._name, self._package)
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
    "np": Lazy("numpy", "python3-numpy"),
    "pd": Lazy("pandas", "python3-pandas"),
    "requests": Lazy("requests", "python3-requests"),
}

_EXPRESSION_BUILTINS = {name: getattr(builtins, name) for name in _BUILTINS}
# Python's own modules import others when they are used.
_EXPRESSION_BUILTINS["__import__"] = builtins.__import__

GLOBALS = {**_MODULES, "reduce": functools.reduce, "__builtins__": _EXPRESSION_BUILTINS}
GLOBALS["_mimus_make"] = make_component
GLOBALS["context"] = Context(namespace)
