"""A valid package exported to other formats."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from validate._src.engine.progress import Progress
from validate._src.engine.run import read_valid
from validate._src.package.addresses import Address
from validate._src.package.descriptor import load_package
from validate._src.publish.content import content_of
from validate._src.publish.targets import targets_of


def export(
    given: Path | Address,
    to: Sequence[str],
    *,
    allow_remote: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Iterator[str]:
    """Judges a package, and writes it in other formats if it is valid.

    Args:
        given: the package, as `load` takes it.
        to: the formats, each with a path or without.
        allow_remote: whether anything is fetched.
        progress: is told how far the run has come.

    Yields:
        What was written, and what is to be known of it.

    Raises:
        PackageError: the package or a target cannot be used.
        InvalidPackageError: the package is not valid, and nothing was written.
    """
    package = load_package(given, allow_remote=allow_remote)
    targets = targets_of(to, package)
    content = content_of(*read_valid(package, progress))
    if any(target.format.has_tables for target in targets):
        content.check_tables()
    yield from content.said
    for target in targets:
        said = target.write(content)
        yield f"wrote {target.path}"
        yield from (f"{target.format.name}: {one}" for one in said)
