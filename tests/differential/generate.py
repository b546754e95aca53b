"""Random expressions of a type, over variables of every type; the same seed gives the same expression."""

import json
import random

INTS = [0, 1, 2, 3, -1, -2, -7, 10, 12, 63, 64, 97, 255, 256, 1000, -1000, 65535, 2**31, -2**31, 2**53, 2**53 + 1, 2**63 - 1,
        2**63, -2**63, -2**63 - 1, 2**64, 10**15, 10**16, 10**18, 10**25, -10**30 + 7, 3**80]
FLOATS = [0.0, -0.0, 0.5, 1.0, -1.5, 2.5, 0.1, 0.2, 1e-5, 1e-4, 123456.789, 1e15, 1e16, 1e22, 1.7e308, -1e308, 5e-324, 2.675,
          1 / 3, 9007199254740992.0, 1e100, -2.5e-10]
TEXTS = ["", "a", "b", "abc", "Hello World", "  pad  ", "a,b;c", "Größe", "straße", "ΑΣ", "ǆ", "日本語", "a\u0301b", "😀x", "12", "-7",
         "3.5", "x_1", "Ab Cd", "line\nbreak", "tab\tx", "'q'", '"d"', "%s", "{}", "\\", "ß", "ŉ", "İ", "١٢", "½", "A1b2", "\u00a0x"]
WORDS = ["k", "key", "a", "b", "name", "größe"]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.variables = {}
        self.locals = []  # (name, type) of loops and lambdas
        self.named = 0

    def pick(self, items):
        return items[int(self.random.random() * len(items))]

    def chance(self, share):
        return self.random.random() < share

    # Values for variables, as JSON has them.

    def value(self, kind):
        if kind == "int":
            return self.pick(INTS)
        if kind == "float":
            return self.pick(FLOATS)
        if kind == "str":
            return self.pick(TEXTS)
        if kind == "bool":
            return self.chance(0.5)
        if kind == "none":
            return None
        if kind == "ints":
            return [self.pick(INTS) for _ in range(self.random.randrange(5))]
        if kind == "floats":
            return [self.pick(FLOATS) for _ in range(self.random.randrange(1, 5))]
        if kind == "strs":
            return [self.pick(TEXTS) for _ in range(self.random.randrange(5))]
        if kind == "rows":
            return [{"n": self.pick(INTS), "s": self.pick(TEXTS)} for _ in range(self.random.randrange(4))]
        return {"n": self.pick(INTS), "f": self.pick(FLOATS), "s": self.pick(TEXTS), "l": self.value("ints"),
                "d": {"x": self.pick(INTS), "t": self.pick(TEXTS)}, "r": self.value("rows")}

    def variable(self, kind):
        inner = [name for name, its_kind in self.locals if its_kind == kind]
        if inner and self.chance(0.6):
            return self.pick(inner)
        known = [name for name, value in self.variables.items() if name.startswith(kind + "_")]
        if not known or (len(known) < 2 and self.chance(0.3)):
            known = [f"{kind}_{len(known)}"]
            self.variables[known[0]] = self.value(kind)
        return self.pick(known)

    # Expressions of a type; deeper than 0 they are made of others.

    def make(self, kind, depth):
        if kind not in WORDS_OF_SYNTAX and self.chance(0.004):
            kind = self.pick(["int", "str", "none", "ints", "date"])  # a type that is not expected there
        if depth <= 0 or self.chance(0.15):
            return self.leaf(kind)
        return self.pick(GROWN[kind])(self, depth - 1)

    def leaf(self, kind):
        if kind in LEAVES and (kind not in STORED or self.chance(0.45)):
            return LEAVES[kind](self)
        return self.variable(kind)

    def small(self, depth):
        return f"({self.make('int', depth)} % {self.pick([2, 3, 5, 7, 9])})"

    def any(self, depth):
        return self.make(self.pick(["int", "float", "str", "bool", "none", "ints", "strs", "date", "time", "tuple"]), depth)

    def loop(self, kind, body, depth, condition=0.3):
        """'<body> for name in <list>' with the name known in the body."""
        source = {"int": "ints", "float": "floats", "str": "strs"}[kind]
        items = self.make(source, depth)
        self.named += 1
        name = f"v{self.named}"
        self.locals.append((name, kind))
        made = body(name)
        test = f" if {self.make('bool', depth - 1)}" if self.chance(condition) else ""
        self.locals.pop()
        return f"{made} for {name} in {items}{test}"

    def function(self, kind, result, depth):
        self.named += 1
        name = f"v{self.named}"
        self.locals.append((name, kind))
        made = self.make(result, depth)
        self.locals.pop()
        return f"lambda {name}: {made}"


