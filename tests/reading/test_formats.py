import gzip
import zipfile
from importlib import import_module
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from support.made import one_table, workbook

from validate import validate
from validate._src.cli.main import main
from validate._src.reading.formats import (
    FORMATS,
    by_path,
    described_formats,
    format_named,
    is_table,
    name_by_media_type,
    why_unreadable,
)


@pytest.mark.parametrize("entry", FORMATS, ids=lambda entry: entry.names[0])
def test_every_entry_names_a_reader(entry):
    module, name = entry.reader.split(":")
    reader = getattr(import_module(f"validate._src.reading.{module}"), name)
    assert callable(reader.batches)


def test_no_name_stands_for_two_formats():
    names = [name for entry in FORMATS for name in entry.names]
    assert len(names) == len({*names})
    assert all(name in format_named(name).names for name in names)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("a.csv", ("csv", "")),
        ("a.CSV.GZ", ("csv", "gz")),
        ("data.2020/a.csv.zip", ("csv", "zip")),
        ("a.ndjson.gzip", ("ndjson", "gz")),
        ("a.b.parquet", ("parquet", "")),
        ("a.gz", ("", "gz")),
        ("a", ("", "")),
        ("a.docx", ("docx", "")),
    ],
)
def test_a_path_says_format_and_compression(path, wanted):
    assert by_path(path) == wanted


@pytest.mark.parametrize("name", ["a.csv", "a.XLSX", "a.jsonl", "folder/a.parq"])
def test_a_name_says_that_a_file_is_a_table(name):
    assert is_table(Path(name))


@pytest.mark.parametrize("name", ["a.json", "a.inline", "a", "a.yaml", "csv"])
def test_a_file_of_another_name_may_be_a_descriptor(name):
    assert not is_table(Path(name))


def test_a_media_type_says_the_format():
    assert name_by_media_type("Text/CSV") == "csv"
    assert name_by_media_type("") == ""
    assert name_by_media_type("text/plain") == ""


def test_what_cannot_be_read_is_told_with_what_can():
    assert why_unreadable("csv") is None
    assert why_unreadable("docx").startswith('files of format "docx" cannot be read; known are csv')
    assert why_unreadable("").startswith("files of no known format cannot be read")


def test_formats_that_are_described_are_those_of_our_own_readers():
    assert described_formats() == [
        *("csv", "tsv", "txt", "json", "ndjson", "jsonl", "parquet", "parq"),
        *("xlsx", "xlsm", "xls", "ods", "sav", "zsav", "sqlite", "sqlite3", "db"),
    ]


@pytest.mark.parametrize("suffix", ["gz", "zip"])
@pytest.mark.parametrize("name", ["t.xlsx", "t.parquet", "t.sqlite", "t.sav", "t.xls", "t.ods"])
def test_a_compressed_file_of_no_text_is_said_to_be_compressed(tmp_path, name, suffix):
    fields = [{"name": "id", "type": "integer"}]
    folder, file = one_table(tmp_path, f"{name}.{suffix}", fields)
    plain = tmp_path / name
    plain.write_bytes(b"")
    if name == "t.xlsx":
        workbook(plain, one=[["id"], [1]])
    elif name == "t.parquet":
        pl.DataFrame({"id": [1]}).write_parquet(plain)
    if suffix == "gz":
        file.write_bytes(gzip.compress(plain.read_bytes()))
    else:
        with zipfile.ZipFile(file, "w") as archive:
            archive.write(plain, name)
    what = f"files of format {name[2:]} are not read compressed; unpack it"
    (finding,) = validate(folder)
    assert (finding.code, finding.path, finding.message) == ("source-error", file.name, what)
    result = CliRunner().invoke(main, ["init", str(file), "--output", str(tmp_path / "new.json")])
    assert result.exit_code == 2
    assert what in result.output
