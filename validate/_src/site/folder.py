"""The folder of a site, replaced whole: readers see the old one or the new one."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

from validate._src.words.errors import PackageError
from validate._src.words.replacing import filling

SIGN = "site.json"
"""The file by which a folder is known as a site of ours, so that no other is ever removed."""
SIGNED = '{"made-by": "validate site"}\n'


def check_free(folder: Path) -> None:
    """Checks that a folder can be filled, before a run of hours comes to nothing.

    Raises:
        PackageError: it is a file, or holds something that is no site of ours, or there is no
            folder to put it in.
    """
    try:
        if folder.is_dir():
            if any(folder.iterdir()) and not _is_ours(folder):
                raise PackageError(
                    f"--output {folder}: is not empty, and no site that this program has made; "
                    "name a folder that is absent or empty"
                )
        elif folder.exists() or folder.is_symlink():
            raise PackageError(f"--output {folder}: is a file; name a folder")
        elif not folder.resolve().parent.is_dir():
            raise PackageError(f"--output {folder}: there is no folder to put it in; make it first")
    except (OSError, RuntimeError, ValueError) as error:  # such as links in a circle
        raise PackageError(f"--output {folder}: not a usable path") from error


def _is_ours(folder: Path) -> bool:
    sign = folder / SIGN
    return sign.is_file() and sign.read_bytes() == SIGNED.encode()


@contextmanager
def site_folder(folder: Path) -> Generator[Path]:
    """A new folder that takes the place of another once it is whole.

    It is filled beside it. If anything fails, the old one is as it was.

    Raises:
        PackageError: it cannot be written.
    """
    check_free(folder)
    folder = folder.resolve()
    try:
        with filling(folder.with_name(f"{folder.name}.new")) as made:
            (made / SIGN).write_text(SIGNED, "utf-8")
            yield made
        _swap(folder.with_name(f"{folder.name}.new"), folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise PackageError(f"--output {folder}: cannot be written: {reason}") from None


def _swap(new: Path, folder: Path) -> None:
    """Puts a folder in the place of another, which goes."""
    if not folder.exists():
        new.rename(folder)
        return
    old = folder.with_name(f"{folder.name}.old")
    folder.rename(old)
    new.rename(folder)
    rmtree(old)