WORDS_OF_SYNTAX = ("part", "date_word", "int_function", "test_function")
STORED = ("int", "float", "str", "ints", "strs")


def number_literal(maker):
    number = maker.pick(INTS)
    form = maker.random.random()
    if form < 0.05 and number >= 0:
        return hex(number)
    return str(number) if number >= 0 else f"({number})"


def float_literal(maker):
    number = maker.pick(FLOATS)
    return repr(number) if str(number)[0] != "-" else f"({number!r})"


def text_literal(maker):
    return ascii(maker.pick(TEXTS)) if maker.chance(0.3) else repr(maker.pick(TEXTS))


def date_literal(maker):
    return f"datetime.date({maker.pick([1, 1900, 1999, 2000, 2023, 2024, 9999])}, {maker.random.randrange(1, 13)}, " \
           f"{maker.random.randrange(1, 30)})"


def time_literal(maker):
    parts = [maker.pick([1, 1970, 2000, 2024, 9999]), maker.random.randrange(1, 13), maker.random.randrange(1, 30),
             maker.random.randrange(24), maker.random.randrange(60), maker.random.randrange(60),
             maker.pick([0, 1, 500000, 999999])][:maker.random.randrange(3, 8)]
    return f"datetime.datetime({', '.join(map(str, parts))})"


def length_literal(maker):
    unit = maker.pick(["days", "hours", "minutes", "seconds", "weeks", "milliseconds", "microseconds"])
    return f"datetime.timedelta({unit}={maker.pick([0, 1, -1, 1.5, 36, 90, 1000, -0.25, 86400])})"


LEAVES = {
    "int": number_literal,
    "float": float_literal,
    "str": text_literal,
    "bool": lambda maker: maker.pick(["True", "False"]),
    "none": lambda maker: "None",
    "ints": lambda maker: "[" + ", ".join(number_literal(maker) for _ in range(maker.random.randrange(4))) + "]",
    "strs": lambda maker: "[" + ", ".join(text_literal(maker) for _ in range(maker.random.randrange(4))) + "]",
    "date": date_literal,
    "time": time_literal,
    "length": length_literal,
    "tuple": lambda maker: f"({number_literal(maker)}, {text_literal(maker)})",
    "set": lambda maker: f"{{{number_literal(maker)}, {number_literal(maker)}}}",
    "bytes": lambda maker: f"{text_literal(maker)}.encode()",
    "dict": lambda maker: f"{{'{maker.pick(WORDS)}': {number_literal(maker)}}}",
}


def two(operators, kind="int", other=None):
    return lambda maker, depth: \
        f"({maker.make(kind, depth)} {maker.pick(operators)} {maker.make(other or kind, depth)})"


def called(template, **kinds):
    """A template whose {names} are replaced by expressions of their kinds."""
    def make(maker, depth):
        text = template
        for name, kind in kinds.items():
            made = maker.small(depth) if kind == "small" else maker.any(depth) if kind == "any" else maker.make(kind, depth)
            text = text.replace("{" + name + "}", made)
        return text
    return make


def choice(kind):
    return called("({a} if {b} else {c})", a=kind, b="bool", c=kind)


