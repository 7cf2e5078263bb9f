"""The page on differences shows what the command prints."""

import json
import re

from support.command import run
from support.golden import with_blocks
from support.places import ROOT
from support.versions import ROWS, changed, write

PAGE = ROOT / "docs" / "diff.md"


def test_examples_are_what_the_command_prints(tmp_path, monkeypatch, golden):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def change(resource):
        resource["schema"]["fields"][2]["constraints"] = {"required": True}

    write(tmp_path / "old", ROWS)
    rows = ["b1,4.50,red", "b2,5.5,black", "b4,7,white"]
    write(tmp_path / "new", rows, changed(change), version="1.1.0")
    shown = "$ validate diff old new\n" + run("diff", "old", "new").stdout
    page = with_blocks(PAGE.read_text("utf-8"), "text", [shown])
    told = run("diff", "old", "new", "--format", "json").stdout
    golden.text(PAGE, with_blocks(page, "json", [told]))


def test_every_column_of_the_csv_is_named():
    named = re.search(r"The columns are (.*)\.$", PAGE.read_text("utf-8"), re.MULTILINE)[1]
    header = run("diff", ROOT, ROOT, "--format", "csv").stdout.splitlines()[0]
    assert re.findall("`(.*?)`", named) == header.split(",")


def test_the_schema_of_the_json_is_where_the_page_says():
    (file,) = set(re.findall(r"\]\(\.\./(\S+\.schema\.json)\)", PAGE.read_text("utf-8")))
    assert json.loads((ROOT / file).read_text("utf-8"))["$id"].startswith("urn:uuid:")
