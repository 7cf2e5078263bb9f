import json

import polars as pl
import pytest
from support.made import PROFILE

from validate import validate


@pytest.fixture
def judged(tmp_path):
    """What `--fast` says of a field of which these texts stand in the paths of Parquet files."""

    def judge(field, *texts):
        for text in texts:
            folder = tmp_path / f"f={text}"
            folder.mkdir()
            pl.DataFrame({"id": [1, 2]}).write_parquet(folder / "a.parquet")
        fields = [{"name": "f", **field}, {"name": "id", "type": "integer"}]
        resource = {
            "name": "t",
            "path": f"f={texts[0]}/a.parquet",
            "files": {"pattern": "*/*.parquet"},
            "schema": {"fields": fields},
        }
        descriptor = {"$schema": PROFILE, "name": "made", "resources": [resource]}
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        report = validate(tmp_path, fast=True)
        assert not any("type-error" in one.codes for one in report.not_checked)
        return [(one.path, one.field, one.code, one.rule, one.value, one.row) for one in report]

    return judge


def test_types(judged):
    found = judged({"type": "integer"}, "1", "x", "2")
    assert found == [("f=x/a.parquet", "f", "type-error", None, "x", None)]


def test_constraints(judged):
    field = {"type": "date", "constraints": {"minimum": "2020-01-01", "required": True}}
    null = "__HIVE_DEFAULT_PARTITION__"
    assert sorted(judged(field, "2020-01-01", "2019-12-31", null)) == [
        ("f=2019-12-31/a.parquet", "f", "constraint-error", "minimum", "2019-12-31", None),
        (f"f={null}/a.parquet", "f", "constraint-error", "required", None, None),
    ]


def test_texts_are_decoded(judged):
    field = {"type": "string", "constraints": {"enum": ["São"]}}
    assert judged(field, "S%C3%A3o", "Sao")[0][3:5] == ("enum", "Sao")
