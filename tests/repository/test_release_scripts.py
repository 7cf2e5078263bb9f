"""The scripts that make a release, run in a clone of this repository."""

import contextlib
import hashlib
import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import duckdb
import polars as pl
import pytest
from support.places import ROOT
from support.tools import needs

from validate import load

VERSION = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)[1]
PROGRAMS = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
IDENTITY = ("-c", "user.name=T", "-c", "user.email=t@example.org")

pytestmark = pytest.mark.xdist_group("r-package")


def git(folder, *arguments):
    subprocess.run(["git", *IDENTITY, *arguments], cwd=folder, check=True, capture_output=True)


def cloned(folder):
    """A clone without tags, whose changelog has nothing that waits for a release."""
    needs("bash")
    git(folder, "clone", "--quiet", "--no-tags", str(ROOT), "clone")
    changelog = folder / "clone" / "CHANGELOG.md"
    text = changelog.read_text("utf-8")
    released = re.sub(r"^## \[?Unreleased\]?.*?(?=^## )", "", text, flags=re.M | re.S | re.I)
    changelog.write_text(released, "utf-8", newline="\n")
    git(folder / "clone", "commit", "--all", "--allow-empty", "--quiet", "--message", "release")
    return folder / "clone"


@pytest.fixture
def clone(tmp_path):
    return cloned(tmp_path)


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A clone, with its release in `dist`."""
    needs("R")
    folder = cloned(tmp_path_factory.mktemp("released"))
    done = script(folder, "release")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def script(clone, name, *arguments):
    variables = {name: text for name, text in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    return subprocess.run(
        ["bash", f".ci/{name}", *arguments],
        cwd=clone,
        env={**variables, "PATH": PROGRAMS},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_folder_that_has_something_is_told_before_anything_is_built(clone):
    (clone / "dist").mkdir()
    (clone / "dist" / "a.txt").write_text("a", "utf-8")
    done = script(clone, "release")
    assert done.returncode == 2
    said = "dist is there already; move it away, or name a folder: bash .ci/release FOLDER\n"
    assert (done.stdout, done.stderr) == ("", said)


def test_tools_that_are_not_installed_are_told(clone, monkeypatch):
    monkeypatch.setattr(f"{__name__}.PROGRAMS", os.defpath)
    if shutil.which("validate", path=os.defpath):
        pytest.skip("the tools are installed for all")
    done = script(clone, "release")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("pip install --editable . --group dev\n")


def digests(folder):
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def test_a_release_is_the_same_again(released):
    done = script(released, "release", "again")
    assert done.returncode == 0, done.stdout + done.stderr
    first, second = digests(released / "dist"), digests(released / "again")
    assert first.keys() == second.keys()
    differing = {name for name in first if first[name] != second[name]}
    assert differing <= {f"alliance-claims-{VERSION}.duckdb", "SHA256SUMS"}


def test_the_page_has_what_we_say_of_use(released):
    page = (released / "dist" / "README.md").read_text("utf-8")
    assert (ROOT / "docs" / "before-use.md").read_text("utf-8").strip() in page


def from_zip(member, read):
    def claims(file):
        with ZipFile(file) as packed:
            return read(packed.read(member))

    return claims


def from_tar(file):
    with tarfile.open(file) as packed:
        (member,) = (one for one in packed if one.name.endswith("/data/claims.csv"))
        return from_csv(packed.extractfile(member).read())


def from_csv(content):
    return pl.read_csv(content)["claim_id"]


def from_sqlite(file):
    with contextlib.closing(sqlite3.connect(file)) as database:
        return [row[0] for row in database.execute("SELECT claim_id FROM claims")]


def from_duckdb(file):
    with duckdb.connect(file, read_only=True) as database:
        return [row[0] for row in database.sql("SELECT claim_id FROM claims").fetchall()]


def from_workbook(file):
    return pl.read_excel(file, sheet_name="claims", engine="openpyxl")["claim_id"]


READERS = {
    f"alliance-claims-{VERSION}-parquet.zip": from_zip(
        "claims.parquet", lambda content: pl.read_parquet(content)["claim_id"]
    ),
    f"alliance-claims-{VERSION}-csv.zip": from_zip("claims.csv", from_csv),
    f"alliance-claims-{VERSION}.sqlite": from_sqlite,
    f"alliance-claims-{VERSION}.duckdb": from_duckdb,
    f"alliance-claims-{VERSION}.xlsx": from_workbook,
    f"alliance-claims-{VERSION}.zip": from_zip("data/claims.csv", from_csv),
    f"alliance_claims-{VERSION}-py3-none-any.whl": from_zip(
        "alliance_claims/data/claims.csv", from_csv
    ),
    f"alliance_claims-{VERSION}.tar.gz": from_tar,
    f"allianceclaims_{VERSION}.tar.gz": from_tar,
}
WITHOUT_CLAIMS = re.compile(r".*(-metadata\.zip|-diff\.\w+|README\.md|codebook\.md|SHA256SUMS)")


def test_the_same_claims_are_in_every_file(released):
    """In some order: DuckDB has rows that refer to others behind these."""
    expected = sorted(load(released)["claims"]["claim_id"])
    names = {file.name for file in (released / "dist").iterdir()}
    assert {name for name in names if not WITHOUT_CLAIMS.fullmatch(name)} == READERS.keys()
    for name, read in READERS.items():
        assert sorted(read(released / "dist" / name)) == expected, name


def test_old_releases_are_valid_still(clone):
    done = script(clone, "old-releases")
    assert done.returncode == 0, done.stdout + done.stderr
    versions = re.findall(r"^alliance-claims (\S+): valid", done.stdout, re.MULTILINE)
    changelog = (clone / "CHANGELOG.md").read_text("utf-8")
    assert versions == re.findall(r"^## \[(\S+)\][^#]*?^Commit `", changelog, re.M | re.S)
    assert len(versions) >= 3


def test_a_changelog_that_names_no_release_proves_nothing(clone):
    (clone / "CHANGELOG.md").write_text("## [1.0.0]\n", "utf-8")
    done = script(clone, "old-releases")
    assert done.returncode == 1
    assert "names no commit of a release" in done.stderr


def test_an_old_release_that_is_not_valid_fails(clone):
    (clone / "data" / "sources.csv").write_text("source_id\n1\n", "utf-8")
    git(clone, "commit", "--all", "--quiet", "--message", "broken")
    head = subprocess.run(
        ["git", "rev-parse", "--short=7", "HEAD"], cwd=clone, capture_output=True, encoding="utf-8"
    ).stdout.strip()
    (clone / "CHANGELOG.md").write_text(f"## [1.0.0]\n\nCommit `{head}`.\n", "utf-8")
    assert script(clone, "old-releases").returncode == 1


def archive(file, moment, user):
    """A file as R makes one: with a stamp of when and by whom, and times of files."""
    description = f"Package: p\nPackaged: {moment}; {user}\nVersion: 1\n".encode()
    configure = b"Packaged: by hand\n"
    with tarfile.open(file, "w:gz") as packed:
        for name, mode in (("p/DESCRIPTION", 0o644), ("p/configure", 0o755), ("p/a", 0o600)):
            content = description if name == "p/DESCRIPTION" else configure
            member = tarfile.TarInfo(name)
            member.size, member.mode, member.uname = len(content), mode, user
            member.mtime = len(user)
            packed.addfile(member, io.BytesIO(content))
    return file


def settled(file, epoch="1700000000"):
    command = [sys.executable, ROOT / ".ci" / "settle-archive", file]
    subprocess.run(command, env={**os.environ, "SOURCE_DATE_EPOCH": epoch}, check=True)
    return file.read_bytes()


def test_what_r_built_has_the_moment_of_the_release_and_nobody(tmp_path):
    first = settled(archive(tmp_path / "a.tar.gz", "2026-01-01 00:00:00 UTC", "ana"))
    second = settled(archive(tmp_path / "b.tar.gz", "2026-02-02 00:00:00 UTC", "somebody"))
    assert first == second
    with tarfile.open(tmp_path / "a.tar.gz") as packed:
        modes = {member.name: member.mode for member in packed.getmembers()}
        assert modes == {"p/DESCRIPTION": 0o644, "p/a": 0o644, "p/configure": 0o755}
        assert {member.mtime for member in packed.getmembers()} == {1700000000}
        said = packed.extractfile("p/DESCRIPTION").read()
        assert b"\nPackaged: 2023-11-14 22:13:20 UTC; nobody\n" in said
        assert packed.extractfile("p/a").read() == b"Packaged: by hand\n"
