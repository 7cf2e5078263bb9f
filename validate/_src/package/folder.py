"""Files that a descriptor names: found safely, read as JSON."""

import json
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from validate._src.words.errors import PackageError

DESCRIPTOR = "datapackage.json"

if TYPE_CHECKING:
    from validate._src.package.remote import Remote


def read_json(file: Path, location: str) -> dict[str, Any]:
    """A JSON object from a UTF-8 file.

    Raises:
        PackageError: there is no such file, or it holds no JSON object.
    """
    if file.exists() and not file.is_file():  # a pipe or a device may never end
        raise PackageError(f"{location}: cannot be read: not a regular file")
    try:
        content = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise PackageError(f"{location}: no such file") from None
    except UnicodeDecodeError as error:
        raise PackageError(f"{location}: not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        place = f"{location}:{error.lineno}:{error.colno}"
        raise PackageError(f"{place}: not JSON: {error.msg}") from None
    except ValueError as error:
        raise PackageError(f"{location}: not usable: {error}") from None
    except RecursionError:
        raise PackageError(f"{location}: JSON nested too deeply") from None
    except OSError as error:
        raise PackageError(f"{location}: cannot be read: {error.strerror}") from None
    if not isinstance(content, dict):
        raise PackageError(f"{location}: holds no JSON object")
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise PackageError(f"{location}: holds a lone surrogate, which is no character") from None
    return content


def safe_path(location: str, folder: Path, place: str, remote: "Remote | None" = None) -> Path:
    """The regular file inside `folder` that a path of a descriptor names.

    Args:
        location: the path, or a URL.
        folder: the folder of the package.
        place: where the path stands, for messages.
        remote: fetches what is on the web; None where that is not allowed.

    Raises:
        PackageError: the path is a URL, is absolute, leads out of the folder by `..`
            or by a symbolic link, or names no regular file.

    Source: Data Package 2.0, Glossary, "URL or Path".
    """
    if _is_remote(location):
        if remote is None:
            raise PackageError(
                f"{place}: {location}: remote files are fetched only with --allow-remote"
            )
        return remote.fetch(location, place)
    windows, posix = PureWindowsPath(location), PurePosixPath(location)
    if posix.is_absolute() or windows.drive or windows.root:
        raise PackageError(
            f"{place}: {location}: an absolute path; use one relative to the package"
        )
    if ".." in posix.parts or ".." in windows.parts:
        raise PackageError(f"{place}: {location}: leads out of the package's folder by '..'")
    file = folder / location
    try:
        inside = file.resolve().is_relative_to(folder.resolve())
        exists, regular = file.exists(), file.is_file()
    except (OSError, ValueError, RuntimeError):
        raise PackageError(f"{place}: {location}: not a usable path") from None
    if not inside:
        raise PackageError(f"{place}: {location}: a link that leads out of the package's folder")
    if not exists:
        raise PackageError(f"{place}: {location}: no such file")
    if not regular:
        raise PackageError(f"{place}: {location}: not a regular file")
    return file


def _is_remote(location: str) -> bool:
    """Whether a path is a URL; a single letter before the colon is a drive, no scheme."""
    try:
        return len(urlsplit(location).scheme) > 1
    except ValueError:
        return True
