"""The command and its folder; what is never shown; what is shown of faults."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner
from support.made import PROFILE, change_descriptor, one_table
from support.places import PACKAGES
from support.site import build

from validate import PackageError, validate
from validate._src.cli.main import main
from validate._src.publish.formats import FORMATS
from validate._src.site import limits
from validate._src.site import site as site_module
from validate._src.site.pages import pages_of

HOSTILE = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='x", "&amp;",
    "{{ 7 * 7 }}{% raw %}", "a\x07b\u202ec", "javascript:alert(1)", "two\nlines", "  ",
    "</td></tr></table>", "<!--", "]]>", "\ufeffx", "\u2028",
]  # fmt: skip
SECRET = "Tanaka-7f3a"


def bytes_of(folder):
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def run(*arguments):
    return CliRunner().invoke(main, ["site", *map(str, arguments)])


def hostile_package(folder):
    """A package in which all that others write is hostile."""
    name = "<b onclick='x'>{{ field }}</b>"
    fields = [
        {"name": "id", "type": "string", "description": HOSTILE[0], "title": HOSTILE[1]},
        {"name": name, "type": "string", "format": "uri", "example": HOSTILE[0],
         "categories": [{"value": text, "label": HOSTILE[0], "description": text}
                        for text in dict.fromkeys(HOSTILE)]},
        {"name": "parent", "type": "string"},
    ]  # fmt: skip
    key = {"fields": "parent", "reference": {"resource": "", "fields": "id"}}
    schema = {"primaryKey": "id", "foreignKeys": [key], "missingValues": []}
    package, file = one_table(folder, "t.csv", fields, schema=schema, title=HOSTILE[1])
    quoted = ['"' + text.replace('"', '""') + '"' for text in HOSTILE]
    rows = "".join(f"{cell},{cell},{cell}\n" for cell in quoted)
    file.write_text(f"id,{name},parent\n{rows}", "utf-8")

    def said(descriptor):
        descriptor.update(
            title=HOSTILE[0], description=HOSTILE[1], version='1"><script>', keywords=HOSTILE,
            homepage=HOSTILE[6], licenses=[{"name": HOSTILE[2], "path": HOSTILE[6]}],
            contributors=[{"title": HOSTILE[1], "path": HOSTILE[6]}],
            sources=[{"title": HOSTILE[0], "path": HOSTILE[6]}],
        )  # fmt: skip

    change_descriptor(package, said)
    return package


def test_nothing_that_others_write_is_markup(tmp_path, site_of):
    site, _ = site_of(hostile_package(tmp_path))
    assert len(site.paths) > len(HOSTILE)
    tags = set()
    for path in site.paths:
        page = site.page(path)
        for tag, attributes, _ in page.elements:
            tags.add(tag)
            assert not [name for name in attributes if name.startswith("on")], (path, tag)
        assert not [link for link in page.links if link.startswith("javascript:")], path
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", page.html), path
    assert tags.isdisjoint({"img", "br", "iframe"})
    assert len(site.page("index.html").texts("script")) == 3
    for text in HOSTILE[:5]:
        assert text in site.page("tables/t/index.html").text


@pytest.fixture
def secret(tmp_path):
    """A package with a restricted field, that a key and a foreign key name."""
    people = [
        {"name": "name", "type": "string", "restricted": True, "example": SECRET},
        {"name": "town", "type": "string"},
    ]
    visits = [{"name": "visit", "type": "string"}, {"name": "who", "type": "string"},
              {"name": "day", "type": "date"}]  # fmt: skip
    key = {"fields": "who", "reference": {"resource": "people", "fields": "name"}}
    resources = [
        {"name": "people", "path": "people.csv",
         "schema": {"fields": people, "primaryKey": "name"}},
        {"name": "visits", "path": "visits.csv",
         "schema": {"fields": visits, "primaryKey": "visit", "foreignKeys": [key]}},
        {"name": "inline", "data": [{"name": SECRET}],
         "schema": {"fields": [{"name": "name", "type": "string", "restricted": True}]}},
    ]  # fmt: skip
    descriptor = {"$schema": PROFILE, "name": "secret", "resources": resources}
    package = tmp_path / "package"
    package.mkdir()
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (package / "people.csv").write_text(f"name,town\n{SECRET},Otaru\n", "utf-8")
    (package / "visits.csv").write_text(f"visit,who,day\nv1,{SECRET},soon\n", "utf-8")
    return package


def test_a_restricted_value_is_nowhere(secret, site_of):
    site, said = site_of(secret)
    assert any("restricted" in one for one in said)
    for path, content in bytes_of(site.folder).items():
        assert SECRET.encode() not in content, path
        assert SECRET.lower() not in path.lower()
    assert "Otaru" in site.text("tables/people/row-2.html")
    assert "visits.csv" in str(sorted(bytes_of(site.folder)))


def test_where_values_may_stand_astray_no_row_is_shown(secret, site_of):
    (secret / "people.csv").write_text(f"name,town\n{SECRET},Otaru,{SECRET}\n", "utf-8")
    site, said = site_of(secret)
    assert any("people is left out: values of restricted fields may stand" in one for one in said)
    for path, content in bytes_of(site.folder).items():
        assert SECRET.encode() not in content, path
    assert "people.csv" not in str(sorted(bytes_of(site.folder)))
    assert "Not shown: values of restricted fields may stand" in site.page("index.html").text


def test_the_same_package_makes_the_same_bytes(sites, tmp_path):
    for name in ("valid-verifications", "valid-edtf"):
        again, _ = build(PACKAGES / name, tmp_path / name)
        assert bytes_of(again.folder) == bytes_of(sites(name).folder)


def test_where_the_package_lies_is_not_said(tmp_path):
    shutil.copytree(PACKAGES / "primary-key-twice", tmp_path / "far" / "away")
    first, _ = build(PACKAGES / "primary-key-twice", tmp_path / "first")
    second, _ = build(tmp_path / "far" / "away", tmp_path / "second")
    assert bytes_of(first.folder) == bytes_of(second.folder)
    assert "downloads/findings.csv" in bytes_of(first.folder)


def test_findings_are_shown_with_their_rows(sites):
    site = sites("primary-key-twice")
    page = site.page("validation.html")
    report = validate(PACKAGES / "primary-key-twice")
    assert page.texts("p", class_="badge bad") == [report.standing.capitalize()]
    for finding in report:
        assert finding.said in page.text
    rows = [link for link in page.links if link.startswith("tables/")]
    assert rows
    for part in report.checked:
        assert part.what in page.texts("dt")
    for part in report.not_checked:
        assert part.why in page.text


def test_the_command_writes_a_site_and_says_so(tmp_path):
    result = run(PACKAGES / "valid-edtf", "--output", tmp_path / "out", "--to", "sqlite")
    assert (result.exit_code, result.stderr) == (0, "")
    pages = len([*(tmp_path / "out").rglob("*.html")])
    assert result.stdout.splitlines()[-1].endswith(f"out: {pages} pages of valid-edtf, valid")
    assert (tmp_path / "out" / "downloads" / "valid-edtf.sqlite").is_file()


def test_a_package_with_errors_has_its_site(tmp_path):
    result = run(PACKAGES / "file-absent", "--output", tmp_path / "out", "--to", "xlsx")
    assert result.exit_code == 0
    assert "xlsx is not offered: " in result.stdout
    assert (tmp_path / "out" / "validation.html").is_file()


def test_of_a_package_with_errors_the_files_are_offered_as_they_are(site_of):
    package = PACKAGES / "cell-extra"
    site, said = site_of(package, to=["sqlite"])
    page = site.page("downloads.html")
    assert "sqlite is not offered: the package is not valid" in page.text
    files = site.folder / "downloads" / "files"
    copies = [file for file in files.rglob("*") if file.is_file()]
    assert copies
    for copy in copies:
        name = copy.relative_to(files).as_posix()
        assert copy.read_bytes() == (package / name).read_bytes()
        assert f"downloads/files/{name}" in page.links
    assert said[-1].endswith("not valid, 1 error in 1 file")


def test_of_a_valid_package_the_tables_are_offered_alone(sites):
    assert not (sites("valid-edtf").folder / "downloads" / "files").exists()


def test_files_with_restricted_values_are_not_offered(secret, site_of):
    """Its visits have a text that is no date."""
    site, _ = site_of(secret)
    assert not (site.folder / "downloads" / "files").exists()
    text = site.page("downloads.html").text
    assert "The files are not offered as they are: some of its fields are restricted" in text


def test_files_of_a_schema_that_cannot_be_read_are_not_offered(tmp_path, site_of):
    """It may say that fields are restricted."""
    package, file = one_table(tmp_path, "t.csv", [{"name": "a", "type": "string"}])
    file.write_text(f"a\n{SECRET}\n", "utf-8")
    change_descriptor(
        package, lambda descriptor: descriptor["resources"][0].update(schema="absent.json")
    )
    site, _ = site_of(package)
    assert "the schema of t cannot be read" in site.page("downloads.html").text
    for path, content in bytes_of(site.folder).items():
        assert SECRET.encode() not in content, path


def test_a_format_that_cannot_hold_the_package_is_said_and_the_others_are_offered(
    tmp_path, site_of
):
    package, file = one_table(tmp_path, "t.csv", [{"name": "a", "type": "string"}])
    file.write_text("a\nb\n", "utf-8")
    change_descriptor(
        package, lambda descriptor: descriptor["resources"][0].update(name="sqlite_t")
    )
    site, said = site_of(package, to=["sqlite", "parquet"])
    why = "sqlite is not offered: sqlite_t: SQLite keeps names in sqlite_ for itself"
    assert why in site.page("downloads.html").text
    assert why in said
    assert [path for path in bytes_of(site.folder) if path.endswith(".sqlite")] == []
    assert [path for path in bytes_of(site.folder) if path.endswith(".parquet")] != []


def test_why_a_format_is_not_offered_does_not_say_where_the_package_lies(tmp_path, site_of):
    package, file = one_table(tmp_path, "t.json", [{"name": "a", "type": "string"}])
    file.write_text('[{"a": "b"}]', "utf-8")
    site, _ = site_of(package, to=["csvw"])
    text = site.page("downloads.html").text
    assert "csvw is not offered: " in text
    assert str(tmp_path) not in text


@pytest.mark.parametrize(
    ("package", "options", "said"),
    [
        ("descriptor-missing", (), "datapackage.json"),
        ("valid-edtf", ("--to", "pdf"), 'there is no format "pdf"'),
        ("valid-edtf", ("--sources", "nowhere"), "declares no text anchors"),
    ],
)
def test_what_leaves_nothing_to_judge_makes_no_site(package, options, said, tmp_path):
    result = run(PACKAGES / package, "--output", tmp_path / "out", *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "out").exists()
    assert [*tmp_path.iterdir()] == []


def test_only_an_empty_folder_or_a_site_is_replaced(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    build(PACKAGES / "valid-edtf", folder)
    first = bytes_of(folder)
    (folder / "stale.html").write_text("old")
    build(PACKAGES / "valid-edtf", folder)
    assert bytes_of(folder) == first
    (folder / "site.json").unlink()
    with pytest.raises(PackageError, match="not empty, and no site"):
        build(PACKAGES / "valid-edtf", folder)
    assert (folder / "index.html").exists()
    with pytest.raises(PackageError, match="is a file"):
        build(PACKAGES / "valid-edtf", folder / "index.html")
    with pytest.raises(PackageError, match="no folder to put it in"):
        build(PACKAGES / "valid-edtf", tmp_path / "a" / "b")


def test_a_site_that_fails_leaves_the_old_one(tmp_path, monkeypatch):
    folder = tmp_path / "out"
    build(PACKAGES / "valid-edtf", folder)
    first = bytes_of(folder)

    def failing(*arguments):
        yield from [*pages_of(*arguments)][:2]
        raise RuntimeError("in the middle")

    monkeypatch.setattr(site_module, "pages_of", failing)
    with pytest.raises(RuntimeError):
        build(PACKAGES / "valid-edtf", folder)
    assert bytes_of(folder) == first
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


def test_the_csv_files_are_a_package_by_themselves(sites):
    for name in ("valid-verifications", "valid-edtf", "all-types"):
        folder = sites(name).folder / "downloads" / "tables"
        report = validate(folder)
        assert report.valid, str(report)


def test_every_format_of_exports_can_be_offered(site_of):
    site, _ = site_of(PACKAGES / "valid-edtf", to=[*FORMATS])
    page = site.page("downloads.html")
    offered = {link for link in page.links if link.startswith("downloads/")}
    there = {path for path in bytes_of(site.folder) if path.startswith("downloads/")}
    assert offered == there
    assert len(there) > len(FORMATS)


def test_of_a_large_table_rows_have_anchors(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MOST_ROW_PAGES", 2)
    monkeypatch.setattr(limits, "ROWS_A_PART", 2)
    fields = [{"name": "id", "type": "integer"}, {"name": "next", "type": "integer"}]
    key = {"fields": "next", "reference": {"resource": "", "fields": "id"}}
    package, file = one_table(tmp_path, "t.csv", fields,
                              schema={"primaryKey": "id", "foreignKeys": [key]})  # fmt: skip
    file.write_text("id,next\n1,5\n2,1\n3,\n4,4\n5,1\n", "utf-8")
    site, _ = build(package, tmp_path / "site")
    own = [path for path in site.paths if path.startswith("tables/")]
    assert own == [f"tables/t/{name}.html" for name in ("index", "part-2", "part-3")]
    first = site.page("tables/t/index.html")
    assert "../t/part-3.html#row-5" in first.links
    assert "../t/index.html#row-1" in first.links
    assert site.page("tables/t/part-3.html").ids.count("row-5") == 1
    assert "part 3" in site.page("tables/t/part-3.html").texts("h1")[0]


def test_fields_without_a_value_are_named_together(tmp_path):
    fields = [{"name": name, "type": "string"} for name in ("id", "depth", "keeper", "note")]
    package, file = one_table(tmp_path, "t.csv", fields, schema={"primaryKey": "id"})
    file.write_text("id,depth,keeper,note\na,,,dry\nb,7,Ana,full\n", "utf-8")
    site, _ = build(package, tmp_path / "site")
    assert site.page("tables/t/a.html").texts("dt")[:3] == ["id", "note", "No value"]
    assert site.page("tables/t/a.html").texts("dd")[2] == "depth, keeper"
    assert "No value" not in site.page("tables/t/b.html").text
