"""What components in Python are based on, and what they may know of the run."""

import abc
import logging
import sys
import types


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


class Context:
    """What a component may know of the run."""

    def __init__(self, names):
        self.namespace = names
        self.root = self


def make_component(cls):
    """An object of a class that is named without arguments; some want the context."""
    if any("CustomConverter" in base.__name__ for base in getattr(cls, "__bases__", ())):
        return cls(Context(namespace))
    return cls()


namespace = {}


def is_kept(component):
    """Whether one object serves all records of a run; else every <generate> makes its own."""
    return bool(getattr(component, "cache_in_root", True))


_add_modules()
