import random

drawn = 0


def die(n):
    global drawn
    drawn += 1
    return drawn * 10 + random.randint(1, 6)
