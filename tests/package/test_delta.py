"""Tables of Delta."""

import json
import shutil
import string
import struct
from base64 import b85encode

import polars as pl
import pytest
from deltalake import DeltaTable, write_deltalake
from support.command import run
from support.made import PROFILE
from support.ponds import FIELDS, PARTED, SCHEMA, ponds

from validate import PackageError, load, validate
from validate._src.package import laketables


@pytest.fixture
def table(tmp_path):
    """The folder of a table."""
    return tmp_path / "ponds"


def found(report):
    return sorted((each.field or "", each.code, each.key) for each in report.findings)


def refusal(table):
    with pytest.raises(PackageError) as caught:
        validate(table, schema=SCHEMA)
    return str(caught.value)


def files_of(table):
    return sorted(file.name for file in table.glob("**/*.parquet"))


def test_every_fault_is_found_and_named_by_its_file_and_key(table):
    write_deltalake(table, ponds(1, 1, -1, 2))
    first = files_of(table)[0]
    write_deltalake(table, ponds(4, 3, 4, -5), mode="append")
    write_deltalake(table, ponds(4, 1), mode="append")
    report = validate(table, schema=SCHEMA)
    assert found(report) == [
        ("", "primary-key", ("4",)),
        ("depth", "constraint-error", ("2",)),
        ("depth", "constraint-error", ("6",)),
    ]
    (one,) = (each for each in report.findings if each.key == ("2",))
    assert one.path == first
    shown = pl.read_parquet(table / one.path)
    assert shown["depth"].to_list()[1] == -1


def test_files_that_are_not_in_the_current_version_are_not_judged(table):
    write_deltalake(table, ponds(1, -1, -2))
    write_deltalake(table, ponds(3, 1, 2), mode="overwrite")
    (table / "stray.parquet").write_bytes((table / files_of(table)[0]).read_bytes())
    assert len(files_of(table)) == 3
    report = validate(table, schema=SCHEMA)
    assert report.valid
    assert next(one.count for one in report.checked if one.what == "rows") == 2


def test_rows_that_were_deleted_are_not_judged(table):
    write_deltalake(table, ponds(1, -1, 2, 3))
    DeltaTable(table).delete("depth < 0")
    assert validate(table, schema=SCHEMA).valid


@pytest.mark.parametrize("shore", ["north", "a b/c=d%20e", "höhe", None])
def test_partitions_are_those_of_the_log(table, shore):
    write_deltalake(
        table,
        ponds(1, 1, -1, shore=pl.Series([shore] * 2, dtype=pl.String)),
        partition_by=["shore"],
    )
    required = [*FIELDS, {"name": "shore", "constraints": {"enum": ["north"], "required": True}}]
    report = validate(table, schema={"fields": required})
    depths = [each for each in report.findings if each.field == "depth"]
    shores = {each.value for each in report.findings if each.field == "shore"}
    assert [each.row for each in depths] == [3]
    assert shores == (set() if shore == "north" else {shore})


def test_partitions_of_numbers_and_dates_are_judged_by_their_types(table):
    days = pl.Series(["2024-02-29", "2023-02-28"]).str.to_date()
    write_deltalake(table, ponds(1, 1, 2, day=days, level=[1, -7]), partition_by=["day", "level"])
    fields = [
        *FIELDS,
        {"name": "day", "type": "date", "constraints": {"minimum": "2024-01-01"}},
        {"name": "level", "type": "integer", "constraints": {"minimum": 0}},
    ]
    report = validate(table, schema={"fields": fields, "primaryKey": "pond_id"})
    assert found(report) == [
        ("day", "constraint-error", ("2",)),
        ("level", "constraint-error", ("2",)),
    ]


def test_columns_that_were_added_are_empty_in_older_files(table):
    write_deltalake(table, ponds(1, 1, 2))
    write_deltalake(table, ponds(3, 3, owner=["Ann"]), mode="append", schema_mode="merge")
    owner = {"name": "owner", "type": "string"}
    assert validate(table, schema={"fields": [*FIELDS, owner]}).valid
    owner["constraints"] = {"required": True}
    report = validate(table, schema={"fields": [*FIELDS, owner]})
    assert [(each.field, each.code) for each in report.findings] == [
        ("owner", "constraint-error")
    ] * 2


