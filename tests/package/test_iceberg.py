"""Tables of Iceberg."""

import gzip
import json
from decimal import Decimal
from uuid import UUID

import polars as pl
import pytest
from arro3.core import DataType, Field
from pyiceberg.manifest import FileFormat
from support.command import run
from support.iceberg import IcebergTable
from support.made import PROFILE
from support.ponds import FIELDS, SCHEMA, ponds

from validate import PackageError, load, validate
from validate._src.package import laketables

COLUMNS = [(1, "pond_id", "long"), (2, "depth", "double")]


@pytest.fixture
def made(tmp_path):
    """A table without a file."""
    return IcebergTable(tmp_path / "ponds", COLUMNS)


def found(report):
    return sorted(
        (each.path, each.field or "", each.code, each.key or ()) for each in report.findings
    )


def refusal(table):
    with pytest.raises(PackageError) as caught:
        validate(table.folder, schema=SCHEMA)
    return str(caught.value)


def changed(made, **properties):
    """Changes the metadata of a table."""
    (file,) = (made.folder / "metadata").glob("*.metadata.json")
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | properties), "utf-8")


def without(made, name):
    """Takes a property out of the metadata of a table."""
    (file,) = (made.folder / "metadata").glob("*.metadata.json")
    content = json.loads(file.read_text("utf-8"))
    del content[name]
    file.write_text(json.dumps(content), "utf-8")


def test_every_fault_is_found_and_named_by_its_file_and_key(made):
    first = made.write("a.parquet", ponds(1, 1, -1, 2), (1, 2))
    second = made.write("b.parquet", ponds(3, 3, 4, -5), (1, 2))
    made.commit(first, second)
    report = validate(made.folder, schema=SCHEMA)
    assert found(report) == [
        ("data/a.parquet", "depth", "constraint-error", ("2",)),
        ("data/b.parquet", "", "primary-key", ("3",)),
        ("data/b.parquet", "depth", "constraint-error", ("5",)),
    ]
    assert sorted(each.row for each in report.findings) == [3, 5, 7]


def test_files_that_are_not_in_the_current_snapshot_are_not_judged(made):
    old = made.write("a.parquet", ponds(1, -1), (1, 2))
    made.commit(old)
    new = made.write("b.parquet", ponds(1, 1), (1, 2))
    made.commit(new)
    assert validate(made.folder, schema=SCHEMA).valid


def test_columns_are_known_by_their_numbers(made):
    """Apache Iceberg, Table Spec, "Column Projection"."""
    old = pl.DataFrame({"deep": [1.0, -1.0], "id": [1, 2], "gone": ["x", "y"]})
    first = made.write("a.parquet", old, (2, 1, 9))
    second = made.write("b.parquet", ponds(3, -1), (1, 2))
    swapped = pl.DataFrame({"depth": [4], "pond_id": [-9.5]})
    third = made.write("c.parquet", swapped, (1, 2))
    made.commit(first, second, third)
    assert found(validate(made.folder, schema=SCHEMA)) == [
        ("data/a.parquet", "depth", "constraint-error", ("2",)),
        ("data/b.parquet", "depth", "constraint-error", ("3",)),
        ("data/c.parquet", "depth", "constraint-error", ("4",)),
    ]


def test_columns_that_were_added_are_empty_in_older_files(made):
    first = made.write("a.parquet", ponds(1, 1), (1, 2))
    second = made.write("b.parquet", ponds(2, 1, owner=["Ann"]), (1, 2, 3))
    made.fields.append((3, "owner", "string"))
    made.commit(first, second)
    owner = {"name": "owner", "constraints": {"required": True}}
    report = validate(made.folder, schema={"fields": [*FIELDS, owner], "primaryKey": "pond_id"})
    assert found(report) == [("data/a.parquet", "owner", "constraint-error", ("1",))]


