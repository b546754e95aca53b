class Shorter(Converter):
    def convert(self, value):
        return "short"
