print("loaded", end="")


def said(text):
    print("saying", text)
    return text
