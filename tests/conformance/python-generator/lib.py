from datamimic_ce.domains.domain_core.base_literal_generator import BaseLiteralGenerator

LIMIT = 5


class Counter(BaseLiteralGenerator):
    def __init__(self, start=0, step=1):
        self.value, self.step = start, step

    def generate(self):
        self.value += self.step
        return self.value


class Ending:
    def __init__(self, count):
        self.left = iter(range(count))

    def generate(self):
        return next(self.left)