def test_a_checkpoint_is_read(table):
    for at in range(3):
        write_deltalake(table, ponds(at, at - 1.0), mode="append")
    DeltaTable(table).create_checkpoint()
    for file in (table / "_delta_log").glob("*.json"):
        file.unlink()
    assert found(validate(table, schema=SCHEMA)) == [("depth", "constraint-error", ("0",))]


def test_a_table_without_rows_is_valid(table):
    write_deltalake(table, ponds(1, 1))
    DeltaTable(table).delete()
    report = validate(table, schema=SCHEMA)
    assert report.valid
    assert not validate(table, schema={"fields": FIELDS[:1]}).valid


def test_a_file_that_went_is_a_finding_and_the_others_are_judged(table):
    write_deltalake(table, ponds(1, 1))
    write_deltalake(table, ponds(2, -1), mode="append")
    write_deltalake(table, ponds(3, -1), mode="append")
    names = files_of(table)
    (table / names[1]).unlink()
    report = validate(table, schema=SCHEMA)
    assert [(each.path, each.code) for each in report.findings if each.code == "source-error"] == [
        (names[1], "source-error")
    ]
    assert any(each.code == "constraint-error" for each in report.findings) or len(names) == 3


def written_log(table, *actions):
    log = table / "_delta_log"
    with (log / f"{len([*log.glob('*.json')]):020}.json").open("w") as file:
        file.writelines(json.dumps(action) + "\n" for action in actions)


def vector_of(*rows):
    """A deletion vector of some rows, as it stands in a log.

    Source: Delta Transaction Log Protocol, "Deletion Vector Format"; Roaring Bitmap Format.
    """
    bitmap = struct.pack("<IIHHI", 12346, 1, 0, len(rows) - 1, 16)
    bitmap += struct.pack(f"<{len(rows)}H", *rows)
    content = struct.pack("<IQI", 1681511377, 1, 0) + bitmap
    digits = string.digits + string.ascii_letters + ".-:+=^!/*?&<>()[]{}@%$#"
    python = (
        string.digits + string.ascii_uppercase + string.ascii_lowercase + "!#$%&()*+-;<=>?@^_`{|}~"
    )
    return b85encode(content).decode().translate(str.maketrans(python, digits))


def protocol(*features):
    return {
        "protocol": {
            "minReaderVersion": 3,
            "minWriterVersion": 7,
            "readerFeatures": [*features],
            "writerFeatures": [*features],
        }
    }


def test_deleted_rows_are_never_judged_as_if_they_were_there(table):
    """Delta Transaction Log Protocol, "Deletion Vectors": the second and third row are deleted."""
    write_deltalake(table, ponds(1, 1, -1, -1))
    (name,) = files_of(table)
    size = (table / name).stat().st_size
    vector = {
        "storageType": "i",
        "pathOrInlineDv": vector_of(1, 2),
        "sizeInBytes": 36,
        "cardinality": 2,
    }
    add = {"path": name, "partitionValues": {}, "size": size, "modificationTime": 0}
    add["stats"] = json.dumps({"numRecords": 3})
    removed = {"path": name, "deletionTimestamp": 1, "dataChange": True}
    written_log(
        table,
        protocol("deletionVectors"),
        {"remove": removed},
        {"add": {**add, "dataChange": True, "deletionVector": vector}},
    )
    assert "deletion vectors, which are not read" in refusal(table)


def test_deletion_vectors_that_are_not_there_are_no_reason_to_refuse(table):
    write_deltalake(table, ponds(1, -1))
    written_log(table, protocol("deletionVectors"))
    assert found(validate(table, schema=SCHEMA)) == [("depth", "constraint-error", ("1",))]


@pytest.mark.parametrize("feature", ["rowsInAnotherOrder"])
def test_features_that_are_not_known_are_refused(table, feature):
    write_deltalake(table, ponds(1, 1))
    written_log(table, protocol(feature))
    with pytest.raises(PackageError, match=feature):
        validate(table, schema=SCHEMA)


