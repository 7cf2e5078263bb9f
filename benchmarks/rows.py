"""The rows of the two tables, and the schemas they meet.

Every cell follows from the seed and the number of its row.
"""

from datetime import date
from hashlib import sha256

import polars as pl

ACTORS = 10_000
KINDS_OF_CLAIM = ("pledge", "plan", "request", "report", "forecast", "concern")
CERTAINTIES = ("stated", "implied", "inferred")
STATUSES = ("draft", "checked", "published")
SHORTEST, LONGEST = 8, 90
LAST_PAGE = 400
FIRST_DAY, DAYS = date(2002, 1, 1), 8736

ACTORS_SCHEMA = {
    "fields": [
        {
            "name": "actor_id",
            "type": "string",
            "constraints": {"required": True, "pattern": "act-[0-9]{5}"},
        },
        {"name": "name_ja", "type": "string", "constraints": {"required": True}},
        {"name": "country", "type": "string", "constraints": {"pattern": "[A-Z]{3}"}},
    ],
    "primaryKey": ["actor_id"],
}
CLAIMS_SCHEMA = {
    "fields": [
        {
            "name": "claim_id",
            "type": "string",
            "constraints": {"required": True, "pattern": "clm-[0-9]{8}"},
        },
        {"name": "actor_id", "type": "string", "constraints": {"required": True}},
        {"name": "made", "type": "date", "constraints": {"required": True}},
        {
            "name": "kind",
            "type": "string",
            "constraints": {"required": True, "enum": [*KINDS_OF_CLAIM]},
        },
        {"name": "amount", "type": "number", "constraints": {"minimum": 0}},
        {"name": "target_id", "type": "string"},
        {"name": "page", "type": "integer", "constraints": {"minimum": 1, "maximum": LAST_PAGE}},
        {"name": "certainty", "type": "string", "constraints": {"enum": [*CERTAINTIES]}},
        {
            "name": "source_sha256",
            "type": "string",
            "constraints": {"required": True, "pattern": "[0-9a-f]{64}"},
        },
        {
            "name": "statement_ja",
            "type": "string",
            "constraints": {"required": True, "minLength": SHORTEST, "maxLength": LONGEST},
        },
        {"name": "source_url", "type": "string", "format": "uri"},
        # Never empty, yet not required: a row without it has one fault, not two.
        {"name": "status", "type": "string", "constraints": {"enum": [*STATUSES]}},
    ],
    "primaryKey": ["claim_id"],
    "foreignKeys": [
        {"fields": [name], "reference": {"resource": "actors", "fields": ["actor_id"]}}
        for name in ("actor_id", "target_id")
    ],
}
COLUMNS = [field["name"] for field in CLAIMS_SCHEMA["fields"]]

WHO = ("米国は", "日本政府は", "韓国側は", "両国の国防相は", "国務省報道官は", "統合参謀本部は")
WHAT = (
    "国防費を国内総生産の三・五パーセントに引き上げることを",
    "在韓米軍の現在の戦力水準を維持することを",
    "造船分野での協力を拡大することを",
    "米国製装備品を購入することを",
    "核の傘を含む拡大抑止の提供を",
    "第一列島線の防衛を優先することを",
)
HOW = (
    "約束した。",
    "改めて確認した。",
    "求めている。",
    "検討していると述べた。",
    "否定しなかった。",
)
ASIDE = (
    "なお、時期は示されていない。",
    "議会の承認が条件とされる。",
    "前年の共同声明にも同じ記述がある。",
)
WITH_COMMA = "(第3項, 第5項)"
WITH_QUOTES = '("同盟の現代化"と呼ばれる)'
COUNTRIES = ("USA", "JPN", "KOR", "AUS", "GBR", "DEU")

# SplitMix64 (Steele, Lea and Flood 2014): a number by its place, not by its predecessor.
GAMMA, FIRST_FACTOR, SECOND_FACTOR = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
WORD = 2**64


def claim_id(index: int) -> str:
    """The key of the claim at `index`, from 0."""
    return f"clm-{index + 1:08}"


