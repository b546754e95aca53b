"""Generators and converters of a warehouse."""

import random

from mimus import Converter, Generator


def check_digit(digits):
    """Weights 1 and 3 in turn from the right, as in an EAN."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def has_check_digit(number):
    return check_digit(number[:-1]) == number[-1]


class ArticleNumber(Generator):
    def __init__(self, prefix="20", length=8):
        self.prefix = prefix
        self.length = length

    def generate(self):
        # random draws from the stream of the record: the same seed gives the same numbers.
        body = self.prefix + "".join(random.choice("0123456789") for _ in range(self.length - len(self.prefix) - 1))
        return body + check_digit(body)


class Stock(Generator):
    """Goods go out; when too few are left, the shelf is filled again."""

    def __init__(self, start, capacity):
        self.left = start
        self.capacity = capacity

    def generate(self):
        self.left -= random.randint(1, 12)
        if self.left < 0:
            self.left = self.capacity
        return self.left


class GermanNumber(Converter):
    def convert(self, value):
        return f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
