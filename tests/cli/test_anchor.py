"""`validate anchor` as a user meets it."""

import csv
import io
import shutil

import pytest
from support.command import run
from support.places import PACKAGES, ROOT

from validate import validate

PASSAGE = "約2万8,500人の米軍"


def test_anchor_gives_what_the_evidence_table_holds(sources):
    result = run("anchor", "nds-explainer-2026", PASSAGE, "--package", ROOT, "--sources", sources)
    (row,) = csv.DictReader(io.StringIO(result.output))
    assert (row["segment"], int(row["end"]) - int(row["start"])) == (
        "22",
        len("約2万8,500人の米軍"),
    )
    assert len(row["sha256"]) == 64


@pytest.mark.parametrize(
    ("source", "passage", "message"),
    [
        ("nds-explainer-2026", "北朝鮮", "occurs 20 times (segment 1 at 6; "),
        ("nds-explainer-2026", "クジラ", "does not occur"),
        ("nds-explainer-2026", "はじめに米国防総省は", "lies in no single segment"),
        ("nds-explainer-2026", " ", "has no characters"),
        ("unknown", "北朝鮮", 'no text of a source "unknown"'),
    ],
)
def test_anchor_refuses_what_is_not_one_place(sources, source, passage, message):
    result = run("anchor", source, passage, "--package", ROOT, "--sources", sources)
    assert result.exit_code == 2
    assert message in result.output


TEXTS = {
    "plain.txt": "Three boats left at dawn.\nTwo came back at noon.\n",
    "cut.txt": "\n  Three  boats\r\n\r\nleft at dawn. Two came\x0c back\u2028at noon.",
}


@pytest.fixture
def texts(tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, "utf-8", newline="")
    return tmp_path


def rows_of(output):
    """The tables in a text, of which an empty line parts two."""
    return [list(csv.DictReader(io.StringIO(part))) for part in output.split("\n\n")]


def test_a_new_source_is_cut_where_its_lines_end(texts):
    """The digests are those that the package with the same text holds."""
    package = PACKAGES / "valid-anchors"
    result = run("anchor", "plain", "--package", package, "--sources", texts)
    assert result.exit_code == 0
    ((source,), segments) = rows_of(result.output)
    (shipped, *_) = rows_of((package / "texts.csv").read_text("utf-8"))[0]
    assert source == {**shipped, "source_id": "plain"}
    (first, second, *_) = rows_of((package / "segments.csv").read_text("utf-8"))[0]
    assert segments == [{**row, "source_id": "plain"} for row in (first, second)]


def test_of_a_line_only_its_end_cuts_and_empty_lines_are_none(texts):
    package = PACKAGES / "valid-anchors"
    result = run("anchor", "cut", "--package", package, "--sources", texts)
    ((source,), segments) = rows_of(result.output)
    assert source["characters"] == "39"
    assert [(row["segment"], row["start"], row["end"]) for row in segments] == [
        ("1", "0", "10"),
        ("2", "10", "39"),
    ]


def test_the_rows_of_a_new_source_are_proved_once_they_are_added(tmp_path):
    package = shutil.copytree(PACKAGES / "valid-anchors", tmp_path / "package")
    new = "A keeper shall be named.\nＡ　ﾗﾝﾌﾟ shall burn.\n"
    (package / "sources" / "charter.txt").write_text(new, "utf-8")
    where = ("--package", package, "--sources", package / "sources")
    source, segments = run("anchor", "charter", *where).output.split("\n\n")
    for name, table in (("texts", source), ("segments", segments)):
        with (package / f"{name}.csv").open("a", encoding="utf-8") as stream:
            stream.write("".join(f"{line}\n" for line in table.splitlines()[1:]))
    report = validate(package, package / "sources")
    assert [*report] == []
    counts = {part.what: part.count for part in report.checked}
    assert (counts["source texts"], counts["digests of segments"]) == (3, 6)


@pytest.mark.parametrize(
    ("source", "content", "message"),
    [
        ("absent", None, "holds no absent.txt"),
        ("../texts", None, "holds no ../texts.txt"),
        ("empty", b" \n\n", "empty.txt: the text has no characters"),
        ("latin", "Ré".encode("latin-1"), "not UTF-8 at byte 1"),
    ],
)
def test_what_is_no_text_is_one_line(texts, source, content, message):
    if content is not None:
        (texts / f"{source}.txt").write_bytes(content)
    package = PACKAGES / "valid-anchors"
    result = run("anchor", source, "--package", package, "--sources", texts)
    assert result.exit_code == 2
    assert message in result.output


def test_a_new_source_needs_anchors_and_a_folder(make_package, texts):
    package = make_package([{"name": "boat"}], "boat\nTern\n")
    result = run("anchor", "plain", "--package", package, "--sources", texts)
    assert "the package declares no text anchors" in result.output
    result = run("anchor", "p", "--package", PACKAGES / "valid-anchors", "--sources", texts / "no")
    assert "no such folder" in result.output


def test_columns_are_called_as_the_first_of_several_spans_calls_them():
    package = PACKAGES / "valid-verifications"
    where = ("--package", package, "--sources", package / "sources")
    result = run("anchor", "charter", "A keeper shall be named.", *where)
    shipped = (package / "omission_spans.csv").read_text("utf-8").replace("o1,", "")
    assert result.output == shipped.replace("item_id,", "")
