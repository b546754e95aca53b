def check(n, word):
    if n == 3:
        raise ValueError("three is too much")
    return word
