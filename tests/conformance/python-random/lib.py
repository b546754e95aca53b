import random
import secrets


def die():
    return random.randint(1, 6)


class Token:
    def generate(self):
        return secrets.token_hex(8)
