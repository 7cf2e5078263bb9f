"""The commands and the property of docs/many-files.md and docs/extensions.md do what they say."""

import json
import re
import shlex

import polars as pl
from support.command import run
from support.made import PROFILE
from support.places import ROOT

from validate import validate

PAGE = (ROOT / "docs" / "many-files.md").read_text("utf-8")
EXTENSIONS = (ROOT / "docs" / "extensions.md").read_text("utf-8")
SECTION = EXTENSIONS.partition("## Many files\n")[2].partition("\n## ")[0]


def block(text, language):
    return re.search(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[1]


def test_its_commands_find_the_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for path in block(PAGE, "text").split():
        (tmp_path / path).parent.mkdir(parents=True)
        pl.DataFrame({"id": [1]}).write_parquet(tmp_path / path)
    for number in (1, 2):
        (tmp_path / f"part-{number}.csv").write_text(f"id\n{number}\n", "utf-8")
    fields = [{"name": "year", "type": "year"}, {"name": "id", "type": "integer"}]
    (tmp_path / "claims.json").write_text(json.dumps({"fields": fields}), "utf-8")
    for line in block(PAGE, "sh").splitlines():
        _, *arguments = shlex.split(line)
        result = run(*arguments)
        files = 2 if "part-*.csv" in arguments else 3
        assert (result.exit_code, f"files {files}" in result.output) == (0, True), line


def test_the_property_is_one_that_is_known(tmp_path):
    resource = json.loads(block(SECTION, "json"))
    file = tmp_path / resource["path"]
    file.parent.mkdir(parents=True)
    pl.DataFrame({"pond": ["Reed"]}).write_parquet(file)
    content = {"$schema": PROFILE, "name": "made", "resources": [resource]}
    (tmp_path / "datapackage.json").write_text(json.dumps(content), "utf-8")
    assert validate(tmp_path).valid
