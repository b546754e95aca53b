factor = 7


def shout(text):
    return text.upper() + "!"
