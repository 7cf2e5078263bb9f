"""The benchmarks' own table: `claims`, which refer to `actors`."""

from datetime import date
from hashlib import sha256

import polars as pl
from drawing import SEED, day, drawn, number, numbered, one_of, sometimes
from shape import Shape, field_of, reference, required

ACTORS = 10_000
KINDS_OF_CLAIM = ("pledge", "plan", "request", "report", "forecast", "concern")
CERTAINTIES = ("stated", "implied", "inferred")
STATUSES = ("draft", "checked", "published")
LAST_PAGE = 400
FIRST_DAY, DAYS = date(2002, 1, 1), 8736

ACTORS_SCHEMA = {
    "fields": [
        field_of("actor_id", constraints=required(pattern="act-[0-9]{5}")),
        field_of("name_ja", constraints=required()),
        field_of("country", constraints={"pattern": "[A-Z]{3}"}),
    ],
    "primaryKey": ["actor_id"],
}
CLAIMS_SCHEMA = {
    "fields": [
        field_of("claim_id", constraints=required(pattern="clm-[0-9]{8}")),
        field_of("actor_id", constraints=required()),
        field_of("made", "date", constraints=required()),
        field_of("kind", constraints=required(enum=[*KINDS_OF_CLAIM])),
        field_of("amount", "number", constraints={"minimum": 0}),
        field_of("target_id"),
        field_of("page", "integer", constraints={"minimum": 1, "maximum": LAST_PAGE}),
        field_of("certainty", constraints={"enum": [*CERTAINTIES]}),
        field_of("source_sha256", constraints=required(pattern="[0-9a-f]{64}")),
        field_of("statement_ja", constraints=required(minLength=8, maxLength=90)),
        field_of("source_url", format="uri"),
        # Never empty, yet not required: a row without it has one fault, not two.
        field_of("status", constraints={"enum": [*STATUSES]}),
    ],
    "primaryKey": ["claim_id"],
    "foreignKeys": [
        reference("actor_id", "actors", "actor_id"),
        reference("target_id", "actors", "actor_id"),
    ],
}

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


def actors() -> pl.DataFrame:
    """The rows of `actors`."""
    frame = pl.select(index=pl.int_range(ACTORS, dtype=pl.UInt64))
    return frame.select(
        actor_id=actor(pl.col("index")),
        name_ja=pl.lit("組織") + pl.col("index").cast(pl.String),
        country=sometimes("has country", 80, one_of("country", COUNTRIES)),
    )


def actor(index: pl.Expr) -> pl.Expr:
    """The key of the actor at an index."""
    return numbered("act-", index + 1, 5)


def columns(index: pl.Series) -> dict[str, pl.Expr]:
    """The cells of `claims`."""
    return {
        "claim_id": numbered("clm-", pl.col("index") + 1, 8),
        "actor_id": actor(drawn("actor", ACTORS)),
        "made": day("made", FIRST_DAY, DAYS, "%Y-%m-%d"),
        "kind": one_of("kind", KINDS_OF_CLAIM),
        "amount": sometimes("has amount", 75, number("amount", 10**10) / 100),
        "target_id": sometimes("has target", 60, actor(drawn("target", ACTORS))),
        "page": sometimes("has page", 85, drawn("page", LAST_PAGE) + 1),
        "certainty": sometimes("has certainty", 95, one_of("sure", CERTAINTIES)),
        "source_sha256": pl.lit(digests(index)),
        "statement_ja": statement(),
        "source_url": sometimes("has url", 90, url()),
        "status": one_of("status", STATUSES),
    }


def digests(index: pl.Series) -> pl.Series:
    """A SHA-256 digest for each index."""
    return pl.Series([sha256(f"{SEED} {i}".encode()).hexdigest() for i in index])


def statement() -> pl.Expr:
    """Japanese text of varied length; one row in twenty has a comma, a few have quotes."""
    return pl.concat_str(
        one_of("who", WHO),
        one_of("what", WHAT),
        one_of("how", HOW),
        sometimes("has aside", 35, one_of("aside", ASIDE)),
        sometimes("has comma", 5, pl.lit(WITH_COMMA)),
        sometimes("has quotes", 0.2, pl.lit(WITH_QUOTES)),
        ignore_nulls=True,
    )


def url() -> pl.Expr:
    """An address of a document."""
    document = drawn("document", 10**6).cast(pl.String)
    return pl.lit("https://archive.example.org/documents/") + document


CLAIMS = Shape(
    "claims",
    columns,
    CLAIMS_SCHEMA,
    # A digest that ends in a letter which is no digit.
    wrong=("source_sha256", pl.col("source_sha256").str.slice(0, 63) + "x"),
    others={"actors": (actors(), ACTORS_SCHEMA)},
)
