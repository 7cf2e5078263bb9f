"""Files: size and digest as the descriptor declares them."""

import hashlib
from collections.abc import Iterator

from validate.dataset import Dataset
from validate.findings import Checked, Finding, NotChecked, Outcome
from validate.model import Resource


def check(dataset: Dataset) -> Iterator[Outcome]:
    """Compares every file with the `bytes` and `hash` declared for it.

    Source: Data Package 2.0, Data Resource, "bytes" and "hash".
    """
    resources = dataset.package.resources.values()
    for resource in resources:
        yield from _size(resource)
        yield from _digest(resource)
        if resource.unreadable is not None:
            yield NotChecked(f"rows of {resource.name}", resource.unreadable)
    yield Checked("files", len(resources))
    yield Checked("declared sizes", sum(resource.bytes is not None for resource in resources))
    yield Checked("declared digests", sum(resource.hash is not None for resource in resources))


def _size(resource: Resource) -> Iterator[Finding]:
    actual = resource.file.stat().st_size
    if resource.bytes is not None and actual != resource.bytes:
        message = f"the file has {actual} bytes, the descriptor says {resource.bytes}"
        yield _finding(resource, "byte-count", message, str(actual))


def _digest(resource: Resource) -> Iterator[Finding]:
    if resource.hash is None:
        return
    algorithm, declared = resource.hash
    with resource.file.open("rb") as file:
        actual = hashlib.file_digest(file, algorithm).hexdigest()
    if actual != declared:
        message = f"the file's {algorithm} digest is not the one that the descriptor declares"
        yield _finding(resource, "hash-count", message, actual)


def _finding(resource: Resource, code: str, message: str, value: str) -> Finding:
    return Finding(
        resource=resource.name, path=resource.location, code=code, message=message, value=value
    )