@pytest.mark.parametrize("mode", ["delta.columnMapping.mode", "delta.columnMapping.modf"])
def test_columns_that_have_other_names_in_files_are_refused(table, mode):
    """Were a wrong byte in that property a table without mapping, all cells would be empty."""
    write_deltalake(table, ponds(1, 1))
    log = table / "_delta_log" / f"{0:020}.json"
    actions = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    for action in actions:
        if "metaData" in action:
            action["metaData"]["configuration"][mode] = "name"
            schema = json.loads(action["metaData"]["schemaString"])
            for number, field in enumerate(schema["fields"], 1):
                field["metadata"] = {
                    "delta.columnMapping.id": number,
                    "delta.columnMapping.physicalName": f"col-{number}",
                }
            action["metaData"]["schemaString"] = json.dumps(schema)
        if "protocol" in action:
            action["protocol"] = protocol("columnMapping")["protocol"]
    log.write_text("".join(json.dumps(action) + "\n" for action in actions), "utf-8")
    assert "its columns have other names in its files (column mapping)" in refusal(table)


DAMAGED = {
    b"{": "Json error",
    b"[1]\n": "Json error",
    b"\0" * 99: "Json error",
    b'{"add": {"path": 5}}\n': "whilst decoding field 'add'",
    b"": f"_delta_log/{1:020}.json has 0 bytes, and a commit says something",
}


@pytest.mark.parametrize("content", DAMAGED)
def test_a_log_that_is_damaged_is_one_line(table, content):
    """The older version is whole, and not the table."""
    write_deltalake(table, ponds(1, 1))
    write_deltalake(table, ponds(2, -1), mode="append")
    (table / "_delta_log" / f"{1:020}.json").write_bytes(content)
    said = refusal(table)
    assert said.startswith(f"{table}: not a table of Delta that is whole: ")
    assert DAMAGED[content] in said
    assert "unknown" not in said
    assert len(said) < 400 + len(str(table))


def test_a_vector_that_cannot_be_read_is_one(table):
    write_deltalake(table, ponds(1, -1))
    (name,) = files_of(table)
    vector = {"storageType": "u", "pathOrInlineDv": "ab^-aqEH.-t@S}K{vb[*k^", "offset": 4}
    add = {"path": name, "partitionValues": {}, "size": 1, "modificationTime": 0}
    vector |= {"sizeInBytes": 36, "cardinality": 2}
    written_log(
        table,
        protocol("deletionVectors"),
        {"remove": {"path": name, "deletionTimestamp": 1, "dataChange": True}},
        {"add": {**add, "dataChange": True, "deletionVector": vector}},
    )
    assert "deleted by deletion vectors, which are not read" in refusal(table)


def test_nothing_is_read_outside_of_the_table(table, tmp_path):
    write_deltalake(table, ponds(1, 1))
    secret = tmp_path / "secret.parquet"
    ponds(7, -1).write_parquet(secret)
    add = {"partitionValues": {}, "size": 1, "modificationTime": 0, "dataChange": True}
    written_log(table, {"add": {**add, "path": "../secret.parquet"}})
    (one,) = validate(table, schema=SCHEMA)
    assert (one.path, one.code) == ("../secret.parquet", "source-error")
    assert "leads out of the package's folder" in one.message


def test_without_a_schema_the_command_says_what_it_needs(table):
    write_deltalake(table, ponds(1, 1))
    result = run("run", table)
    assert result.exit_code == 2
    assert "a table of Delta; say what is in it with --schema FILE" in result.stderr


def test_without_its_library_one_line_says_what_to_install(table, monkeypatch):
    write_deltalake(table, ponds(1, 1))
    monkeypatch.setattr(laketables, "find_spec", lambda name: None)
    assert refusal(table).startswith(f"{table}: tables of Delta need deltalake: pip install")


