import gzip
import io
import json
import zipfile
from dataclasses import replace

import pytest

from validate import validate
from validate._src.package.descriptor import load_package
from validate._src.reading import compression
from validate._src.reading.compression import compression_named, unpacked
from validate._src.words.errors import PackageError

CONTENT = b"pond\n" + b"Reed\n" * 99


@pytest.fixture
def content(make_package):
    """Gives what a file with these bytes unpacks to."""
    resource = load_package(make_package([{"name": "pond"}], "")).resources["t"]

    def read(data, name):
        resource.files[0].write_bytes(data)
        return b"".join(unpacked(replace(resource, compression=name), resource.parts[0]))

    return read


def zipped(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, CONTENT)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [(CONTENT, ""), (gzip.compress(CONTENT), "gz"), (zipped("folder/", "t.csv"), "zip")],
    ids=["as it is", "gz", "zip"],
)
def test_a_file_is_unpacked(content, data, name):
    assert content(data, name) == CONTENT


def test_a_compression_has_several_names():
    assert [*map(compression_named, ("gz", "gzip", "zip", "rar"))] == ["gz", "gz", "zip", None]


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"PK", "zip", "cannot be unpacked: File is not a zip file"),
        (b"pond", "gz", "cannot be read: Not a gzipped file (b'po')"),
        (gzip.compress(CONTENT)[:-9], "gz", "cannot be unpacked: Compressed file ended"),
        (zipped("a.csv", "b.csv"), "zip", 'holds 2 files: "a.csv", "b.csv"; a table in'),
        (b"", "rar", 'compression "rar" is not known; known are gz, gzip, zip'),
    ],
    ids=["no zip", "no gzip", "cut short", "two files", "unknown"],
)
def test_a_file_that_cannot_be_unpacked_is_one_line(content, data, name, reason):
    with pytest.raises(PackageError) as caught:
        content(data, name)
    assert str(caught.value).startswith(f"t.csv: {reason}")


def test_a_file_that_grows_as_no_table_does_is_refused(content, monkeypatch):
    monkeypatch.setattr(compression, "UNSUSPICIOUS", 100)
    monkeypatch.setattr(compression, "LARGEST_GROWTH", 2)
    with pytest.raises(PackageError, match="unpacks to more than 2 times its size"):
        content(gzip.compress(CONTENT), "gz")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_bzip2_and_lzma_are_unpacked_in_small_steps(content, monkeypatch, method):
    """Of these `zipfile` unpacks all at once that it reads, whatever it grows to."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("t.csv", CONTENT * 1000)
    steps = []
    read = zipfile.ZipExtFile.read

    def watched(member, size=-1):
        steps.append(size)
        return read(member, size)

    monkeypatch.setattr(zipfile.ZipExtFile, "read", watched)
    assert content(file.getvalue(), "zip") == CONTENT * 1000
    assert {*steps} == {2**12}


def test_damage_of_lzma_is_one_line(content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("t.csv", CONTENT)
    damaged = bytearray(file.getvalue())
    damaged[60:70] = b"\xff" * 10
    with pytest.raises(PackageError, match=r"^t\.csv: cannot be unpacked: "):
        content(bytes(damaged), "zip")


@pytest.fixture
def packed(tmp_path):
    """The report on a table in a zip file of two, of which a property may name one."""

    def check(**properties):
        with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
            archive.writestr("notes.txt", "of no interest\n")
            archive.writestr("in/t.csv", "id\n1\nx\n")
        resource = {"name": "t", "path": "t.zip", **properties}
        resource["schema"] = {"fields": [{"name": "id", "type": "integer"}]}
        descriptor = {"name": "p", "resources": [resource]}
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        return [*validate(tmp_path)]

    return check


def test_the_innerpath_of_frictionless_names_the_file_in_a_zip_file(packed):
    (found,) = packed(innerpath="in/t.csv")
    assert (found.code, found.line) == ("type-error", 3)


def test_without_it_the_message_names_the_files_and_the_property(packed):
    (found,) = packed()
    assert found.code == "source-error"
    assert 'holds 2 files: "notes.txt", "in/t.csv"' in found.message
    assert 'unless "innerpath" of the resource says which' in found.message


def test_an_innerpath_that_is_not_there_is_named(packed):
    (found,) = packed(innerpath="u.csv")
    assert '"in/t.csv"; "innerpath" of the resource names "u.csv"' in found.message
