from faker import Faker
from faker.providers import BaseProvider


class Codes(Generator):
    def __init__(self):
        self.fake = Faker()

    def generate(self):
        return self.fake.bothify(text="??-##").upper()


german = Faker("de_DE")
Faker.seed(7)


class Digits(BaseProvider):
    def small_digit(self):
        return self.random_int(min=0, max=3)


german.add_provider(Digits)


def mail():
    return german.email()


def german_digit():
    return german.small_digit()
