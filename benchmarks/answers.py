"""What tools say they found, read from what they wrote."""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

LISTED = 5_000
BLOCK = 2**16
OPENING = '"findings": ['
KEY_OF_EVERY_FINDING = b'"message":'  # in a text the quotes would be escaped

Found = tuple[int | None, str | None]


@dataclass(frozen=True)
class Answer:
    """What a tool says it found.

    Attributes:
        found: row and field of the first findings, the field None where the row is at fault.
        count: how many findings there are in all.
    """

    found: tuple[Found, ...]
    count: int


def of_last_line(output: IO[bytes], _: str) -> Answer:
    """The answer of a peer: one line of JSON."""
    content = json.loads(output.read().splitlines()[-1])
    return Answer(tuple((row, field) for row, field in content["found"]), content["count"])


def of_report(output: IO[bytes], table: str) -> Answer:
    """The answer of `validate run --format json`, of which only a part is held at a time."""
    places = tuple(place(finding, table) for finding in islice(findings(output), LISTED))
    output.seek(0)
    return Answer(places, occurrences(output, KEY_OF_EVERY_FINDING))


def place(finding: dict[str, Any], table: str) -> Found:
    """The place of a finding in a table; one in another has none."""
    if finding["resource"] != table:
        return None, None
    return finding["row"], finding["field"]


def findings(output: IO[bytes]) -> Iterator[dict[str, Any]]:
    """The findings of a report, one by one, however it is laid out."""
    blocks = codecs.iterdecode(iter(lambda: output.read(BLOCK), b""), "utf-8")
    ahead = next(blocks)
    while OPENING not in ahead:
        ahead += next(blocks)
    ahead = ahead.partition(OPENING)[2]
    decoder = json.JSONDecoder()
    while not (ahead := ahead.lstrip(" \n,")).startswith("]"):
        try:
            finding, end = decoder.raw_decode(ahead)
        except json.JSONDecodeError:  # it goes on in the next block
            ahead += next(blocks)
        else:
            yield finding
            ahead = ahead[end:]


def occurrences(output: IO[bytes], key: bytes) -> int:
    """How often a key stands in a file."""
    count, tail = 0, b""
    while block := output.read(BLOCK):
        count += (tail + block).count(key)
        tail = block[1 - len(key) :]
    return count
