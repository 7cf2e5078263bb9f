"""The commands and the property of docs/many-files.md and docs/extensions.md do what they say."""

import json
import re
import shlex

import polars as pl
from deltalake import write_deltalake
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


def test_its_package_is_one_table_of_all_files(tmp_path):
    (tmp_path / "datapackage.json").write_text(block(PAGE, "json"), "utf-8")
    paths = block(PAGE, "text").split()
    for number, path in enumerate(paths):
        (tmp_path / path).parent.mkdir(parents=True)
        pl.DataFrame({"id": [number]}).write_parquet(tmp_path / path)
    result = run("run", str(tmp_path))
    assert "files 3" in result.output
    assert "__HIVE_DEFAULT_PARTITION__" in result.output  # whose key lacks the year
    (tmp_path / paths[-1]).unlink()
    new = tmp_path / "claims/year=2025/part-0.parquet"
    new.parent.mkdir()
    pl.DataFrame({"id": [9, 9]}).write_parquet(new)
    (one,) = validate(tmp_path)
    assert (one.code, one.row, one.key) == ("primary-key", 5, ("2025", "9"))


def test_files_beside_a_log_are_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_deltalake("dl", pl.DataFrame({"id": [1]}))
    given = re.search(r"`validate run '(dl/.*?)'` ends with one line", PAGE)[1]
    result = run("run", given)
    assert result.exit_code == 2
    assert "a table of Delta, whose log alone says" in result.output


def test_the_property_is_one_that_is_known(tmp_path):
    resource = json.loads(block(SECTION, "json"))
    file = tmp_path / resource["path"]
    file.parent.mkdir(parents=True)
    pl.DataFrame({"pond": ["Reed"]}).write_parquet(file)
    content = {"$schema": PROFILE, "name": "made", "resources": [resource]}
    (tmp_path / "datapackage.json").write_text(json.dumps(content), "utf-8")
    assert validate(tmp_path).valid
