"""What parts have in common: what is noticed of files and descriptors, and what is not."""

import json

import pytest
from support.made import PROFILE, change_descriptor
from support.places import ROOT
from whole.test_packages import FOLDER, PACKAGES

from validate import PackageError
from validate._src.engine import states
from validate._src.engine.asked import Asked
from validate._src.engine.identity import identity_of
from validate._src.engine.states import BETWEEN, BLOCKS, END, HEAD, TAIL, Seen, parts_of


def identity(folder, *, judges=False, **options):
    """That of a part which judges nothing, or all."""
    asked = Asked(path=str(folder), **options)
    package = asked.chosen().package
    seen = Seen(package)
    if judges:
        seen.look_at_all_of(parts_of(package))
    return identity_of(asked, package, seen.states)


@pytest.fixture
def folder(make_package):
    return make_package([{"name": "id"}], "id\n" + "1\n" * 200_000)


def changed_at(folder, place):
    content = bytearray((folder / "t.csv").read_bytes())
    content[place] = ord("2")
    (folder / "t.csv").write_bytes(content)


@pytest.mark.parametrize("place", [3, END - 1, -2, -END])
def test_a_change_at_the_ends_of_a_large_file_is_noticed(folder, place, monkeypatch):
    monkeypatch.setattr(states, "WHOLE", 2 * END + BLOCKS * BETWEEN)
    before = identity(folder)
    assert identity(folder).differs_from(before) is None
    changed_at(folder, place)
    assert identity(folder).differs_from(before) == "is of other data: t.csv is not the same"


def test_a_change_between_the_samples_of_a_large_file_is_not(folder, monkeypatch):
    """The size is the same: docs/parts.md says so."""
    monkeypatch.setattr(states, "WHOLE", 2 * END + BLOCKS * BETWEEN)
    before, size = identity(folder, judges=True), (folder / "t.csv").stat().st_size
    assert size > 2 * END + BLOCKS * BETWEEN
    changed_at(folder, END + BETWEEN + 1)
    assert identity(folder, judges=True).differs_from(before) is None


@pytest.mark.parametrize("place", [HEAD, 100_001, -TAIL - 1])
def test_all_of_a_file_is_looked_at_by_those_who_judge_it(folder, place):
    before, judged = identity(folder), identity(folder, judges=True)
    assert judged.differs_from(before) is None
    changed_at(folder, place)
    assert identity(folder).differs_from(judged) is None
    assert identity(folder, judges=True).differs_from(before) is None
    said = "is of other data: t.csv is not the same"
    assert identity(folder, judges=True).differs_from(judged) == said


@pytest.mark.parametrize("place", [3, HEAD - 1, -2, -TAIL])
def test_the_ends_of_a_file_are_looked_at_by_all(folder, place):
    before = identity(folder)
    changed_at(folder, place)
    assert identity(folder).differs_from(before) == "is of other data: t.csv is not the same"


def test_all_of_a_small_file_is_looked_at_by_all(make_package):
    folder = make_package([{"name": "id"}], "id\n" + "1\n" * 30_000)
    before = identity(folder)
    changed_at(folder, 40_001)
    assert identity(folder).differs_from(before) is not None


def test_files_that_come_go_or_are_called_otherwise_are_named(tmp_path):
    (tmp_path / "d").mkdir()
    for name in ("a", "b"):
        (tmp_path / "d" / f"{name}.csv").write_text("id\n1\n", "utf-8")
    schema = {"fields": [{"name": "id", "type": "integer"}]}
    found = {"name": "t", "path": "d/a.csv", "files": {"pattern": "d/*.csv"}, "schema": schema}
    descriptor = {"$schema": PROFILE, "resources": [found]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    before = identity(tmp_path)
    said = "is of other data: the list of files is not the same (d/c.csv)"
    (tmp_path / "d" / "c.csv").write_text("id\n1\n", "utf-8")
    assert before.differs_from(identity(tmp_path)) == said
    assert identity(tmp_path).differs_from(before) == said
    (tmp_path / "d" / "c.csv").unlink()
    (tmp_path / "d" / "b.csv").rename(tmp_path / "d" / "e.csv")
    said = "is of other data: the list of files is not the same (d/b.csv)"
    assert identity(tmp_path).differs_from(before) == said


def test_a_change_of_the_descriptor_is_noticed(folder):
    before = identity(folder)
    change_descriptor(folder, lambda told: told.update(title="x"))
    assert identity(folder).differs_from(before) == "is of another descriptor or schema"


def test_where_it_lies_does_not_matter(folder, tmp_path_factory, monkeypatch):
    before = identity(folder)
    other = tmp_path_factory.mktemp("other") / "package"
    folder.rename(other)
    assert identity(other) == before
    monkeypatch.chdir(other)
    assert identity(".") == identity("datapackage.json") == before


def test_another_version_is_named(folder):
    own = identity(folder)
    other = json.loads(json.dumps({**own.tool, "Polars": "1.0"}))
    assert type(own)(other, own.options, own.package, own.files).differs_from(own) == (
        f"was made with Polars 1.0, and not {own.tool['Polars']}"
    )


def test_every_package_has_one():
    for name in PACKAGES:
        try:
            assert identity(FOLDER / name) == identity(FOLDER / name)
        except PackageError:
            continue
    assert identity(ROOT).package
