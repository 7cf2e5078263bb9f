"""The codebook holds what the schemas say, and the sources' sentences stand nowhere."""

import csv
import re
import unicodedata
from itertools import accumulate

import pytest
from click.testing import CliRunner
from support.places import ROOT, tracked_files

from validate import load
from validate._src.cli.main import main
from validate._src.tables.sourcetext import canonical

JAPANESE_RUN = 21
ENGLISH_WORDS = 8
# Proper names and fixed titles of more than twenty characters that rows may hold.
NAMES = (
    "インド太平洋における産業基盤強靱化パートナーシップ",
    "Commander of United Nations Command, Combined Forces Command and United States Forces Korea",
)


def test_tables_are_those_of_the_schemas(golden):
    page = ROOT / "docs" / "codebook.md"
    by_hand, heading, _ = page.read_text("utf-8").partition("\n# Tables\n\n")
    made = CliRunner().invoke(main, ["codebook", str(ROOT)]).output
    assert heading
    golden.text(page, by_hand + heading + made)


def titles():
    """Titles of works, and the short expressions that rows quote as facts."""
    tables = load(ROOT)
    for name in ("sources", "documents"):
        yield from tables[name]["title"]
        yield from tables[name]["identifier"].drop_nulls() if name == "documents" else ()
    yield from NAMES


def is_japanese(character):
    return "぀" <= character <= "ヿ" or "一" <= character <= "鿿"


def japanese_runs(text):
    """Every run of that many characters of a canonical text, nearly all of them Japanese."""
    counts = [] if text.isascii() else [*accumulate(map(is_japanese, text), initial=0)]
    for start, (before, after) in enumerate(zip(counts, counts[JAPANESE_RUN:], strict=False)):
        if after - before >= JAPANESE_RUN - 3:
            yield text[start : start + JAPANESE_RUN]


def english_runs(text):
    """Every run of that many English words, in lower case."""
    words = re.findall(r"[a-z]+", unicodedata.normalize("NFKC", text).lower())
    yield from zip(*(words[start:] for start in range(ENGLISH_WORDS)), strict=False)


def runs(texts):
    for text in texts:
        yield from japanese_runs(canonical(text))
        yield from english_runs(text)


@pytest.fixture(scope="module")
def taken(sources):
    """Every run of the source texts."""
    return set(runs(file.read_text("utf-8") for file in sources.glob("*.txt")))


@pytest.fixture(scope="module")
def free():
    """Every run of titles and names, which are facts."""
    return set(runs(titles()))


def texts_of(file):
    """The cells of a table, the whole of any other text."""
    try:
        content = file.read_text("utf-8")
    except UnicodeDecodeError:
        return []
    if file.parent == ROOT / "data":
        return [cell for row in csv.reader(content.splitlines()) for cell in row]
    return [content]


def test_nothing_of_a_source_stands_in_the_repository(taken, free):
    secret = taken - free
    found = {
        file.relative_to(ROOT): secret.intersection(runs(texts_of(file)))
        for file in tracked_files()
    }
    assert {file: parts for file, parts in found.items() if parts} == {}
