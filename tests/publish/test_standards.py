"""What the tools of other standards read in the metadata, and what they miss."""

import json
import shutil
import subprocess

import pytest
from support.places import ROOT
from support.pondpackage import write_bare, write_rich
from support.tools import standards_python

from validate import load
from validate._src.publish.export import export

pytestmark = pytest.mark.xdist_group("standards")
JUDGE = ROOT / "tests" / "support" / "judge.py"
SHAPES = ROOT / "tests" / "schemas" / "dcat-ap-3.0.1.ttl"
FILES = {
    "croissant.json", "csv-metadata.json", "ro-crate-metadata.json", "dcat.jsonld",
    "datacite.json", "CITATION.cff",
}  # fmt: skip


def judged(package, folder):
    """What the tools say of a package with its metadata beside its descriptor."""
    python = standards_python()
    list(export(package, [f"metadata:{folder / 'metadata'}"]))
    shutil.copytree(folder / "metadata", package, dirs_exist_ok=True)
    command = [python, "-P", JUDGE, package, SHAPES]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert {*found} == FILES
    return found


def faults(found):
    """The faults by file, of those that have any."""
    return {name: one["faults"] for name, one in found.items() if one["faults"]}


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    package = write_rich(tmp_path_factory.mktemp("rich"))
    return package, judged(package, tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    package = tmp_path_factory.mktemp("dataset")
    shutil.copy(ROOT / "datapackage.json", package)
    for folder in ("data", "schemas"):
        shutil.copytree(ROOT / folder, package / folder)
    return package, judged(package, tmp_path_factory.mktemp("out"))


def test_a_package_that_says_all_has_no_faults(rich):
    assert faults(rich[1]) == {}


def test_the_dataset_has_no_faults(dataset):
    assert faults(dataset[1]) == {}


def test_what_a_package_does_not_say_is_missed_and_not_made_up(tmp_path, tmp_path_factory):
    found = faults(judged(write_bare(tmp_path), tmp_path_factory.mktemp("out")))
    missed = {name: " ".join(said) for name, said in found.items()}
    assert {*missed} == {
        "croissant.json", "ro-crate-metadata.json", "dcat.jsonld", "datacite.json"
    }  # fmt: skip
    assert missed["dcat.jsonld"] == "http://purl.org/dc/terms/description"
    assert missed["datacite.json"] == "'publicationYear' is a required property"
    for name in ("datePublished", "license", "version"):
        assert f"schema.org/{name}" in missed["croissant.json"]
    for name in ("`datePublished`", "`description`", "`license`"):
        assert name in missed["ro-crate-metadata.json"]


def test_croissant_gives_the_values_of_the_dataset(dataset):
    package, found = dataset
    rows = found["croissant.json"]["rows"]
    tables = load(package)
    assert {*rows} == {*tables}
    for name, table in tables.items():
        expected = as_read(table)
        if name == "coding_spans":  # of all whose units are numbered, its reader makes numbers
            expected = [{**row, "unit": str(int(row["unit"]))} for row in expected]
        assert rows[name] == expected, name


def test_csvw_gives_the_values_of_the_dataset(dataset):
    package, found = dataset
    rows = found["csv-metadata.json"]["rows"]
    tables = load(package)
    assert {*rows} == {f"data/{name}.csv" for name in tables}
    for name, table in tables.items():
        assert rows[f"data/{name}.csv"] == as_read(table), name


def as_read(table):
    """The rows of a table as JSON has them: a date as a moment, which the tools make of it."""
    columns = {
        column.name: [
            None if value is None else f"{value.isoformat()}T00:00:00" for value in column.to_list()
        ]
        if column.dtype.is_temporal()
        else column.to_list()
        for column in table
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def test_foreign_keys_of_the_dataset_are_joined_by_croissant(dataset):
    package, found = dataset
    references = found["croissant.json"]["references"]
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    said = {(name, field, target) for name, keys in references.items() for field, target in keys}
    declared = set()
    for resource in descriptor["resources"]:
        schema = json.loads((package / resource["schema"]).read_text("utf-8"))
        for key in schema.get("foreignKeys", []):
            (*fields,) = key["fields"]
            target = key["reference"].get("resource", "")
            if len(fields) == 1 and target:
                field = f"{target}/{key['reference']['fields'][0]}"
                declared.add((resource["name"], fields[0], field))
    assert len(said) > 30
    assert said <= declared
    assert {(name, field) for name, field, _ in declared - said} == {
        ("unreported", "demanded_by_id")
    }


PONDS = [
    {
        "pond": 1, "深さ": 2.5, "its name": "Mirror, Pond", "dry": True,
        "dug": "1890-01-02T00:00:00", "seen-at": "2024-01-26T15:00:00", "fish": "carp|eel",
        "into": 2,
    },
    {
        "pond": 2, "深さ": None, "its name": "池", "dry": False, "dug": None, "seen-at": None,
        "fish": None, "into": None,
    },
]  # fmt: skip
LEVELS = [{"level": 1.5, "note": "low"}, {"level": -2.0, "note": None}]
VISITS = [
    {"pond": 1, "day": "2024-01-01T00:00:00", "by": "ada"},
    {"pond": 2, "day": "2024-01-02T00:00:00", "by": "ben"},
]


def test_croissant_reads_files_in_parts_compressed_and_by_tabs(rich):
    found = rich[1]["croissant.json"]
    assert found["rows"] == {
        "ponds": PONDS,
        "visits": VISITS,
        "levels": LEVELS,
        "old": LEVELS,
        "calls": [{"pond": 1, "day": "2024-01-01T00:00:00"}],
    }
    assert {name: keys for name, keys in found["references"].items() if keys} == {
        "visits": [["pond", "ponds/pond"]]
    }


def test_csvw_reads_dialects_lists_and_files_with_and_without_headers(rich):
    rows = rich[1]["csv-metadata.json"]["rows"]
    assert [[*row.values()] for row in rows.pop("data/池.csv")] == [
        [*{**PONDS[0], "fish": ["carp", "eel"]}.values()],
        [*{**PONDS[1], "fish": []}.values()],
    ]
    assert rows == {
        "visits-1.csv": VISITS[:1],
        "visits-2.csv": VISITS[1:],
        "rest-1.csv": [{"level": 1.0, "note": "a"}],
        "rest-2.csv": [{"level": 2.0, "note": "b"}],
        "marked.csv": [{"level": "1.5", "note": "a;b"}, {"level": None, "note": "x"}],
        "calls.tsv": [{"pond": 1, "day": "2024-01-01T00:00:00"}],
    }


def change(file, old, new):
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_the_tools_see_what_is_wrong(rich, tmp_path):
    package, _ = rich
    broken = tmp_path / "broken"
    shutil.copytree(package, broken)
    change(broken / "data" / "池.csv", "\n2,,", "\n1,,")
    change(broken / "CITATION.cff", "2024-05-06", "yesterday")
    change(broken / "datacite.json", '"2024"', '"soon"')
    change(broken / "dcat.jsonld", '"dct:title"', '"dct:headline"')
    change(broken / "ro-crate-metadata.json", '"datePublished"', '"dateUnknown"')
    (broken / "croissant.json").unlink()  # whose digests are wrong: it reads nothing at all
    command = [standards_python(), "-P", JUDGE, broken, SHAPES]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    found = json.loads(done.stdout)
    assert {*faults(found)} == FILES - {"croissant.json"}
    shutil.copy(package / "croissant.json", broken)
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1
    assert "is not identical with the reference in the Croissant JSON-LD" in done.stderr
