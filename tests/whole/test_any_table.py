"""Whatever a file holds, the answer is a verdict or a line, in bounded time.

Files of each format are broken at random, by fixed seeds. A file that is judged valid holds the
rows that another reader finds in it: none is lost, and none is changed.
"""

import csv
import datetime as dt
import faulthandler
import gzip
import io
import json
import sqlite3
import time
import zipfile
from base64 import b64encode
from contextlib import closing
from decimal import Decimal
from random import Random
from tempfile import NamedTemporaryFile

import polars as pl
import pyreadstat
import pytest
from support.made import PROFILE
from support.mutations import mutated

from validate import PackageError, load, validate
from validate._src.reading.records import LONGEST_CELL

SEEDS = 30
SLOWEST = 20  # seconds of processor time that a file of some kilobytes may take
STUCK = 120  # seconds after which the process is ended, and says where it was
FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": "pond", "type": "string"},
    {"name": "dug", "type": "date"},
]
NAMES = [field["name"] for field in FIELDS]
WORDS = ("Reed", "Étang", "池", "a, b", 'q"q', "l\nm", "", "x; y", "it's", "n" * 300)
ROWS = [(number, WORDS[number % len(WORDS)], dt.date(2020, 1, number % 28 + 1))
        for number in range(40)]  # fmt: skip
SEMICOLONS = {"delimiter": ";", "quoteChar": "'"}


def as_csv(lineterminator="\n", quoting=csv.QUOTE_MINIMAL, delimiter=",", quotechar='"'):
    """The rows as delimited text."""
    stream = io.StringIO(newline="")
    writer = csv.writer(
        stream,
        lineterminator=lineterminator,
        quoting=quoting,
        delimiter=delimiter,
        quotechar=quotechar,
    )
    writer.writerows([NAMES, *ROWS])
    return stream.getvalue().encode()


def objects():
    return [
        dict(zip(NAMES, (number, pond, dug.isoformat()), strict=True)) for number, pond, dug in ROWS
    ]


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("t.csv", as_csv())
    return file.getvalue()


def parquet(**options):
    file = io.BytesIO()
    pl.DataFrame(ROWS, schema=NAMES, orient="row").write_parquet(file, **options)
    return file.getvalue()


def sqlite(folder):
    file = folder / "made.sqlite"
    with closing(sqlite3.connect(file)) as database:
        database.execute("create table t (id integer, pond text, dug text)")
        database.executemany("insert into t values (?, ?, ?)", [(*map(str, row),) for row in ROWS])
        database.commit()
    return file.read_bytes()


def spss(folder, suffix):
    import pandas

    file = folder / f"made.{suffix}"
    rows = [(number, pond, dug.isoformat()) for number, pond, dug in ROWS]
    frame = pandas.DataFrame(rows, columns=NAMES)
    pyreadstat.write_sav(frame, str(file), compress=suffix == "zsav")
    return file.read_bytes()


def contents(folder):
    """Sound files of each format: the end of the name, what is declared, what the file holds."""
    utf_8 = {"encoding": "utf-8"}
    return {
        "csv": (utf_8, as_csv()),
        "crlf.csv": (utf_8, as_csv("\r\n", csv.QUOTE_ALL)),
        "semicolons.csv": (utf_8 | {"dialect": SEMICOLONS}, as_csv("\n", 0, ";", "'")),
        "undeclared.csv": ({}, as_csv()),
        "latin.csv": ({}, as_csv().decode().replace("池", "ß").encode("latin-1")),
        "utf-16.csv": ({"encoding": "utf-16"}, as_csv().decode().encode("utf-16")),
        "csv.gz": (utf_8, gzip.compress(as_csv(), mtime=0)),
        "csv.zip": (utf_8, zipped()),
        "json": (utf_8, json.dumps(objects(), indent=1).encode()),
        "ndjson": (utf_8, "\n".join(map(json.dumps, objects())).encode()),
        "parquet": ({}, parquet()),
        "plain.parquet": ({}, parquet(compression="uncompressed", row_group_size=10)),
        "sqlite": ({}, sqlite(folder)),
        "sav": ({}, spss(folder, "sav")),
        "zsav": ({}, spss(folder, "zsav")),
    }


SUFFIXES = (
    "csv", "crlf.csv", "semicolons.csv", "undeclared.csv", "latin.csv", "utf-16.csv", "csv.gz",
    "csv.zip", "json", "ndjson", "parquet", "plain.parquet", "sqlite", "sav", "zsav",
)  # fmt: skip