def test_a_column_that_a_file_lacks_has_the_value_of_its_partition(tmp_path):
    table = IcebergTable(
        tmp_path / "ponds", [*COLUMNS, (3, "day", "date"), (4, "shore", "string")], (3, 4)
    )
    days = pl.Series(["2024-02-29"]).str.to_date()
    whole = table.write("a.parquet", ponds(1, 1, day=days, shore=["n"]), (1, 2, 3, 4))
    lacking = table.write("b.parquet", ponds(2, 1), (1, 2))
    table.commit((whole, (19782, "n")), (lacking, (19416, "s")))
    fields = [
        *FIELDS,
        {"name": "day", "type": "date", "constraints": {"minimum": "2024-01-01"}},
        {"name": "shore", "constraints": {"enum": ["n"]}},
    ]
    report = validate(table.folder, schema={"fields": fields, "primaryKey": "pond_id"})
    assert found(report) == [
        ("data/b.parquet", "day", "constraint-error", ("2",)),
        ("data/b.parquet", "shore", "constraint-error", ("2",)),
    ]
    assert {each.value for each in report.findings} == {"2023-02-28", "s"}


@pytest.mark.parametrize(
    ("kind", "value", "field", "cell"),
    [
        ("time", 3_723_000_000, {"type": "time"}, "01:02:03"),
        ("timestamp", 0, {"type": "datetime"}, "1970-01-01T00:00:00"),
        ("uuid", UUID(int=1), {"type": "string"}, "AAAAAAAAAAAAAAAAAAAAAQ=="),
        ("decimal(9,2)", Decimal("1.50"), {"type": "number"}, "1.50"),
        ("fixed[2]", b"ab", {"type": "string"}, "YWI="),
        ("boolean", False, {"type": "boolean"}, "false"),
    ],
)
def test_a_value_of_a_partition_is_one_as_files_have(tmp_path, kind, value, field, cell):
    """As Parquet has it: of a UUID the bytes."""
    table = IcebergTable(tmp_path / "ponds", [*COLUMNS, (3, "of", kind)], (3,))
    table.commit((table.write("a.parquet", ponds(1, 1), (1, 2)), (value,)))
    of = {"name": "of", **field, "constraints": {"enum": [cell]}}
    assert validate(table.folder, schema={"fields": [*FIELDS, of]}).valid
    other = of | {"constraints": {"required": True, "enum": ["AA=="]}, "type": "string"}
    assert not validate(table.folder, schema={"fields": [*FIELDS, other]}).valid


def test_a_default_may_be_a_uuid(made):
    default = {"initial-default": str(UUID(int=1))}
    made.fields.append((3, "of", "uuid", *default.items()))
    made.commit(made.write("a.parquet", ponds(1, 1), (1, 2)))
    of = {"name": "of", "constraints": {"enum": ["AAAAAAAAAAAAAAAAAAAAAQ=="]}}
    assert validate(made.folder, schema={"fields": [*FIELDS, of]}).valid


@pytest.mark.parametrize(
    "spec", [{"fieln": []}, {"fields": []}, {"transform": "ideotity"}, {"source-id": 2}]
)
def test_partitions_are_those_that_manifests_were_written_by(tmp_path, spec):
    """By others the column that its file lacks would be empty, and valid."""
    table = IcebergTable(tmp_path / "ponds", [*COLUMNS, (3, "shore", "string")], (3,))
    table.commit((table.write("a.parquet", ponds(1, 1), (1, 2)), ("n",)))
    fields = [*FIELDS, {"name": "shore"}]
    assert validate(table.folder, schema={"fields": fields}).valid
    part = {"source-id": 3, "field-id": 1000, "transform": "identity", "name": "p", **spec}
    one = spec if "fields" in spec or "fieln" in spec else {"fields": [part]}
    changed(table, **{"partition-specs": [{"spec-id": 0, **one}]})
    assert "has other partitions than the metadata say" in refusal(table)
    changed(table, **{"partition-specs": [{"spec-id": 1, "fields": []}], "default-spec-id": 1})
    assert "is of partition spec 0, and the metadata have none" in refusal(table)


