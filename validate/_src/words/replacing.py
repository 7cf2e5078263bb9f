"""Files replaced, and folders filled, whole or not at all."""

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from errno import EEXIST
from io import TextIOWrapper
from os import urandom
from pathlib import Path
from shutil import rmtree
from stat import S_IMODE, S_ISREG
from typing import BinaryIO, TextIO

from validate._src.words.errors import PackageError


def may_be_replaced(file: Path) -> bool:
    """Whether a path is that of a regular file, or of nothing yet, links followed."""
    try:
        return S_ISREG(file.stat().st_mode)
    except OSError:  # of what is not there; of anything else, writing tells
        return True


@contextmanager
def replacing(file: Path) -> Generator[BinaryIO]:
    """A stream whose bytes take the place of a file once they are complete.

    They are written beside the file, so that no reader ever sees half of them. A file that
    is replaced keeps its mode, and a link keeps leading where it does. If anything fails,
    the file is as it was, and nothing is left beside it.

    Raises:
        OSError: the file cannot be written, or is a folder, a pipe or a device, of which nothing
            takes the place: a run by root would replace `/dev/null` for all.
    """
    if not may_be_replaced(file):
        raise OSError(EEXIST, "not a regular file")
    file = Path(os.path.realpath(file))  # `resolve` raises what is no OSError of links in a circle
    beginning = file.with_name(f".validate-{urandom(8).hex()}.part")
    stream = beginning.open("xb")
    try:
        with stream:
            yield stream
        _take_mode(beginning, file)
        beginning.replace(file)
    except BaseException:
        with suppress(OSError):  # the first failure is the one to tell
            beginning.unlink(missing_ok=True)
        raise


@contextmanager
def replacing_text(file: Path) -> Generator[TextIO]:
    """The same for text in UTF-8, whose line ends stay as they are.

    Raises:
        OSError: the file cannot be written.
    """
    with (
        replacing(file) as stream,
        TextIOWrapper(stream, encoding="utf-8", newline="") as text,
    ):
        yield text


@contextmanager
def filling(folder: Path) -> Generator[Path]:
    """A new folder that takes the place of an absent or empty one once its files are complete.

    They are written beside it. If anything fails, the folder is as it was.

    Raises:
        OSError: it is not empty, or cannot be written.
    """
    folder = Path(os.path.realpath(folder))
    beginning = folder.with_name(f".validate-{urandom(8).hex()}.part")
    beginning.mkdir()
    try:
        yield beginning
        with suppress(FileNotFoundError):
            folder.rmdir()
        beginning.rename(folder)
    except BaseException:
        rmtree(beginning, ignore_errors=True)  # the first failure is the one to tell
        raise


def replace_file(file: Path, content: bytes) -> None:
    """Writes a file whole or not at all.

    Raises:
        PackageError: it cannot be written.
    """
    try:
        with replacing(file) as stream:
            stream.write(content)
    except OSError as error:
        raise PackageError(f"{file}: cannot be written: {error.strerror}") from None


def _take_mode(beginning: Path, file: Path) -> None:
    """Gives what was written the mode of the file that it replaces, if there is one."""
    try:
        mode = S_IMODE(file.stat().st_mode)
    except FileNotFoundError:
        return
    if S_IMODE(beginning.stat().st_mode) != mode:  # some file systems know no modes to set
        beginning.chmod(mode)
