"""The numbers that a text states, as English and Japanese write them.

Read are digits (`2,500`, `3.5`), words (`twenty-five`, `the fourth`), kanji (`二〇二六`, `五十`),
all of these with what multiplies them (`1.1 billion`, `2万8,500`, `3千億`), halves and tenths
(`half`, `半分`, `3割`), and words that say that something is number one (`初めて`, `最優先`). The
ends of a range share what multiplies the second (`2 to 3 million`). What is no certain number is
none (`hundreds`, `数百`).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache

EXACT = Context(prec=1000)
"""Holds all that is read: at most 300 digits before a point, and as many after it."""
ZERO, ONE, ENDLESS = Decimal(0), Decimal(1), Decimal("Infinity")
KANJI = str.maketrans("〇零一二三四五六七八九", "00123456789")
SUPERSCRIPTS = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹"))
"""Marks of notes and exponents of units, which are no part of a number."""
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
NTHS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {
    **{word: Decimal(number) for number, word in enumerate(ONES.split())},
    **{word: Decimal(number) for number, word in enumerate(NTHS.split(), 1)},
    **{word: Decimal(10 * number) for number, word in enumerate(TENS, 2)},
    **{f"{word[:-1]}ieth": Decimal(10 * number) for number, word in enumerate(TENS, 2)},
}
SMALL = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000), "hundred": Decimal(100)}
LARGE = {
    "万": Decimal(10**4), "億": Decimal(10**8), "兆": Decimal(10**12), "京": Decimal(10**16),
    "thousand": Decimal(10**3), "million": Decimal(10**6), "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}  # fmt: skip
PIECE = re.compile(
    r"(?P<digits>(?<![0-9])(?:[0-9]{1,3}(?:,[0-9]{3}){1,99}|[0-9]{1,300})(?![0-9])"
    r"(?:\.[0-9]{1,300}(?![0-9]))?)"
    r"|(?P<kanji>(?<![数何])[〇零一二三四五六七八九]{1,300})"
    r"|(?P<times>(?<![数何])[十百千万億兆京]|\b(?:hundred|thousand|million|billion|trillion)\b)"
    rf"|\b(?P<word>{'|'.join(WORDS)})\b"
    r"|(?P<half>半分|半数|\bhalf\b)"
    r"|(?P<first>最優先|最重要|最初|初|首位|筆頭)"
)
JOINS = re.compile(r"\s?|-|\sand\s")
RANGE = re.compile(r"\s?(?:[-–—~〜]|から|\bto\b)\s?")
MINUS = re.compile(r"(?:(?:^|[\s(])[-−]|マイナス|\bminus\s)$")
TENTHS = re.compile(r"割(?![合り当引])")


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
        in_tenths: whether it counts tenths of a whole.
        is_negative: whether it has a minus.
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
    in_tenths: bool = False
    is_negative: bool = False

    @property
    def is_new(self) -> bool:
        """Whether nothing was read of it yet."""
        return self.room == ENDLESS

    def adds(self, value: Decimal, room: Decimal) -> bool:
        """Adds a number, if there is room for it."""
        if not value < self.room:
            return False
        self.section = EXACT.add(self.section, self.part or ZERO)
        self.taken, self.room, self.part = self.room, room, value
        self.addends, self.scale = self.addends + 1, ONE
        return True

    def multiplies(self, word: str) -> bool:
        """Multiplies by a word what comes before it, or one if nothing does, if that can be."""
        if word in LARGE:
            return self._multiplies_all(LARGE[word])
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
        if not self.in_tenths:
            return frozenset({self.value})
        ten = Decimal(10)
        return frozenset({EXACT.divide(self.value, ten), EXACT.multiply(self.value, ten)})


@lru_cache(maxsize=2**12)
def numbers_in(text: str) -> tuple[frozenset[Decimal], ...]:
    """The numbers that a text states, in its order.

    Returns:
        Of each the values that it may be: one, or two of a share of a whole, which a table may
        hold as a fraction or in percent.
    """
    plain = unicodedata.normalize("NFKC", text.translate(SUPERSCRIPTS)).lower()
    found: list[Numeral] = []
    for numeral in _numerals(plain):
        if found and RANGE.fullmatch(plain, found[-1].end, numeral.start):
            _share(found[-1], numeral)
        found.append(numeral)
    return tuple(numeral.values for numeral in found)


def _share(first: Numeral, last: Numeral) -> None:
    """Multiplies the first end of a range by what multiplies its last, where it has nothing."""
    if first.scale == ONE and last.addends == 1 and first.value < last.value / last.scale:
        whole = EXACT.add(first.section, first.part or ZERO)
        first.section, first.part = EXACT.multiply(whole, last.scale), None
    first.in_tenths |= last.in_tenths


def _numerals(text: str) -> Iterator[Numeral]:
    numeral: Numeral | None = None
    for piece in PIECE.finditer(text):
        if numeral is not None:
            if JOINS.fullmatch(text, numeral.end, piece.start()) and _takes(numeral, piece):
                numeral.end = piece.end()
                continue
            yield _ended(numeral, text)
        numeral = Numeral(piece.start(), piece.end())
        _takes(numeral, piece)
    if numeral is not None:
        yield _ended(numeral, text)


def _takes(numeral: Numeral, piece: re.Match[str]) -> bool:
    """Whether a piece goes on with a number, which then has it."""
    said = piece.group()
    match piece.lastgroup:
        case "digits":
            return numeral.adds(Decimal(said.replace(",", "")), ONE)
        case "kanji":
            return numeral.adds(Decimal(said.translate(KANJI)), ONE)
        case "word":
            return numeral.adds(WORDS[said], Decimal(10) if said in TENS else ONE)
        case "times":
            return numeral.multiplies(said)
        case "first":
            return numeral.is_new and numeral.adds(ONE, ZERO)
        case _:
            numeral.in_tenths |= numeral.is_new
            return numeral.is_new and numeral.adds(Decimal(5), ZERO)


def _ended(numeral: Numeral, text: str) -> Numeral:
    """A number that is read to its end, with what its surroundings say of it."""
    numeral.is_negative = bool(MINUS.search(text, 0, numeral.start))
    numeral.in_tenths |= bool(TENTHS.match(text, numeral.end))
    return numeral