@pytest.mark.parametrize("properties", [{}, {"format": "delta"}, {"path": "ponds/"}])
def test_a_table_is_a_resource_of_a_package(table, properties):
    write_deltalake(table, ponds(1, 1, -1, shore=["north", "south"]), partition_by=["shore"])
    resource = {"name": "ponds", "path": "ponds", "schema": PARTED, **properties}
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [resource]}
    (table.parent / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (one,) = validate(table.parent)
    assert (one.field, one.code, one.key) == ("depth", "constraint-error", ("2",))
    assert one.path.startswith("ponds/shore=south/")
    DeltaTable(table).delete("depth < 0")
    assert load(table.parent)["ponds"].rows() == [(1, 1.0, "north")]
    shutil.rmtree(table / "_delta_log")
    (one,) = validate(table.parent)
    assert one.code == "source-error"


def test_what_cannot_be_read_of_a_resource_is_its_finding_alone(table):
    write_deltalake(table, ponds(1, 1))
    written_log(table, protocol("rowsInAnotherOrder"))
    (table.parent / "near.csv").write_text("pond_id\nx\n", "utf-8")
    resources = [
        {"name": "ponds", "path": "ponds", "schema": SCHEMA},
        {"name": "near", "path": "near.csv", "schema": {"fields": FIELDS[:1]}},
    ]
    descriptor = {"$schema": PROFILE, "name": "made", "resources": resources}
    (table.parent / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    first, second = validate(table.parent)
    assert (first.resource, first.code) == ("ponds", "source-error")
    assert "rowsInAnotherOrder" in first.message
    assert (second.resource, second.code) == ("near", "type-error")


@pytest.mark.usefixtures("no_network")
def test_several_processes_find_the_same(table):
    write_deltalake(table, ponds(1, 1, -1))
    write_deltalake(table, ponds(3, -1, 1), mode="append")
    one, two = (validate(table, schema=SCHEMA, jobs=jobs) for jobs in (1, 2))
    assert [*one.findings] == [*two.findings]


def test_structure_and_types_alone_are_judged_fast(table):
    write_deltalake(table, ponds(1, 1, 2, shore=["n", "s"]), partition_by=["shore"])
    assert validate(table, schema=PARTED, fast=True).valid
    other = {"fields": [*FIELDS, {"name": "shore", "type": "integer"}]}
    assert not validate(table, schema=other, fast=True).valid


@pytest.mark.parametrize("cut", [9, 40, -1, -9])
def test_of_a_commit_that_is_cut_the_name_is_said(table, cut):
    for begin in (1, 2):
        write_deltalake(table, ponds(begin, 1), mode="append")
    last = table / "_delta_log" / f"{1:020}.json"
    content = last.read_bytes().rstrip()
    last.write_bytes(content[:cut])
    with pytest.raises(PackageError) as caught:
        validate(table, schema=SCHEMA)
    begin = f"{table}: not a table of Delta that is whole: _delta_log/{last.name}: "
    assert str(caught.value).startswith(begin)


def test_a_file_has_as_many_rows_as_the_log_says(table):
    write_deltalake(table, ponds(1, 1, 2))
    log = table / "_delta_log" / f"{0:020}.json"
    content = log.read_text("utf-8")
    counted = '\\"numRecords\\":2'
    assert counted in content
    log.write_text(content.replace(counted, counted.replace("2", "3")), "utf-8")
    (one,) = validate(table, schema=SCHEMA)
    assert (one.path, one.code) == (files_of(table)[0], "source-error")
    assert one.message == "has 2 rows, and the log of its table says 3"


@pytest.mark.parametrize("cut", [0, 5, 300, -1])
def test_of_a_checkpoint_that_is_cut_the_name_is_said(table, cut):
    write_deltalake(table, ponds(1, 1))
    DeltaTable(table).create_checkpoint()
    (last,) = (table / "_delta_log").glob("*.checkpoint.parquet")
    last.write_bytes(last.read_bytes()[:cut])
    with pytest.raises(PackageError) as caught:
        validate(table, schema=SCHEMA)
    said = f"{table}: not a table of Delta that is whole: _delta_log/{last.name}: "
    assert str(caught.value).startswith(said)


def test_nesting_without_an_end_is_one_line(table):
    write_deltalake(table, ponds(1, 1))
    last = table / "_delta_log" / f"{1:020}.json"
    last.write_text("[" * 99_999, "utf-8")
    with pytest.raises(PackageError, match=f"_delta_log/{last.name} is nested too deep"):
        validate(table, schema=SCHEMA)