def test_files_without_numbers_are_read_by_the_names_that_the_table_maps(made):
    old = made.write("a.parquet", pl.DataFrame({"id": [1], "deep": [-1.0]}), (None, None))
    made.properties["schema.name-mapping.default"] = json.dumps(
        [{"field-id": 1, "names": ["id"]}, {"field-id": 2, "names": ["depth", "deep"]}]
    )
    made.commit(old)
    assert found(validate(made.folder, schema=SCHEMA)) == [
        ("data/a.parquet", "depth", "constraint-error", ("1",))
    ]


def test_files_without_numbers_and_names_are_not_guessed(made):
    path = made.write("a.parquet", ponds(1, 1), (None, None))
    made.commit(path)
    (one,) = validate(made.folder, schema=SCHEMA)
    assert one.code == "source-error"
    assert "no numbers (field ids)" in one.message


def test_what_was_renamed_within_a_column_is_not_guessed(made):
    inner = {
        "type": "struct",
        "fields": [{"id": 4, "name": "now", "required": False, "type": "long"}],
    }
    made.fields.append((3, "size", inner))
    frame = ponds(1, 1, size=[{"old": 1}])
    made.commit(made.write("a.parquet", frame, (1, 2, 3)))
    size = {"name": "size", "type": "object"}
    (one,) = validate(made.folder, schema={"fields": [*FIELDS, size]})
    assert one.code == "source-error"
    assert 'nested in its column "size"' in one.message


def test_lists_and_maps_have_the_columns_of_the_table_whatever_writers_call_their_parts(made):
    size = {
        "type": "struct",
        "fields": [{"id": 5, "name": "long", "required": False, "type": "long"}],
    }
    listed = {"type": "list", "element-id": 4, "element-required": False, "element": size}
    made.fields.append((3, "sizes", listed))
    inner = Field("long", DataType.int64()).with_metadata({"PARQUET:field_id": "5"})
    element = Field("item", DataType.struct([inner])).with_metadata({"PARQUET:field_id": "4"})
    frame = ponds(1, 1, sizes=[[{"long": 1}]])
    made.commit(
        made.write("a.parquet", frame, (1, 2, 3), kinds={"sizes": DataType.large_list(element)})
    )
    schema = {"fields": [*FIELDS, {"name": "sizes", "type": "array"}]}
    assert validate(made.folder, schema=schema).valid
    size["fields"][0]["name"] = "length"
    made.commit("data/a.parquet")
    (one,) = validate(made.folder, schema=schema)
    assert 'nested in its column "sizes" was renamed' in one.message


def test_a_file_has_as_many_rows_as_its_manifest_says(made):
    made.commit(made.write("a.parquet", ponds(1, 1), (1, 2)))
    file = made.folder / "data/a.parquet"
    size = file.stat().st_size
    other = pl.DataFrame(schema={"pond_id": pl.Int64, "depth": pl.Float64})
    made.write("a.parquet", other, (1, 2))
    content = file.read_bytes()
    file.write_bytes(content[:4] + b"\0" * (size - len(content)) + content[4:])
    assert file.stat().st_size == size
    (one,) = validate(made.folder, schema=SCHEMA)
    assert (one.path, one.code) == ("data/a.parquet", "source-error")
    assert one.message == "has 0 rows, and the log of its table says 1"


def test_deleted_rows_are_never_judged_as_if_they_were_there(made):
    path = made.write("a.parquet", ponds(1, 1, -1), (1, 2))
    made.commit(path, deleted=["data/deletes.parquet"])
    assert refusal(made).endswith(
        "rows of it are deleted by files of deletes, which are not read; rewrite its data files "
        "first (rewrite_data_files)"
    )


def test_files_of_other_formats_are_not_passed_over(made):
    path = made.write("a.orc", ponds(1, 1), (1, 2))
    made.commit(path, form=FileFormat.ORC)
    (one,) = validate(made.folder, schema=SCHEMA)
    assert (one.code, one.message) == ("source-error", "a file of ORC; only Parquet is read")


