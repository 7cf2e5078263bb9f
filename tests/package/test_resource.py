"""The format of a resource, where only the file within its zip file tells it."""

import zipfile

import pytest

from validate._src.package.folder import Folder
from validate._src.package.resource import format_of, with_format

DEBRIS = "__MACOSX/._ponds.csv"


@pytest.mark.parametrize(
    ("names", "properties", "wanted"),
    [
        (["ponds.tsv"], {}, "tsv"),
        ([DEBRIS, "in/ponds.JSON"], {}, "json"),
        (["ponds.shp"], {}, "shp"),
        (["read.me", "ponds.ndjson"], {}, "ndjson"),
        (["ponds"], {}, "csv"),
        ([], {}, "csv"),
        (["ponds.tsv"], {"format": "csv"}, "csv"),
        (["ponds.tsv"], {"mediatype": "text/csv"}, None),
    ],
)
def test_the_format_within_a_zip_file(tmp_path, names, properties, wanted):
    with zipfile.ZipFile(tmp_path / "ponds.zip", "w") as archive:
        for name in names:
            archive.writestr(name, "a\n1\n")
    properties = {"name": "ponds", "path": "ponds.zip", **properties}
    assert with_format(properties, Folder(tmp_path)).get("format") == wanted


@pytest.mark.parametrize(
    ("path", "properties", "wanted"),
    [
        ("ponds.dat", {"mediatype": "text/csv"}, "csv"),
        ("ponds.dat", {"mediatype": "Text/CSV; charset=utf-8"}, "csv"),
        ("ponds", {"mediatype": "application/json"}, "json"),
        ("export.php", {"mediatype": "text/tab-separated-values"}, "tsv"),
        ("ponds.dat.gz", {"mediatype": "text/csv"}, "csv"),
        ("ponds.dat", {"mediatype": "text/csv", "format": "json"}, "json"),
        ("ponds.tsv", {"mediatype": "text/csv"}, "tsv"),
        ("ponds.dat", {"mediatype": "image/png"}, "dat"),
        ("ponds.dat", {}, "dat"),
    ],
)
def test_a_media_type_tells_the_format_where_no_name_does(path, properties, wanted):
    assert format_of({"path": path, **properties})[0] == wanted


@pytest.mark.parametrize("content", [None, b"PK", b""])
def test_a_zip_file_that_cannot_be_opened_is_left_to_the_reading(tmp_path, content):
    if content is not None:
        (tmp_path / "ponds.zip").write_bytes(content)
    properties = {"name": "ponds", "path": "ponds.zip"}
    assert with_format(properties, Folder(tmp_path))["format"] == "csv"


@pytest.mark.parametrize("properties", [{"path": "ponds.csv.zip"}, {"path": "ponds.gz"}])
def test_other_resources_stay_as_they_are(tmp_path, properties):
    assert with_format(properties, Folder(tmp_path)) is properties
