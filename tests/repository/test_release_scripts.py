"""The scripts that make a release, run in a clone of this repository."""

import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from support.places import ROOT
from support.tools import needs

VERSION = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)[1]
PROGRAMS = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
IDENTITY = ("-c", "user.name=T", "-c", "user.email=t@example.org")

pytestmark = pytest.mark.xdist_group("r-package")


def git(folder, *arguments):
    subprocess.run(["git", *IDENTITY, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path):
    """A clone without tags, whose changelog has nothing that waits for a release."""
    needs("bash")
    git(tmp_path, "clone", "--quiet", "--no-tags", str(ROOT), "clone")
    folder = tmp_path / "clone"
    changelog = folder / "CHANGELOG.md"
    text = changelog.read_text("utf-8")
    released = re.sub(r"^## \[?Unreleased\]?.*?(?=^## )", "", text, flags=re.M | re.S | re.I)
    changelog.write_text(released, "utf-8", newline="\n")
    git(folder, "commit", "--all", "--allow-empty", "--quiet", "--message", "release")
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


def test_a_release_has_the_packages_for_python_and_r_and_is_the_same_again(clone):
    needs("R")
    names = {}
    for folder in ("dist", "again"):
        done = script(clone, "release", folder)
        assert done.returncode == 0, done.stdout + done.stderr
        names[folder] = {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest()
            for file in (clone / folder).iterdir()
        }
    first, second = names["dist"], names["again"]
    built = {
        f"alliance_claims-{VERSION}-py3-none-any.whl",
        f"alliance_claims-{VERSION}.tar.gz",
        f"allianceclaims_{VERSION}.tar.gz",
    }
    assert built <= first.keys()
    assert first.keys() == second.keys()
    differing = {name for name in first if first[name] != second[name]}
    assert differing <= {f"alliance-claims-{VERSION}.duckdb", "SHA256SUMS"}
    page = (clone / "dist" / "README.md").read_text("utf-8")
    assert (ROOT / "docs" / "before-use.md").read_text("utf-8").strip() in page


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
