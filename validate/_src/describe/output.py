"""A first descriptor, written where none is, and said in a few lines."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from validate._src.describe.form import Properties
from validate._src.package.folder import DESCRIPTOR
from validate._src.package.given import NOTHING, Given
from validate._src.words.errors import PackageError
from validate._src.words.finding import cut


def check_free(output: Path) -> None:
    """Checks that a descriptor can be written to a place, before anything is read.

    Raises:
        PackageError: there is something already, or no folder for it.
    """
    if output.is_dir():
        raise PackageError(f"{output}: is a folder; name a file, such as {output / DESCRIPTOR}")
    if output.exists():
        raise _occupied(output)
    if not output.parent.is_dir():
        raise PackageError(f"{output}: there is no such folder")


def as_json(descriptor: Mapping[str, Any]) -> str:
    """A descriptor as it is written."""
    return f"{json.dumps(descriptor, ensure_ascii=False, indent=2)}\n"


def write(descriptor: Mapping[str, Any], output: Path) -> None:
    """Writes a descriptor where none is.

    Raises:
        PackageError: it cannot be written, or there is one already.
    """
    try:
        content = as_json(descriptor).encode()
        with output.open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        raise _occupied(output) from None
    except OSError as error:
        with suppress(OSError):
            output.unlink()
        raise PackageError(f"{output}: cannot be written: {error.strerror}") from None


def _occupied(output: Path) -> PackageError:
    return PackageError(
        f"{output}: already exists and is not overwritten; "
        "move it away, or name another file with --output"
    )


def summary(descriptor: Mapping[str, Any], given: Given = NOTHING) -> Iterator[str]:
    """What a descriptor says of its resources, a line each: the file, its form, its fields.

    Args:
        descriptor: the descriptor.
        given: what was said of the files, and is no guess.
    """
    for properties in descriptor["resources"]:
        fields = ", ".join(map(_shown, properties["schema"]["fields"]))
        form = ", ".join([properties["path"], *_form(properties, given)])
        yield f"{properties['name']} ({form}): {fields}"


def _shown(properties: Properties) -> str:
    """A field as it is printed: its name, its type, and what else its values are read by."""
    own = {key: value for key, value in properties.items() if key not in ("name", "type")}
    more = ", ".join(f"{key} {_json(value)}" for key, value in own.items())
    return f"{cut(properties['name'])} {properties['type']}" + (f" ({more})" if more else "")


def _form(properties: Properties, given: Given) -> Iterator[str]:
    """What of the form of a file is not the default, a guess of its encoding as such."""
    if "encoding" in properties:
        yield ("" if "encoding" in given else "probably ") + properties["encoding"]
    for name, value in properties.get("dialect", {}).items():
        yield f"{name} {_json(value)}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
