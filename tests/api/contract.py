"""Holds answers against the OpenAPI document, and remembers which of its promises were seen.

Every answer of a documented operation must have a documented status and media type, and a body that fits its schema.
At the end, every documented status of every operation must have been seen: `missing()`.
"""

import json
import re
from datetime import datetime

DOCUMENT = {}
# What any operation may answer without saying so (the document's description lists them).
ALWAYS = {400, 405, 408, 414, 417, 421, 429, 431, 501, 503, 505}
SEEN = set()
MISTAKES = []


PLATFORM = "/api/platform/v1/projects/{project_id}/"
EXTERNAL = "/api/v2/projects/{project_id}/"


def load(*documents):
    """The documents of both APIs: their paths differ, and what they call alike is alike."""
    DOCUMENT.clear()
    DOCUMENT.update({"paths": {}, "components": {"schemas": {}}})
    PATTERNS.clear()
    schemas = DOCUMENT["components"]["schemas"]
    for document in documents:
        for name, schema in document["components"]["schemas"].items():
            assert schemas.setdefault(name, schema) == schema, f"there are two schemas {name}"
        for template, item in document["paths"].items():
            DOCUMENT["paths"].setdefault(template, {}).update(item)
    for template in DOCUMENT["paths"]:
        pattern = re.sub(r"\\\{(file|artifact)_name\\\}", ".+", re.escape(template))
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", pattern)
        PATTERNS.append((template.count("{"), -len(template), re.compile(pattern + r"\Z"), template))
    PATTERNS.sort(key=lambda entry: entry[:2])


PATTERNS = []


def external_paths():
    """The paths that are not the session API's, with their operations."""
    return {template: item for template, item in DOCUMENT["paths"].items() if not template.startswith("/api/platform/")}


def operation(method, path):
    wanted = "get" if method == "HEAD" else method.lower()
    for _, _, pattern, template in PATTERNS:
        if wanted in DOCUMENT["paths"][template] and pattern.match(path):
            return template, wanted
    return None, None


def check(method, path, answer, documented):
    """Raises AssertionError when the answer breaks a promise. `documented` false: only remembered."""
    template, wanted = operation(method, path.split("?")[0])
    where = f"{method} {path}: {answer.status}"
    assert answer.status != 500, f"{where} {answer.body!r}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff", where
    if template is None:
        return
    responses = DOCUMENT["paths"][template][wanted]["responses"]
    promise = responses.get(str(answer.status))
    if promise is None:
        assert answer.status in ALWAYS or not documented, f"{where} is not documented: {answer.body[:300]!r}"
        return
    SEEN.add((wanted, template, answer.status))
    if method == "HEAD" or answer.status in (204, 304):
        assert answer.body == b"", where
        return
    for name, header in promise.get("headers", {}).items():
        if name != "Link":
            assert answer.headers[name] is not None, f"{where} lacks {name}"
    contents = promise.get("content", {})
    kind = (answer.headers["Content-Type"] or "").split(";")[0]
    if "*/*" in contents:
        return
    assert kind in contents, f"{where} is {kind}, documented are {list(contents)}"
    if kind.endswith(("/json", "+json")):
        check_schema(json.loads(answer.body), contents[kind]["schema"], where)


def missing():
    """The documented answers that no test has seen."""
    wanted = {(method, template, int(status)) for template, item in DOCUMENT["paths"].items()
              for method, declared in item.items() for status in declared["responses"]}
    called = {(method, template) for method, template, _ in SEEN}
    return sorted(promise for promise in wanted - SEEN if not is_twin(promise, called))


def is_twin(promise, called):
    """What the session API does with the handlers of the External API: it was called, and the other was seen to keep
    the promise."""
    method, template, status = promise
    if (method, template) not in called:
        return False
    others = {template.replace(PLATFORM, EXTERNAL), template.replace("/api/platform/v1/", "/")} - {template}
    return any((method, other, status) in SEEN for other in others)


TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def check_schema(value, schema, where):
    """The part of JSON Schema 2020-12 that the document uses; an unknown word is an error."""
    for word, argument in schema.items():
        CHECKS[word](value, argument, where, schema)


def require(truth, where, message):
    assert truth, f"{where}: {message}"


def check_reference(value, reference, where, _):
    check_schema(value, DOCUMENT["components"]["schemas"][reference.rsplit("/", 1)[1]], where)


def check_type(value, names, where, _):
    names = names if isinstance(names, list) else [names]
    require(any(is_type(value, name) for name in names), where, f"{value!r} is no {names}")


def check_properties(value, properties, where, _):
    if isinstance(value, dict):
        for name, schema in properties.items():
            if name in value:
                check_schema(value[name], schema, f"{where}.{name}")


def check_additional(value, allowed, where, schema):
    if not isinstance(value, dict):
        return
    for name in value.keys() - schema.get("properties", {}).keys():
        require(allowed is not False, where, f"member '{name}' is not documented")
        check_schema(value[name], allowed, f"{where}.{name}")


def check_required(value, names, where, _):
    require(not isinstance(value, dict) or set(names) <= value.keys(), where, f"lacks one of {names}")


def check_items(value, schema, where, _):
    if isinstance(value, list):
        for index, item in enumerate(value):
            check_schema(item, schema, f"{where}[{index}]")


def check_one_of(value, schemas, where, _):
    fitting = 0
    for schema in schemas:
        try:
            check_schema(value, schema, where)
            fitting += 1
        except AssertionError as error:
            last = error
    require(fitting == 1, where, f"fits {fitting} of the choices: {last if fitting == 0 else ''}")


def check_format(value, name, where, _):
    if not isinstance(value, str):
        return
    if name == "date-time":
        require(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}|\.\d{6})?Z", value), where, f"{value!r} is no time")
        datetime.fromisoformat(value.replace("Z", "+00:00"))
    if name == "uuid":
        require(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value), where, f"{value!r} is no UUID")


def check_pattern(value, pattern, where, _):
    require(not isinstance(value, str) or re.search(pattern, value), where, f"{value!r} does not fit {pattern}")


def number_check(holds):
    def check_number(value, bound, where, _):
        require(not is_type(value, "number") or holds(value, bound), where, f"{value!r} against {bound}")
    return check_number


def ignore(*_):
    pass


CHECKS = {"$ref": check_reference, "type": check_type, "properties": check_properties,
          "additionalProperties": check_additional, "required": check_required, "items": check_items,
          "oneOf": check_one_of, "format": check_format, "pattern": check_pattern,
          "enum": lambda value, choices, where, _: require(value in choices, where, f"{value!r} is none of {choices}"),
          "minimum": number_check(lambda value, bound: value >= bound),
          "maximum": number_check(lambda value, bound: value <= bound),
          "exclusiveMinimum": number_check(lambda value, bound: value > bound),
          "description": ignore, "examples": ignore, "default": ignore, "contentEncoding": ignore,
          "contentMediaType": ignore, "maxItems": ignore, "maxProperties": ignore}
