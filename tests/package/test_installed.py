"""Packages that are installed as distributions of Python, found by their names."""

import shutil

import polars as pl
import pytest
from support.command import run
from support.made import one_table

from validate import PackageError, load, schemas, validate
from validate._src.package.installed import GROUP

FIELDS = [{"name": "a", "type": "integer"}]


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Installs distributions, each with a module of its name and an entry point `ponds`."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)
    monkeypatch.chdir(tmp_path)

    def distribution(name, code, entry="ponds", module="place"):
        about = site / f"{name}-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[{GROUP}]\n{entry} = {name}_{module}:where\n")
        (site / f"{name}_{module}.py").write_text(code)

    return distribution


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "somewhere"
    folder.mkdir()
    one_table(folder, "t.csv", FIELDS)
    (folder / "t.csv").write_text("a\n1\n")
    return folder


def why_not(name):
    with pytest.raises(PackageError) as raised:
        load(name)
    return str(raised.value)


@pytest.mark.parametrize("of", ["folder", "descriptor", "zip file"])
def test_a_package_is_found_by_its_name(of, install, package, tmp_path):
    path = {
        "folder": package,
        "descriptor": package / "datapackage.json",
        "zip file": shutil.make_archive(tmp_path / "packed", "zip", package),
    }[of]
    install(f"made{of[0]}", f"where = {str(path)!r}\n")
    assert load("ponds")["t"]["a"].to_list() == [1]
    assert validate("ponds").valid
    assert [*schemas("ponds")] == ["t"]
    assert run("run", "ponds").exit_code == 0


def test_a_path_object_is_a_path_too(install, package):
    install("madepath", f"import pathlib\nwhere = pathlib.Path({str(package)!r})\n")
    assert load("ponds")["t"].height == 1


def test_a_file_or_folder_of_that_name_comes_first(install, package, tmp_path):
    install("madefirst", f"where = {str(package)!r}\n")
    shutil.copytree(package, tmp_path / "ponds")
    (tmp_path / "ponds" / "t.csv").write_text("a\n7\n")
    assert load("ponds")["t"]["a"].to_list() == [7]


def test_what_names_a_folder_is_no_name(install, package):
    install("madefolder", f"where = {str(package)!r}\n", entry="below/ponds")
    assert why_not("below/ponds") == "below/ponds: no such file"


def test_a_name_that_nobody_has_is_a_file_that_is_not_there(install, package):
    install("madeother", f"where = {str(package)!r}\n")
    assert why_not("lakes") == "lakes: no such file"


def test_a_name_of_two_distributions_is_refused(install, package):
    for name in ("madeone", "madetwo"):
        install(name, f"where = {str(package)!r}\n")
    assert why_not("ponds").endswith("have a package of this name: madeone, madetwo")


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("maderaise", "raise RuntimeError('out of order')", "cannot say where it is: RuntimeError"),
        ("madeempty", "", "cannot say where it is: AttributeError"),
        ("madenumber", "where = 5", "gives no path: int"),
        ("madegone", "where = 'absent'", "gives absent, where nothing is"),
    ],
)
def test_a_distribution_that_leads_nowhere_is_named(name, code, said, install):
    install(name, code)
    assert why_not("ponds").startswith(f"ponds: the distribution {name} {said}")


@pytest.mark.parametrize("name", ["pond", "Ponds", "pondss"])
def test_what_is_nearly_a_name_is_told_so(name, install, package):
    install("one", f"where = {str(package)!r}")
    said = "no such file, and no package of this name is installed; did you mean ponds?"
    assert why_not(name) == f"{name}: {said}"
    result = run("run", name)
    assert (result.exit_code, result.stderr) == (2, f"validate: {name}: {said}\n")


@pytest.mark.parametrize("version", [0.4, pl.DataFrame()], ids=["number", "frame"])
def test_a_version_of_another_type_is_refused(version, package):
    with pytest.raises(PackageError, match=r"^version: of type .*; give a text such as 0\.4\.0$"):
        load(package, version=version)


def test_a_version_that_is_empty_is_refused(install, package):
    install("one", f"where = {str(package)!r}")
    with pytest.raises(PackageError, match="ponds: version is empty; name one, or leave it out"):
        load("ponds", version="")
