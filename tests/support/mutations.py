"""Files that are broken at random, by a seed: the same seed breaks them in the same way."""

from random import Random

PIECES = (
    b'"', b'""', b"'", b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\n\n", b"\0", b"\0\0\0\0",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"\x1a",
    b" ", b"#", b"{", b"}", b"[", b"]", b":", b"\\", b"\\ud800", b"null", b"NaN", b"-", b"1e999",
    b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff\xff\xff\xff\xff", b"\x1f\x8b", b"PK\x03\x04", b"PAR1",
)  # fmt: skip
"""What is inserted: what parts, quotes and ends cells in some format, and what is no text."""
LONG = 2**17
"""Bytes of a long run: more than a header, and than what is looked at to tell a file."""


def mutated(content: bytes, random: Random) -> bytes:
    """The content of a file with some faults in it."""
    for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
        content = random.choice(MUTATIONS)(content, random)
    return content


def _flipped(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 10))):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _overwritten(content: bytes, random: Random) -> bytes:
    at, piece = _at(content, random), random.choice(PIECES)
    return content[:at] + piece + content[at + len(piece) :]


def _inserted(content: bytes, random: Random) -> bytes:
    at = _at(content, random)
    return content[:at] + random.choice(PIECES) + content[at:]


def _cut(content: bytes, random: Random) -> bytes:
    return content[: _at(content, random)]


def _beheaded(content: bytes, random: Random) -> bytes:
    return content[_at(content, random) :]


def _without(content: bytes, random: Random) -> bytes:
    at = _at(content, random)
    return content[:at] + content[at + random.choice((1, 2, 8, 40)) :]


def _doubled(content: bytes, random: Random) -> bytes:
    at, size = _at(content, random), random.choice((1, 8, 40, 10_000))
    return content[:at] + content[at : at + size] * 2 + content[at + size :]


def _lengthened(content: bytes, random: Random) -> bytes:
    at, byte = _at(content, random), random.choice((b"a", b"0", b'"', b",", b"\n", b"\0", b"["))
    return content[:at] + byte * random.choice((300, 5_000, LONG)) + content[at:]


def _at(content: bytes, random: Random) -> int:
    """A place in the content, half of them at its beginning or end: there formats are told by."""
    if random.random() < 0.25:
        return random.randrange(min(len(content), 64) + 1)
    if random.random() < 0.33:
        return len(content) - random.randrange(min(len(content), 64) + 1)
    return random.randrange(len(content) + 1)


MUTATIONS = (
    _flipped,
    _flipped,
    _overwritten,
    _inserted,
    _inserted,
    _cut,
    _beheaded,
    _without,
    _doubled,
    _lengthened,
)