def test_nothing_is_read_outside_of_the_table(made, tmp_path):
    secret = tmp_path / "secret.parquet"
    ponds(7, -1).write_parquet(secret)
    path = made.write("a.parquet", ponds(1, 1), (1, 2))
    made.commit(path, str(secret))
    (one,) = validate(made.folder, schema=SCHEMA)
    assert (one.path, one.code) == (str(secret), "source-error")
    assert one.message == "not in the folder of its table, and so not read"
    made.commit(path, "../secret.parquet")
    (one,) = validate(made.folder, schema=SCHEMA)
    assert (one.path, one.code) == ("../secret.parquet", "source-error")
    assert "leads out of the package's folder" in one.message


def test_a_file_that_went_is_a_finding_and_the_others_are_judged(made):
    first = made.write("a.parquet", ponds(1, -1), (1, 2))
    made.commit(first, "data/b.parquet")
    assert found(validate(made.folder, schema={"fields": FIELDS})) == [
        ("data/a.parquet", "depth", "constraint-error", ()),
        ("data/b.parquet", "", "source-error", ()),
    ]


@pytest.mark.parametrize(
    "location", ["s3a://lake/ponds", "file:/elsewhere/ponds", "/elsewhere/ponds"]
)
def test_a_folder_that_was_moved_is_read_where_it_is(tmp_path, location):
    table = IcebergTable(tmp_path / "ponds", COLUMNS, location=location)
    table.commit(table.write("a.parquet", ponds(1, -1), (1, 2)))
    assert [each.path for each in validate(table.folder, schema=SCHEMA)] == ["data/a.parquet"]


def test_a_table_without_a_snapshot_is_valid_and_has_its_columns(made):
    made.write_metadata("v1.metadata.json")
    assert validate(made.folder, schema=SCHEMA).valid
    assert not validate(made.folder, schema={"fields": FIELDS[:1]}).valid


def test_metadata_may_be_compressed(made):
    made.commit(made.write("a.parquet", ponds(1, -1), (1, 2)))
    (file,) = (made.folder / "metadata").glob("*.metadata.json")
    packed = file.with_name(file.name.replace(".metadata", ".gz.metadata"))
    packed.write_bytes(gzip.compress(file.read_bytes()))
    file.unlink()
    assert len(validate(made.folder, schema=SCHEMA).findings) == 1


def test_a_hint_says_which_metadata_are_current(made):
    old, new = (made.write(f"{at}.parquet", ponds(1, at - 1), (1, 2)) for at in (0, 2))
    made.commit(old)
    (first,) = (file.name for file in (made.folder / "metadata").glob("*.metadata.json"))
    made.commit(new, hint=first)
    assert not validate(made.folder, schema=SCHEMA).valid
    (made.folder / "metadata" / "version-hint.text").write_text("1", "utf-8")
    assert validate(made.folder, schema=SCHEMA).valid


@pytest.mark.parametrize(
    "form",
    ["{name}", "{stem}", "file:///elsewhere/ponds/metadata/{name}", "metadata/{name}\n", "1"],
)
def test_a_hint_may_have_a_number_a_name_or_a_location(made, form):
    old, new = (made.write(f"{at}.parquet", ponds(1, at - 1), (1, 2)) for at in (2, 0))
    made.commit(old)
    (first,) = (file.name for file in (made.folder / "metadata").glob("*.metadata.json"))
    hint = made.folder / "metadata" / "version-hint.text"
    hint.write_text(form.format(name=first, stem=first.removesuffix(".metadata.json")), "utf-8")
    assert validate(made.folder, schema=SCHEMA).valid
    made.commit(new)
    # Behind a number is looked for what was written since, for a name stands that file alone.
    assert validate(made.folder, schema=SCHEMA).valid is (form != "1")


