"""The forms that texts of a descriptor have, and what JSON Schema has no word for.

The profiles name the forms by `format`; `uniqueBy` is a word of our own.
"""

import calendar
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from validate._src.package.addresses import HTTP, IN_STORES, OF_THE_STANDARD, in_store
from validate._src.package.loosely import objects

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/?#]+\S*")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://|(https?|ftps?|file):", re.IGNORECASE)
DATE_TIME = re.compile(
    r"(\d{4})-(0[1-9]|1[0-2])-(\d{2})[Tt ]"
    r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)
DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_date_time(text: str) -> bool:
    """Whether a text is a date and time.

    Source: RFC 3339, 5.6: "T" and "Z" may be small, and a space may stand for the "T".
    """
    found = DATE_TIME.fullmatch(text)
    if found is None:
        return False
    year, month, day = map(int, found.group(1, 2, 3))
    leap = month == 2 and calendar.isleap(year)
    return 1 <= day <= DAYS[month - 1] + leap


def is_email(text: str) -> bool:
    """Whether a text has the form of an e-mail address."""
    return EMAIL.fullmatch(text) is not None


def is_uri(text: str) -> bool:
    """Whether a text has the form of a URI, which has a scheme."""
    return URI.fullmatch(text) is not None


def is_url(text: str) -> bool:
    """Whether a text is a fully qualified URL, which has a scheme and a host."""
    return URL.fullmatch(text) is not None


def is_http_url(text: str) -> bool:
    """Whether a text is what version 1.0 calls a fully qualified URL."""
    return _is_url_of(text, HTTP)


def is_url_or_path(text: str) -> bool:
    """Whether a text is what version 2.0 calls a URL or path, or the URL of an object in a store.

    Source: Data Package 2.0, Glossary, "URL or Path".
    """
    if SCHEME.match(text):
        return _is_url_of(text, OF_THE_STANDARD) or _is_in_store(text)
    folders = text.split("/")[:-1]
    hidden = any(folder.startswith(".") and folder != "." for folder in folders)
    return _is_relative(text) and not hidden


def is_http_url_or_path(text: str) -> bool:
    """Whether a text is what version 1.0 calls a URL or path, or the URL of an object in a store.

    Source: Data Package 1.0, Data Resource, "URL or Path".
    """
    if SCHEME.match(text):
        return _is_url_of(text, HTTP) or _is_in_store(text)
    return _is_relative(text)


def _is_url_of(text: str, schemes: Sequence[str]) -> bool:
    return is_url(text) and text.partition(":")[0].lower() in schemes


def _is_in_store(text: str) -> bool:
    """Whether it names a bucket and a key."""
    scheme, bucket, key = in_store(text)
    return scheme.lower() in IN_STORES and bucket != "" and key != ""


def _is_relative(text: str) -> bool:
    return text != "" and not text.startswith("/") and ".." not in text.split("/")


FORMS: dict[str, Callable[[str], bool]] = {
    "date-time": is_date_time,
    "email": is_email,
    "uri": is_uri,
    "url": is_url,
    "http-url": is_http_url,
    "url-or-path": is_url_or_path,
    "http-url-or-path": is_http_url_or_path,
}


def repetitions(names: Iterable[str], entries: Any) -> Iterator[str]:
    """What objects of an array have in common that should tell them apart.

    Args:
        names: properties, each of which has another value in each object that has it.
        entries: the array; what is no object has no such property.
    """
    for name in names:
        seen: set[str] = set()
        for value in (entry[name] for entry in objects(entries) if name in entry):
            text = json.dumps(value, ensure_ascii=False, sort_keys=True)
            if text in seen:
                yield f"two entries have the {name} {text}"
            seen.add(text)