def records(content, delimiter=",", quotechar='"'):
    """The rows of a delimited text by Python's `csv`, blank ones left out."""
    text = content.decode().removeprefix("\ufeff")
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quotechar)
    return [row for row in [*reader][1:] if any(row)]


def unzipped(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (name,) = (name for name in archive.namelist() if not name.startswith("__MACOSX"))
        return archive.read(name)


def of_objects(rows):
    return [[row.get(name) for name in NAMES] for row in rows]


def of_database(content):
    """The cells of its rows, what is no text in Base64."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        rows = database.execute("select id, pond, dug from t").fetchall()
    return [
        [b64encode(cell).decode() if isinstance(cell, bytes) else cell for cell in row]
        for row in rows
    ]


def of_spss(content):
    with NamedTemporaryFile(suffix=".sav") as file:
        file.write(content)
        file.flush()
        frame, _ = pyreadstat.read_sav(file.name)
    return frame[NAMES].values.tolist()


def of_parquet(content):
    """The cells of its rows as Polars has them read in one go, what is no text in Base64.

    It is the library that reads them here as well, but neither apart, in batches nor as texts.
    """
    rows = pl.read_parquet(io.BytesIO(content), columns=NAMES, use_statistics=False).rows()
    return [[number, text_of(pond), text_of(dug)] for number, pond, dug in rows]


def text_of(cell):
    """A value as text; one of no type that a field could have is not here."""
    if isinstance(cell, bytes):
        return b64encode(cell).decode()
    return cell.isoformat() if isinstance(cell, dt.date) else cell


ORACLES = {
    "csv": records,
    "crlf.csv": records,
    "semicolons.csv": lambda content: records(content, ";", "'"),
    "utf-16.csv": lambda content: records(content.decode("utf-16").encode()),
    "csv.gz": lambda content: records(gzip.decompress(content)),
    "csv.zip": lambda content: records(unzipped(content)),
    "json": lambda content: of_objects(json.loads(content.decode("utf-8-sig"))),
    "ndjson": lambda content: of_objects(
        map(json.loads, filter(str.strip, content.decode("utf-8-sig").split("\n")))
    ),
    "parquet": of_parquet,
    "plain.parquet": of_parquet,
    "sqlite": of_database,
    "sav": of_spss,
    "zsav": of_spss,
}
"""Other readers of a format, which give the cells of its rows."""


def typed(row):
    """The cells of a row as the fields have them; a missing one is none."""
    number, pond, dug = (None if cell == "" else cell for cell in row)
    return (
        None if number is None else int(Decimal(number)),
        pond,
        None if dug is None else dt.date.fromisoformat(dug),
    )


def write(folder, suffix, declared, content):
    """Writes a package of one table in a file with this content."""
    resource = {"name": "t", "path": f"t.{suffix}", "schema": {"fields": FIELDS}, **declared}
    descriptor = {"$schema": PROFILE, "name": "any", "resources": [resource]}
    (folder / f"t.{suffix}").write_bytes(content)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")


def is_valid(folder):
    """Whether a package is; a line that says why it is not judged is an answer too."""
    begun = time.process_time()
    try:
        return validate(folder).valid
    except PackageError as error:
        if len(str(error).splitlines()) != 1:
            raise
        return False
    finally:
        assert time.process_time() - begun < SLOWEST


def rows_of(folder):
    return load(folder)["t"].rows()


def judged(folder, suffix, declared, content, seed):
    """The rows of a file broken by a seed; None if it is not judged valid."""
    random = Random(f"{suffix} {seed}")
    broken = mutated(content, random)
    write(folder, suffix, declared, broken)
    if not is_valid(folder):
        return None
    rows = rows_of(folder)
    if suffix in ORACLES:
        assert rows == [*map(typed, ORACLES[suffix](broken))], (suffix, seed)
    return rows


@pytest.fixture(autouse=True)
def _no_run_without_end():
    faulthandler.dump_traceback_later(STUCK, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_any_file_gets_a_verdict_or_a_line(tmp_path, suffix):
    declared, content = contents(tmp_path)[suffix]
    write(tmp_path, suffix, declared, content)
    assert is_valid(tmp_path)
    rows = rows_of(tmp_path)
    assert len(rows) == len(ROWS)
    assert suffix not in ORACLES or rows == [*map(typed, ORACLES[suffix](content))]
    found = [judged(tmp_path, suffix, declared, content, seed) for seed in range(SEEDS)]
    assert None in found  # some are refused
