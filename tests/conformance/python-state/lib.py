import random

total = 0
drawn = 0


class State:
    def __init__(self, n):
        self.total = total + n


def add(n):
    global total
    total += n
    return total


def reset():
    global total
    total = 0


def state(n):
    return State(n)


def die(n):
    global drawn
    drawn += 1
    return drawn * 10 + random.randint(1, 6)


def limited(n):
    global total
    if n > 2:
        raise StopIteration
    return total
