"""Whatever a file is, `init` ends with a sentence, and `run` goes on from what it wrote."""

import gzip
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
import xlsxwriter
from support.command import run

TABLE = b"id,name,depth\n1,Tern,2.5\n2,Gull,3\n3,Auk,7\n"
POINTER = (
    b"version https://git-lfs.github.com/spec/v1\n"
    b"oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"
)
PAGE = b"<!DOCTYPE html>\n<html><body><table><tr><td>1</td></tr></table></body></html>\n"
FRAME = pl.DataFrame({"id": [1, 2], "name": ["Tern", "Gull"]})


def xlsx():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([["id", "name"], [1, "Tern"], [2, "Gull"]]):
            sheet.write_row(number, 0, cells)
    return content.getvalue()


def archive(**members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, text in members.items():
            packed.writestr(name.replace("_", "."), text)
    return content.getvalue()


def parquet(frame=FRAME):
    content = io.BytesIO()
    frame.write_parquet(content)
    return content.getvalue()


def sav():
    pyreadstat.write_sav(FRAME, "made.sav")
    return Path("made.sav").read_bytes()


def sqlite():
    with closing(sqlite3.connect("made.sqlite")) as database, database:
        database.execute("CREATE TABLE boats (id INTEGER, name TEXT)")
        database.executemany("INSERT INTO boats VALUES (?, ?)", [(1, "Tern"), (2, "Gull")])
    return Path("made.sqlite").read_bytes()


WHOLE = {
    "t.csv": lambda: TABLE,
    "t.tsv": lambda: TABLE.replace(b",", b"\t"),
    "t.csv.gz": lambda: gzip.compress(TABLE * 100),
    "t.csv.zip": lambda: archive(t_csv=TABLE),
    "t.json": lambda: json.dumps(FRAME.to_dicts()).encode(),
    "t.ndjson": lambda: FRAME.write_ndjson().encode(),
    "t.parquet": parquet,
    "t.xlsx": xlsx,
    "t.sav": sav,
    "t.sqlite": sqlite,
}
OTHERS = {
    "absent.csv": lambda: None,
    "folder.csv": lambda: ...,
    "two-tables.csv.zip": lambda: archive(a_csv=TABLE, b_csv=TABLE),
    "empty.csv.zip": archive,
    "empty.csv.gz": lambda: gzip.compress(b""),
    "empty-lines.csv": lambda: b"\n\n\n",
    "header.csv": lambda: b"id,name\n",
    "header-without-end.csv": lambda: b"id,name",
    "header.tsv": lambda: b"id\tname\n",
    "no-columns.parquet": lambda: parquet(pl.DataFrame()),
    "no-rows.parquet": lambda: parquet(FRAME.clear()),
    "no-rows.json": lambda: b"[]",
    "objects-without-keys.json": lambda: b"[{}, {}]",
    "a-number.json": lambda: b"3",
    "deep.json": lambda: b"[" * 100_000,
    "lists.json": lambda: b'[["id", "name"], [1, "Tern"]]',
    "pointer.csv": lambda: POINTER,
    "pointer.parquet": lambda: POINTER,
    "page.csv": lambda: PAGE,
    "page.xls": lambda: PAGE,
    "workbook.csv": xlsx,
    "gzip.csv": lambda: gzip.compress(TABLE),
    "json.csv": lambda: b'[{"id": 1}]',
    "text.xlsx": lambda: TABLE,
    "duplicate-labels.csv": lambda: b"a,a,a,a2\n1,2,3,4\n5,6,7,8\n9,1,2,3\n",
    "empty-labels.csv": lambda: b",,\n1,2,3\n4,5,6\n7,8,9\n",
    "star.csv": lambda: b"*,b\n1,2\n",
    "utf-16.csv": lambda: TABLE.decode().encode("utf-16"),
    "utf-16-be.csv": lambda: TABLE.decode().encode("utf-16-be"),
    "utf-32.csv": lambda: TABLE.decode().encode("utf-32"),
    "mark.csv": lambda: b"\xef\xbb\xbf" + TABLE,
    "carriage-returns.csv": lambda: TABLE.replace(b"\n", b"\r"),
    "mixed-ends.csv": lambda: TABLE.replace(b"\n", b"\r\n", 2),
    "null-characters.csv": lambda: TABLE.replace(b"Gull", b"Gu\0l"),
    "only-null-characters.csv": lambda: bytes(5000),
    "all-bytes.csv": lambda: bytes(range(256)) * 50,
    "one-bad-byte.csv": lambda: TABLE * 2000 + b"9,\xff,1\n",
    "open-quote.csv": lambda: b'id,name\n1,"Tern\n' + b"2,Gull\n" * 500,
    "long-cell.csv": lambda: b"id,name\n1," + b"x" * 300_000 + b"\n",
    "wide.csv": lambda: b",".join(b"c%d" % n for n in range(300)) + (b"\n1" + b",2" * 299) * 3,
    "ragged.csv": lambda: b"a,b\n" + b"".join(b"1," * n + b"1\n" for n in range(50)),
    "titles-alone.csv": lambda: b"A title of it\n\nAnd another one\n",
    "units-alone.csv": lambda: b"depth,time\nm,s\n",
    "spaces.csv": lambda: b"   \n   \n",
    "no-suffix": lambda: TABLE,
    "t.dta": lambda: b"x",
    "datapackage.csv": lambda: b'{"resources": []}',
    "formulas.csv": lambda: b"a,b\n=1+1,@x\n=2+2,-y\n=3,+z\n",
    "far.csv": lambda: b"a,b\n1e999,99999999999999999999\n-1e999,INF\nNaN,1e-999\n",
    "days.csv": lambda: b"a,b\n99999-01-01,0001-01-01\n-0001-01-01,9999-12-31\n10000-01-01,x\n",
}  # fmt: skip


def damaged():
    for name, make in WHOLE.items():
        for kind in ("whole", "empty", "cut", "half", "bent", "junk behind"):
            yield f"{kind} {name}", name, make, kind


def as_damaged(content, kind):
    middle = len(content) // 2
    return {
        "whole": content,
        "empty": b"",
        "cut": content[:-7],
        "half": content[:middle],
        "bent": content[: middle - 8] + b"\xff\x00" * 8 + content[middle + 8 :],
        "junk behind": content + b"\x00\xffjunk",
    }[kind]


CASES = {label: (name, make, kind) for label, name, make, kind in damaged()} | {
    name: (name, make, "whole") for name, make in OTHERS.items()
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ends_with_a_sentence(result):
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (0, 1, 2)
    assert "Traceback" not in result.output
    assert result.output.strip()
    if result.exit_code == 2:
        assert result.output.startswith("validate: ")
        assert result.output.count("\n") == 1


@pytest.mark.parametrize("strict", [(), ("--strict",)], ids=["plain", "strict"])
@pytest.mark.parametrize("label", CASES)
def test_init_ends_with_a_sentence_and_so_does_run(folder, label, strict):
    name, make, kind = CASES[label]
    content = make()
    if content is ...:
        Path(name).mkdir()
    elif content is not None:
        Path(name).write_bytes(as_damaged(content, kind))
    described = run("init", name, *strict)
    ends_with_a_sentence(described)
    assert Path("datapackage.json").exists() == (described.exit_code != 2)
    if described.exit_code != 2:
        checked = run("run")
        ends_with_a_sentence(checked)
        assert checked.exit_code <= described.exit_code  # which a warning makes 1, too


def test_one_bad_cell_of_many_is_named_with_its_line(folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "1000")
    rows = b"".join(b"%d,2.5\n" % number for number in range(300_000))
    Path("t.csv").write_bytes(b"id,depth\n" + rows + b"300000,2.5x\n")
    result = run("init", "t.csv")
    ends_with_a_sentence(result)
    said = 't.depth is string: 300,000 of 300,001 cells are numbers; line 300,002 is "2.5x"'
    assert said in result.output