@pytest.mark.parametrize(
    "hint", ["7", "v7", "00007-gone.metadata.json", "../secret", "²", "x\x1b[1m"]
)
def test_a_hint_that_names_nothing_is_not_passed_over(made, hint):
    made.commit(made.write("a.parquet", ponds(1, 1), (1, 2)), hint=hint)
    said = refusal(made)
    assert said.startswith(f'{made.folder}/metadata: version-hint.text names "{hint[0]}')
    assert said.endswith("restore what it names, or delete version-hint.text")
    assert "\x1b" not in said


@pytest.mark.parametrize("hint", [b"\xff\xfe", b"9" * 5000])
def test_a_hint_that_is_damaged_is_one_line(made, hint):
    made.commit(made.write("a.parquet", ponds(1, 1), (1, 2)))
    (made.folder / "metadata/version-hint.text").write_bytes(hint)
    said = refusal(made)
    assert "version-hint.text names" in said
    assert len(said) < 500 + len(str(made.folder))


@pytest.mark.parametrize("mapping", ["[[", "[1]", '[{"field-id": 1}]', "{}}", "[" * 99_999])
def test_a_mapping_of_names_that_is_damaged_is_named(made, mapping):
    made.properties["schema.name-mapping.default"] = mapping
    made.write_metadata("v1.metadata.json")
    said = "its property schema.name-mapping.default is no mapping of names"
    assert refusal(made).endswith(said)


def test_a_list_of_manifests_that_went_is_named_with_its_table(made):
    made.commit(made.write("a.parquet", ponds(1, 1), (1, 2)))
    (file,) = (made.folder / "metadata").glob("snap-*.avro")
    file.unlink()
    assert refusal(made) == f"{made.folder}: metadata/{file.name}: no such file"
    changed(made, location="file:///elsewhere")
    said = f"{made.location}/metadata/{file.name} is not in the folder of the table"
    assert refusal(made) == f"{made.folder}: {said}, and so not read"


def test_a_hint_that_is_empty_is_not_passed_over(made):
    made.commit(made.write("a.parquet", ponds(1, 1), (1, 2)), hint="")
    assert "version-hint.text is empty, so that the current version is not known" in refusal(made)


@pytest.mark.parametrize("cut", [3, 12, 60, -60, -1])
def test_metadata_that_are_compressed_and_cut_are_one_line(made, cut):
    made.commit(made.write("a.parquet", ponds(1, 1), (1, 2)))
    (file,) = (made.folder / "metadata").glob("*.metadata.json")
    file.write_bytes(gzip.compress(file.read_bytes())[:cut])
    assert f"not a table of Iceberg that is whole: metadata/{file.name}: " in refusal(made)


def test_of_two_metadata_of_one_version_none_is_guessed(made):
    made.write_metadata("00001-a.metadata.json")
    made.write_metadata("00001-b.metadata.json")
    assert "are of one version; which is current, only a catalog knows" in refusal(made)


@pytest.mark.parametrize("content", ["{", "[]", '{"format-version": 9}', "\udc80"])
def test_metadata_that_are_damaged_are_one_line(made, content):
    file = made.folder / "metadata" / "v1.metadata.json"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    said = refusal(made)
    assert said.startswith(f"{made.folder}: not a table of Iceberg that is whole: metadata/v1.")
    assert len(said) < 400 + len(str(made.folder))