def drawn(seed: int, stream: str, below: int) -> pl.Expr:
    """Pseudorandom integers from 0 to `below`, by the column `index`.

    Args:
        seed: the seed of the package.
        stream: a name for what is drawn; every name has numbers of its own.
        below: the number of possible values.
    """
    start = int.from_bytes(sha256(f"{seed} {stream}".encode()).digest()[:8], "big")
    state = pl.col("index") * word(GAMMA) + word(start)
    state = (state ^ (state // 2**30)) * word(FIRST_FACTOR)
    state = (state ^ (state // 2**27)) * word(SECOND_FACTOR)
    return (state ^ (state // 2**31)) % below


def word(value: int) -> pl.Expr:
    """A 64-bit integer; sums and products of such integers wrap around."""
    return pl.lit(value % WORD, dtype=pl.UInt64)


def one_of(seed: int, stream: str, values: tuple[str, ...]) -> pl.Expr:
    """One of some texts, drawn."""
    return pl.lit(pl.Series(values)).gather(drawn(seed, stream, len(values)))


def sometimes(seed: int, stream: str, percent: float, text: pl.Expr) -> pl.Expr:
    """A text in so many percent of the rows, null in the others."""
    return pl.when(drawn(seed, stream, 10_000) < round(percent * 100)).then(text)


def numbered(prefix: str, number: pl.Expr, digits: int) -> pl.Expr:
    """Ids: a prefix and a number of so many digits."""
    return pl.lit(prefix) + number.cast(pl.String).str.zfill(digits)


def actors(seed: int) -> pl.DataFrame:
    """The rows of `actors`."""
    frame = pl.select(index=pl.int_range(ACTORS, dtype=pl.UInt64))
    return frame.select(
        actor_id=numbered("act-", pl.col("index") + 1, 5),
        name_ja=pl.lit("組織") + pl.col("index").cast(pl.String),
        country=sometimes(seed, "has country", 80, one_of(seed, "country", COUNTRIES)),
    )


def claims(seed: int, start: int, stop: int) -> pl.DataFrame:
    """The rows of `claims` from index `start` to before `stop`, as text and numbers."""
    frame = pl.select(index=pl.int_range(start, stop, dtype=pl.UInt64))
    columns = {
        "claim_id": numbered("clm-", pl.col("index") + 1, 8),
        "actor_id": numbered("act-", drawn(seed, "actor", ACTORS) + 1, 5),
        "made": pl.lit(FIRST_DAY) + pl.duration(days=drawn(seed, "made", DAYS)),
        "kind": one_of(seed, "kind", KINDS_OF_CLAIM),
        "amount": sometimes(seed, "has amount", 75, drawn(seed, "amount", 10**10) / 100),
        "target_id": sometimes(
            seed, "has target", 60, numbered("act-", drawn(seed, "target", ACTORS) + 1, 5)
        ),
        "page": sometimes(seed, "has page", 85, drawn(seed, "page", LAST_PAGE) + 1),
        "certainty": sometimes(seed, "has certainty", 95, one_of(seed, "sure", CERTAINTIES)),
        "source_sha256": pl.lit(digests(seed, start, stop)),
        "statement_ja": statement(seed),
        "source_url": sometimes(seed, "has url", 90, url(seed)),
        "status": one_of(seed, "status", STATUSES),
    }
    return frame.select(columns[name].alias(name) for name in COLUMNS)


def digests(seed: int, start: int, stop: int) -> pl.Series:
    """A SHA-256 digest for each index."""
    return pl.Series([sha256(f"{seed} {i}".encode()).hexdigest() for i in range(start, stop)])


def statement(seed: int) -> pl.Expr:
    """Japanese text of varied length; one row in twenty has a comma, a few have quotes."""
    return pl.concat_str(
        one_of(seed, "who", WHO),
        one_of(seed, "what", WHAT),
        one_of(seed, "how", HOW),
        sometimes(seed, "has aside", 35, one_of(seed, "aside", ASIDE)),
        sometimes(seed, "has comma", 5, pl.lit(WITH_COMMA)),
        sometimes(seed, "has quotes", 0.2, pl.lit(WITH_QUOTES)),
        ignore_nulls=True,
    )


def url(seed: int) -> pl.Expr:
    """An address of a document."""
    document = drawn(seed, "document", 10**6).cast(pl.String)
    return pl.lit("https://archive.example.org/documents/") + document


def with_a_wrong_column(frame: pl.DataFrame) -> pl.DataFrame:
    """Digests that end in a letter which is no digit, in every row."""
    return frame.with_columns(pl.col("source_sha256").str.slice(0, 63) + "x")
