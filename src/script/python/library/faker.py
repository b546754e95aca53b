"""The module faker: Faker(locale) with the methods of the engine, whose values are functions of the run's seed, the
statement and the row."""

import _mimus
import random
import sys
import types


class UniquenessException(Exception):
    """A method has given all the values it has."""


def _locale_names(locale):
    if locale is None:
        return ["en_US"]
    if isinstance(locale, str):
        return [locale.replace("-", "_")]
    return [str(name).replace("-", "_") for name in locale] or ["en_US"]


class Faker:
    """Values by the names of methods: Faker("de_DE").name()."""

    _shared_seed = ""

    def __init__(self, locale=None, providers=None, generator=None, includes=None, use_weighting=True, **config):
        self._locales = _locale_names(locale)
        self._seed = None
        self._unique = None

    @property
    def locales(self):
        return list(self._locales)

    @property
    def random(self):
        return random._inst

    @property
    def unique(self):
        if self._unique is None:
            self._unique = _Unique(self)
        return self._unique

    @classmethod
    def seed(cls, seed=None):
        """Another seed gives other values; the draws stay those of the statement and the row."""
        Faker._shared_seed = "" if seed is None else repr(seed)

    def seed_instance(self, seed=None):
        self._seed = "" if seed is None else repr(seed)

    def seed_locale(self, locale, seed=None):
        self.seed_instance(seed)

    @classmethod
    def create(cls, locale=None, *arguments, **named):
        """As Factory has it."""
        return cls(locale)

    def add_provider(self, provider):
        """A class with methods of one's own; the engine's are there already."""
        if isinstance(provider, types.ModuleType):
            return
        if isinstance(provider, type):
            provider = provider(self)
        for name in dir(provider):
            if not name.startswith("_") and name not in ("random_element", "random_int") and callable(getattr(provider, name)):
                if not hasattr(BaseProvider, name):
                    setattr(self, name, getattr(provider, name))

    def format(self, method, *positional, **named):
        return getattr(self, method)(*positional, **named)

    def __getitem__(self, locale):
        name = locale.replace("-", "_")
        if name not in self._locales:
            raise KeyError(locale)
        out = Faker(name)
        out._seed = self._seed
        return out

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError("'Faker' object has no attribute '%s'" % name)

        def method(*positional, **named):
            locales = self._locales
            locale = locales[0] if len(locales) == 1 else locales[_mimus.bounded(len(locales))]
            seed = Faker._shared_seed if self._seed is None else self._seed
            return _mimus.fake(locale, seed, name, positional, named)

        method.__name__ = name
        # Found at once the next time.
        self.__dict__[name] = method
        return method


class _Unique:
    """The same methods, each value once."""

    def __init__(self, faker):
        self._faker = faker
        self._given = {}

    def clear(self):
        self._given.clear()

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        method = getattr(self._faker, name)

        def unique(*positional, **named):
            given = self._given.setdefault((name, repr(positional), repr(named)), set())
            for _ in range(1000):
                value = method(*positional, **named)
                key = value if value.__hash__ else repr(value)
                if key not in given:
                    given.add(key)
                    return value
            raise UniquenessException("Got duplicated values after 1,000 attempts.")

        return unique


class BaseProvider:
    """Base of classes with methods of one's own."""

    def __init__(self, generator=None):
        self.generator = generator

    @property
    def random(self):
        return random._inst

    def __getattr__(self, name):
        if name.startswith("_") or name == "generator":
            raise AttributeError("'%s' object has no attribute '%s'" % (type(self).__name__, name))
        return getattr(self.generator, name)


def _add_providers():
    """Modules that files import: faker.providers, faker.providers.person …"""
    package = types.ModuleType("faker.providers")
    package.__path__ = []
    package.BaseProvider = BaseProvider
    for name in (
        "address automotive bank barcode color company credit_card currency date_time emoji file geo internet isbn job "
        "lorem misc passport person phone_number profile python sbn ssn user_agent"
    ).split():
        module = types.ModuleType("faker.providers." + name)
        module.Provider = type("Provider", (BaseProvider,), {})
        setattr(package, name, module)
        sys.modules["faker.providers." + name] = module
    sys.modules["faker.providers"] = package
    exceptions = types.ModuleType("faker.exceptions")
    exceptions.UniquenessException = UniquenessException
    sys.modules["faker.exceptions"] = exceptions
    globals().update(providers=package, exceptions=exceptions, __path__=[])


Generator = Factory = Faker
_add_providers()
