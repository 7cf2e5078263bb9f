"""Units of measurement, as they stand below the labels of a table."""

import re
import unicodedata

BRACKETED = re.compile(r"\[[^\[\]]{1,20}\]|\([^()]{1,20}\)|<[^<>]{1,20}>|\{[^{}]{1,20}\}")
"""What stands in brackets is a unit, whatever it says."""
PREFIXED = re.compile(
    "(?:[pnuµμmcdhkMGT])?(?:m|g|s|A|K|mol|cd|Hz|N|Pa|J|W|Wh|C|V|F|Ω|ohm|S|T|H|l|L|bar|eV|B|M|Bq|Sv|t)"
)
"""Units that have prefixes, with one or without."""
WHOLE = frozenset(
    {
        "%", "‰", "°", "°c", "°f", "℃", "℉", "degc", "degf", "deg c", "deg f", "deg", "degree",
        "degrees", "degrees celsius", "celsius", "fahrenheit", "kelvin", "rad", "ppm", "ppb",
        "ppt", "psu", "ntu", "ph", "min", "h", "hr", "hrs", "hour", "hours", "minute", "minutes",
        "sec", "secs", "second", "seconds", "d", "day", "days", "week", "weeks", "month", "months",
        "yr", "year", "years", "a", "ha", "acre", "acres", "in", "inch", "inches", "ft", "feet",
        "yd", "mi", "mile", "miles", "nmi", "lb", "lbs", "oz", "kn", "kt", "kts", "knot", "knots",
        "mph", "kph", "kmh", "rpm", "mmhg", "inhg", "atm", "psi", "dbar", "volt", "volts", "amp",
        "amps", "watt", "watts", "meter", "meters", "metre", "metres", "gram", "grams", "kgs",
        "liter", "liters", "litre", "litres", "gal", "db", "dba", "dbm", "lux", "lx", "lm",
        "count", "counts", "no.", "nr.", "pcs", "pieces", "persons", "people", "bit", "bits",
        "byte", "bytes", "unitless", "usd", "eur", "gbp", "jpy", "chf",
        "$", "€", "£", "¥", "stk", "stk.", "stück", "tage", "stunden", "jahre", "einheit",
        "円", "千円", "万円", "百万円", "億円", "人", "個",
        "件", "本", "台", "年", "月", "日", "時", "時間", "分", "秒", "回", "枚", "頭", "匹", "点",
        "歳", "戸", "世帯", "元", "万元", "亿元", "万人", "米", "千克", "吨", "公里", "小时", "원",
        "명",
    }
)  # fmt: skip
"""Units without a prefix, in lower case."""
LABELS = re.compile("units?|einheit(en)?|unités?|unidad(es)?|単位", re.IGNORECASE)
"""What stands before a row of units."""
SEPARATORS = re.compile(r"[\s/*·⋅]+")
EXPONENT = re.compile(r"\^?[-+−]?[1-9]$")


def is_unit(text: str) -> bool:
    """Whether a text is a unit, such as `m`, `°C`, `kg/m³`, `m s-1` or `[mm]`."""
    bare = unicodedata.normalize("NFKC", text.strip())
    if BRACKETED.fullmatch(bare) or LABELS.fullmatch(bare) or text.strip().lower() in WHOLE:
        return True
    parts = [EXPONENT.sub("", part) for part in SEPARATORS.split(bare) if part]
    return bool(parts) and all(map(_is_known, parts))


def _is_known(part: str) -> bool:
    spellings = (part, part.lower())
    return part.lower() in WHOLE or any(map(PREFIXED.fullmatch, spellings))
