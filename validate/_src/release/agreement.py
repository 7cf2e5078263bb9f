"""Whether the tree, the version, the changelog and the difference of a release agree."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from validate._src.compare.compare import compare
from validate._src.compare.difference import Change, Difference
from validate._src.compare.formats.wording import demanded, verdict
from validate._src.compare.revision import GIT, is_shallow
from validate._src.compare.version import precedence
from validate._src.release.changelog import TAG, Entry
from validate._src.release.repository import Repository
from validate._src.words.errors import PackageError
from validate._src.words.model import Package
from validate._src.words.printing import counted

MOST_NAMED = 5  # files and fields that a line names; of more it gives the number
TOLD = frozenset({"resource", "field", "type", "format"})
"""What readers depend on: a change of it is to be told by the name of the table and field."""


@dataclass(frozen=True)
class Checked:
    """Something that must be so in a release.

    Attributes:
        what: what is checked.
        said: how it is.
        holds: whether it is as it must be.
    """

    what: str
    said: str
    holds: bool


@dataclass(frozen=True)
class Agreement:
    """What a release is made from, and whether it agrees.

    Attributes:
        commit: the commit that is checked out.
        entry: what the changelog says of the version; None if it says nothing of it.
        before: what it says of the release before; None for the first, and without an entry.
        difference: what differs from that; None where there is none.
        checks: what was checked.
    """

    commit: str
    entry: Entry | None
    before: Entry | None
    difference: Difference | None
    checks: tuple[Checked, ...]


def agreement_of(
    package: Package, entries: Sequence[Entry], files: Iterable[Path], repository: Repository
) -> Agreement:
    """Whether the parts of a release agree.

    Args:
        package: the package, in the folder of the repository.
        entries: those of the changelog.
        files: what the release is made from, which the commit must have as it is.
        repository: the repository.

    Raises:
        PackageError: the package has no version of three numbers, the changelog names no version
            or one twice, git cannot be asked, or what is to be compared cannot be.
    """
    if precedence(package.version) is None:
        raise PackageError(
            f"{package.location}: a release has a version of three numbers, such as 1.0.0"
        )
    assert package.version is not None, "it was looked at"
    released = [entry for entry in entries if entry.version is not None]
    if not released:
        raise PackageError("the changelog names no version; give one a heading: ## [1.0.0]")
    versions = Counter(entry.version for entry in released)
    if repeated := [str(version) for version, times in versions.items() if times > 1]:
        raise PackageError(f"the changelog has more than one heading of {_some(repeated)}")
    at = next((at for at, one in enumerate(released) if one.version == package.version), None)
    entry = None if at is None else released[at]
    before = None if at is None else next(iter(released[at + 1 :]), None)
    head = repository.head()  # first of all, as it says what is wrong with the repository
    difference = None if before is None else _difference(package, before, repository)
    checks = (
        *_tree(files, repository),
        _tag(package.version, repository),
        _newest(package.version, entries),
        *(_against(before, difference, repository) if before and difference else ()),
        *([_told(entry, difference)] if entry else ()),
    )
    return Agreement(head, entry, before, difference, checks)


def _tree(files: Iterable[Path], repository: Repository) -> Iterator[Checked]:
    """All is as it was committed, also what git ignores or was told to overlook."""
    uncommitted = repository.uncommitted()
    unlike = repository.unlike(files)
    absent = [name for name in unlike.absent if name not in uncommitted]
    changed = [name for name in unlike.changed if name not in uncommitted]
    if uncommitted:
        said = f"{counted(len(uncommitted), 'file')} not committed: {_some(uncommitted)}"
        yield Checked("tree", said, holds=False)
    if absent:
        said = f"{counted(len(absent), 'file')} of the release not in the commit: {_some(absent)}"
        yield Checked("tree", f"{said}; git may ignore what is named", holds=False)
    if changed:
        said = f"{counted(len(changed), 'file')} not as in the commit: {_some(changed)}"
        told = "git was told to overlook it (git update-index --no-assume-unchanged, "
        yield Checked("tree", f"{said}; {told}--no-skip-worktree)", holds=False)
    if not (uncommitted or absent or changed):
        yield Checked("tree", f"as it was committed, {repository.head()[:7]}", holds=True)


def _tag(version: str, repository: Repository) -> Checked:
    """A tag of the version is of the commit that is checked out, and that has none of another."""
    versions = {tag: found["version"] for tag in repository.tags() if (found := TAG.fullmatch(tag))}
    if others := [tag for tag, of in versions.items() if of != version]:
        said = f"this commit, whose version is {version}, has the tag {_some(others)}"
        return Checked("tag", said, holds=False)
    tag = repository.tag_of(version)
    if tag is None:
        return Checked("tag", f"none yet; v{version} is to be that of this commit", holds=True)
    is_here = repository.commit(tag) == repository.head()
    said = f"{tag} is that of {'this' if is_here else 'another'} commit"
    return Checked("tag", said if is_here else f"{said}; raise the version", holds=is_here)


def _newest(version: str, entries: Sequence[Entry]) -> Checked:
    """The changelog begins with the version, and nothing waits above it."""
    waiting, newest = entries[0].version is None and entries[0].text, entries[0].version
    if waiting:
        return Checked("version", "the changelog has changes that are unreleased", holds=False)
    newest = newest or next(entry.version for entry in entries if entry.version)
    if newest != version:
        said = f"{version} in the descriptor, {newest} in the changelog"
        return Checked("version", said, holds=False)
    return Checked("version", f"{version} in descriptor and changelog", holds=True)


def _difference(package: Package, before: Entry, repository: Repository) -> Difference:
    """What differs from the release before, by its tag or the commit that the changelog names.

    The new side is called by its commit, as the tree is as it was committed where that is written.
    """
    assert before.version is not None, "it was released"
    revision = repository.tag_of(before.version) or before.commit
    if revision is None:
        fetched = "; `git fetch --unshallow --tags` brings tags into this shallow clone"
        raise PackageError(
            f"the release {before.version} cannot be found: it has no tag, and the changelog names "
            "no commit of it (Commit `abc1234`. on a line below its heading)"
            + (fetched if is_shallow(repository.folder) else "")
        )
    found = compare(f"{GIT}{revision}", package.file, folder=repository.folder)
    return replace(found, new=replace(found.new, given=f"{GIT}{repository.head()}"))


def _against(before: Entry, found: Difference, repository: Repository) -> Iterator[Checked]:
    """The release before is what the changelog says, and the version is high enough."""
    if before.commit is not None:
        commit, given = repository.commit(before.commit), found.old.given
        is_that = repository.commit(given.removeprefix(GIT)) == commit
        said = f"{'the' if is_that else 'not the'} commit {before.commit} that the changelog names"
        yield Checked("release before", f"{given} is {said}", holds=is_that)
    if found.old.version != before.version:
        said = f"{found.old.given} has version {found.old.version}, and not {before.version}"
        yield Checked("release before", said, holds=False)
    least = "; ".join(demanded(found))
    said = f"{verdict(found)} since {before.version}; {least}"
    yield Checked("difference", said, holds=found.demand.is_met is True)
    left = [f"{part.what}: {part.why}" for part in found.not_compared]
    if left:
        yield Checked("difference", f"not compared: {_some(left)}", holds=False)


def _told(entry: Entry, found: Difference | None) -> Checked:
    """The changelog names the tables and fields that came, went, or have another type."""
    if not entry.text:
        return Checked("changelog", f"says nothing of {entry.version}", holds=False)
    if found is None:
        return Checked("changelog", "tells of the first release", holds=True)
    names = dict.fromkeys(_name(change) for change in found.changes if change.what in TOLD)
    untold = [name for name in names if not _is_named(name.rpartition(".")[2], entry.text)]
    if untold:
        return Checked("changelog", f"does not name {_some(untold)}", holds=False)
    said = "names all tables and fields that came, went or have another type"
    return Checked("changelog", said if names else "tells of the release", holds=True)


def _name(change: Change) -> str:
    return ".".join(filter(None, (change.resource, change.field)))


def _is_named(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
