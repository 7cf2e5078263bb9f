"""Packages in zip files."""

import gc
import gzip
import json
import stat
import struct
import tempfile
import zipfile
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from click.testing import CliRunner

from validate import PackageError, load, validate
from validate._src.cli.main import main
from validate._src.package import zipped
from validate._src.package.belonging import packages_of

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FIELDS = [{"name": "pond_id", "type": "integer"}, {"name": "depth", "type": "number"}]
TABLE = "pond_id,depth\n1,2.5\n2,deep\n"
VALID = "pond_id,depth\n1,2.5\n"


def descriptor(*paths, schema=None, **properties):
    """The text of a descriptor with a table for each path."""
    resources = [
        {"name": f"t{number}", "path": path, "schema": schema or {"fields": FIELDS}}
        for number, path in enumerate(paths)
    ]
    return json.dumps({"$schema": PROFILE, "resources": resources, **properties})


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """Writes a zip file of these entries into the working folder; gives its name.

    What is unpacked goes into a folder of the test, which is looked at.
    """
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))

    def write(*entries, name="ponds.zip"):
        with ZipFile(name, "w", ZIP_DEFLATED) as archive:
            for entry, content in entries:
                archive.writestr(entry, content)
        return name

    yield write
    gc.collect()  # of errors that a test has caught, with what they hold
    assert list(scratch.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["scratch", "work"]


def found(report):
    """Path, row and code of the findings, and what is said of files."""
    return [
        (each.path, each.row, each.code, "" if each.row else each.message)
        for each in report.findings
    ]


@pytest.mark.parametrize("top", ["", "ponds-main/"])
def test_a_package_at_the_top_or_in_the_only_folder(pack, top):
    debris = [("__MACOSX/._datapackage.json", b"x"), (f"{top}.DS_Store", b"x")]
    entries = [
        ("README.md", "beside the folder"),
        (f"{top}datapackage.json", descriptor("data/a.csv", "data/b.csv.gz", schema="s.json")),
        (f"{top}s.json", json.dumps({"fields": FIELDS})),
        (f"{top}data/", ""),
        (f"{top}data/a.csv", TABLE),
        (f"{top}data/b.csv.gz", gzip.compress(TABLE.encode())),
    ]
    report = validate(pack(*debris, *entries))
    assert [(each.path, each.row, each.field) for each in report] == [
        ("data/a.csv", 3, "depth"),
        ("data/b.csv.gz", 3, "depth"),
    ]
    assert report.package == (top.rstrip("/") or "ponds")
    assert report.location == f"ponds.zip/{top}datapackage.json"
    assert report.file("data/a.csv") == f"ponds.zip/{top}data/a.csv"
    assert report.file("elsewhere") == f"ponds.zip/{top}datapackage.json"
    assert [row.cells for row in report.rows(report).values()] == [("2", "deep")] * 2


def test_only_what_is_named_is_unpacked(pack):
    pack(("datapackage.json", descriptor("a.csv")), ("a.csv", VALID), ("photo.jpg", b"x" * 1000))
    report = validate("ponds.zip")
    folder = report.source.file.parent
    sizes = {file.name: file.stat().st_size for file in folder.iterdir()}
    assert (sizes["photo.jpg"], sizes["a.csv"]) == (0, len(VALID))
    assert report.valid


def test_tables_are_loaded_and_commands_read(pack):
    name = pack(("datapackage.json", descriptor("a.csv", name="lakes")), ("a.csv", VALID))
    tables = load(name)
    assert (tables.package, tables["t0"].rows()) == ("lakes", [(1, 2.5)])
    assert CliRunner().invoke(main, ["codebook", name]).stdout.startswith("## `t0`")
    assert packages_of([Path(name)]) == [Path(name)]
    assert packages_of([Path("other.zip")]) == []


def test_other_uses_are_refused_in_a_line(pack):
    name = pack(("datapackage.json", descriptor("a.csv")), ("a.csv", VALID))
    with pytest.raises(PackageError, match=r"^ponds\.zip: a package, which has its schemas"):
        validate(name, schema={"fields": FIELDS})
    for command, said in (
        (["tidy", name], "ponds.zip/datapackage.json: tidy rewrites files in folders"),
        (["init", name], "ponds.zip: a package, which is described"),
    ):
        result = CliRunner().invoke(main, command)
        assert (result.exit_code, said in result.stderr) == (2, True)


def test_names_as_other_programs_write_them(pack):
    """APPNOTE.TXT, 4.4.17 and appendix D."""
    paths = ["data/a.csv", "池.csv", "DATA/A.csv", "data/b%20c.csv"]
    entries = [("data\\a.csv", VALID), ("池.csv", VALID), ("data/b c.csv", VALID)]
    name = pack(("datapackage.json", descriptor(*paths)), *entries)
    changed(name, "池.csv".encode(), flags=0)
    with ZipFile(name) as archive:
        assert {"data\\a.csv", "池.csv".encode().decode("cp437")} < {*archive.namelist()}
    absent, encoded = found(validate(name))
    assert absent == ("DATA/A.csv", None, "source-error", "no such file; there is data/a.csv")
    assert encoded[:3] == ("data/b%20c.csv", None, "encoding-error")


def link(name):
    entry = ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def pipe(name):
    entry = ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFIFO | 0o644) << 16
    return entry


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([(link("a.csv"), "/etc")], "a symbolic link in the zip file, which is not followed"),
        ([(pipe("a.csv"), "")], "not a regular file"),
        ([("a.csv", VALID), ("a.csv", TABLE)],
         "stands twice in the zip file, and which is meant cannot be told"),
        ([("a.csv", VALID), ("./a.csv", TABLE), ("a.csv", VALID)],
         "stands twice in the zip file, and which is meant cannot be told"),
        ([], "no such file"),
        ([("a.csv/b", "")], "not a regular file"),
    ],
)  # fmt: skip
def test_entries_that_are_not_unpacked_are_findings_of_their_resources(pack, entries, message):
    name = pack(("datapackage.json", descriptor("a.csv", "b.csv")), *entries, ("b.csv", TABLE))
    assert found(validate(name)) == [
        ("a.csv", None, "source-error", message),
        ("b.csv", 3, "type-error", ""),
    ]


