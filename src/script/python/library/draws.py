"""Draws and a clock that make runs repeatable: random, secrets, uuid, os.urandom and time as the engine has them."""

import _mimus
import datetime
import math
import os
import random
import secrets
import time
import uuid
from uuid import UUID


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


def begin_random():
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


_replace_random()
_replace_clock()
