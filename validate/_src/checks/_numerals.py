"""The numbers that a text states, as English and Japanese write them.

Read are digits (`2,500`, `3.5`), words (`twenty-five`, `the fourth`), kanji (`二〇二六`, `五十`),
all of these with what multiplies them (`1.1 billion`, `2万8,500`, `3千億`), halves, other parts
and tenths (`half`, `¾`, `5分の1`, `3割5分`), and words that say that something is number one
(`初めて`, `最優先`). The ends of a range share what multiplies the second (`2 to 3 million`). What
is no certain number is none (`hundreds`, `数百万`), and so is a part without an end in decimals
(`two thirds`).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from validate._src.checks._numeralwords import (
    AND_A_HALF,
    AND_MORE,
    BETWEEN,
    CURRENCIES,
    ENDLESS,
    EXACT,
    FORMAL,
    GROUPS,
    JOINS,
    KANJI,
    LARGE,
    MINUS,
    NEAR,
    NEIGHBOURS,
    NUMBERS,
    OF_MONEY,
    ONE,
    PARTS,
    PIECE,
    PLAINLY,
    RANGE,
    SMALL,
    SUPERSCRIPTS,
    TENS,
    TENTHS,
    VAGUE,
    VULGAR,
    WHITE_CIRCLES,
    WORDS,
    ZERO,
)


@dataclass
class Numeral:
    """A number in a text, as far as it was read.

    Attributes:
        start: where it starts.
        end: where it ends.
        total: what its large parts make: the 20,000 of `2万8,500`.
        section: what it has below these: 8,500.
        part: what of the section was read last, which a small multiplier multiplies, if anything.
        room: what is added to the section next must be less, and so must what that becomes.
        taken: what `room` was before the part.
        largest: what multiplies the section next must be less.
        addends: how many parts were added to it.
        scale: what multiplied the last of them.
        whole: of a share of a whole, how much of it makes the whole, such as ten tenths.
        is_negative: whether it has a minus.
        is_certain: whether it is the number that is meant, and all of it.
        pieces: what it was read from.
    """

    start: int
    end: int
    total: Decimal = ZERO
    section: Decimal = ZERO
    part: Decimal | None = None
    room: Decimal = ENDLESS
    taken: Decimal = ENDLESS
    largest: Decimal = ENDLESS
    addends: int = 0
    scale: Decimal = ONE
    whole: Decimal | None = None
    is_negative: bool = False
    is_certain: bool = True
    pieces: list[re.Match[str]] = field(default_factory=list[re.Match[str]])

    @property
    def is_new(self) -> bool:
        """Whether nothing was read of it yet."""
        return self.room == ENDLESS

    def adds(self, value: Decimal, room: Decimal) -> bool:
        """Adds a number, if there is room for it."""
        if not value < self.room or not (value or self.is_new):
            return False
        self.section = EXACT.add(self.section, self.part or ZERO)
        self.taken, self.room, self.part = self.room, room, value
        self.addends, self.scale = self.addends + 1, ONE
        return True

    def multiplies(self, word: str) -> bool:
        """Multiplies by a word what comes before it, or one if nothing does, if that can be."""
        if word in LARGE:
            return self._multiplies_all(LARGE[word])
        self.whole = None
        times = SMALL[word]
        product = times if self.part is None else EXACT.multiply(self.part, times)
        if not product < (self.room if self.part is None else self.taken):
            return False
        self.section, self.part, self.room = EXACT.add(self.section, product), None, times
        self.scale = EXACT.multiply(self.scale, times)
        return True

    def _multiplies_all(self, times: Decimal) -> bool:
        if not times < self.largest:
            return False
        self.whole = None
        is_bare = self.part is None and not self.section
        section = ONE if is_bare else EXACT.add(self.section, self.part or ZERO)
        self.total = EXACT.add(self.total, EXACT.multiply(section, times))
        self.section, self.part = ZERO, None
        self.room = self.largest = times
        self.scale = EXACT.multiply(self.scale, times)
        return True

    @property
    def value(self) -> Decimal:
        """What it says, with its sign."""
        value = EXACT.add(EXACT.add(self.total, self.section), self.part or ZERO)
        return EXACT.minus(value) if self.is_negative else value

    @property
    def values(self) -> frozenset[Decimal]:
        """What it may be: of a share both the fraction and the number of hundredths."""
        if self.whole is None:
            return frozenset({self.value.normalize(EXACT)})
        share = EXACT.divide(self.value, self.whole)
        both = share, EXACT.multiply(share, Decimal(100))
        return frozenset(value.normalize(EXACT) for value in both)


@lru_cache(maxsize=2**12)
def numbers_in(text: str) -> tuple[frozenset[Decimal], ...]:
    """The numbers that a text states, in its order.

    Returns:
        Of each the values that it may be: one, or two of a share of a whole, which a table may
        hold as a fraction or in percent.
    """
    plain = _plain(text)
    found: list[Numeral] = []
    for numeral in _numerals(plain):
        if found and plain[found[-1].end : numeral.start] == "分の":
            numeral = _part(numeral, found.pop())
        elif found and _is_range(plain, found[-1], numeral):
            _share(found[-1], numeral)
        found.append(numeral)
    return tuple(numeral.values for numeral in found if numeral.is_certain)


def _plain(text: str) -> str:
    """A text in which each digit, sign and letter is written in one way."""
    spaced = GROUPS.sub(",", text.translate(SUPERSCRIPTS).translate(VULGAR))
    plain = unicodedata.normalize("NFKC", spaced).lower()
    plain = FORMAL.sub(lambda found: PLAINLY[found.group()], plain)
    return WHITE_CIRCLES.sub(lambda found: "〇" * len(found.group()), plain)


def _part(above: Numeral, below: Numeral) -> Numeral:
    """A part of a whole; it is no certain number without an end in decimals."""
    part = Numeral(below.start, above.end, whole=ONE, is_negative=below.is_negative)
    exactly = _exactly(Fraction(above.value), Fraction(abs(below.value)))
    if exactly is None or not (above.is_certain and below.is_certain):
        part.is_certain = False
    else:
        part.section = exactly
    return part


def _exactly(above: Fraction, below: Fraction) -> Decimal | None:
    """What a fraction is in decimals; None if these have no end, or there is no such fraction."""
    if not below:
        return None
    fraction = above / below
    exactly = EXACT.divide(Decimal(fraction.numerator), Decimal(fraction.denominator))
    return exactly if Fraction(exactly) == fraction else None


def _is_range(text: str, first: Numeral, last: Numeral) -> bool:
    """Whether two numbers that follow each other are the ends of a range."""
    if RANGE.fullmatch(text, first.end, last.start):
        return True
    if NEIGHBOURS.fullmatch(text, first.end, last.start):  # as in 五、六万
        leading = last.value / last.scale
        return first.end - first.start == 1 and last.addends == 1 and leading == first.value + 1
    between = text[first.end : last.start].strip(f" {CURRENCIES}")
    return between == "and" and bool(BETWEEN.search(text, max(0, first.start - NEAR), first.start))


def _share(first: Numeral, last: Numeral) -> None:
    """Multiplies the first end of a range by what multiplies its last, where it has nothing."""
    if first.scale == ONE and last.addends == 1 and first.value < last.value / last.scale:
        whole = EXACT.add(first.section, first.part or ZERO)
        first.section, first.part = EXACT.multiply(whole, last.scale), None
    first.whole = first.whole or last.whole


def _numerals(text: str) -> Iterator[Numeral]:
    numeral: Numeral | None = None
    end = 0
    for piece in PIECE.finditer(text):
        if numeral is not None:
            if JOINS.fullmatch(text, numeral.end, piece.start()):
                if _takes(numeral, piece):
                    continue
                if piece.lastgroup == "short" or piece.group() == "second":
                    continue  # of time
                if (split := _split(numeral, piece)) is not None:
                    before, numeral = split
                    yield _ended(before, text)
                    continue
            yield (ended := _ended(numeral, text))
            end = ended.end
        numeral = None
        if piece.start() >= end and piece.lastgroup != "short":
            numeral = _read([piece])
    if numeral is not None:
        yield _ended(numeral, text)


def _read(pieces: Sequence[re.Match[str]]) -> Numeral:
    """The number that pieces make, each of which goes on with those before."""
    numeral = Numeral(pieces[0].start(), pieces[0].end())
    for piece in pieces:
        _takes(numeral, piece)
    return numeral


def _split(numeral: Numeral, times: re.Match[str]) -> tuple[Numeral, Numeral] | None:
    """The two numbers of which the second begins within what was read as one, if there are two.

    What multiplies the second tells, as in `between 1 million and 2 million`.
    """
    if times.lastgroup != "times":
        return None
    pieces = numeral.pieces
    is_end = [
        piece.lastgroup == "times" and (times.group() in SMALL or piece.group() in LARGE)
        for piece in pieces
    ]
    at = len(is_end) - is_end[::-1].index(True) if True in is_end else 0
    if not 0 < at < len(pieces):
        return None
    last = _read(pieces[at:])
    return (_read(pieces[:at]), last) if _takes(last, times) else None


def _takes(numeral: Numeral, piece: re.Match[str]) -> bool:
    """Whether a piece goes on with a number, which then has it."""
    if not _adds(numeral, piece):
        return False
    numeral.end = piece.end()
    numeral.pieces.append(piece)
    return True


def _adds(numeral: Numeral, piece: re.Match[str]) -> bool:
    said, is_new = piece.group(), numeral.is_new
    match piece.lastgroup:
        case "digits":
            return numeral.adds(Decimal(said.replace(",", "")), ONE)
        case "kanji":
            return numeral.adds(Decimal(said.translate(KANJI)), ONE)
        case "word":
            return numeral.adds(WORDS[said], Decimal(10) if said in TENS else ONE)
        case "times":
            return numeral.multiplies(said.removeprefix("a "))
        case "short":
            money = piece.string[max(0, numeral.start - 1) : numeral.start] in [*CURRENCIES]
            return (money or said not in OF_MONEY) and numeral.multiplies(said)
        case "first":
            return is_new and numeral.adds(ONE, ZERO)
        case "half":
            numeral.whole = ONE if is_new else numeral.whole
            return (is_new or said.startswith("a")) and numeral.adds(Decimal("0.5"), ZERO)
        case _:
            exactly = _exactly(*_fraction(said))
            if not numeral.adds(exactly or ZERO, ZERO):
                return False
            numeral.whole = ONE if is_new else numeral.whole
            numeral.is_certain &= exactly is not None
            return True


def _fraction(said: str) -> tuple[Fraction, Fraction]:
    """What stands above and below the line of a part, such as `1⁄2` or `one fifth`."""
    if "⁄" in said:
        above, below = said.split("⁄")
        return Fraction(above), Fraction(below)
    above, below = re.split(r"[\s-]", said)
    return Fraction(NUMBERS.get(above, 1)), Fraction(PARTS[below.removesuffix("s")])


def _ended(numeral: Numeral, text: str) -> Numeral:
    """A number that is read to its end, with what its surroundings say of it."""
    near = max(0, numeral.start - NEAR), numeral.start
    numeral.is_negative = bool(MINUS.search(text, *near))
    is_vague = numeral.pieces[0].lastgroup in ("kanji", "times") and VAGUE.search(text, *near)
    if is_vague or AND_MORE.match(text, numeral.end):
        numeral.is_certain = False
    if tenths := TENTHS.match(text, numeral.end):
        numeral.whole, numeral.end = Decimal(10), tenths.end()
        for digit, times in zip(tenths.groups(), ("0.1", "0.01"), strict=True):
            more = Decimal((digit or "0").translate(KANJI))
            numeral.section = EXACT.add(numeral.section, EXACT.multiply(more, Decimal(times)))
    elif AND_A_HALF.match(text, numeral.end) and numeral.whole is None:
        numeral.section = EXACT.add(numeral.section, Decimal("0.5"))
    return numeral