def test_an_entry_that_nothing_names_is_no_finding(pack):
    name = pack(("datapackage.json", descriptor("a.csv")), ("a.csv", VALID), (link("z"), "/etc"))
    assert validate(name).valid


@pytest.mark.parametrize("entry", ["../a.csv", "/tmp/a.csv", "x/../../a.csv", "C:\\a.csv"])
def test_an_entry_that_leads_out_is_a_finding_whoever_names_it(pack, entry):
    name = pack(("datapackage.json", descriptor("a.csv")), ("a.csv", VALID), (entry, TABLE))
    (fault,) = validate(name)
    assert (fault.resource, fault.code) == ("", "source-error")
    shown = entry.replace("\\", "/")
    assert fault.message == f'the entry "{shown}" leads out of the zip file; it is not unpacked'


def changed(name, where, **values):
    """Sets flags or sizes in the header of an entry and in the table of the zip file."""
    raw = bytearray(Path(name).read_bytes())
    local = raw.index(b"PK\x03\x04", raw.index(where) - 30)
    central = raw.rindex(where) - 46
    for header, flags, size in ((local, 6, 22), (central, 8, 24)):
        if "flags" in values:
            struct.pack_into("<H", raw, header + flags, values["flags"])
        if "size" in values:
            struct.pack_into("<I", raw, header + size, values["size"])
    if "content" in values:
        raw[local + 30 + len(where)] ^= 0xFF
    Path(name).write_bytes(raw)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"flags": 1}, "encrypted in the zip file; unpack it first"),
        ({"content": True}, "cannot be unpacked: "),
        ({"size": 2**31}, "with it, the zip file unpacks to more than 250 times its size"),
    ],
)
def test_an_entry_that_cannot_be_unpacked_is_a_finding(pack, change, message):
    entries = [("datapackage.json", descriptor("a.csv", "b.csv")), ("a.csv", VALID)]
    name = pack(*entries, ("b.csv", TABLE))
    changed(name, b"a.csv", **change)
    fault, judged = found(validate(name))
    assert (fault[0], fault[2], fault[3].startswith(message)) == ("a.csv", "source-error", True)
    assert judged[:3] == ("b.csv", 3, "type-error")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compressions_are_read_and_their_damage_is_a_finding(pack, method):
    pack(("datapackage.json", descriptor("a.csv")))
    with ZipFile("ponds.zip", "a", method) as archive:
        archive.writestr("a.csv", VALID * 100)
    assert [code for _, _, code, _ in found(validate("ponds.zip"))].count("source-error") == 0
    with ZipFile("ponds.zip") as archive:
        entry = archive.getinfo("a.csv")
    raw = bytearray(Path("ponds.zip").read_bytes())
    at = entry.header_offset + 30 + len("a.csv")
    raw[at + 10 : at + entry.compress_size] = b"\xff" * (entry.compress_size - 10)
    Path("ponds.zip").write_bytes(raw)
    ((path, _, code, message),) = found(validate("ponds.zip"))
    assert (path, code, message.startswith("cannot be unpacked: ")) == (
        "a.csv",
        "source-error",
        True,
    )


