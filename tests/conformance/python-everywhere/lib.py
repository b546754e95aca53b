def name(text):
    return "<%s>" % text if text not in ("more",) else text


def three():
    return 3


def is_odd(n):
    return n % 2 == 1


def fails(n):
    if n == 2:
        raise KeyError("two")
    return n


def rows(n):
    return [{"i": i} for i in range(n)]