def specified(maker, depth):
    """An f-string."""
    kind = maker.pick(["int", "float", "str", "any"])
    fill = maker.pick(["", "", "<", ">", "^", "*^", "0", "=", "+", " ", "é>"])
    width = maker.pick(["", "", "5", "12", "{1 + 7}"])
    tail = {"int": ["", "d", "x", "X", "b", "o", ",", "_", "n", "#x", "e", ".2f", "%", "g"],
            "float": ["", ".2f", ".0f", "e", ".3e", "g", ".4g", "%", ".1%", ",.2f", ".12", "G"],
            "str": ["", "s", ".3", ".0"], "any": [""]}[kind]
    made = maker.any(depth) if kind == "any" else maker.make(kind, depth)
    if "'" in made or "\\" in made or "\n" in made or "{" in made:
        made = {"int": "7", "float": "2.5", "str": "str(5)", "any": "None"}[kind]  # Python 3.11 takes none of these
    if kind == "any":
        return f"f'{{({made})!{maker.pick('rs')}}}|{{{{}}}}'"
    conversion = maker.pick(["", "", "", "!r", "!s"])
    spec = fill + width + maker.pick(tail) if conversion == "" else maker.pick(["", ">9", "^12", ".4"])
    return f"f'<{{({made}){conversion}:{spec}}}>'"


def percent(maker, depth):
    form, kind = maker.pick([("%d", "int"), ("%05d", "int"), ("%x", "int"), ("%s", "any"), ("%r", "any"), ("%.2f", "float"),
                             ("%e", "float"), ("%-8s|", "str"), ("%g", "float"), ("%+d", "int"), ("%c", "small"), ("%10.3s", "str")])
    made = maker.any(depth) if kind == "any" else maker.small(depth) if kind == "small" else maker.make(kind, depth)
    return f"('{form} %%' % ({made},))"


def listed(kind):
    return lambda maker, depth: \
        f"[{maker.loop(maker.pick(['int', 'str']), lambda name: maker.make(kind, depth), depth)}]"


