"""Files: size and digest as the descriptor declares them."""

from collections.abc import Iterator

from validate._src.checks.check import Check
from validate._src.reading.batch import file_finding
from validate._src.reading.files import digest, digest_size, size
from validate._src.tables.dataset import Dataset
from validate._src.words.codes import ALL_CODES, DIGEST_CODES
from validate._src.words.finding import Finding
from validate._src.words.findingframe import framed
from validate._src.words.model import Resource
from validate._src.words.outcome import Checked, NotChecked, Outcome


class FilesCheck(Check):
    """Compares every file with the `bytes` and `hash` declared for it.

    Source: Data Package 2.0, Data Resource, "bytes" and "hash".
    """

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Judges the files, and names the resources whose rows cannot be read."""
        resources = self.package.resources.values()
        for resource in resources:
            yield from framed(_size(resource))
            yield from _digest(resource)
            if resource.unreadable is not None:
                what = f"rows of {resource.name}"
                yield NotChecked(what, resource.unreadable, ALL_CODES, resource.name)
            for name in resource.dialect.unknown:
                what = f'property "{name}" of the dialect of {resource.name}'
                yield NotChecked(what, "Table Dialect does not know it")
            if (resource.bytes or resource.hash) and not resource.files:
                what = f"declared size and digest of {resource.name}"
                why = "they are of files, and its data stand in the descriptor"
                yield NotChecked(what, why, DIGEST_CODES, resource.name)
        for profile in self.package.other_profiles:
            yield NotChecked(f"profile {profile}", "only those of the standard are at hand")
        yield Checked("files", sum(len(one.files) for one in resources if one.judged))
        yield Checked(
            "declared sizes", sum(r.bytes is not None and bool(r.files) for r in resources)
        )
        yield Checked("declared digests", sum(map(_has_known_digest, resources)))


def _size(resource: Resource) -> Iterator[Finding]:
    if resource.bytes is None or not resource.files:
        return
    actual = size(resource)
    if actual != resource.bytes:
        message = f"the file has {actual} bytes, the descriptor says {resource.bytes}"
        yield file_finding(resource, "byte-count", message, value=str(actual))


def _has_known_digest(resource: Resource) -> bool:
    known = resource.hash is not None and digest_size(resource.hash[0]) is not None
    return known and bool(resource.files)


def _digest(resource: Resource) -> Iterator[Outcome]:
    if resource.hash is None or not resource.files:
        return
    algorithm, declared = resource.hash
    if not _has_known_digest(resource):
        why = f'no algorithm "{algorithm}" is known here'
        yield NotChecked(f"digest of {resource.name}", why, DIGEST_CODES, resource.name)
        return
    actual = digest(resource, algorithm)
    if actual != declared:
        message = f"the file's {algorithm} digest is not the one that the descriptor declares"
        yield from framed([file_finding(resource, "hash-count", message, value=actual)])
