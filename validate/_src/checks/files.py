"""Files: size and digest as the descriptor declares them."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from validate._src.checks.check import Check
from validate._src.reading.batch import broken, file_finding
from validate._src.reading.files import digest, digest_size, of_path, size
from validate._src.tables.dataset import Dataset
from validate._src.words.codes import ALL_CODES, DIGEST_CODES, WARNING
from validate._src.words.errors import FileError
from validate._src.words.finding import Finding
from validate._src.words.findingframe import framed
from validate._src.words.model import Resource
from validate._src.words.outcome import Checked, NotChecked, Outcome


class FilesCheck(Check):
    """Looks for every file, and compares it with the `bytes` and `hash` declared for it.

    Source: Data Package 2.0, Data Resource, "path", "bytes" and "hash".
    """

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Judges the files, and names the resources whose rows cannot be read."""
        yield from framed(self.package.findings)
        yield from self.package.not_checked
        resources = self.package.resources.values()
        for resource in resources:
            yield from _of_files(resource)
            if resource.unreadable is not None:
                what = f"rows of {resource.name}"
                yield NotChecked(what, resource.unreadable, ALL_CODES, resource.name)
            for name in resource.dialect.unknown:
                what = f'property "{name}" of the dialect of {resource.name}'
                yield NotChecked(what, "Table Dialect does not know it")
            if (resource.bytes or resource.hash) and not _has_files(resource):
                what = f"declared size and digest of {resource.name}"
                why = "they are of files, and its data stand in the descriptor"
                yield NotChecked(what, why, DIGEST_CODES, resource.name)
        for profile in self.package.other_profiles:
            yield NotChecked(f"profile {profile}", "only those of the standard are at hand")
        yield Checked("files", sum(len(one.files) for one in resources if one.judged))
        yield Checked(
            "declared sizes", sum(r.bytes is not None and _is_there(r) for r in resources)
        )
        yield Checked("declared digests", sum(map(_has_known_digest, resources)))


def _has_files(resource: Resource) -> bool:
    """Whether its data stand in files, be they there or not, and not in the descriptor."""
    return any(part.file is not None or part.absent for part in resource.parts)


def _is_there(resource: Resource) -> bool:
    """Whether it has files, and all of them are there."""
    return _has_files(resource) and not any(part.absent for part in resource.parts)


def _of_files(resource: Resource) -> Iterator[Outcome]:
    """What is wrong with the files as such; of a table, reading it says which is absent."""
    try:
        resource.check()
        yield from framed(_spelling(resource))
        if any(part.named for part in resource.parts) or not _has_files(resource):
            yield from framed(_size(resource))
            yield from _digest(resource)
        elif resource.bytes is not None or resource.hash:
            what = f"declared size and digest of {resource.name}"
            why = "they are of no single file: which files there are, a log says"
            yield NotChecked(what, why, DIGEST_CODES, resource.name)
    except FileError as error:
        if resource.unreadable is not None:
            yield from framed([broken(resource, error)])
        if resource.bytes is not None or resource.hash:
            what = f"declared size and digest of {resource.name}"
            yield NotChecked(what, f"{error.location} cannot be read", DIGEST_CODES, resource.name)


def _spelling(resource: Resource) -> Iterator[Finding]:
    """Warnings of paths that only lead to their files once their letters are decoded."""
    for part in resource.parts:
        wanted = PurePosixPath(part.location).parts
        if part.file is None or not part.named or "://" in part.location or not wanted:
            continue
        actual = part.file.parts[-len(wanted) :]
        if actual != wanted:
            written = "percent-encoded" if "%" in part.location else "in another form of Unicode"
            message = (
                f"the path has the file's name {written}, and others may not find "
                f"{PurePosixPath(*actual)} by it"
            )
            yield file_finding(
                resource, "encoding-error", message, location=part.location, severity=WARNING
            )


def _size(resource: Resource) -> Iterator[Finding]:
    if resource.bytes is None or not _has_files(resource):
        return
    actual = size(of_path(resource))
    if actual != resource.bytes:
        message = f"the file has {actual} bytes, the descriptor says {resource.bytes}"
        yield file_finding(resource, "byte-count", message, value=str(actual))


def _has_known_digest(resource: Resource) -> bool:
    known = resource.hash is not None and digest_size(resource.hash[0]) is not None
    return known and _is_there(resource)


def _digest(resource: Resource) -> Iterator[Outcome]:
    if resource.hash is None or not _has_files(resource):
        return
    algorithm, declared = resource.hash
    if digest_size(algorithm) is None:
        why = f'no algorithm "{algorithm}" is known here'
        yield NotChecked(f"digest of {resource.name}", why, DIGEST_CODES, resource.name)
        return
    actual = digest(of_path(resource), algorithm)
    if actual != declared:
        message = f"the file's {algorithm} digest is not the one that the descriptor declares"
        yield from framed([file_finding(resource, "hash-count", message, value=actual)])
