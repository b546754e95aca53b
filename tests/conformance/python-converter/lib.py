class Upper(Converter):
    def __init__(self, prefix):
        self.prefix = prefix

    def convert(self, value):
        return self.prefix + value.upper()


class Twice:
    def convert(self, value):
        return value * 2


class Named(Converter):
    def __init__(self, label):
        self.label = label

    def convert(self, value):
        return self.label if value is None else value


class Tagged(CustomConverter):
    def convert(self, value):
        return {**value, "tag": len(value) if self._ctx is not None else -1}