def test_what_is_needed_is_bounded_as_a_whole(pack, monkeypatch):
    monkeypatch.setattr(zipped, "allowed_size", lambda part: 4000)
    rows = "pond_id,depth\n" + "1,2\n" * 500
    entries = [("datapackage.json", descriptor("a.csv", "b.csv")), ("a.csv", rows), ("b.csv", rows)]
    ((path, _, code, message),) = found(validate(pack(*entries)))
    assert (path, code) == ("b.csv", "source-error")
    assert message.startswith("with it, the zip file unpacks to more than")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([("t.csv", VALID)], "no datapackage.json at its top or in its only folder; unpack"),
        ([("a/datapackage.json", "{}"), ("b/datapackage.json", "{}")],
         "there is a/datapackage.json, b/datapackage.json: unpack the zip file, and name one"),
        ([("a/b/datapackage.json", "{}")], "there is a/b/datapackage.json: unpack"),
        ([("datapackage.json", "{")], "ponds.zip/datapackage.json:1:2: not JSON"),
        ([("p/datapackage.json", "{}")], "datapackage.json: resources: a package has at least"),
        ([(link("datapackage.json"), "p/datapackage.json")],
         "ponds.zip/datapackage.json: a symbolic link in the zip file, which is not followed"),
        ([("datapackage.json", "{}"), ("datapackage.json", "{}"), ("t.csv", VALID)],
         "ponds.zip/datapackage.json: stands twice in the zip file"),
        ([("p/t.csv", VALID), ("p/datapackage.json", "{}"), ("p/datapackage.json", "{}")],
         "ponds.zip/p/datapackage.json: stands twice in the zip file"),
    ],
)  # fmt: skip
def test_a_zip_file_without_a_package_is_one_line(pack, entries, message):
    with pytest.raises(PackageError) as caught:
        validate(pack(*entries))
    assert message in str(caught.value)


def test_what_is_no_zip_file_is_one_line(pack):
    Path("ponds.zip").write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(PackageError, match=r"^ponds\.zip: cannot be unpacked: File is not a zip"):
        validate("ponds.zip")


def test_a_table_in_a_zip_file_is_still_a_table(pack):
    report = validate(pack(("t.csv", TABLE), name="t.csv.zip"), schema={"fields": FIELDS})
    assert [(each.row, each.field) for each in report] == [(3, "depth")]
    assert validate("t.csv.zip").valid


def test_one_resource_is_looked_at_alone(pack):
    name = pack(("datapackage.json", descriptor("a.csv", "b.csv")), ("a.csv", VALID))
    assert validate(name, resources=["t0"]).valid
    result = CliRunner().invoke(main, ["run", name, "--resource", "t1", "--format", "github"])
    assert result.exit_code == 1
    assert "file=ponds.zip/datapackage.json" in result.stdout