def test_a_snapshot_is_current_where_metadata_say_so_in_one_voice(made):
    made.commit(made.write("a.parquet", ponds(1, -1), (1, 2)))
    branch = {"snapshot-id": 7, "type": "branch"}
    changed(made, refs={"main": branch})
    assert not validate(made.folder, schema=SCHEMA).valid
    changed(made, refs={"main": branch | {"snapshot-id": 8}})
    assert "its current snapshot is 7, and the main branch is at 8" in refusal(made)
    without(made, "current-snapshot-id")
    assert "its current snapshot is not named, and the main branch is at 8" in refusal(made)
    changed(made, refs={})
    said = "it has snapshots, and does not say which is current (current-snapshot-id)"
    assert said in refusal(made)
    changed(made, **{"current-snapshot-id": -1})  # of a table that was replaced by an empty one
    assert validate(made.folder, schema=SCHEMA).valid


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ([(1, "pond_id"), (9, "depth")], "has the number 9, and the last that was given is 2"),
        ([(1, "pond_id"), (1, "depth")], "two columns of its schema have one number"),
        ([], "its schema has no column"),
    ],
)
def test_a_number_that_was_never_given_to_a_column_is_not_looked_for_in_files(made, fields, said):
    """In none is it found, so that all its cells would be empty, and valid."""
    made.commit(made.write("a.parquet", ponds(1, -1), (1, 2)))
    listed = [
        {"id": number, "name": name, "required": False, "type": "long"} for number, name in fields
    ]
    changed(made, schemas=[{"type": "struct", "schema-id": 0, "fields": listed}])
    assert said in refusal(made)


def test_a_summary_that_says_nothing_of_what_was_done_is_no_warning(made):
    made.commit(made.write("a.parquet", ponds(1, 1), (1, 2)))
    (file,) = (made.folder / "metadata").glob("*.metadata.json")
    (snapshot,) = json.loads(file.read_text("utf-8"))["snapshots"]
    changed(made, snapshots=[snapshot | {"summary": {}}])
    assert validate(made.folder, schema=SCHEMA).valid  # warnings are errors here


@pytest.mark.parametrize("properties", [{"current-snapshot-id": 8}, {"snapshots": []}])
def test_a_current_snapshot_that_is_not_there_is_no_table_without_rows(made, properties):
    made.commit(made.write("a.parquet", ponds(1, -1), (1, 2)))
    changed(made, refs={}, **properties)
    number = properties.get("current-snapshot-id", 7)
    assert f"its current snapshot is {number}, and no snapshot has that number" in refusal(made)


@pytest.mark.parametrize("number", [-1, None])
def test_metadata_may_say_that_there_is_no_snapshot_yet(made, number):
    made.write_metadata("v1.metadata.json")
    changed(made, **{"current-snapshot-id": number})
    assert validate(made.folder, schema=SCHEMA).valid


@pytest.mark.parametrize("within", ["", "properties"])
def test_nesting_without_an_end_is_one_line(made, within):
    deep = "[" * 99_999
    if within:
        made.properties["schema.name-mapping.default"] = deep
    made.write_metadata("v1.metadata.json")
    if not within:
        (made.folder / "metadata" / "v1.metadata.json").write_text(deep, "utf-8")
    assert refusal(made).startswith(f"{made.folder}: not a table of Iceberg that is whole: ")


def test_without_a_schema_the_command_says_what_it_needs(made):
    made.write_metadata("v1.metadata.json")
    result = run("run", made.folder)
    assert result.exit_code == 2
    assert "a table of Iceberg; say what is in it with --schema FILE" in result.stderr


def test_without_its_library_one_line_says_what_to_install(made, monkeypatch):
    made.write_metadata("v1.metadata.json")
    monkeypatch.setattr(laketables, "find_spec", lambda name: None)
    assert refusal(made).startswith(f"{made.folder}: tables of Iceberg need pyiceberg: pip install")


@pytest.mark.parametrize("properties", [{}, {"format": "iceberg"}])
def test_a_table_is_a_resource_of_a_package(made, properties):
    old = pl.DataFrame({"deep": [1.0], "id": [1]})
    first = made.write("a.parquet", old, (2, 1))
    second = made.write("b.parquet", ponds(2, -1), (1, 2))
    made.commit(first, second)
    resource = {"name": "ponds", "path": "ponds", "schema": SCHEMA, **properties}
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [resource]}
    (made.folder.parent / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (one,) = validate(made.folder.parent)
    assert (one.path, one.field, one.key) == ("ponds/data/b.parquet", "depth", ("2",))
    made.commit(first)
    assert load(made.folder.parent)["ponds"].rows() == [(1, 1.0)]
