"""The files that reports are written to."""

import os
import re
import sys
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, TextIO, cast

from validate._src.cli._streams import STANDARD_INPUT
from validate._src.package.addresses import Address, check_name
from validate._src.package.folder import descriptor_in
from validate._src.package.textfiles import read_json
from validate._src.report.formats import FORMATS, renderer
from validate._src.words.errors import PackageError
from validate._src.words.replacing import replacing_text

if TYPE_CHECKING:
    from validate._src.report.formats.view import View
    from validate._src.report.report import Report, Unusable

OPEN_STREAM = re.compile(r"/dev/(stdout|stderr)|/(?:dev|proc/self)/fd/([0-9]{1,9})")
STREAMS = {"stdout": 1, "stderr": 2}


def output_files(outputs: Iterable[str]) -> Mapping[Path, str]:
    """The files that reports are written to, each with its format.

    Args:
        outputs: `FORMAT:FILE`, or a file whose suffix tells the format.

    Raises:
        PackageError: a format is unknown, a file is a folder or named twice, or its folder
            is absent or cannot be written to.
    """
    files: dict[Path, str] = {}
    targets: set[Path] = set()
    for output in outputs:
        file, format_name = _file_and_format(output)
        target = _target(file, output)
        check_folder(target, output)
        if target in targets:
            raise PackageError(f"--output {output}: the file is named twice")
        targets.add(target)
        files[file] = format_name
    return files


def _file_and_format(output: str) -> tuple[Path, str]:
    name, _, rest = output.partition(":")
    if name in FORMATS and rest:
        return Path(rest), name
    by_suffix = {suffix: name for name, suffix in FORMATS.items()}
    suffix = Path(output).suffix.lower()
    if suffix not in by_suffix:
        known = ", ".join(filter(None, FORMATS.values()))
        raise PackageError(
            f"--output {output}: write FORMAT:FILE, or a file that ends in one of {known}"
        )
    return Path(output), by_suffix[suffix]


def _target(file: Path, output: str) -> Path:
    """The file itself, behind all links."""
    check_nameable(file)
    status = _status(file)
    if status and S_ISDIR(status.st_mode):
        raise PackageError(f"--output {output}: a folder; name a file")
    try:
        return file.resolve()
    except (OSError, RuntimeError, ValueError):  # such as links in a circle
        raise PackageError(f"--output {output}: not a usable path") from None


def check_nameable(file: Path) -> None:
    """Checks that a file can have the name that is given for a report.

    Raises:
        PackageError: it cannot.
    """
    try:
        check_name(str(file))
    except PackageError as error:
        raise PackageError(f"--output: {error}") from None


def check_folder(target: Path, output: str) -> None:
    """Checks that a report can be put into its folder, before a run of hours comes to nothing."""
    status, folder = _status(target), target.parent
    if not folder.is_dir():
        raise PackageError(f"--output {output}: there is no folder {folder}; make it first")
    replaced = status is None or S_ISREG(status.st_mode)  # a device is written to directly
    if replaced and not os.access(folder, os.W_OK):
        raise PackageError(f"--output {output}: the folder {folder} cannot be written to")


def write_files(
    files: Mapping[Path, str], reports: "Sequence[Report | Unusable]", view: "View"
) -> None:
    """Writes reports to files; a file is replaced whole, or stays as it was.

    Devices, pipes and open streams such as `/dev/stdout` are written to directly.

    Raises:
        PackageError: a file cannot be written.
    """
    for file, format_name in files.items():
        try:
            with _opened(file) as stream:
                stream.writelines(renderer(format_name)(reports, view))
        except OSError as error:
            raise PackageError(f"--output {file}: cannot be written: {error.strerror}") from None


@contextmanager
def _opened(file: Path) -> Generator[TextIO]:
    stream_of_process = OPEN_STREAM.fullmatch(file.as_posix())
    status = _status(file)
    if stream_of_process:  # opened again, it would be emptied if it is a file
        sys.stdout.flush()
        number = os.dup(STREAMS.get(stream_of_process[1]) or int(stream_of_process[2]))
        with os.fdopen(number, "w", encoding="utf-8", newline="") as stream:
            yield stream
    elif status is None or S_ISREG(status.st_mode):
        with replacing_text(file) as stream:
            yield stream
    else:
        with file.open("w", encoding="utf-8", newline="") as stream:
            yield stream


def check_free(
    files: Iterable[Path],
    packages: Iterable[Path | Address],
    schema: Path | None,
    sources: Path | None,
) -> None:
    """Refuses reports that would replace a file that the run reads, through links too.

    Args:
        files: what the reports are written to.
        packages: descriptors or their folders; with a schema, tables.
        schema: the Table Schema of these tables.
        sources: folder of the source texts.

    Raises:
        PackageError: a file belongs to a package, or is an argument itself.
    """
    identities = {file: _identity(file) for file in files}
    if not any(identities.values()):
        return
    here = [package for package in packages if isinstance(package, Path)]
    taken = {*map(_identity, _files_read(here, schema, sources))} - {None}
    for file, identity in identities.items():
        if identity in taken:
            raise PackageError(
                f"--output {file}: the file belongs to a package, or this run reads it; "
                "a report does not replace it"
            )


def _files_read(
    packages: Iterable[Path], schema: Path | None, sources: Path | None
) -> Iterator[Path]:
    if schema is None:
        for package in packages:
            yield from _files_named(package)
    else:
        yield schema
        for table in packages:
            yield from _files_of_table(table)
    if sources is not None:
        yield from sources.glob("*.txt")


def _files_of_table(table: Path) -> Iterator[Path]:
    """The files of a table that has a schema: one, or those of a folder or a pattern."""
    from validate._src.package.foundfiles import files_named, is_pattern_given

    if str(table) == STANDARD_INPUT:
        yield Path("/dev/stdin")
    elif table.is_dir() or is_pattern_given(table):
        with suppress(PackageError):  # which the run says
            many = files_named(table)
            yield from (many.folder / part.location for part in many.parts)
    else:
        yield table


def _files_named(package: Path) -> Iterator[Path]:
    """A descriptor, and every file that a text in it may name, even if it is not valid."""
    from validate._src.package.declaredfiles import patterns_of
    from validate._src.package.foundfiles import is_pattern_given
    from validate._src.package.patterns import matches
    from validate._src.reading.formats import is_table

    if is_pattern_given(package):
        yield from _files_of_table(package)
        return
    status = _status(package)
    descriptor = descriptor_in(package) if status and S_ISDIR(status.st_mode) else package
    yield descriptor
    if is_table(descriptor) or _identity(descriptor) is None:
        return  # a pipe can be read only once
    try:
        content = read_json(descriptor, str(descriptor))
    except PackageError:
        return
    for text in {*_texts(content)}:
        yield descriptor.parent / text
    for pattern in patterns_of(content.get("resources")):
        with suppress(PackageError):
            found = matches(descriptor.parent, pattern)
            yield from (descriptor.parent / path for path in found.paths)


def _texts(content: object) -> Iterator[str]:
    stack = [content]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            stack.extend(cast("dict[str, object]", part).values())
        elif isinstance(part, list):
            stack.extend(cast("list[object]", part))


def _identity(file: Path) -> tuple[int, int] | None:
    """The same for all names of a regular file; None if there is no such file."""
    status = _status(file)
    return (status.st_dev, status.st_ino) if status and S_ISREG(status.st_mode) else None


def _status(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except (OSError, ValueError):
        return None
