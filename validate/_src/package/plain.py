"""What a JSON Schema does not allow, in plain words."""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

LONGEST_VALUE = 80  # characters: the value at fault may be all of a descriptor
TYPES = {
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "array": "an array",
    "object": "an object",
    "null": "null",
}


def plain_words(error: "ValidationError") -> str:
    """What is wrong, in one sentence whose subject is the place."""
    if (message := own_message(error)) is not None:
        return message
    given, limit = shown(error.instance), error.validator_value
    match error.validator:
        case "required":
            return "is missing"
        case "type":
            return f"must be {_types(limit)}, not {given}"
        case "enum":
            return f"must be {_alternatives(list(map(str, limit)))}, not {given}"  # pyright: ignore[reportArgumentType]
        case "minItems" | "minLength" if limit == 1:
            return "must not be empty"
        case "minimum":
            return f"must be at least {limit}, not {given}"
        case "maxItems":
            return f"must have no more than {limit}, not {given}"
        case "uniqueItems":
            return f"has the same entry twice: {given}"
        case "additionalProperties":
            return "is not known here"
        case _:
            return error.message


def own_message(error: "ValidationError") -> str | None:
    """What a profile says itself of a value that is of the right type and wrong all the same."""
    schema: Any = error.schema
    if error.validator == "type" or "errorMessage" not in schema:
        return None
    return schema["errorMessage"].replace("{value}", shown(error.instance))


def shown(value: Any) -> str:
    """A value as it stands in the descriptor, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _types(names: Any) -> str:
    listed = [names] if isinstance(names, str) else names
    return _alternatives([TYPES[name] for name in listed])


def _alternatives(words: list[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
