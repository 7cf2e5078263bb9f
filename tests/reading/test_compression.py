import gzip
import io
import zipfile
from dataclasses import replace

import pytest

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
        (zipped("a.csv", "b.csv"), "zip", "holds 2 files; a table in a zip file is one file"),
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
