"""Releases differ from those before them in what the changelog says."""

import re
import subprocess
from itertools import pairwise

import pytest
from support.places import ROOT
from support.tools import needs

from validate import load
from validate._src.compare.compare import compare

CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
ENTRIES = dict(re.findall(r"^## \[(.+?)\](.*?)(?=^## |\Z)", CHANGELOG, re.M | re.S))
CLAIMS = ("commitments", "figures", "document_mentions", "dates", "positions")
FIND = ROOT / ".ci" / "last-release"


def commit_of(version):
    """The commit that the changelog names for a release; None for one to come."""
    found = re.search(r"^Commit `([0-9a-f]{7,40})`\.$", ENTRIES[version], re.MULTILINE)
    return found and found[1]


def revision_of(version):
    commit = commit_of(version)
    return ROOT if commit is None else f"git:{commit}"


def test_every_release_but_one_to_come_names_its_commit():
    assert all(map(commit_of, [*ENTRIES][1:]))


@pytest.fixture(scope="module", params=[*pairwise(ENTRIES)], ids="-".join)
def release(request):
    """A release, and what differs in it from the one before."""
    version, before = request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return version, compare(revision_of(before), revision_of(version))


def section(version, name):
    found = re.search(rf"^### {name}$(.*?)(?=^### |\Z)", ENTRIES[version], re.M | re.S)
    return found[1] if found else ""


def test_the_commit_has_the_version(release):
    version, difference = release
    assert difference.new.version == version


def test_the_version_is_what_the_changes_demand(release):
    _, difference = release
    assert difference.demand.is_met
    assert difference.demand.version == difference.new.version


def test_added_claims_are_as_many_as_the_changelog_says(release):
    """A claim that was added and withdrawn before the release stands in `claims` alone."""
    version, difference = release
    claims = load(ROOT)["claims"]
    gone = claims.filter(added_in=version, withdrawn_in=version)["table"].value_counts()
    stated = re.findall(rf"(\d[\d,]*) ({'|'.join(CLAIMS)})", section(version, "Added rows"))
    counted = {table.resource: table.added for table in difference.tables}
    expected = {name: counted[name] for name in CLAIMS if counted[name]}
    for name, count in gone.iter_rows():
        expected[name] = expected.get(name, 0) + count
    assert {name: int(count.replace(",", "")) for count, name in stated} == expected


def test_withdrawn_claims_are_gone_from_their_tables(release):
    version, difference = release
    claims = load(ROOT)["claims"].filter(withdrawn_in=version)
    told = {
        row.key[0]
        for table in difference.tables
        if table.resource in CLAIMS
        for row in table.rows["removed"]
    }
    both = claims.filter(claims["added_in"] != version)
    assert told == {*both["claim_id"]}


def test_new_tables_have_as_many_rows_as_the_changelog_says(release):
    version, difference = release
    stated = dict(re.findall(r"^- `(\w+)`: ([\d,]+) ", section(version, "Added rows"), re.M))
    added = {
        one.resource: f"{one.new['rows']:,}"
        for one in difference.changes
        if (one.change, one.what) == ("added", "resource")
    }
    assert {name: added[name] for name in stated if name in added} == {
        name: count for name, count in stated.items() if name in added
    }
    assert stated.keys() <= added.keys() | {table.resource for table in difference.tables}


def git(folder, *arguments):
    command = ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path):
    """A repository with a commit and a changelog."""
    entries = ["## [2]", "Text.", "## [1]", "Commit `abc1234`.", "## [0]", "Commit `abc0000`.", ""]
    (tmp_path / "CHANGELOG.md").write_text("\n\n".join(entries), "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


def last_release(folder):
    return subprocess.run([needs("bash"), FIND], cwd=folder, capture_output=True, text=True)


def test_the_last_release_is_the_last_tag_or_what_the_changelog_names(repository):
    assert last_release(repository).stdout == "abc1234\n"
    git(repository, "tag", "v2")
    assert last_release(repository).stdout == "v2\n"


def test_without_both_there_is_no_last_release(repository):
    (repository / "CHANGELOG.md").write_text("## [1]\n", "utf-8")
    result = last_release(repository)
    assert result.returncode == 1
    assert "names no commit of a release" in result.stderr


def test_ci_compares_with_the_last_release():
    run = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "release=$(bash .ci/last-release)" in run
    assert re.search(r'^validate diff "git:\$release" \. .*--require-version$', run, re.MULTILINE)
