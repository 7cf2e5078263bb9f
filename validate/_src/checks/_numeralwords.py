"""The words, digits and signs by which English and Japanese write numbers."""

import re
from decimal import Context, Decimal

EXACT = Context(prec=1000)
"""Holds all that is read: at most 300 digits before a point, and as many after it."""
ZERO, ONE, ENDLESS = Decimal(0), Decimal(1), Decimal("Infinity")
NUMERALS = "〇零一二三四五六七八九"
KANJI = str.maketrans(NUMERALS, "00123456789")
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
SMALL = {
    "十": Decimal(10), "百": Decimal(100), "千": Decimal(1000), "hundred": Decimal(100),
    "dozen": Decimal(12),
}  # fmt: skip
LARGE = {
    "万": Decimal(10**4), "億": Decimal(10**8), "兆": Decimal(10**12), "京": Decimal(10**16),
    "thousand": Decimal(10**3), "million": Decimal(10**6), "billion": Decimal(10**9),
    "trillion": Decimal(10**12), "mn": Decimal(10**6), "bn": Decimal(10**9),
    "tn": Decimal(10**12), "k": Decimal(10**3), "m": Decimal(10**6), "b": Decimal(10**9),
}  # fmt: skip
OF_MONEY = ("k", "m", "b")
"""What multiplies sums of money, and is a unit elsewhere."""
CURRENCIES = "$£€¥"
NUMBERS = {word: number for number, word in enumerate(ONES.split())}
PARTS = {
    **{word: number for number, word in enumerate(NTHS.split()[2:10], 3)},
    "quarter": 4,
    "half": 2,
}
PIECE = re.compile(
    # Of what has several points, as dates do, the parts are read one by one.
    r"(?P<fraction>(?<![0-9⁄])[0-9]{1,3}⁄[0-9]{1,3}(?![0-9⁄])"
    rf"|\b(?:{'|'.join(NUMBERS)})[\s-](?:{'|'.join(PARTS)})s(?<!quarters)\b"
    rf"|\b(?:a|one)[\s-](?:{'|'.join(PARTS)})(?=\sof\b)"
    r"|\bone[\s-](?:half|third|quarter|fourth|fifth|tenth)\b|\bthree[\s-]quarters(?=\sof\b))"
    r"|(?P<digits>(?<![0-9])(?<![0-9]\.)"
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,99}|[0-9]{1,300})(?![0-9])(?:\.[0-9]{1,300}(?!\.?[0-9]))?"
    r"|(?<=[0-9]\.)[0-9]{1,300}(?![0-9]))"
    rf"|(?P<kanji>[{NUMERALS}]{{1,300}})"
    r"|(?P<times>[十百千万億兆京]"
    r"|(?:(?<=\bhalf\s)a\s)?\b(?:dozen|hundred|thousand|million|billion|trillion)\b)"
    r"|(?P<short>(?<=[0-9])(?:bn|mn|tn|[kmb])\b)"
    rf"|(?<!\bper\s)\b(?P<word>{'|'.join(WORDS)})\b"
    r"|(?P<half>半分|半数|\b(?:(?<=\sand\s)a\s)?half\b)"
    r"|(?P<first>最優先|最重要|最初|初|首位|筆頭)"
)
JOINS = re.compile(r"\s?|[-‐]|\sand\s")
TO = r"(?:[-‐‒–—―−ー~〜]|から|ないし|乃至|\bto\b|\bor\b)"
RANGE = re.compile(rf"\s?{TO}\s?(?:約|\babout\s|\baround\s)?(?:us)?[{CURRENCIES}]?")
NEIGHBOURS = re.compile(r"[、,]")
BETWEEN = re.compile(rf"\bbetween\s[{CURRENCIES}]?$")
MINUS = re.compile(
    rf"(?:(?:^|[\s(:、。=~〜–—「{CURRENCIES}はがもで]|から)[-−]|[▲△]\s?|マイナス|\bminus\s)$"
)
VAGUE = re.compile(r"(?:[数何幾]|\b(?:several|few|many|couple|couple of)\s)$")
AND_MORE = re.compile(r"数(?=[十百千万億人年名件個社回日月倍割かヵカケヶ])")
TENTHS = re.compile(
    rf"割(?![合り当引])(?:([1-9{NUMERALS[2:]}])分(?!の)(?:([1-9{NUMERALS[2:]}])厘)?)?"
)
AND_A_HALF = re.compile(
    r"(?:年|時間|日|週間|[かヵカケヶ]月|世紀|倍|分|秒)半(?![ばぶ分数期島径年額導日月永])"
)
WHITE_CIRCLES = re.compile(rf"(?<=[{NUMERALS}])[○◯]+")
FORMAL = re.compile(r"[壱弐]|参(?=[拾十百千万萬億])|(?<=[壱弐参])拾|萬")
PLAINLY = dict(zip("壱弐参拾萬", "一二三十万", strict=True))
GROUPS = re.compile(r"(?<=[0-9])[\u00a0\u2007\u2009\u202f](?=[0-9]{3}(?![0-9]))")
VULGAR = {
    number: f" {chr(number)}" for number in [0x00BC, 0x00BD, 0x00BE, *range(0x2150, 0x215F), 0x2189]
}
"""Each after a space, so that what comes before it in NFKC is no part of it."""
NEAR = 12
"""Characters before a number within which all stands that is asked of them."""
