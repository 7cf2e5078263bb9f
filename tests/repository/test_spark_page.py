"""What docs/spark.md says is what is done."""

import re

import pytest
from support.places import ROOT

PAGE = (ROOT / "docs" / "spark.md").read_text("utf-8")


@pytest.fixture
def spark():
    pytest.importorskip("pyspark")
    from validate import spark

    return spark


def test_every_public_name_is_described(spark):
    for name in spark.__all__:
        assert f"`{name}" in PAGE or f"spark.{name}(" in PAGE


def test_the_columns_of_findings_are_those(spark):
    from validate._src.engine.spark.columns import FINDING

    (row,) = re.findall(r"^\| `findings` \|.*$", PAGE, re.MULTILINE)
    assert re.findall(r"`(\w+)`", row)[1:9] == FINDING.names


def test_the_attributes_of_a_report_are_those(spark):
    table = PAGE.partition("| `SparkReport` | |\n|---|---|\n")[2].partition("\n\n")[0]
    named = re.findall(r"^\| (.*?) \|", table, re.MULTILINE)
    names = {name for cell in named for name in re.findall(r"`(\w+)", cell)}
    public = {name for name in dir(spark.SparkReport) if not name.startswith("_")}
    fields = {"findings", "counts", "checked", "not_checked"}
    assert names == public | fields


def test_the_numbers_of_parts_are_those():
    pytest.importorskip("pyspark")
    from validate._src.engine.spark.packages import EACH, MOST_BYTES
    from validate._src.engine.spark.session import RETRIES

    words = {4: "four"}
    assert f"parts, {words[EACH]} for each core" in PAGE
    assert f"as there are {MOST_BYTES // 2**20} MiB in the files" in PAGE
    assert f"judged again, {words[RETRIES]} times at most" in PAGE