GROWN = {
    "int": [
        two(["+", "-", "*"]), two(["+", "-", "*", "//", "%"]), two(["&", "|", "^"]),
        called("({a} ** {b})", a="int", b="small"), called("({a} << {b})", a="int", b="small"),
        called("({a} >> {b})", a="int", b="small"), called("(-{a})", a="int"), called("(~{a})", a="int"),
        called("len({a})", a="str"), called("len({a})", a="ints"), called("len({a})", a="strs"), called("abs({a})", a="int"),
        called("int({a})", a="float"), called("int({a})", a="str"), called("int({a})", a="bool"), called("round({a})", a="float"),
        called("round({a}, -{b})", a="int", b="small"), called("sum({a})", a="ints"), called("max({a})", a="ints"),
        called("min({a}, {b})", a="int", b="int"), called("{a}.find({b})", a="str", b="str"),
        called("{a}.count({b})", a="str", b="str"), called("{a}.index({b})", a="str", b="str"),
        called("{a}.index({b})", a="ints", b="int"), called("{a}.count({b})", a="ints", b="int"),
        called("{a}[{b}]", a="ints", b="small"), called("{a}[-{b}]", a="ints", b="small"), choice("int"),
        called("({a} or {b})", a="int", b="int"), called("({a} and {b})", a="int", b="int"),
        called("{a}.bit_length()", a="int"), called("math.floor({a})", a="float"), called("math.ceil({a})", a="float"),
        called("math.gcd({a}, {b})", a="int", b="int"), called("{a}.n", a="map"), called("{a}.d.x", a="map"),
        called("{a}.get('n')", a="map"), called("{a}.l[{b}]", a="map", b="small"), called("{a}.r[{b}].n", a="map", b="small"),
        called("{a}[{b}]['n']", a="rows", b="small"), called("{a}[{b}].get('n', {c})", a="rows", b="small", c="int"),
        called("{a}.{part}", a="time", part="part"), called("{a}.weekday()", a="date"), called("{a}.day", a="date"),
        called("{a}.days", a="length"), called("({a} - {b}).days", a="date", b="date"), called("ord({a}[0])", a="str"),
        called("divmod({a}, {b})[{c} % 2]", a="int", b="int", c="small"), called("pow({a}, {b}, {c})", a="int", b="small", c="int"),
        called("({f})({a})", f="int_function", a="int"), called("int({a}, {b} + 2)", a="str", b="small"),
        lambda maker, depth: f"sum({maker.loop('int', lambda name: maker.make('int', depth), depth)})",
    ],
    "float": [
        two(["+", "-", "*"], "float"), two(["+", "-", "*", "/", "//", "%"], "float"), two(["/"], "int"),
        two(["+", "*", "/", "-"], "int", "float"), two(["+", "*", "/", "//", "%"], "float", "int"),
        called("({a} ** {b})", a="float", b="small"), called("(abs({a}) ** 0.5)", a="float"), called("({a} ** -{b})", a="int", b="small"),
        called("float({a})", a="int"), called("float({a})", a="str"), called("round({a}, {b})", a="float", b="small"),
        called("abs({a})", a="float"), called("(-{a})", a="float"), called("sum({a})", a="floats"), called("max({a})", a="floats"),
        called("math.sqrt({a})", a="float"), called("math.fabs({a})", a="int"), called("{a}.total_seconds()", a="length"),
        called("statistics.mean({a})", a="floats"), called("{a}.f", a="map"), choice("float"), called("{a}[{b}]", a="floats", b="small"),
        called("({a} / {b})", a="length", b="length"), called("statistics.median({a})", a="floats"),
    ],
    "str": [
        two(["+"], "str"), called("({a} * {b})", a="str", b="small"), called("{a}[{b}]", a="str", b="small"),
        called("{a}[{b}:]", a="str", b="small"), called("{a}[:-{b}]", a="str", b="small"), called("{a}[::{b}]", a="str", b="small"),
        called("{a}[{b}::-1]", a="str", b="small"), called("{a}.upper()", a="str"), called("{a}.lower()", a="str"),
        called("{a}.title()", a="str"), called("{a}.capitalize()", a="str"), called("{a}.swapcase()", a="str"),
        called("{a}.casefold()", a="str"), called("{a}.strip()", a="str"), called("{a}.lstrip({b})", a="str", b="str"),
        called("{a}.replace({b}, {c})", a="str", b="str", c="str"), called("{a}.replace({b}, {c}, {d})", a="str", b="str", c="str", d="small"),
        called("{a}.join({b})", a="str", b="strs"), called("{a}.zfill({b} + 4)", a="str", b="small"),
        called("{a}.ljust({b} + 3, '.')", a="str", b="small"), called("{a}.center({b} + 5)", a="str", b="small"),
        called("{a}.rjust({b} + 5, 'ü')", a="str", b="small"), called("{a}.removeprefix({b})", a="str", b="str"),
        called("{a}.partition({b})[{c} % 3]", a="str", b="str", c="small"), called("{a}.split({b})[0]", a="str", b="str"),
        called("{a}.expandtabs(4)", a="str"), called("str({a})", a="any"), called("repr({a})", a="any"), called("str({a})", a="float"),
        called("str({a})", a="int"), called("hex({a})", a="int"), called("bin({a})", a="int"), called("oct({a})", a="int"),
        called("chr({a} + 60)", a="small"), choice("str"), called("({a} or {b})", a="str", b="str"), specified, percent, specified,
        called("'{}|{:>6}|{0}'.format({a}, {b})", a="any", b="str"), called("'{1}{0!r}{x}'.format({a}, {b}, x={c})", a="str", b="int", c="any"),
        called("{a}.isoformat()", a="date"), called("{a}.isoformat()", a="time"), called("max({a}, datetime.datetime(1999, 1, 1)).strftime('%d.%m.%Y %H:%M:%S %j %a %b')", a="time"),
        called("max({a}, datetime.date(1999, 1, 1)).strftime('%y%m%d %A')", a="date"), called("json.dumps({a})", a="strs"), called("json.dumps({a})", a="dict"),
        called("json.dumps({a}, ensure_ascii=False)", a="str"), called("{a}.s", a="map"), called("{a}.d.t", a="map"),
        called("{a}[{b}]['s']", a="rows", b="small"), called("{a}[{b}]", a="strs", b="small"), called("min({a})", a="strs"),
        called("max({a}, key=len)", a="strs"), called("hashlib.md5({a}).hexdigest()", a="bytes"), called("{a}.decode()", a="bytes"),
        called("format({a}, ',.3f')", a="float"), called("str({a})", a="length"), called("f'{{a}:%Y-%m-%d}'", a="date_word"),
    ],
    "bool": [
        two(["==", "!=", "<", ">", "<=", ">="]), two(["==", "!=", "<", ">="], "float"), two(["<", "==", ">"], "int", "float"),
        two(["==", "<", ">="], "str"), two(["==", "<", "!="], "ints"), two(["==", "<"], "date"), two(["<", "=="], "length"),
        called("({a} < {b} <= {c})", a="int", b="int", c="float"), called("({a} == {b})", a="any", b="any"), called("(not {a})", a="any"),
        called("({a} in {b})", a="int", b="ints"), called("({a} not in {b})", a="str", b="strs"), called("({a} in {b})", a="str", b="str"),
        called("({a} and {b})", a="bool", b="bool"), called("({a} or {b})", a="bool", b="bool"), called("bool({a})", a="any"),
        called("({a} is None)", a="any"), called("any({a})", a="ints"), called("all({a})", a="strs"), called("{a}.startswith({b})", a="str", b="str"),
        called("{a}.endswith(({b}, {c}))", a="str", b="str", c="str"), called("{a}.isdigit()", a="str"), called("{a}.isalpha()", a="str"),
        called("{a}.isalnum()", a="str"), called("{a}.isupper()", a="str"), called("{a}.istitle()", a="str"), called("{a}.isspace()", a="str"),
        called("{a}.isnumeric()", a="str"), called("{a}.isdecimal()", a="str"), called("{a}.islower()", a="str"),
        called("{a}.is_integer()", a="float"), called("math.isclose({a}, {b})", a="float", b="float"), called("({a} <= {b})", a="set", b="set"),
        called("({a} in {b})", a="int", b="set"), called("('k' in {a})", a="dict"), called("({a} == {b})", a="tuple", b="tuple"),
        lambda maker, depth: f"all({maker.loop('int', lambda name: maker.make('bool', depth), depth)})",
    ],
    "none": [called("None"), choice("none"), called("{a}.get('nothing')", a="dict")],
    "ints": [
        two(["+"], "ints"), called("({a} * {b})", a="ints", b="small"), called("sorted({a})", a="ints"), called("sorted({a}, reverse=True)", a="ints"),
        called("list(range({a}))", a="small"), called("list(range({a}, {b} + 4, 2))", a="small", b="small"), called("{a}[{b}:]", a="ints", b="small"),
        called("{a}[::-1]", a="ints"), called("{a}[:{b}]", a="ints", b="small"), called("list({a})", a="tuple"), called("{a}.l", a="map"),
        called("[*{a}, {b}]", a="ints", b="int"), called("list(reversed({a}))", a="ints"), called("list(map({f}, {a}))", f="int_function", a="ints"),
        called("list(filter({f}, {a}))", f="test_function", a="ints"), called("sorted({a}, key={f})", a="ints", f="int_function"),
        called("sorted({a})", a="set"), called("[row['n'] for row in {a}]", a="rows"), called("[row.n for row in {a}.r]", a="map"),
        called("list(map(int, {a}))", a="strs"), called("list({a}.values())", a="dict"), choice("ints"), listed("int"), listed("int"),
    ],
    "floats": [listed("float"), called("[{a}, {b}]", a="float", b="float"), called("sorted({a})", a="floats")],
    "strs": [
        two(["+"], "strs"), called("{a}.split()", a="str"), called("{a}.split({b})", a="str", b="str"), called("{a}.rsplit(None, {b})", a="str", b="small"),
        called("{a}.splitlines()", a="str"), called("list({a})", a="str"), called("sorted({a})", a="strs"), called("sorted({a}, key=len)", a="strs"),
        called("list(map(str, {a}))", a="ints"), called("[*{a}]", a="str"), called("{a}[{b}:]", a="strs", b="small"), called("list({a})", a="dict"),
        called("[row['s'] for row in {a}]", a="rows"), called("{a}.split(',', {b})", a="str", b="small"), listed("str"), listed("str"),
        called("[x + y for x in {a} for y in {b}]", a="str", b="str"), called("list(dict.fromkeys({a}))", a="strs"),
    ],
    "tuple": [
        called("({a}, {b})", a="any", b="any"), called("tuple({a})", a="ints"), two(["+"], "tuple"), called("{a}.partition({b})", a="str", b="str"),
        called("divmod({a}, {b})", a="int", b="int"), called("({a},)", a="any"), called("{a}[::-1]", a="tuple"),
    ],
    "set": [called("set({a})", a="ints"), called("set({a})", a="strs"), two(["|", "&", "-", "^"], "set"),
            lambda maker, depth: f"{{{maker.loop('int', lambda name: maker.small(depth), depth)}}}"],
    "dict": [
        called("{'k': {a}, 'b': {b}}", a="any", b="any"), called("dict(k={a})", a="any"), called("{**{a}, 'c': {b}}", a="dict", b="int"),
        called("dict(zip({a}, {b}))", a="strs", b="ints"), called("{a}.to_dict()", a="map"), called("{a}.d.to_dict()", a="map"),
        lambda maker, depth: f"{{{maker.loop('str', lambda name: f'{name}: {maker.make(chr(105) + chr(110) + chr(116), depth)}', depth)}}}",
        called("({a} | {b})", a="dict", b="dict"),
    ],
    "date": [
        called("({a} + {b})", a="date", b="length"), called("({a} - {b})", a="date", b="length"), called("{a}.date()", a="time"),
        called("{a}.replace(day={b} + 1)", a="date", b="small"), called("datetime.date.fromisoformat({a}.isoformat())", a="date"),
        called("max({a}, {b})", a="date", b="date"), called("{a}.replace(year={b} + 2000)", a="date", b="small"), choice("date"),
    ],
    "time": [
        called("({a} + {b})", a="time", b="length"), called("({a} - {b})", a="time", b="length"),
        called("{a}.replace(hour={b}, minute=0)", a="time", b="small"), called("datetime.datetime.fromisoformat({a}.isoformat())", a="time"),
        called("datetime.datetime.strptime(max({a}, datetime.datetime(1999, 1, 1)).strftime('%Y-%m-%d %H:%M:%S'), '%Y-%m-%d %H:%M:%S')", a="time"), choice("time"),
    ],
    "length": [
        two(["+", "-"], "length"), called("({a} - {b})", a="time", b="time"), called("({a} - {b})", a="date", b="date"),
        called("({a} * {b})", a="length", b="small"), called("({a} // {b})", a="length", b="small"), called("({a} / {b})", a="length", b="small"),
        called("({a} % {b})", a="length", b="length"), called("(-{a})", a="length"), called("abs({a})", a="length"), called("({a} * {b})", a="length", b="float"),
    ],
    "bytes": [called("{a}.encode()", a="str"), called("{a}.encode('latin-1')", a="str"), called("({a} + {b})", a="bytes", b="bytes")],
    "rows": [called("[{'n': {a}, 's': {b}}]", a="int", b="str"), called("{a}[{b}:]", a="rows", b="small")],
    "map": [lambda maker, depth: maker.variable("map")],
    "int_function": [lambda maker, depth: maker.function("int", "int", depth)],
    "test_function": [lambda maker, depth: maker.function("int", "bool", depth)],
    "part": [lambda maker, depth: maker.pick(["year", "month", "day", "hour", "minute", "second", "microsecond"])],
    "date_word": [lambda maker, depth: date_literal(maker).replace("(1,", "(1999,")],
}
LEAVES["int_function"] = lambda maker: "abs"
LEAVES["test_function"] = lambda maker: "None"
LEAVES["part"] = lambda maker: "year"
LEAVES["date_word"] = lambda maker: date_literal(maker).replace("(1,", "(1999,")
KINDS = ["int", "int", "float", "float", "str", "str", "str", "bool", "bool", "ints", "strs", "dict", "tuple", "set", "date", "time",
         "length", "bytes", "none", "floats", "rows"]


def case(seed):
    """(expression, variables as JSON, variables)"""
    maker = Maker(seed)
    expression = maker.make(maker.pick(KINDS), maker.random.randrange(1, 5))
    variables = {name: value for name, value in maker.variables.items() if name in expression}
    return expression, json.dumps(variables, ensure_ascii=False), variables
